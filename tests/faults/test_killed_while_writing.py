"""The terminal is killed while a blank is being written, after it, and after the centre was told: what was
being written is told to the centre at the next start, never becomes a card, and a clerk finds it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from central.codes.blocking import fingerprint
from central.departments.catalogue.replacing import numbers_of
from central.fleet.tables import listed
from central.tables import alarm, card, received
from domain.transaction_state import Standing
from drivers.virtual.disturbance import Disturbance
from tests.cities import BINZHOU, VirtualBlankCard
from tests.stories.fork_steps import of
from tests.stories.plain_counter import PlainCounter, plain_counter
from tests.stories.test_forks_of_cards import ordered

ROOT = Path(__file__).parents[2]
NOTE = Path("terminal") / "unfinished-card.json"
WRITING = """
import os, signal, sys
from pathlib import Path
from tests.cities import VirtualBlankCard
from drivers.virtual.disturbance import Disturbance
from terminal.card_issuing.personalisation_log import UnfinishedCards
from tests.stories.plain_counter import plain_counter
from tests.stories.test_forks_of_cards import ordered

def die(*_, **__):
    print("killed", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

class Dying(Disturbance):
    def before(self, command):
        if self.exchanges >= 12:
            die()
        super().before(command)

when = sys.argv[1]
if when == "written":
    UnfinishedCards.ended = die
if when == "told":
    told = UnfinishedCards.told
    UnfinishedCards.told = lambda self, event: die() if event.line == 1 else told(self, event)
with plain_counter(Path("."), "catalogue:card-office") as counter:
    ordered(counter)
    counter.lay_blank(VirtualBlankCard(), Dying() if when == "writing" else None)
"""


def killed(folder: Path, when: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", WRITING, when],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert "killed" in ended.stdout
    assert (folder / NOTE).exists()


def standing(counter: PlainCounter) -> list[tuple[str, Standing, str]]:
    return [
        (each.action, each.standing, each.code)
        for each in counter.entries()
        if each.action in ("unfinished", "spoilt", "written")
    ]


def order(counter: PlainCounter) -> str:
    (found,) = counter.rows(select(received.c.id).where(received.c.action == "replace"))
    return str(found.id)


def is_void(counter: PlainCounter, attempt: int = 1) -> bool:
    name = fingerprint(f"card:{numbers_of(BINZHOU.region, order(counter), attempt)[0]}")
    return counter.rows(select(listed.c.blocked).where(listed.c.fingerprint == name)) == [(True,)]


@pytest.mark.parametrize("when", ["writing", "written"])
def test_a_card_that_was_being_written_is_void_and_a_clerk_finds_it(when: str, tmp_path: Path) -> None:
    killed(tmp_path, when)
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
        wanted = [("unfinished", Standing.REFUSED_LATER, "card_management.unfinished")]
        counter.until("the staff finds it", lambda: standing(counter) == wanted)
        assert is_void(counter)
        assert counter.rows(select(card.c.locked).where(card.c.subject == of("yang-ying"))) == [(True,)]
        assert counter.rows(select(alarm.c.kind).where(alarm.c.kind == "card_unfinished"))
        counter.until("the note is done with", lambda: not (tmp_path / NOTE).exists())
        ordered(counter)
        counter.lay_blank(VirtualBlankCard())
        assert len(counter.rows(select(card).where(card.c.subject == of("yang-ying")))) == 1


def test_a_card_the_centre_was_told_of_stays_good(tmp_path: Path) -> None:
    killed(tmp_path, "told")
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
        counter.until(
            "it is settled",
            lambda: ("unfinished", Standing.CONFIRMED, "") in standing(counter),
        )
        (new,) = counter.rows(select(card).where(card.c.subject == of("yang-ying")))
        assert (new.locked, new.identification_code) == (
            False,
            numbers_of(BINZHOU.region, order(counter), 1)[0],
        )
        assert not is_void(counter)


def test_a_centre_lost_while_a_card_is_written_hears_of_it_when_it_is_back(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:card-office") as counter:

        class Lost(Disturbance):
            def before(self, command: bytes) -> None:
                if self.exchanges == 14:
                    counter.central.kill()
                super().before(command)

        ordered(counter)
        counter.lay_blank(VirtualBlankCard(), Lost())
        assert counter.refused_for().startswith("offline.")
        counter.until("it is journalled", lambda: "unfinished" in {each[0] for each in standing(counter)})
        counter.take_away()
        counter.central.start()
        wanted = ("unfinished", Standing.REFUSED_LATER, "card_management.unfinished")
        counter.until("the staff finds it", lambda: wanted in standing(counter))
        assert is_void(counter)
        assert not (tmp_path / NOTE).exists()
