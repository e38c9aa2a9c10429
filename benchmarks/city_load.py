"""Five hundred counters at once against one centre: how quick, how many, and nothing lost or doubled.

    python -m benchmarks.city_load [TERMINALS [VISITS]]

Each terminal is a connection that names its person and books a loan and its return, visit after visit, with
a rest between. Some answers are lost on purpose: the connection is cut after sending, or the same delivery is
sent twice at a time; the terminal asks again with the same id, as terminals do. Then there is no rest: how
much the centre takes at the most. At the end the centre's own rows are counted: each id once, each loan once,
each returned, and the city's figures agree with them.

SQLite in one process, as it comes; PostgreSQL with two workers.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

from benchmarks.figure import Figure, Timings, figure
from benchmarks.fleet import a_process
from benchmarks.postgresql import postgresql
from central.city.recount import differences
from central.database import Database
from central.tables import alarm, card, holder, library_copy, library_loan, library_patron, received
from domain.messages.contract import Transaction, TrustLevel, body_hash

TERMINALS, VISITS = 500, 1
VISIT_EVERY_S = 12.0
"""A visit at each of five hundred counters every twelve seconds is 42 a second: a busy morning of a city."""
CUT_ONE_IN, TWICE_ONE_IN = 20, 20
WORKERS = 2
ANSWER_LIMIT_S = 60.0
TRIES = 20
PAUSE_S = 0.2
NONE = "0" * 64


@dataclass(slots=True)
class Terminal:
    """One counter with its person and its book."""

    number: int
    port: int
    chance: random.Random
    timings: Timings
    sequence: int = 0
    previous: str = NONE
    sent: list[str] = field(default_factory=list)
    cut: int = 0
    twice: int = 0
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def name(self) -> str:
        return f"BZ-LOAD-{self.number:04d}"

    @property
    def credential(self) -> dict[str, str]:
        code, number = card_of(self.number)
        return {"kind": "social_security_card", "identification_code": code, "card_number": number}

    async def visit(self) -> None:
        asked = {
            "terminal": self.name,
            "trust": "read",
            "credential": self.credential,
            "services": ["library"],
        }
        who = await self._ask("/v1/identifications", asked)
        shown = {"kind": "holder", "subject": who["subject"], "presented_as": "social_security_card"}
        for action in ("borrow", "return"):
            await self._book(action, shown)

    async def _book(self, action: str, shown: dict[str, str]) -> None:
        self.sequence += 1
        made = Transaction(
            id=uuid4(),
            terminal=self.name,
            sequence=self.sequence,
            previous=self.previous,
            service="library",
            action=action,
            occurred_at=datetime.now(UTC),
            trust=TrustLevel.READ,
            credential=shown if action == "borrow" else None,  # type: ignore[arg-type]
            body={"barcode": book_of(self.number)},
        )
        self.previous = body_hash(made)
        self.sent.append(str(made.id))
        message = {
            "terminal": self.name,
            "pending": {"count": 1},
            "deliveries": [{"transaction": made.model_dump(mode="json")}],
        }
        if self.chance.randrange(CUT_ONE_IN) == 0:
            self.cut += 1
            await self._send_and_cut("/v1/transactions", message)
        elif self.chance.randrange(TWICE_ONE_IN) == 0:
            self.twice += 1
            await self._send_and_cut("/v1/transactions", message, wait=False)
        began = time.perf_counter()
        answer = await self._ask("/v1/transactions", message)
        self.timings.add((time.perf_counter() - began) * 1000)
        (result,) = answer["results"]
        assert result["outcome"] == "confirmed", result

    async def _ask(self, path: str, message: dict[str, Any]) -> dict[str, Any]:
        """Again with the same bytes until there is an answer."""
        for _ in range(TRIES):
            try:
                status, body = await asyncio.wait_for(self._exchange(path, message), ANSWER_LIMIT_S)
            except (OSError, EOFError, TimeoutError):
                self._hang_up()
                continue
            if status == 200:
                return dict(json.loads(body))
            if status not in (409, 503):
                raise RuntimeError(f"{status}: {body[:200]!r}")
            await asyncio.sleep(PAUSE_S)
        raise RuntimeError("no answer")

    async def _exchange(self, path: str, message: dict[str, Any]) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(_request(path, message))
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(
            int(line.split(":")[1])
            for line in head.splitlines()
            if line.lower().startswith("content-length:")
        )
        return int(head.split(" ", 2)[1]), await reader.readexactly(length)

    async def _send_and_cut(self, path: str, message: dict[str, Any], *, wait: bool = True) -> None:
        """Send a message and cut the line before the answer. ``wait``: the message is on its way before the
        cut.
        """
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(_request(path, message))
            if wait:
                await writer.drain()
            writer.close()

    def _hang_up(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None

    def end(self) -> None:
        self._hang_up()


def _request(path: str, message: dict[str, Any]) -> bytes:
    body = json.dumps(message).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: centre\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def card_of(number: int) -> tuple[str, str]:
    return f"371600D1560000055F{number:014X}", f"L{number:08d}"


def book_of(number: int) -> str:
    return f"LOAD{number:09d}"


def people(database: Database, terminals: int) -> None:
    """A person, a card and a book for each counter."""

    def put(connection: Any) -> None:
        for number in range(terminals):
            subject, (code, card_number) = f"load-{number}", card_of(number)
            person = {"subject": subject, "name": "某人", "social_security_number": f"L{number:017d}"}
            connection.execute(insert(holder).values(**person, birth_date=date(1990, 1, 1)))
            plastic = {"identification_code": code, "card_number": card_number, "subject": subject}
            connection.execute(insert(card).values(**plastic, locked=False))
            connection.execute(insert(library_patron).values(subject=subject))
            copy = {"barcode": book_of(number), "title": "书", "author": "作者"}
            connection.execute(insert(library_copy).values(**copy))

    database.write(put)


async def morning(terminals: list[Terminal], visits: int, every_s: float) -> float:
    """Seconds from the first visit to the last. ``every_s`` is 0 for no rest."""

    async def day(terminal: Terminal) -> None:
        for _ in range(visits):
            began = time.perf_counter()
            if every_s:
                await asyncio.sleep(terminal.chance.random() * every_s)
            await terminal.visit()
            rest = every_s - (time.perf_counter() - began)
            if rest > 0:
                await asyncio.sleep(rest)

    began = time.perf_counter()
    await asyncio.gather(*(day(terminal) for terminal in terminals))
    for terminal in terminals:
        terminal.end()
    return time.perf_counter() - began


def proved(database: Database, terminals: list[Terminal]) -> tuple[int, int]:
    """Lost and doubled, by the centre's own rows. Everything else that must hold is asserted."""
    sent = [id for terminal in terminals for id in terminal.sent]
    with database.read() as connection:
        there = connection.execute(
            select(received.c.id, received.c.outcome, received.c.action).where(
                received.c.terminal.startswith("BZ-LOAD-")
            )
        ).all()
        loans = connection.execute(select(library_loan.c.borrowed_by, library_loan.c.returned_by)).all()
        alarms = connection.execute(select(func.count()).select_from(alarm)).scalar_one()
        assert list(differences(connection)) == []
    assert alarms == 0, alarms
    assert all(row.outcome == "confirmed" for row in there)
    lost = len(set(sent) - {row.id for row in there})
    borrowed = [row.id for row in there if row.action == "borrow"]
    doubled = len(loans) - len({row.borrowed_by for row in loans}) + max(0, len(loans) - len(borrowed))
    assert all(row.returned_by for row in loans)
    assert {row.borrowed_by for row in loans} == set(borrowed)
    return lost, doubled


@contextmanager
def centres(directory: Path) -> Iterator[Iterator[tuple[str, str, tuple[str, ...]]]]:
    with postgresql(directory) as url:
        sqlite = f"sqlite:///{directory / 'central.db'}"
        yield iter((("SQLite", sqlite, ()), ("PostgreSQL", url, ("--workers", str(WORKERS)))))


def run(terminals: int = TERMINALS, visits: int = VISITS) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    with TemporaryDirectory() as name, centres(Path(name)) as kinds:
        for kind, url, more in kinds:
            found |= loaded(kind, url, more, Path(name), terminals, visits)
    return found


def loaded(
    kind: str, url: str, more: tuple[str, ...], directory: Path, terminals: int, visits: int
) -> dict[str, Figure]:
    with closing(Database(url)) as database:
        people(database, terminals)
        with a_process(url, directory / f"keys-{kind}", *more) as port:
            resting, restless = Timings(), Timings()
            counters = [
                Terminal(number, port, random.Random(number), resting)  # noqa: S311 (chance of a simulation)
                for number in range(terminals)
            ]
            asyncio.run(morning(counters, visits, VISIT_EVERY_S))
            calm = sum(len(each.sent) for each in counters)
            for each in counters:
                each.timings = restless
            took_s = asyncio.run(morning(counters, 1, 0))
            lost, doubled = proved(database, counters)
            repeated = sum(each.cut + each.twice for each in counters)
    sent = sum(len(each.sent) for each in counters)
    title = f"{terminals} terminals, {kind}"
    return {
        f"{title}: transaction, p50": figure(resting.at(50), "ms", {"all at once": restless.at(50)}),
        f"{title}: transaction, p95": figure(resting.at(95), "ms", {"all at once": restless.at(95)}),
        f"{title}: transaction, p99": figure(resting.at(99), "ms", {"all at once": restless.at(99)}),
        f"{title}: at the most": figure((sent - calm) / took_s, "a second"),
        f"{title}: lost or doubled of {sent:,}": figure(lost + doubled, "", {"sent again": repeated}),
    }


if __name__ == "__main__":
    for title, row in run(*map(int, sys.argv[1:])).items():
        peers = "  ".join(f"{peer} {value:g}" for peer, value in row["peer"].items())
        print(f"{title:56} {row['value']:>10g} {row['unit']:8} {peers}")
