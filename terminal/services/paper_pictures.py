"""Papers photographed during a visit: in memory, never on this disk, and gone when the visit ends."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from config.faults import Fault
from domain.messages.attachments import Attachment, AttachmentKept
from drivers.central.faults import CentralFault, Final, OutcomeUnknown
from drivers.codes.camera import Frame
from drivers.codes.paper import bounded_jpeg
from runtime.task import Task
from runtime.worker import Worker
from terminal.visit.events import Answered, NotAnswered, NotPhotographed, Photographed
from terminal.visit.steps import Look

FRESH_MS = 2_000.0
"""An older frame may show the paper before this one."""


class NoPicture(Fault):
    """The camera gave none, or none that is small enough."""

    code = "attachment.no_picture"


class Seeing(Protocol):
    """The part of a camera that is needed here."""

    def latest(self) -> Frame | None: ...


class Keeping(Protocol):
    """The part of the central client that is needed here. Raises ``CentralFault``."""

    def attach(self, picture: Attachment, budget_ms: int) -> AttachmentKept: ...


@dataclass(frozen=True, slots=True)
class Taking:
    """One picture to be taken in the visit with this number."""

    visit: int
    paper: str
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Sending:
    """One picture on its way to the centre."""

    question: Look
    picture: Attachment


Heard = Photographed | NotPhotographed | Answered | NotAnswered


class PaperPictures:
    """``take`` and ``send`` return at once; what became of it is posted. ``forget`` ends a visit: what was
    taken is gone when it returns, and what is still being taken is not kept."""

    def __init__(
        self,
        camera: Seeing | None,
        central: Keeping,
        terminal: str,
        budget_ms: int,
        monotonic_ms: Callable[[], float],
        post: Callable[[Heard], None],
        reached: Callable[[bool], None],
    ) -> None:
        self._camera = camera
        self._central = central
        self._terminal = terminal
        self._budget_ms = budget_ms
        self._monotonic_ms = monotonic_ms
        self._post = post
        self._reached = reached
        self._turn = threading.Lock()
        self._visit = 0
        self._taken: dict[str, bytes] = {}
        self._worker: Worker[Taking | Sending] = Worker("paper pictures", self._work, failed=self._failed)
        self.tasks: tuple[Task, ...] = (self._worker,)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """Ends the thread; a picture on its way may take its budget."""
        self._worker.stop(self._budget_ms / 1000 + 1)
        self.forget()

    def take(self, paper: str, most_bytes: int) -> None:
        with self._turn:
            self._worker.put(Taking(self._visit, paper, most_bytes))

    def send(self, question: Look, subject: str) -> None:
        """The picture of the paper that ``question.sends`` names."""
        content = self.picture(question.sends)
        if not content:
            self._post(NotAnswered(question.name, NoPicture.code))
            return
        picture = Attachment(
            terminal=self._terminal,
            subject=subject,
            service=question.service,
            paper=question.sends,
            sha256=hashlib.sha256(content).hexdigest(),
            jpeg=base64.b64encode(content).decode(),
        )
        self._worker.put(Sending(question, picture))

    def picture(self, paper: str) -> bytes:
        """Last picture taken of this paper, as JPEG; empty without one."""
        with self._turn:
            return self._taken.get(paper, b"")

    def forget(self) -> None:
        with self._turn:
            self._visit += 1
            self._taken.clear()

    def _work(self, asked: Taking | Sending) -> None:
        if isinstance(asked, Sending):
            self._post(self._sent(asked))
        else:
            self._take(asked)

    def _failed(self, asked: Taking | Sending, _: Exception) -> None:
        if isinstance(asked, Sending):
            self._post(NotAnswered(asked.question.name, OutcomeUnknown.code))
        else:
            self._post(NotPhotographed(asked.paper, NoPicture.code))

    def _take(self, asked: Taking) -> None:
        """Raises ``NoPicture``, ``CameraLost``."""
        frame = self._camera.latest() if self._camera else None
        if frame is None or self._monotonic_ms() - frame.at_ms > FRESH_MS:
            raise NoPicture("no fresh frame")
        content = bounded_jpeg(frame.taken.picture(), asked.most_bytes)
        if content is None:
            raise NoPicture("too large in every size")
        with self._turn:
            if asked.visit != self._visit:
                return
            self._taken[asked.paper] = content
        self._post(Photographed(asked.paper, hashlib.sha256(content).hexdigest()))

    def _sent(self, asked: Sending) -> Answered | NotAnswered:
        name = asked.question.name
        try:
            self._central.attach(asked.picture, self._budget_ms)
        except Final as refused:
            self._reached(True)
            return NotAnswered(name, refused.problem_code)
        except CentralFault as fault:
            self._reached(False)
            return NotAnswered(name, fault.code)
        self._reached(True)
        return Answered(name, {"sha256": asked.picture.sha256})
