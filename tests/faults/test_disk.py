"""A disk that is full, and a file that is damaged: named, nothing told that is not so, nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.central.faults import Unreachable
from terminal.journal.database import FILE_NAME
from terminal.journal.faults import JournalDamaged, JournalFault
from terminal.journal.reading import reading
from terminal.journal.verification import verify
from terminal.visit.events import BusinessStopped
from terminal.visit.steps import Certainty
from tests.unit.terminal.counter_with_journal import JournalledCounter, borrow, card

DISK_BYTES = 1_500_000
FLIPS = 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that is soon full. Needs the right to mount, as root has."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.fail(f"a full disk needs a small file system, and none can be mounted: {mounted.stderr}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def promised_until_full(counter: JournalledCounter) -> int:
    counter.link.failed(Unreachable())
    for number in range(5000):
        outcome = counter.submit(borrow(f"371600-{number}", card(number)))
        if outcome.certainty is not Certainty.ACCEPTED:
            assert outcome.code == "journal.full"
            return number
    raise AssertionError("the disk was never full")


def many(tmp_path: Path) -> JournalledCounter:
    """A counter that may promise more than the shipped policy lets it."""
    counter = JournalledCounter(tmp_path)
    policy = counter.policies.of("library", "borrow").model_copy(update={"count": 100_000})
    counter.close()
    actions = {**counter.policies.actions, ("library", "borrow"): policy}
    return JournalledCounter(tmp_path, policies=type(counter.policies)(actions))


def test_on_a_full_disk_business_is_refused_and_every_promise_is_kept(small_disk: Path) -> None:
    counter = many(small_disk / "terminal")
    promises = promised_until_full(counter)
    assert promises > 20
    assert verify(counter.journal.directory, counter.journal.ring).checked == promises
    counter.close()


def test_with_room_again_the_terminal_goes_on_by_itself(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(600_000))
    counter = many(small_disk / "terminal")
    counter.reserve_bytes = 0
    promises = promised_until_full(counter)
    ballast.unlink()
    counter.time.pass_(60)
    counter.drain(rounds=500)
    assert len(counter.ledger.applied) == promises
    assert counter.submit(borrow("371600-9999", card(9999))).certainty is Certainty.CONFIRMED
    counter.close()


def test_the_room_kept_in_reserve_lets_answers_be_written(small_disk: Path) -> None:
    counter = JournalledCounter(small_disk / "terminal", reserve_bytes=500_000)
    policy = counter.policies.of("library", "borrow").model_copy(update={"count": 100_000})
    counter.close()
    policies = type(counter.policies)({("library", "borrow"): policy})
    counter = JournalledCounter(small_disk / "terminal", policies=policies, reserve_bytes=500_000)
    promises = promised_until_full(counter)
    assert BusinessStopped("journal.full") in counter.posted
    counter.time.pass_(60)
    counter.drain(rounds=500)
    assert counter.journal.backlog.pending == 0
    assert len(counter.ledger.applied) == promises
    counter.close()


def test_damage_anywhere_in_the_file_is_found_or_does_no_harm(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    counter = JournalledCounter(whole)
    for number in range(40):
        counter.submit(borrow(f"371600-{number}", card(number)))
    counter.close()
    dice = random.Random(7)  # noqa: S311 (to be repeated)
    found = 0
    for flip in range(FLIPS):
        data = tmp_path / f"flip-{flip}"
        shutil.copytree(whole, data)
        file = data / "journal" / FILE_NAME
        content = bytearray(file.read_bytes())
        place = dice.randrange(len(content))
        content[place] ^= 1 << dice.randrange(8)
        file.write_bytes(content)
        found += _notices(data, whole)
        shutil.rmtree(data)
    assert found > FLIPS // 6


def _notices(data: Path, whole: Path) -> bool:
    """True when damage was named; else every record must be as it was."""
    try:
        again = JournalledCounter(data)
    except JournalDamaged:
        return True
    except JournalFault as fault:
        return bool(fault.code)
    checked = verify(again.journal.directory, again.journal.ring)
    again.close()
    if not checked.problems:
        assert _standings(data) == _standings(whole)
    return bool(checked.problems)


def _standings(data: Path) -> list[tuple[str, str, str]]:
    with reading(data / "journal") as journal:
        return [(str(each.id), each.action, each.standing.value) for each in journal.entries()]
