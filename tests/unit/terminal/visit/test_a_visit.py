"""A visit, told as a clerk would tell it."""

from __future__ import annotations

import pytest

from domain.codes.code import RideCode, SignedECard, UnusableCode
from domain.credential import ECard
from drivers.codes.code_seen import CodeSeen
from drivers.codes.events import CameraChanged, ScannerChanged
from drivers.pcsc.events import CardArrived, CardGone, CardUnreadable, ReadersChanged, ReaderServiceChanged
from terminal.visit.effects import CallStaff, ForgetPerson, Identify, PlaySound, ReadCard
from terminal.visit.events import (
    BusinessStopped,
    CardFailed,
    CardRead,
    CentralReach,
    Chosen,
    Done,
    EasyModeToggled,
    Event,
    Identified,
    MoreTime,
    NotIdentified,
    StaffCalled,
    StartOver,
    TimerFired,
)
from terminal.visit.states import Checking, Failed, Finished, Identifying, Idle, Reading, Serving
from terminal.visit.steps import Certainty, Choose, Collect, Present, Submit
from tests.unit.terminal.visit.counter_desk import (
    CARD,
    HOLDER,
    READER,
    Desk,
    copy_seen,
    expired,
    phone_seen,
    with_loans,
)


def test_a_card_is_shown_as_seen_before_anything_is_exchanged_with_it(desk: Desk) -> None:
    counter = desk.tell(CardArrived(0.0, READER))
    assert counter.stage == Reading(READER)
    assert ReadCard(READER) in desk.asked
    assert PlaySound("seen") in desk.asked


def test_a_card_borrows_a_book(desk: Desk) -> None:
    desk.identified_by_card()
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    [draft] = desk.submitted()
    assert (draft.draft.action, dict(draft.draft.body)["barcode"]) == ("borrow", "371600-000101")
    assert draft.holder_subject == HOLDER.subject
    desk.outcome(0, Certainty.CONFIRMED, title="平凡的世界", due_date="2026-12-21")
    stage = desk.tell(Done()).stage
    assert isinstance(stage, Finished)
    assert stage.result.certainty is Certainty.CONFIRMED
    assert stage.result.largest is not None
    assert dict(stage.result.largest.args) == {"due": "2026-12-21"}
    assert stage.receipt is not None
    assert stage.receipt.holder == "刘*勇"


def test_a_phone_borrows_as_well_as_a_card(desk: Desk) -> None:
    desk.tell(phone_seen())
    assert isinstance(desk.counter.stage, Identifying)
    [asked] = desk.effects(Identify)
    assert isinstance(asked, Identify)
    assert asked.services == ("library",)
    desk.tell(Identified(HOLDER), Chosen("library.borrow"), copy_seen("371600-000101"))
    assert len(desk.submitted()) == 1


def test_a_book_is_returned_without_a_card(desk: Desk) -> None:
    desk.tell(Chosen("library.return"), copy_seen("371600-000101"))
    [draft] = desk.submitted()
    assert (draft.draft.action, draft.credential, draft.holder_subject) == ("return", None, "")


def test_a_book_laid_down_first_asks_what_to_do_with_it_and_is_not_lost(desk: Desk) -> None:
    stage = desk.tell(copy_seen("371600-000101")).stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Choose)
    stage = desk.tell(Chosen("library.borrow")).stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Present)
    desk.identified_by_card()
    [draft] = desk.submitted()
    assert dict(draft.draft.body)["barcode"] == "371600-000101"


def test_done_before_the_answer_waits_for_it_instead_of_guessing(desk: Desk) -> None:
    desk.identified_by_card()
    stage = desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"), Done()).stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Submit)
    assert isinstance(desk.outcome(0, Certainty.ACCEPTED).stage, Finished)


def test_one_refused_book_among_three_is_never_green(desk: Desk) -> None:
    desk.identified_by_card()
    desk.tell(Chosen("library.borrow"), *(copy_seen(f"371600-00010{n}") for n in (1, 2, 3)))
    desk.outcome(0, Certainty.CONFIRMED, due_date="2026-12-21")
    desk.outcome(1, Certainty.REFUSED, "library.copy_on_loan")
    desk.outcome(2, Certainty.CONFIRMED, due_date="2026-12-21")
    stage = desk.tell(Done()).stage
    assert isinstance(stage, Finished)
    assert stage.result.certainty is Certainty.PARTLY
    assert dict(stage.result.headline.args) == {"done": "2", "total": "3"}
    assert [line.certainty for line in stage.result.lines].count(Certainty.CONFIRMED) == 2


def test_accepted_to_be_confirmed_looks_different_from_confirmed(desk: Desk) -> None:
    desk.identified_by_card()
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    desk.outcome(0, Certainty.ACCEPTED)
    stage = desk.tell(Done()).stage
    assert isinstance(stage, Finished)
    assert stage.result.certainty is Certainty.ACCEPTED
    assert PlaySound("accepted") in desk.asked
    assert PlaySound("confirmed") not in desk.asked


def test_the_book_over_the_limit_is_refused_here_and_not_sent(desk: Desk) -> None:
    desk.identified_by_card(with_loans(2))
    stage = desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"), copy_seen("371600-000102")).stage
    assert len(desk.submitted()) == 1
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Collect)
    assert stage.step.lines[1].certainty is Certainty.REFUSED


def test_a_blocked_reader_hears_why_and_may_still_return(desk: Desk) -> None:
    desk.identified_by_card(with_loans(0, status="blocked"))
    stage = desk.tell(Chosen("library.borrow")).stage
    assert isinstance(stage, Finished)
    assert stage.result.reason is not None
    assert stage.result.reason.id == "fault.library.reader_blocked"
    desk.tell(Done(), Chosen("library.return"), copy_seen("371600-000101"))
    assert len(desk.submitted()) == 1


def test_the_same_book_twice_is_one_loan_and_a_soft_sign(desk: Desk) -> None:
    desk.identified_by_card()
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"), copy_seen("371600-000101"))
    assert len(desk.submitted()) == 1
    assert desk.counter.notice is not None
    assert desk.counter.notice.id == "fault.code.already_listed"


def test_a_repeated_sight_of_the_phone_on_the_result_starts_nothing(desk: Desk) -> None:
    desk.tell(phone_seen(), NotIdentified("e_card.expired"))
    desk.tell(phone_seen(repeated=True))
    assert isinstance(desk.counter.stage, Failed)


def test_an_expired_card_is_named(desk: Desk) -> None:
    assert desk.show_card(expired(CARD)).stage == Failed("card.expired")


def test_a_card_is_served_offline_and_a_phone_is_told_the_truth(desk: Desk) -> None:
    desk.show_card()
    stage = desk.tell(NotIdentified("central.unreachable")).stage
    assert isinstance(stage, Serving)
    assert stage.facts.online is False
    phone = Desk()
    phone.tell(phone_seen(), NotIdentified("central.unreachable"))
    assert phone.counter.stage == Failed("e_card.cannot_verify_now")


def test_a_torn_card_is_named_and_the_next_card_is_read_at_once(desk: Desk) -> None:
    desk.tell(CardArrived(0.0, READER), CardFailed(READER, "card.removed"))
    assert desk.counter.stage == Failed("card.removed")
    assert desk.tell(CardArrived(1.0, READER)).stage == Reading(READER)


@pytest.mark.parametrize("late", [CardRead(READER, CARD, 5_000.0), CardFailed(READER, "reader.busy")])
@pytest.mark.parametrize("code", [SignedECard("OC2:" + "A" * 300), RideCode(b"\x81" + bytes(331))])
def test_a_phone_is_taken_while_a_card_is_still_being_read(
    desk: Desk, code: SignedECard | RideCode, late: Event
) -> None:
    """FC-7: another program may hold the reader; what becomes of the card then changes nothing."""
    desk.tell(CardArrived(0.0, READER))
    taken = desk.tell(CodeSeen(1.0, "camera", "QRCode", code, False)).stage
    assert taken == Checking(code)
    assert desk.tell(late).stage == taken


def test_the_token_of_a_phone_is_taken_while_a_card_is_still_being_read(desk: Desk) -> None:
    """FC-7: and the phone that lay in the picture before is no new one."""
    desk.tell(CardArrived(0.0, READER))
    assert desk.tell(phone_seen(repeated=True)).stage == Reading(READER)
    taken = desk.tell(phone_seen()).stage
    assert isinstance(taken, Identifying)
    assert isinstance(taken.credential, ECard)
    assert desk.tell(CardFailed(READER, "reader.busy")).stage == taken


def test_an_upside_down_card_is_named(desk: Desk) -> None:
    assert desk.tell(CardUnreadable(0.0, READER, "card.mute")).stage == Failed("card.mute")


def test_a_card_left_lying_is_one_visit_and_is_remembered_for_a_reminder(desk: Desk) -> None:
    desk.identified_by_card()
    counter = desk.tell(StartOver())
    assert counter.stage == Idle()
    assert counter.card_in == READER
    assert desk.tell(CardGone(2.0, READER)).card_in == ""


def test_the_next_persons_card_waits_and_is_read_when_the_visit_ends(desk: Desk) -> None:
    desk.tell(phone_seen(), Identified(HOLDER), CardArrived(1.0, READER))
    assert desk.counter.notice is not None
    assert desk.tell(StartOver()).stage == Reading(READER)


def test_nothing_of_a_person_outlives_the_visit(desk: Desk) -> None:
    desk.identified_by_card()
    counter = desk.tell(EasyModeToggled(), StaffCalled(), StartOver())
    assert ForgetPerson() in desk.asked
    assert (counter.easy_mode, counter.staff_called, counter.notice) == (False, False, None)
    assert "刘" not in repr(counter)


def test_after_sixty_seconds_of_rest_there_are_twenty_of_warning_and_a_way_to_stay(desk: Desk) -> None:
    desk.identified_by_card()
    assert desk.latest_timer("rest").after_ms == 60_000
    assert desk.fire("rest").time_warning
    assert desk.latest_timer("warning").after_ms == 20_000
    assert not desk.tell(MoreTime()).time_warning
    desk.fire("rest")
    assert desk.fire("warning").stage == Idle()


def test_easy_mode_doubles_every_limit(desk: Desk) -> None:
    desk.identified_by_card()
    desk.tell(EasyModeToggled())
    assert desk.latest_timer("rest").after_ms == 120_000


def test_a_person_who_walks_off_with_books_registered_still_gets_the_result_shown(desk: Desk) -> None:
    desk.identified_by_card()
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    desk.outcome(0, Certainty.CONFIRMED, due_date="2026-12-21")
    desk.fire("rest")
    assert isinstance(desk.fire("warning").stage, Finished)


def test_a_stopped_timer_that_fires_late_changes_nothing(desk: Desk) -> None:
    desk.identified_by_card()
    old = dict(desk.counter.timers)["rest"]
    desk.tell(Chosen("library.borrow"))
    before = desk.counter
    assert desk.tell(TimerFired("rest", old)) == before


def test_what_it_waits_for_is_said_after_two_seconds(desk: Desk) -> None:
    desk.tell(CardArrived(0.0, READER))
    assert desk.latest_timer("slow").after_ms == 2_000
    stage = desk.fire("slow").stage
    assert isinstance(stage, Reading)
    assert stage.slow


def test_a_lost_reader_is_named_and_the_phone_still_works(desk: Desk) -> None:
    assert desk.tell(ReaderServiceChanged(0.0, "reader.service_lost")).reader_fault == "reader.service_lost"
    assert isinstance(desk.tell(phone_seen()).stage, Identifying)
    assert desk.tell(ReadersChanged(1.0, (READER,))).reader_fault == ""
    assert desk.tell(ReadersChanged(1.0, ())).reader_fault == "reader.missing"


def test_a_terminal_that_cannot_journal_takes_no_business(desk: Desk) -> None:
    desk.tell(BusinessStopped("journal.full"))
    assert desk.tell(CardArrived(0.0, READER)).stage == Idle()
    desk.tell(BusinessStopped(""))
    assert desk.tell(CardArrived(0.0, READER)).stage == Reading(READER)


def test_the_link_is_shown_whatever_the_person_does(desk: Desk) -> None:
    desk.identified_by_card()
    assert desk.tell(CentralReach(False)).online is False
    assert isinstance(desk.counter.stage, Serving)


def test_an_unusable_code_is_a_soft_sign_and_no_visit(desk: Desk) -> None:
    counter = desk.tell(CodeSeen(0.0, "camera", "QRCode", UnusableCode("code.url")))
    assert counter.stage == Idle()
    assert counter.notice is not None
    assert desk.fire("notice").notice is None


def test_help_is_called_from_anywhere(desk: Desk) -> None:
    assert desk.tell(StaffCalled()).staff_called
    assert CallStaff() in desk.asked


def test_a_late_answer_of_an_abandoned_read_starts_nothing(desk: Desk) -> None:
    desk.tell(CardArrived(0.0, READER), StartOver())
    assert desk.tell(CardRead(READER, CARD, 900.0)).stage == Idle()


def test_a_blind_camera_is_kept_in_the_state_until_it_sees_again(desk: Desk) -> None:
    """FC-19: the screen stops inviting a phone; a scanner's fault is kept beside it."""
    assert desk.tell(CameraChanged(1.0, "camera.black")).camera_fault == "camera.black"
    assert desk.tell(ScannerChanged(1.0, "scanner.lost")).scanner_fault == "scanner.lost"
    assert desk.tell(CameraChanged(2.0, "")).camera_fault == ""
    assert desk.tell(ScannerChanged(2.0, "")).scanner_fault == ""
