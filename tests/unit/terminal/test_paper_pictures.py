"""The shell's share: fresh frames only, bounded pictures, and nothing kept past a visit."""

from __future__ import annotations

import base64
import queue
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from domain.messages.attachments import Attachment, AttachmentKept
from drivers.central.faults import Final, Unreachable
from drivers.codes.camera import Frame
from drivers.codes.capture import Taken
from drivers.codes.paper import bounded_jpeg
from terminal.services.paper_pictures import FRESH_MS, Heard, PaperPictures
from terminal.visit.events import Answered, NotAnswered, NotPhotographed, Photographed
from terminal.visit.steps import Look

NOISE = np.random.default_rng(1).integers(0, 256, (1080, 1920), dtype=np.uint8)
ASKED = Look("picture.household", "school-enrol", sends="household")
PATIENCE_S = 10


@dataclass
class Centre:
    fault: Exception | None = None
    kept: list[Attachment] = field(default_factory=list)

    def attach(self, picture: Attachment, budget_ms: int) -> AttachmentKept:
        if self.fault:
            raise self.fault
        self.kept.append(picture)
        return AttachmentKept(sha256=picture.sha256)


@dataclass
class Scene:
    """``now_ms`` is the clock; the frame was taken at 1000."""

    now_ms: float = 1500.0
    frame: Frame | None = field(default_factory=lambda: Frame(Taken(NOISE, False), 1000.0, True))
    centre: Centre = field(default_factory=Centre)
    heard: queue.SimpleQueue[Heard] = field(default_factory=queue.SimpleQueue)
    reached: list[bool] = field(default_factory=list)

    def latest(self) -> Frame | None:
        return self.frame

    def made(self) -> PaperPictures:
        return PaperPictures(
            self, self.centre, "T", 1000, lambda: self.now_ms, self.heard.put, self.reached.append
        )

    def next(self) -> Heard:
        return self.heard.get(timeout=PATIENCE_S)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def papers(scene: Scene) -> Iterator[PaperPictures]:
    papers = scene.made()
    papers.start()
    yield papers
    papers.stop()


def test_a_noisy_frame_is_made_small_enough(scene: Scene, papers: PaperPictures) -> None:
    papers.take("household", 150_000)
    heard = scene.next()
    assert isinstance(heard, Photographed)
    assert 20_000 < len(papers.picture("household")) <= 150_000


def test_what_cannot_be_made_small_enough_is_no_picture() -> None:
    assert bounded_jpeg(NOISE, 1_000) is None


def test_an_old_frame_is_not_taken_for_the_paper(scene: Scene, papers: PaperPictures) -> None:
    scene.now_ms = 1000 + FRESH_MS + 1
    papers.take("household", 200_000)
    assert scene.next() == NotPhotographed("household", "attachment.no_picture")
    scene.frame = None
    papers.take("household", 200_000)
    assert isinstance(scene.next(), NotPhotographed)
    assert papers.picture("household") == b""


def test_what_is_sent_is_what_was_seen(scene: Scene, papers: PaperPictures) -> None:
    papers.take("household", 200_000)
    heard = scene.next()
    assert isinstance(heard, Photographed)
    papers.send(ASKED, "h_1")
    assert scene.next() == Answered("picture.household", {"sha256": heard.sha256})
    (kept,) = scene.centre.kept
    assert (kept.subject, kept.paper, kept.sha256) == ("h_1", "household", heard.sha256)
    assert base64.b64decode(kept.jpeg) == papers.picture("household")
    assert scene.reached == [True]


@pytest.mark.parametrize(
    ("fault", "code", "reached"),
    [
        (Unreachable("no connection"), "central.unreachable", False),
        (Final("attachment.too_many", ""), "attachment.too_many", True),
    ],
)
def test_why_it_did_not_arrive_is_told(
    scene: Scene, papers: PaperPictures, fault: Exception, code: str, reached: bool
) -> None:
    papers.take("household", 200_000)
    scene.next()
    scene.centre.fault = fault
    papers.send(ASKED, "h_1")
    assert scene.next() == NotAnswered("picture.household", code)
    assert scene.reached == [reached]


def test_nothing_is_left_of_a_visit_that_ended(scene: Scene) -> None:
    papers = scene.made()
    papers.take("household", 200_000)
    papers.forget()
    papers.take("permit", 200_000)
    papers.start()
    heard = scene.next()
    assert isinstance(heard, Photographed)
    assert heard.paper == "permit", "what was asked in the last visit is not taken in this"
    assert papers.picture("household") == b""
    papers.forget()
    assert papers.picture("permit") == b""
    papers.send(ASKED, "h_1")
    assert scene.next() == NotAnswered("picture.household", "attachment.no_picture")
    papers.stop()
