"""The paper before the camera, live, and the picture that was taken of it: ``image://paper/live/N`` and
``image://paper/shot/PAPER``. Both come from memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from terminal.staff.events import PictureTaken
from terminal.visit.states import Counter, Serving
from terminal.visit.steps import Photograph
from ui.staff.live_picture import LivePicture, Looking

SHOT = "shot/"


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """The live picture of the paper moved on; ``serial`` is 0 when the camera gives none."""

    serial: int


class PaperPicture(LivePicture):
    """``shots`` gives the JPEG taken of a paper, empty where there is none."""

    def __init__(
        self,
        camera: Looking | None,
        post: Callable[[PaperSeen], None],
        monotonic_ms: Callable[[], float],
        shots: Callable[[str], bytes],
    ) -> None:
        def seen(taken: PictureTaken) -> None:
            post(PaperSeen(taken.serial))

        super().__init__(camera, seen, monotonic_ms)
        self._shots = shots
        self.live = False

    def requestImage(self, id: str, size: QSize, wanted: QSize) -> QImage:
        if not id.startswith(SHOT):
            return super().requestImage(id, size, wanted)
        paper = id.removeprefix(SHOT).partition("/")[0]
        return QImage.fromData(self._shots(paper))

    def follow(self, counter: Counter) -> bool:
        """Live only while somebody is to take a picture; whether it is."""
        step = photograph_of(counter)
        self.live = bool(step and not step.shot)
        if self.live:
            self.show()
        else:
            self.hide()
        return self.live


def photograph_of(counter: Counter) -> Photograph | None:
    stage = counter.stage
    return stage.step if isinstance(stage, Serving) and isinstance(stage.step, Photograph) else None
