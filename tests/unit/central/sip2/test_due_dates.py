"""Due dates and amounts of library systems: free text, read as it was meant or marked as a guess."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.departments.sip2.amounts import amount_of, fen_of
from central.departments.sip2.due_dates import (
    LONGEST_LOAN,
    DateOrder,
    DueDate,
    days_late,
    order_of,
    read_due_date,
    readings,
)

LENT = date(2026, 11, 7)
DAYS = st.dates(date(2020, 1, 1), date(2098, 12, 31))
FORMS = {
    DateOrder.DAY_FIRST: ("{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d:02}-{m:02}-{y} 23:59"),
    DateOrder.MONTH_FIRST: ("{m:02}/{d:02}/{y}", "{m}/{d}/{y} 11:59 PM", "{m:02}-{d:02}-{y}"),
    DateOrder.YEAR_FIRST: (
        "{y}-{m:02}-{d:02}",
        "{y}{m:02}{d:02}    235900",
        "{y}/{m}/{d}",
        "{y}.{m:02}.{d:02}",
    ),
}
NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@pytest.mark.parametrize(
    ("written", "order", "meant"),
    [
        ("12/05/2026", DateOrder.MONTH_FIRST, DueDate(date(2026, 12, 5))),
        ("12/05/2026", DateOrder.DAY_FIRST, DueDate(date(2026, 5, 12))),
        ("12/05/2026", DateOrder.UNKNOWN, DueDate(date(2026, 12, 5), guessed=True)),
        ("24/12/2026", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("12/24/2026", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("06/06/2027", DateOrder.UNKNOWN, DueDate(date(2027, 6, 6))),
        ("2026年6月1日", DateOrder.UNKNOWN, DueDate(date(2026, 6, 1))),
        ("２０２６－１２－２４", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("应还日期：2026-12-24 23:59", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("24 Dec 2026", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("Due: December 24th, 2026", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("24-DEC-2026", DateOrder.UNKNOWN, DueDate(date(2026, 12, 24))),
        ("24/12/26", DateOrder.DAY_FIRST, DueDate(date(2026, 12, 24))),
        ("", DateOrder.UNKNOWN, None),
        ("31/02/2026", DateOrder.UNKNOWN, None),
        ("N/A", DateOrder.UNKNOWN, None),
        ("20261399", DateOrder.UNKNOWN, None),
    ],
)
def test_due_dates_as_systems_write_them(written: str, order: DateOrder, meant: DueDate | None) -> None:
    """FC-28."""
    assert read_due_date(written, order, LENT) == meant


@given(day=DAYS, order=st.sampled_from(sorted(FORMS)), form=st.integers(0, 3))
def test_a_date_in_the_agreed_order_is_never_a_guess(day: date, order: DateOrder, form: int) -> None:
    written = FORMS[order][form % len(FORMS[order])].format(d=day.day, m=day.month, y=day.year)
    assert read_due_date(written, order) == DueDate(day)
    assert day in readings(written).values()


@given(day=DAYS)
def test_a_month_by_its_name_leaves_no_doubt(day: date) -> None:
    for written in (
        f"{day.day} {NAMES[day.month - 1]} {day.year}",
        f"{NAMES[day.month - 1][:3]} {day.day}, {day.year}",
    ):
        assert read_due_date(written) == DueDate(day)


@given(untrusted=st.text(max_size=60), lent=DAYS)
def test_a_guess_lies_after_the_loan_and_within_the_longest_one(untrusted: str, lent: date) -> None:
    found = read_due_date(untrusted, DateOrder.UNKNOWN, lent)
    if found and found.guessed:
        assert lent < found.day <= lent + LONGEST_LOAN


def test_nobody_is_accused_of_a_reading_of_an_ambiguous_date() -> None:
    assert days_late("12/05/2026", DateOrder.UNKNOWN, date(2026, 12, 1)) == 0
    assert days_late("12/05/2026", DateOrder.UNKNOWN, date(2026, 12, 7)) == 2
    assert days_late("12/05/2026", DateOrder.DAY_FIRST, date(2026, 12, 7)) == 209
    assert days_late("soon", DateOrder.UNKNOWN, date(2026, 12, 7)) is None


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["12/05/2026", "12/24/2026"], DateOrder.MONTH_FIRST),
        (["12/05/2026", "24/12/2026"], DateOrder.DAY_FIRST),
        (["12/05/2026"], DateOrder.UNKNOWN),
        (["2026-12-24", "2026-12-05"], DateOrder.YEAR_FIRST),
        (["24 Dec 2026", ""], DateOrder.UNKNOWN),
        (["12/24/2026", "24/12/2026"], DateOrder.UNKNOWN),
    ],
)
def test_the_order_is_the_one_that_explains_all_samples(samples: list[str], order: DateOrder) -> None:
    assert order_of(samples) is order


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        *(("", 0), ("12", 1200), ("12.5", 1250), ("￥12.50", 1250), ("CNY0.0", 0), ("CNY 12.50", 1250)),
        *(("12.50元", 1250), ("1,234.50", 123450), ("1,234,567.80", 123456780), ("１２.５０", 1250)),
        *(
            ("1,23", None),
            ("1.234,50", None),
            ("-5", None),
            ("12,345", None),
            ("free", None),
            ("1.234", None),
        ),
    ],
)
def test_amounts_as_systems_write_them(written: str, fen: int | None) -> None:
    assert fen_of(written) == fen


@given(fen=st.integers(0, 99_999_999_999))
def test_an_amount_written_is_the_amount_read(fen: int) -> None:
    assert fen_of(amount_of(fen)) == fen
