"""The terminal's ledger against the centre's, item by item, and both against what people were told."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.messages.contract import Transaction
from domain.transaction_state import Standing
from terminal.journal.encryption import load_ring
from terminal.journal.opening import journal_directory, keys_of
from terminal.journal.reading import reading
from terminal.journal.record import Entry
from terminal.journal.verification import verify
from tests.faults.library_model import Order, differences

Told = dict[str, Any]
BOOKED = {Standing.CONFIRMED, Standing.BOOKED_ANYWAY}
NOT_AT_CENTRE = {Standing.HELD_PROMISED, Standing.HELD_WITHDRAWN}
OUTCOMES = {
    "confirmed": {Standing.CONFIRMED, Standing.BOOKED_ANYWAY},
    "refused": {Standing.REFUSED, Standing.REFUSED_LATER, Standing.NOT_BOOKED},
    "withdrawn": {Standing.NOT_BOOKED, Standing.REFUSED, Standing.REFUSED_LATER},
}
"""What may stand in the journal for each outcome at the centre."""
AFTER_TOLD = {
    "confirmed": {Standing.CONFIRMED},
    "accepted": {Standing.CONFIRMED, Standing.REFUSED_LATER, Standing.HELD_PROMISED},
    "refused": {Standing.REFUSED, Standing.NOT_BOOKED, Standing.BOOKED_ANYWAY, Standing.HELD_WITHDRAWN},
}
"""How business may end once a person was told this. Whatever needs a person is in the inbox."""


@dataclass
class Comparison:
    """``problems`` is empty when nothing was lost, doubled, reordered or told wrongly."""

    lost: int = 0
    doubled: int = 0
    problems: list[str] = field(default_factory=list)
    standings: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    """How business ended whose person was told nothing, because the terminal died."""
    alarms: Counter[str] = field(default_factory=Counter)

    def lose(self, problem: str) -> None:
        self.lost += 1
        self.problems.append(f"lost: {problem}")

    def double(self, problem: str) -> None:
        self.doubled += 1
        self.problems.append(f"doubled: {problem}")


@dataclass(frozen=True)
class Ledgers:
    """Both sides by id, and the loans that were really booked."""

    entries: dict[str, Entry]
    transactions: dict[str, Transaction]
    received: dict[str, sqlite3.Row]
    borrowed: Counter[str]
    lent: set[str]
    """Loans that still stand."""
    returned: Counter[str]
    alarms: Counter[str]


def compare(terminal: Path, central: Path, told: list[Told], orders: list[Order]) -> Comparison:
    """``terminal`` and ``central`` are the data folders; both sides have stopped. ``orders``: all that was
    sent."""
    ledgers = read_ledgers(terminal, central)
    found = Comparison(alarms=ledgers.alarms)
    found.problems += verify(journal_directory(terminal), load_ring(keys_of(terminal, {}))).problems
    found.problems += [f"alarm: {kind}" for kind in ledgers.alarms]
    for id, entry in ledgers.entries.items():
        found.standings[entry.standing.value] += 1
        _compare_item(found, ledgers, id, entry)
    for id in ledgers.received.keys() - ledgers.entries.keys():
        found.double(f"{id} is at the centre and in no journal")
    _compare_told(found, ledgers, told)
    _compare_order(found, ledgers)
    booked = {id for id, entry in ledgers.entries.items() if entry.standing in BOOKED}
    found.problems += differences(central, orders, booked)
    return found


def read_ledgers(terminal: Path, central: Path) -> Ledgers:
    ring = load_ring(keys_of(terminal, {}))
    with reading(journal_directory(terminal)) as journal:
        entries = {str(entry.id): entry for entry in journal.entries()}
        transactions = {
            id: journal.transaction(ring, entry.sequence) for id, entry in entries.items() if entry.kept
        }
    with closing(sqlite3.connect(central / "central.db")) as database:
        database.row_factory = sqlite3.Row
        received = {row["id"]: row for row in database.execute("SELECT * FROM received")}
        loans = database.execute("SELECT borrowed_by, returned_by FROM library_loan").fetchall()
        alarms = Counter(row["kind"] for row in database.execute("SELECT kind FROM alarm"))
    return Ledgers(
        entries,
        transactions,
        received,
        Counter(loan["borrowed_by"] for loan in loans),
        {loan["borrowed_by"] for loan in loans if not loan["returned_by"]},
        Counter(loan["returned_by"] for loan in loans if loan["returned_by"]),
        alarms,
    )


def _compare_item(found: Comparison, ledgers: Ledgers, id: str, entry: Entry) -> None:
    name = f"{entry.sequence} {entry.action} {id}"
    if entry.standing.undecided:
        found.lose(f"{name} is still {entry.standing.value}")
        return
    row = ledgers.received.get(id)
    if row is None:
        if entry.standing not in NOT_AT_CENTRE:
            found.lose(f"{name} is {entry.standing.value} and not at the centre")
        return
    if entry.standing not in OUTCOMES.get(row["outcome"], set()):
        found.problems.append(f"{name} is {entry.standing.value} here and {row['outcome']} there")
    if row["sequence"] != entry.sequence:
        found.problems.append(f"{name} is number {row['sequence']} at the centre")
    booked = ledgers.borrowed[id]
    wanted = int(entry.action == "borrow" and row["outcome"] == "confirmed")
    if booked > wanted or ledgers.returned[id] > 1:
        found.double(f"{name} was booked {booked} times, {wanted} wanted")
    if entry.standing is Standing.BOOKED_ANYWAY and id in ledgers.lent:
        found.problems.append(f"{name} was told not booked, is, and could have been undone")
    if booked < wanted:
        found.lose(f"{name} is confirmed and not booked")


def _compare_told(found: Comparison, ledgers: Ledgers, told: list[Told]) -> None:
    lines = Counter(each["line"] for each in told)
    found.problems += [f"line {line} was told {count} times" for line, count in lines.items() if count > 1]
    heard = set()
    for each in told:
        if not each["id"]:
            if each["certainty"] != "refused":
                found.lose(f"line {each['line']} was told {each['certainty']} without a record")
            continue
        heard.add(each["id"])
        entry = ledgers.entries.get(each["id"])
        if entry is None:
            found.lose(f"{each['id']} was told {each['certainty']} and is in no journal")
        elif entry.standing not in AFTER_TOLD[each["certainty"]]:
            found.problems.append(f"{each['id']} was told {each['certainty']} and is {entry.standing.value}")
    for id, entry in ledgers.entries.items():
        if id not in heard:
            found.untold[entry.standing.value] += 1


def _compare_order(found: Comparison, ledgers: Ledgers) -> None:
    """Of one card, and of one copy, the centre decided in the order of the journal."""
    latest: dict[str, str] = {}
    ordered = sorted(ledgers.entries.items(), key=lambda item: item[1].sequence)
    for id, entry in ordered:
        row, transaction = ledgers.received.get(id), ledgers.transactions.get(id)
        if row is None or transaction is None or row["outcome"] == "withdrawn":
            continue
        credential = transaction.credential
        lanes = [f"copy {transaction.body['barcode']}"]
        if credential is not None:
            lanes.append(f"card {credential.model_dump_json()}")
        for lane in lanes:
            if latest.get(lane, "") > row["decided_at"]:
                found.problems.append(f"{entry.sequence} {entry.action} was overtaken")
            latest[lane] = max(latest.get(lane, ""), row["decided_at"])
