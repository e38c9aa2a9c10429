"""The library's screens: what a reader sees of loans and fines, and how a fine is paid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.messages.contract import Holder, TrustLevel
from drivers.pcsc.events import CardArrived
from terminal.visit.effects import AskCentre
from terminal.visit.events import Answered, CardRead, Chosen, Done, Identified, NotAnswered, Submitted
from terminal.visit.states import Failed, Finished, Serving
from terminal.visit.steps import Certainty, Choose, Present, SubmissionOutcome, Submit
from tests.unit.terminal.visit.counter_desk import CARD, HOLDER, READER, Desk, copy_seen, replace_services

LATE = {"barcode": "1", "title": "彷徨", "due_date": "2026-11-11", "renewals_left": 2, "fine_fen": 120}
IN_TIME = {"barcode": "2", "title": "呐喊", "due_date": "2026-12-11", "renewals_left": 2, "fine_fen": 0}
FINE = {"title": "边城", "days_late": 3, "fen": 30}
HOLDS = [{"title": "史记", "collect_by": "2026-11-30"}, {"title": "子夜", "collect_by": None}]
CLERK = Holder(
    subject="h_clerk",
    masked_name="张*",
    masked_number="3716**********0024",
    trust=TrustLevel.READ,
    services={},
)


def account(**told: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"status": "active", "loan_list": [], "fines": [], "holds": [], "owed_fen": 0}
    return {**usual, **told}


def asked(desk: Desk, answer: dict[str, Any]) -> Choose:
    desk.identified_by_card()
    desk.tell(Chosen("library.account"), Answered("account", answer))
    assert isinstance(desk.counter.stage, Serving)
    step = desk.counter.stage.step
    assert isinstance(step, Choose)
    return step


def finished(desk: Desk) -> Finished:
    assert isinstance(desk.counter.stage, Finished)
    return desk.counter.stage


def test_the_menu_has_borrow_return_renew_and_the_account() -> None:
    desk = Desk()
    stage = desk.identified_by_card().stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Choose)
    chosen = [option.id for option in stage.step.options]
    assert chosen == ["library.borrow", "library.return", "library.renew", "library.account"]


def test_the_account_asks_the_centre_anew() -> None:
    desk = Desk()
    desk.identified_by_card()
    desk.tell(Chosen("library.account"))
    (question,) = desk.effects(AskCentre)
    assert isinstance(question, AskCentre)
    assert (question.question.name, question.subject) == ("account", HOLDER.subject)


def test_loans_fines_and_holds_each_have_their_line_and_late_ones_are_marked() -> None:
    step = asked(Desk(), account(loan_list=[LATE, IN_TIME], fines=[FINE], holds=HOLDS, owed_fen=30))
    read = [(line.title, line.note.id, line.certainty) for line in step.lines]
    assert read == [
        ("彷徨", "library.account.late", Certainty.REFUSED),
        ("呐喊", "library.due", Certainty.CONFIRMED),
        ("边城", "library.account.fine", Certainty.REFUSED),
        ("史记", "library.account.collect", Certainty.CONFIRMED),
        ("子夜", "library.account.asked_for", Certainty.WAITING),
    ]
    assert step.largest is not None
    assert (step.largest.id, dict(step.largest.args)) == ("library.owed", {"amount": "0.30"})
    assert [option.id for option in step.options] == ["library.pay", "library.renew", "library.borrow"]


def test_who_owes_nothing_sees_the_next_due_date_and_no_money() -> None:
    step = asked(Desk(), account(loan_list=[IN_TIME]))
    assert step.largest is not None
    assert dict(step.largest.args) == {"due": "2026-12-11"}
    assert [option.id for option in step.options] == ["library.renew", "library.borrow"]


def test_an_account_with_nothing_in_it_says_so() -> None:
    step = asked(Desk(), account())
    assert (step.question.id, step.lines, step.largest) == ("library.account.empty", (), None)


def test_a_librarys_own_system_that_tells_only_barcodes_is_shown_as_it_tells() -> None:
    step = asked(Desk(), {"status": "active", "loans": 1, "loan_list": [{"barcode": "B1"}]})
    assert [(line.title, line.note.id) for line in step.lines] == [("B1", "library.account.on_loan")]


def test_an_account_of_nonsense_shows_nothing_wrong() -> None:
    step = asked(Desk(), {"status": "active", "loan_list": "many", "fines": [7], "owed_fen": -5})
    assert (step.lines, [option.id for option in step.options]) == ((), ["library.borrow"])


def paying(desk: Desk) -> None:
    asked(desk, account(fines=[FINE], owed_fen=30))
    desk.tell(Chosen("library.pay"))


def test_a_fine_is_paid_to_a_clerk_who_shows_a_card() -> None:
    desk = Desk()
    paying(desk)
    assert isinstance(desk.counter.stage, Serving)
    present = desk.counter.stage.step
    assert isinstance(present, Present)
    assert present.another
    assert desk.submitted() == []
    clerk = replace(CARD, identification_code="371600D1560000050000F002AAAAAAAA")
    desk.tell(CardArrived(0.0, READER), CardRead(READER, clerk, 12.0), Identified(CLERK))
    (sent,) = desk.submitted()
    assert (sent.draft.action, dict(sent.draft.body)) == ("pay", {"amount_fen": 30, "second": "h_clerk"})
    assert (sent.credential, sent.holder_subject) == (CARD, HOLDER.subject)
    stage = desk.counter.stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Submit)
    desk.tell(_paid(Certainty.CONFIRMED, "", {"paid_fen": 30}))
    result = finished(desk).result
    assert (result.certainty, result.headline.id) == (Certainty.CONFIRMED, "library.paid")
    assert result.largest is not None
    assert dict(result.largest.args) == {"amount": "0.30"}


def test_a_refused_payment_says_what_to_do_with_the_money() -> None:
    desk = Desk()
    paying(desk)
    clerk = replace(CARD, identification_code="371600D1560000050000F002AAAAAAAA")
    desk.tell(CardArrived(0.0, READER), CardRead(READER, clerk, 12.0), Identified(CLERK))
    desk.tell(_paid(Certainty.REFUSED, "library.owed_changed", {}))
    result = finished(desk).result
    assert (result.certainty, result.headline.id) == (Certainty.REFUSED, "library.not_paid")
    assert result.next_step is not None
    assert result.next_step.id == "fault.library.owed_changed.next"


def test_without_the_centre_nobody_sees_an_account_or_pays() -> None:
    desk = Desk()
    desk.identified_by_card()
    desk.tell(Chosen("library.account"), NotAnswered("account", "central.unreachable"))
    assert isinstance(desk.counter.stage, Failed)
    assert desk.counter.stage.code == "offline.not_allowed"


def returned(**told: Any) -> Finished:
    desk = Desk()
    desk.tell(Chosen("library.return"), copy_seen("371600-000101"))
    desk.outcome(0, Certainty.CONFIRMED, **{"title": "彷徨", **told})
    desk.tell(Done())
    return finished(desk)


def test_a_book_somebody_waits_for_goes_to_the_clerk() -> None:
    result = returned(put_aside=True, fine_fen=120).result
    assert result.lines[0].note.id == "library.line.returned.aside_and_late"
    assert result.next_step is not None
    assert result.next_step.id == "library.aside.next"


def test_a_late_book_says_what_it_costs_and_where_to_pay() -> None:
    result = returned(fine_fen=120, days_late=12).result
    assert dict(result.lines[0].note.args) == {"amount": "1.20", "days": "12"}
    assert result.next_step is not None
    assert result.next_step.id == "library.fine.next"


def test_an_alert_of_the_librarys_own_system_goes_to_the_clerk() -> None:
    assert returned(alert=True).result.lines[0].note.id == "library.line.returned.look"


def test_who_owes_too_much_is_told_before_a_book_is_scanned() -> None:
    desk = Desk()
    library = {"status": "active", "owed_fen": 1500, "owing_limit_fen": 1000}
    desk.identified_by_card(replace_services(HOLDER, {"library": library}))
    desk.tell(Chosen("library.borrow"))
    reason = finished(desk).result.reason
    assert reason is not None
    assert reason.id == "fault.library.fines_owed"


def test_a_due_date_told_while_alone_is_of_this_readers_kind() -> None:
    desk = Desk()
    desk.identified_by_card(replace_services(HOLDER, {"library": {"status": "active", "loan_days": 42}}))
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    (sent,) = desk.submitted()
    assert dict(sent.draft.body)["expected_due_date"] == "2027-01-04"


def _paid(certainty: Certainty, code: str, data: dict[str, Any]) -> Any:
    return Submitted(0, SubmissionOutcome(certainty, "0199-00000000", code, tuple(data.items())))
