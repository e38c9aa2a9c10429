"""Subsidies as paid over the last year, from the treasury's files: the total comes out to the fen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from central.scale.people import Row, subject
from central.scale.plan import Plan, chosen, mixed, shares
from config.catalogue.entries import Subsidy

APART = 0.7
"""How far an amount lies from the mean at the most, as a share of it."""
DAYS = 360


def payments(plan: Plan, there: int, kinds: Sequence[Subsidy], now: datetime) -> Iterator[Row]:
    """Of table ``due``: one to three for each recipient. Two neighbours differ from the mean by the same, one
    up, one down."""
    persons = plan.holders - there
    # Person ``n`` of the recipients is paid ``n % 3 + 1`` times.
    whole, left = divmod(plan.recipients, 3)
    rows = whole * 6 + (0, 1, 3)[left]
    widest = int(plan.subsidies_fen // rows * APART)
    row = 0
    recipient = 0
    for number in range(persons):
        if not chosen(number, plan.recipients, persons):
            continue
        for _ in range(recipient % 3 + 1):
            even = shares(plan.subsidies_fen, rows, row)
            apart = mixed(row // 2, widest) if row // 2 * 2 + 1 < rows else 0
            fen = even + apart if row % 2 == 0 else even - apart
            kind = kinds[_likely(mixed(row + 7, 1 << 20), len(kinds))]
            day = now - timedelta(days=1 + mixed(row, DAYS))
            at = day.replace(hour=1 + row % 9, minute=row % 60, second=0, microsecond=0)
            yield (
                subject(number), "subsidies", kind.id, kind.name.zh, kind.name.en, fen,
                f"{at:%Y-%m}", f"treasury-{at:%Y-%m-%d}", at,
            )  # fmt: skip
            row += 1
        recipient += 1


def _likely(chance: int, kinds: int) -> int:
    """The first kinds are the largest: the product of two chances."""
    first, second = divmod(chance, 1 << 10)
    return first * second * kinds >> 20
