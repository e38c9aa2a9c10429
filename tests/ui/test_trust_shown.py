"""How far a terminal trusts what it was shown stands beside the name, in a word and a sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.settings import Settings
from domain.credential import ProvedECard
from terminal.services.library import LibraryService
from terminal.visit.states import ChoosingService, Counter, Failed, Idle, Serving
from terminal.visit.steps import Facts, PinState
from tests.unit.terminal.visit.counter_desk import CARD
from ui.presenter import frame_of

TODAY = date(2026, 11, 23)
PROVED = ProvedECard("c2FtcGxlMDE", "刘*勇", 6, "OC2:")
UNPROVED = replace(CARD, proof_fault="sam.missing")


@pytest.mark.parametrize(
    ("facts", "word", "proved"),
    [
        (Facts(TODAY, True, CARD), "trust.read", False),
        (Facts(TODAY, True, UNPROVED), "trust.not_proved", False),
        (Facts(TODAY, True, PROVED), "trust.verified", True),
        (Facts(TODAY, True, PROVED, pin=PinState.RIGHT), "trust.holder", True),
        (Facts(TODAY, True), "", False),
    ],
    ids=["read", "not proved", "verified", "holder", "nobody"],
)
def test_each_level_has_its_word(facts: Facts, word: str, proved: bool) -> None:
    for stage in (ChoosingService(facts), Serving("library", facts, LibraryService().step(facts))):  # type: ignore[arg-type]
        frame = frame_of(Counter(stage=stage), Settings(), lambda text: text.id)
        assert (frame.trust, frame.proved) == (word, proved)


@pytest.mark.parametrize("stage", [Idle(), Failed("card.expired")])
def test_nobody_is_trusted_where_nobody_is_served(stage: Idle | Failed) -> None:
    frame = frame_of(Counter(stage=stage), Settings(), lambda text: text.id)
    assert (frame.trust, frame.proved) == ("", False)
