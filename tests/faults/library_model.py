"""Independent model of the library: loans recomputed from what was asked for and what was answered.

The model shares no code with the centre. It takes the orders from the wire, their outcome from the terminal's
journal, and replays them; what the centre's tables hold must be the same, loan by loan.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CARD_DIGITS = slice(12, 24)
"""Position of the number in the identification code of a card of the fault run."""


@dataclass(frozen=True)
class Order:
    """One order as it went over the wire; ``person`` is the subject, empty for business without a card."""

    id: str
    sequence: int
    action: str
    barcode: str
    person: str
    occurred_at: datetime


@dataclass
class Loan:
    """One loan of one copy; ``returned_by`` is empty while it stands."""

    borrowed_by: str
    person: str
    began: datetime
    renewals: int = 0
    returned_by: str = ""

    @property
    def row(self) -> tuple[str, str, int, str]:
        return self.borrowed_by, self.person, self.renewals, self.returned_by


def orders_of(body: bytes) -> list[Order]:
    """The orders in a batch of transactions."""
    return [_order(each["transaction"]) for each in json.loads(body)["deliveries"]]


def _order(transaction: Mapping[str, Any]) -> Order:
    code = (transaction.get("credential") or {}).get("identification_code", "")
    return Order(
        id=transaction["id"],
        sequence=transaction["sequence"],
        action=transaction["action"],
        barcode=transaction["body"]["barcode"],
        person=f"fault-{int(code[CARD_DIGITS])}" if code else "",
        occurred_at=datetime.fromisoformat(transaction["occurred_at"]),
    )


def replay(
    orders: Collection[Order], decided: Mapping[str, datetime]
) -> tuple[dict[str, list[Loan]], list[str]]:
    """Loans by barcode after the orders that were booked, and what contradicts itself. ``decided``: when,
    by id, for the booked orders only."""
    loans: dict[str, list[Loan]] = defaultdict(list)
    problems: list[str] = []
    # Renewing a loan whose own withdrawal comes after it leaves neither: no contradiction.
    unbooked = {(each.barcode, each.person) for each in orders if each.id not in decided}
    booked = [each for each in orders if each.id in decided]
    for order in sorted(booked, key=lambda each: (decided[each.id], each.sequence)):
        shelf = loans[order.barcode]
        loan = shelf[-1] if shelf and not shelf[-1].returned_by else None
        match order.action:
            case "borrow" if loan is None:
                began = min(order.occurred_at, decided[order.id])
                shelf.append(Loan(order.id, order.person, began))
            case "borrow":
                problems.append(f"{order.id} was lent while {loan.borrowed_by if loan else ''} was out")
            case "return" if loan is not None and loan.began <= order.occurred_at:
                loan.returned_by = order.id
            case "renew" if loan is not None and loan.person == order.person:
                loan.renewals += 1
            case "renew" if (order.barcode, order.person) not in unbooked:
                problems.append(f"{order.id} renewed what was not lent to its person")
    return loans, problems


def differences(central: Path, orders: Collection[Order], confirmed: set[str]) -> list[str]:
    """What the centre's loans have otherwise than the model. ``central``: its data folder; ``confirmed``: ids
    whose person was told, in the end, that they are booked."""
    with closing(sqlite3.connect(central / "central.db")) as database:
        times = dict(database.execute("SELECT id, decided_at FROM received").fetchall())
        rows = database.execute(
            "SELECT barcode, borrowed_by, subject, renewals, coalesce(returned_by, '') FROM library_loan"
        ).fetchall()
        fines = database.execute("SELECT count(*) FROM library_fine").fetchone()[0]
    decided = {id: _utc(times[id]) for id in confirmed if id in times}
    modelled, problems = replay(orders, decided)
    wanted = {(barcode, *loan.row) for barcode, loans in modelled.items() for loan in loans}
    found = {tuple(row) for row in rows}
    problems += [f"model has a loan the centre has not: {row}" for row in sorted(wanted - found)]
    problems += [f"centre has a loan the model has not: {row}" for row in sorted(found - wanted)]
    if fines:
        problems.append(f"centre charged {fines} fines; no loan was late")
    return problems


def _utc(stored: str) -> datetime:
    read = datetime.fromisoformat(stored)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
