"""Papers before the camera, in a visit: what is asked of the shell, and in what order."""

from __future__ import annotations

import pytest

from config.catalogue.loading import catalogue
from domain.codes.code import CopyBarcode, UnusableCode
from domain.messages.contract import TrustLevel
from drivers.codes.code_seen import CodeSeen
from terminal.services.catalogue.kinds import service_for
from terminal.visit.effects import AskCentre, ForgetPerson, TakePicture
from terminal.visit.events import (
    Answered,
    Chosen,
    NotAnswered,
    NotPhotographed,
    Photographed,
    StartOver,
    Typed,
)
from terminal.visit.states import Failed, Idle, Serving
from terminal.visit.steps import Choose, Photograph, Step, Submit
from tests.unit.terminal.visit.counter_desk import HOLDER, Desk

FIRST, SECOND = "1" * 64, "2" * 64
KNOWN = HOLDER.model_copy(update={"trust": TrustLevel.VERIFIED})


def step_of(desk: Desk) -> Step:
    stage = desk.counter.stage
    assert isinstance(stage, Serving), stage
    return stage.step


@pytest.fixture
def desk() -> Desk:
    """Somebody has filled in the form and is asked for the first paper."""
    shipped = catalogue()
    desk = Desk((service_for(shipped.services["school-enrol"], shipped),))
    desk.identified_by_card(KNOWN)
    desk.tell(Typed((("phone", "13800000000"),)))
    return desk


def photograph(desk: Desk) -> Photograph:
    step = step_of(desk)
    assert isinstance(step, Photograph)
    return step


def take(desk: Desk, sha256: str = FIRST) -> None:
    paper = photograph(desk).paper
    desk.tell(Chosen("picture.take"), Photographed(paper, sha256))


def test_a_picture_is_taken_when_it_is_asked_for_and_looked_at(desk: Desk) -> None:
    assert photograph(desk).paper == "household"
    desk.tell(Chosen("picture.take"))
    assert desk.effects(TakePicture) == [TakePicture("household", 200_000)]
    assert photograph(desk).shot == ""
    desk.tell(Photographed("household", FIRST))
    assert photograph(desk).shot == FIRST


def test_it_is_taken_again_and_the_last_one_counts(desk: Desk) -> None:
    take(desk)
    desk.tell(Chosen("picture.again"))
    assert photograph(desk).shot == ""
    take(desk, SECOND)
    desk.tell(Chosen("picture.keep"), Chosen("picture.without"), Chosen("application.hand-in"))
    (asked,) = desk.effects(AskCentre)
    assert isinstance(asked, AskCentre)
    assert (asked.question.sends, asked.subject) == ("household", KNOWN.subject)
    assert desk.submitted() == []
    desk.tell(Answered("picture.household", {}))
    (submitted,) = desk.submitted()
    assert dict(submitted.draft.body)["pictures"] == {"household": SECOND}


def test_both_papers_are_sent_one_after_the_other_before_the_application(desk: Desk) -> None:
    take(desk)
    desk.tell(Chosen("picture.keep"))
    take(desk, SECOND)
    desk.tell(Chosen("picture.keep"))
    assert isinstance(step_of(desk), Choose)
    assert desk.effects(AskCentre) == []
    desk.tell(Chosen("application.hand-in"), Answered("picture.household", {}))
    assert [each.question.sends for each in desk.effects(AskCentre) if isinstance(each, AskCentre)] == [
        "household",
        "residence-permit",
    ]
    desk.tell(Answered("picture.residence-permit", {}))
    assert isinstance(step_of(desk), Submit)
    (submitted,) = desk.submitted()
    assert dict(submitted.draft.body)["pictures"] == {"household": FIRST, "residence-permit": SECOND}


def test_a_required_paper_is_not_left_out_and_nothing_is_kept_that_was_not_seen(desk: Desk) -> None:
    before = desk.counter
    desk.tell(Chosen("picture.without"), Chosen("picture.keep"), Chosen("picture.again"))
    assert desk.counter.stage == before.stage


def test_a_camera_without_a_picture_is_said_and_tried_again(desk: Desk) -> None:
    desk.tell(Chosen("picture.take"), NotPhotographed("household", "attachment.no_picture"))
    assert desk.counter.notice is not None
    assert desk.counter.notice.id == "fault.attachment.no_picture"
    take(desk)
    assert photograph(desk).shot == FIRST


def test_a_late_picture_changes_nothing(desk: Desk) -> None:
    take(desk)
    desk.tell(Photographed("household", SECOND), Photographed("residence-permit", SECOND))
    assert photograph(desk).shot == FIRST
    desk.tell(StartOver(), Photographed("household", SECOND))
    assert desk.counter.stage == Idle()


def test_a_code_on_the_paper_is_nobodys(desk: Desk) -> None:
    before = desk.counter
    for code in (CopyBarcode("2371600000010"), UnusableCode("code.address")):
        desk.tell(CodeSeen(0.0, "camera", "QRCode", code))
    assert desk.counter == before


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("central.unreachable", "offline.not_allowed"),
        ("attachment.no_picture", "attachment.no_picture"),
        ("attachment.too_many", "attachment.too_many"),
    ],
)
def test_a_picture_that_does_not_arrive_ends_it_before_anything_is_booked(
    desk: Desk, code: str, told: str
) -> None:
    take(desk)
    desk.tell(Chosen("picture.keep"), Chosen("picture.without"), Chosen("application.hand-in"))
    desk.tell(NotAnswered("picture.household", code))
    assert desk.counter.stage == Failed(told)
    assert desk.submitted() == []


def test_the_shell_is_told_to_forget_at_the_end(desk: Desk) -> None:
    take(desk)
    desk.tell(StartOver())
    assert ForgetPerson() in desk.asked
