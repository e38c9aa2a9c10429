"""Payable amounts: dues in their order, as far as the limits of this day allow (FC-35, FC-36).

Limits count per person and fund over all services that pay from it, and over all that is confirmed or may
still be. What is above them stays due and is payable on a later day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from central.city_of import city_of
from central.departments.saga_tables import saga
from central.departments.tables import due
from config.catalogue.entries import Payout
from domain.messages.contract import Outcome


@dataclass(frozen=True, slots=True)
class Promised:
    """Fen paid or promised to one person from one fund: on this day, and in the period of the two-person
    rule."""

    today: int
    period: int


def promised_to(connection: Connection, subject: str, entry: Payout, now: datetime) -> Promised:
    def since(moment: datetime) -> int:
        query = select(func.coalesce(func.sum(saga.c.amount_fen), 0)).where(
            saga.c.subject == subject,
            or_(saga.c.fund == entry.fund, saga.c.service == entry.id),
            saga.c.at >= moment,
            saga.c.outcome.in_((Outcome.RUNNING.value, Outcome.CONFIRMED.value)),
        )
        return int(connection.execute(query).scalar_one())

    period = now - timedelta(days=entry.two_person_days)
    return Promised(since(city_of(connection).day_begins(now)), since(period))


def left_today(entry: Payout, promised: Promised) -> int | None:
    """Fen that may still be paid today; None for no limit. A limit for one time is one for the day, too,
    where no other is set: many payouts are no way past it."""
    most = entry.limit_day_fen or entry.limit_fen
    if not most:
        return None
    left = max(0, most - promised.today)
    return min(left, entry.limit_fen) if entry.limit_fen else left


def needs_second(entry: Payout, amount: int, promised: Promised) -> bool:
    return bool(entry.two_person_above_fen) and promised.period + amount > entry.two_person_above_fen


@dataclass(frozen=True, slots=True)
class Part:
    """What is paid now of one due. ``rest``: fen of it that stay due."""

    row: Row[Any]
    fen: int

    @property
    def rest(self) -> int:
        return int(self.row.fen) - self.fen


def parts_of(unpaid: Sequence[Row[Any]], left: int | None) -> list[Part]:
    """The dues payable within ``left`` fen, the oldest first, the last one perhaps in part."""
    parts: list[Part] = []
    for row in unpaid:
        fen = int(row.fen) if left is None else min(int(row.fen), left)
        if fen <= 0:
            break
        parts.append(Part(row, fen))
        left = None if left is None else left - fen
    return parts


def take(connection: Connection, parts: Sequence[Part], by: str, at: datetime) -> None:
    """Notes the parts as paid; the rest of one that is paid in part becomes a due of its own."""
    for part in parts:
        mine = update(due).where(due.c.id == part.row.id, due.c.paid_by.is_(None))
        connection.execute(mine.values(paid_by=by, paid_at=at, fen=part.fen))
        if part.rest:
            kept = {name: getattr(part.row, name) for name in COPIED}
            connection.execute(insert(due).values(**kept, fen=part.rest))


COPIED = ("subject", "fund", "subsidy", "title_zh", "title_en", "period")
