"""The journal: an append beside its peers, a hundred thousand transactions drained, visits meanwhile.

Append: a transaction sealed, chained and fsynced, beside a bare SQLite insert of as many bytes with the
same fsync, ``persist-queue`` (WAL, synchronous=FULL as SQLite's default) and ``litequeue``, once as it
ships (synchronous=NORMAL: its last writes may be lost in a power cut) and once with synchronous=FULL. All
on the same disk, turn by turn.

Drain and visits: the real forwarder and the real client against the embedded centre in its own process.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import litequeue
import persistqueue
from sqlalchemy import Connection, insert

from benchmarks.tap_to_credential import Figure, Timings, figure, timed
from central.database import Database
from central.tables import card as card_table
from central.tables import holder, library_copy, library_patron
from domain.credential import SocialSecurityCard
from domain.messages.contract import TrustLevel
from domain.offline_policy import load_policies
from domain.transaction_state import Standing
from drivers.central.client import CentralClient, sharing_secret
from terminal.app.embedded import EmbeddedCentral
from terminal.journal.opening import journal_in
from terminal.journal.record import Business
from terminal.journal.store import Journal
from terminal.store_and_forward.assembly import StoreAndForward, assemble
from terminal.visit.effects import SubmitDraft
from terminal.visit.steps import Certainty, Draft

SECRET = "a secret of this benchmark"  # noqa: S105
APPENDS = 500
WARM_UP = 20
BACKLOG = 100_000
CARDS = 5_000
VISITS = 150
BACKLOG_OF_VISITS = 3_000
VISIT_EVERY_S = 0.1
TERMINAL = "BZ-BENCH-01"
POLICIES = load_policies(("library",))
GOOD = (Certainty.CONFIRMED, Certainty.ACCEPTED)


def run(backlog: int = BACKLOG) -> dict[str, Figure]:
    """All figures; some three minutes with the whole backlog."""
    figures = append()
    with tempfile.TemporaryDirectory() as directory, centre(Path(directory), backlog) as url:
        figures |= drain(Path(directory) / "terminal", url, backlog)
        figures |= visits(Path(directory) / "terminal", url, backlog)
    return figures


def append() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as directory:
        data = Path(directory)
        journal = opened(data / "ours")
        numbers = itertools.count()
        ways: dict[str, Callable[[], object]] = {
            "ours": lambda: journal.append(loan(next(numbers)), datetime.now(UTC)),
            **peers(data, sealed_bytes(journal)),
        }
        taken = {name: Timings() for name in ways}
        for round_number in range(-WARM_UP, APPENDS):
            for name, way in ways.items():
                ms = timed(way)
                if round_number >= 0:
                    taken[name].add(ms)
        journal.close()
    ours = taken.pop("ours")
    return {
        f"journal append, p{at}": figure(
            ours.at(at), "ms", {name: timings.at(at) for name, timings in taken.items()}
        )
        for at in (50, 95)
    }


def sealed_bytes(journal: Journal) -> int:
    journal.append(loan(0), datetime.now(UTC))
    size: int = journal.writer.read(
        lambda database: database.execute("SELECT max(length(sealed)) FROM record").fetchone()[0]
    )
    return size


def peers(data: Path, size: int) -> dict[str, Callable[[], object]]:
    """Other ways to put ``size`` bytes on disk for later."""
    bare = sqlite3.connect(data / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE item (sequence INTEGER PRIMARY KEY, content BLOB)")
    persist = persistqueue.SQLiteQueue(str(data / "persist"), auto_commit=True)
    lite = litequeue.LiteQueue(str(data / "lite.db"))
    careful = litequeue.LiteQueue(str(data / "careful.db"))
    careful.conn.execute("PRAGMA synchronous=FULL")
    text = "x" * size
    return {
        "bare SQLite insert": lambda: bare.execute(
            "INSERT INTO item (content) VALUES (?)", (os.urandom(size),)
        ),
        "persist-queue": lambda: persist.put(os.urandom(size)),
        "litequeue, no fsync": lambda: lite.put(text),
        "litequeue, fsync": lambda: careful.put(text),
    }


def drain(data: Path, url: str, backlog: int) -> dict[str, Figure]:
    """The whole backlog, from the start of the terminal to the last answer written back."""
    fill(data, range(backlog))
    memory = [resident_mib()]
    begun = time.perf_counter()
    running = started(data, url, [])
    drained(running, memory)
    seconds = time.perf_counter() - begun
    running.stop()
    return {
        f"{backlog} transactions drained": figure(backlog / seconds, "1/s"),
        "resident before the drain": figure(memory[0], "MiB"),
        "resident at most during the drain": figure(max(memory), "MiB"),
    }


def visits(data: Path, url: str, backlog: int) -> dict[str, Figure]:
    """Visits with nothing to drain, then visits while a backlog goes."""
    told: list[Any] = []
    running = started(data, url, told)
    idle = visit_times(running, itertools.count(backlog), lambda: len(told) >= VISITS, told)
    running.stop()
    fill(data, range(backlog + 1_000, backlog + 1_000 + BACKLOG_OF_VISITS))
    running = started(data, url, told)
    done = threading.Event()

    def watch() -> None:
        drained(running, [])
        done.set()

    threading.Thread(target=watch, daemon=True).start()
    begun = time.perf_counter()
    busy = visit_times(running, itertools.count(backlog + 500), done.is_set, told)
    seconds = time.perf_counter() - begun
    running.stop()
    good = sum(1 for each in told if each.outcome.certainty in GOOD)
    if good != len(told):
        raise RuntimeError(f"{len(told) - good} visits of {len(told)} were refused")
    return {
        "drained meanwhile": figure(BACKLOG_OF_VISITS / seconds, "1/s"),
        **{
            f"visit's business while draining, p{at}": figure(busy.at(at), "ms", {"idle": idle.at(at)})
            for at in (50, 95)
        },
    }


def drained(running: StoreAndForward, memory: list[float]) -> None:
    """Returns when nothing is left, but what a visit has open just now."""
    while running.journal.backlog.pending > 1:
        memory.append(resident_mib())
        time.sleep(0.05)


def visit_times(
    running: StoreAndForward, numbers: Iterator[int], ended: Callable[[], bool], told: list[Any]
) -> Timings:
    """From handing a draft over until its outcome is posted, one after the other as people come."""
    taken = Timings()
    while not ended():
        number = next(numbers)
        before = len(told)
        began = time.perf_counter()
        running.submission.submit(borrow(number))
        while len(told) == before:
            time.sleep(0.0005)
        taken.add((time.perf_counter() - began) * 1000)
        time.sleep(VISIT_EVERY_S)
    return taken


def started(data: Path, url: str, told: list[Any]) -> StoreAndForward:
    def post(event: Any) -> None:
        if hasattr(event, "outcome"):
            told.append(event)

    running = assemble(data, TERMINAL, CentralClient(url, sharing_secret(SECRET)), POLICIES, 1500, post)
    running.start()
    return running


def fill(data: Path, numbers: range) -> None:
    """A backlog as a long outage leaves it, written without fsync: how it came there is not measured."""
    journal = opened(data)
    journal.writer.read(lambda database: database.execute("PRAGMA synchronous=OFF"))
    for number in numbers:
        journal.append(loan(number), datetime.now(UTC), Standing.PROMISED)
    journal.close()


def opened(data: Path) -> Journal:
    journal = journal_in(data, TERMINAL, {})
    journal.open(POLICIES.when_interrupted, datetime.now(UTC))
    return journal


def loan(number: int) -> Business:
    who = person(number)
    return Business(
        "library",
        "borrow",
        TrustLevel.READ,
        who.message(),
        {"barcode": barcode(number), "expected_due_date": "2026-12-21"},
        (who.subject_key, f"library:barcode:{barcode(number)}"),
    )


def borrow(number: int) -> SubmitDraft:
    body = (("barcode", barcode(number)), ("expected_due_date", "2026-12-21"))
    return SubmitDraft(0, Draft("library", "borrow", body), person(number), "", TrustLevel.READ)


def person(number: int) -> SocialSecurityCard:
    return SocialSecurityCard(
        card_number=f"B{number % CARDS:08d}",
        identification_code=code_of(number % CARDS),
        version="2.00",
        algorithm="3DES",
        issue_date=date(2020, 1, 1),
        expiry_date=date(2030, 1, 1),
        name=None,
        social_security_number=None,
    )


def code_of(card: int) -> str:
    return f"371600D15600{card:012d}FFFFFFFF"


def barcode(number: int) -> str:
    return f"B-{number:07d}"


@contextmanager
def centre(data: Path, backlog: int) -> Iterator[str]:
    """The embedded centre with the people and the copies this needs."""
    directory = data / "centre"
    directory.mkdir()
    with closing(Database(f"sqlite:///{directory / 'central.db'}")) as database:
        database.write(lambda connection: seed(connection, backlog + 20_000))
    embedded = EmbeddedCentral(directory, demonstration=False, secret=SECRET)
    embedded.start()
    client = CentralClient(embedded.url, sharing_secret(SECRET))
    client.health(20_000)
    try:
        yield embedded.url
    finally:
        embedded.stop()


def seed(connection: Connection, copies: int) -> None:
    cards = range(CARDS)
    people = [
        {
            "subject": f"bench-{card}",
            "name": "测试",
            "social_security_number": f"B{card:017d}",
            "birth_date": date(1990, 1, 1),
            "persona": "",
        }
        for card in cards
    ]
    connection.execute(insert(holder), people)
    connection.execute(
        insert(card_table),
        [
            {
                "identification_code": code_of(card),
                "card_number": f"B{card:08d}",
                "subject": f"bench-{card}",
                "locked": False,
            }
            for card in cards
        ],
    )
    connection.execute(
        insert(library_patron),
        [{"subject": f"bench-{card}", "status": "active", "loan_limit": 100_000} for card in cards],
    )
    connection.execute(
        insert(library_copy),
        [
            {"barcode": barcode(number), "title": f"卷{number}", "author": "佚名", "lendable": True}
            for number in range(copies)
        ],
    )


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--backlog", type=int, default=BACKLOG)
    for name, measured in run(parser.parse_args().backlog).items():
        beside = ", ".join(f"{peer} {value}" for peer, value in measured["peer"].items())
        sys.stdout.write(
            f"{name}: {measured['value']} {measured['unit']} {f'({beside})' if beside else ''}\n"
        )
