"""Power cuts at any moment: whoever was told anything finds it in the journal of the next morning."""

from __future__ import annotations

import random
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from drivers.central.faults import OutcomeUnknown, Unreachable
from runtime.sqlite_file import SqliteFile
from terminal.journal import database
from terminal.journal.database import FILE_NAME
from terminal.journal.faults import JournalFault
from terminal.journal.opening import head_of, journal_directory
from terminal.journal.reading import reading
from terminal.journal.retention import Retention, purge
from terminal.journal.verification import verify
from tests.faults.comparison import AFTER_TOLD
from tests.faults.file_layer import FileLayer, after_power_cut
from tests.unit.terminal.counter_with_journal import (
    JournalledCounter,
    borrow,
    card,
    give_back,
)
from tests.unit.terminal.ledger import Ledger

CUTS = 250
TRANSACTIONS = 60


@dataclass
class Day:
    """A day at the counter through the file layer: ``told[n]`` was said at mark ``n``; ``heads[n]`` is the
    head file before it, which is the newest that a cut between both marks can leave on the disk."""

    data: Path
    layer: FileLayer
    told: list[tuple[str, str]] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)

    def tell(self, id: str, certainty: str) -> None:
        self.layer.mark(len(self.told))
        self.told.append((id, certainty))
        self.heads.append(head_of(self.data).read_bytes())


def a_day(data: Path) -> Day:
    """Confirmed, promised, delivered and purged business, with restarts between."""
    day = Day(data, FileLayer(data))
    ledger = Ledger()
    with day.layer.in_use():
        counter = JournalledCounter(data, ledger)
        day.heads.append(head_of(data).read_bytes())
        for number in range(TRANSACTIONS):
            match number % 20:
                case 7:
                    counter.link.failed(Unreachable())
                case 11:
                    counter.time.pass_(60)
                    counter.drain()
                case 13:
                    ledger.after = lose
                case 14:
                    ledger.after = lambda _: None
                case 17:
                    counter = counter.restarted()
                case 19:
                    purge(counter.journal, Retention(content=timedelta(0)), counter.time.wall)
            effect = give_back(f"371600-{number}") if number % 3 else borrow(f"371600-{number}", card(number))
            outcome = counter.submit(effect)
            day.tell(outcome.transaction_id, outcome.certainty.value)
        counter.close()
    return day


def lose(_: object) -> None:
    raise OutcomeUnknown("time-out")


def next_morning(day: Day, moment: int, dice: random.Random, data: Path) -> list[str]:
    """What is wrong after a cut at this moment; empty when all is well."""
    files = after_power_cut(day.layer.notes[:moment], dice)
    shutil.copytree(day.data / "keys", data / "keys")
    directory = journal_directory(data)
    directory.mkdir(parents=True)
    for path, content in files.items():
        (directory / Path(path).name).write_bytes(content)
    told = [day.told[note.offset] for note in day.layer.notes[:moment] if note.kind == "mark"]
    if not told:
        (data / "keys" / "journal.begun").unlink()
    head_of(data).write_bytes(day.heads[len(told)])
    try:
        counter = JournalledCounter(data)
    except JournalFault as fault:
        return [f"it does not open: {fault}"]
    found = list(verify(directory, counter.journal.ring).problems)
    with reading(directory) as journal:
        standings = {str(entry.id): entry.standing for entry in journal.entries()}
    counter.close()
    for id, certainty in told:
        standing = standings.get(id)
        if standing is None:
            found.append(f"{id} was told {certainty} and is gone")
        elif standing not in AFTER_TOLD[certainty] and not standing.undecided:
            found.append(f"{id} was told {certainty} and is {standing.value}")
    return found


def cut_many_times(day: Day, tmp_path: Path, seed: int, cuts: int) -> list[str]:
    dice = random.Random(seed)  # noqa: S311 (to be repeated)
    found = []
    for cut in range(cuts):
        moment = dice.randrange(1, len(day.layer.notes) + 1)
        data = tmp_path / f"morning-{cut}"
        found += [f"cut at {moment}: {problem}" for problem in next_morning(day, moment, dice, data)]
        shutil.rmtree(data)
    return found


def test_nothing_anybody_was_told_is_lost_in_a_power_cut(tmp_path: Path) -> None:
    day = a_day(tmp_path / "day")
    seed = secrets.randbits(32)
    assert cut_many_times(day, tmp_path, seed, CUTS) == [], f"seed {seed}"


def test_the_layer_would_show_a_journal_that_does_not_fsync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SqliteFile", partial(SqliteFile, synchronous="NORMAL"))
    day = a_day(tmp_path / "day")
    found = cut_many_times(day, tmp_path, 1, 40)
    assert [problem for problem in found if problem.endswith(("is gone", "were cut off"))]


def test_the_layer_sees_what_sqlite_writes(tmp_path: Path) -> None:
    day = a_day(tmp_path / "day")
    kinds = {(note.kind, Path(note.path).name) for note in day.layer.notes}
    for name in (FILE_NAME, f"{FILE_NAME}-wal"):
        assert {("write", name), ("sync", name)} <= kinds
    syncs = [note for note in day.layer.notes if note.kind == "sync"]
    assert len(syncs) >= TRANSACTIONS
