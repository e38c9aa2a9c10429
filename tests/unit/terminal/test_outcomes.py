"""FC-68: partly done is amber, nothing to do is neutral, refused is red."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.fault_texts import fault_texts
from terminal.services.catalogue.base import refusal
from terminal.services.library import draft, summary
from terminal.services.outcomes import NOTHING_TO_DO, certainty_of, refused_first, together
from terminal.visit.steps import Certainty, Facts, Line, SubmissionOutcome
from tests.unit.terminal.visit.counter_desk import NOW

DECIDED = st.sampled_from([Certainty.CONFIRMED, Certainty.ACCEPTED, Certainty.REFUSED])


def line(certainty: Certainty, code: str = "") -> Line:
    wanted = draft("B1", "borrow", NOW.date())
    return Line(0, wanted, SubmissionOutcome(certainty, "0198-1", code, (("title", certainty.value),)))


def result(*certainties: Certainty) -> Certainty:
    return summary(Facts(NOW.date(), True, lines=tuple(map(line, certainties))), "borrow").certainty


def test_three_of_four_books_are_amber() -> None:
    confirmed, refused = Certainty.CONFIRMED, Certainty.REFUSED
    assert result(confirmed, confirmed, refused, confirmed) is Certainty.PARTLY
    assert result(refused, refused) is Certainty.REFUSED
    assert result(confirmed, confirmed) is Certainty.CONFIRMED
    assert result(confirmed, Certainty.ACCEPTED) is Certainty.ACCEPTED


@pytest.mark.parametrize("code", ["activation.not_agreed", "payment.nothing_due", "library.nothing_owed"])
def test_nothing_to_do_is_neutral(code: str) -> None:
    assert refusal(code).certainty is Certainty.NEUTRAL
    assert together([line(Certainty.REFUSED, code)]) is Certainty.NEUTRAL
    assert (
        together([line(Certainty.REFUSED, code), line(Certainty.REFUSED, "library.on_hold")])
        is Certainty.REFUSED
    )


@pytest.mark.parametrize("code", ["admission.already_entered", "library.copy_on_loan", "hotel.room_full"])
def test_a_refusal_stays_red(code: str) -> None:
    assert certainty_of(code) is Certainty.REFUSED


def test_every_code_that_is_neutral_exists() -> None:
    assert fault_texts().keys() >= NOTHING_TO_DO


@given(st.lists(DECIDED, min_size=1, max_size=30))
def test_green_needs_every_line_and_red_needs_none(certainties: list[Certainty]) -> None:
    refused = certainties.count(Certainty.REFUSED)
    expected = {0: {Certainty.CONFIRMED, Certainty.ACCEPTED}, len(certainties): {Certainty.REFUSED}}
    assert together(list(map(line, certainties))) in expected.get(refused, {Certainty.PARTLY})


@given(st.lists(DECIDED, max_size=30))
def test_refused_lines_come_first_and_none_is_lost(certainties: list[Certainty]) -> None:
    lines = [line(each) for each in certainties]
    shown = refused_first(lines)
    assert sorted(map(id, shown)) == sorted(map(id, lines))
    marks = [each.certainty is Certainty.REFUSED for each in shown]
    assert marks == sorted(marks, reverse=True)
