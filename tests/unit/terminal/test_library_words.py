"""The library's own words and guessed dates, on the screen and on the slip."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import JsonValue

from terminal.services.library import draft, summary
from terminal.services.library_account import fine_view, loan_view
from terminal.visit.receipt import receipt_for
from terminal.visit.steps import Certainty, Facts, Line, SubmissionOutcome, Text, both, text
from tests.unit.terminal.visit.counter_desk import NOW

TODAY = NOW.date()


def line(certainty: Certainty, code: str = "", **data: JsonValue) -> Line:
    outcome = SubmissionOutcome(certainty, "0198-1", code, tuple(data.items()))
    return Line(0, draft("B1", "renew", TODAY), outcome)


def finished(*lines: Line) -> Facts:
    return Facts(TODAY, online=True, lines=lines)


def test_a_refusal_in_the_librarys_own_words_is_shown_below_its_book() -> None:
    """FC-26."""
    refused = line(
        Certainty.REFUSED, "sip2.refused", message=["此书不可续借"], print_lines=["此书不可续借", "回执"]
    )
    rows = summary(finished(refused), "renew").lines
    assert [row.note for row in rows] == [
        Text("fault.sip2.refused"),
        both("此书不可续借", "此书不可续借"),
        both("回执", "回执"),
    ]
    assert summary(finished(refused), "renew").reason == text("library.reason", words="此书不可续借")
    assert {row.title for row in rows[1:]} == {Text("library.says")}


def test_the_librarys_words_are_on_the_slip() -> None:
    lent = line(Certainty.CONFIRMED, title="红楼梦", due_date="2026-12-24", message=["请在两周内归还"])
    facts = finished(lent)
    receipt = receipt_for(
        facts, summary(facts, "renew"), "图书馆", "BZ-LIB-0001", datetime(2026, 11, 23, tzinfo=UTC)
    )
    assert receipt is not None
    assert both("请在两周内归还", "请在两周内归还") in [row.note for row in receipt.lines]


def test_a_guessed_due_date_is_marked() -> None:
    """FC-28."""
    guessed = line(Certainty.CONFIRMED, title="红楼梦", due_date="2026-12-24", due_date_guessed=True)
    result = summary(finished(guessed), "renew")
    assert result.lines[0].note == text("library.line.due_guessed", due="2026-12-24")
    assert result.largest == text("library.due_guessed", due="2026-12-24")
    known = summary(finished(line(Certainty.CONFIRMED, title="红楼梦", due_date="2026-12-24")), "renew")
    assert known.largest == text("library.due", due="2026-12-24")


def test_an_account_marks_guessed_dates_and_fines_without_a_sum() -> None:
    """FC-29."""
    loan = {"title": "红楼梦", "due_date": "2026-12-24", "due_date_guessed": True}
    assert loan_view(loan, TODAY).note == text("library.due_guessed", due="2026-12-24")
    assert fine_view({"title": "超期费 红楼梦"}).note == text("library.account.owes")
