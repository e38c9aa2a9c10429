"""A terminal tells its centre how it is: not while it starts, in both languages, and without disturbing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import Settings
from domain.messages.contract import Health
from domain.messages.terminal_state import LONGEST_SENTENCE, StateNoted, TerminalState
from drivers.central.faults import Unreachable
from terminal.diagnostics import state_reports
from terminal.diagnostics.check import Trouble, well, wrong
from terminal.diagnostics.checks import PARTS
from terminal.diagnostics.state_reports import REPORTED, StateReports, told
from tests.integration.terminal.test_checks import running

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Centre:
    def __init__(self, *, there: bool = True) -> None:
        self.heard: list[TerminalState] = []
        self.there = there

    def tell_state(self, state: TerminalState, budget_ms: int) -> StateNoted:
        if not self.there:
            raise Unreachable("no connection")
        self.heard.append(state)
        return StateNoted(server_time=NOW)


@pytest.fixture
def all_well(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Self-tests with nothing to find; a test puts its own finding in."""
    parts: dict[str, object] = {name: lambda *_: well("disk", "free", gib=1, place="/") for name in REPORTED}
    monkeypatch.setattr(state_reports, "PARTS", parts)
    return parts


def reports(centre: Centre, data: Path, *, out_of_service: str = "", printer: str = "") -> StateReports:
    lent = running(Health(server_time=NOW, retention_days=400))
    return StateReports(
        Settings(), data, lent, centre, lambda: out_of_service, lambda: printer, NOW, lambda: 0.5
    )


@pytest.mark.usefixtures("all_well")
def test_a_start_is_not_burdened_and_a_well_terminal_says_so(tmp_path: Path) -> None:
    centre = Centre()
    told_by = reports(centre, tmp_path)
    told_by.start()
    told_by.stop()  # during the first wait, which a start is spared
    assert centre.heard == []
    assert told_by.step() == 300.0
    (state,) = centre.heard
    assert (state.terminal, state.started_at) == (Settings().terminal, NOW)
    assert (state.out_of_service, state.troubles) == ("", ())


def test_what_is_not_well_is_told_in_both_languages(tmp_path: Path, all_well: dict[str, object]) -> None:
    all_well["camera"] = lambda *_: wrong("camera", "no_picture", Trouble.DEVICE, source="0")
    state = reports(Centre(), tmp_path, out_of_service="journal.full", printer="printer.no_paper").state()
    assert state.out_of_service == "journal.full"
    assert [trouble.name for trouble in state.troubles] == ["camera", "printer"]
    for trouble in state.troubles:
        assert trouble.zh != trouble.en


@pytest.mark.usefixtures("all_well")
def test_a_centre_that_is_not_there_is_told_next_time(tmp_path: Path) -> None:
    centre = Centre(there=False)
    told_by = reports(centre, tmp_path)
    assert told_by.step() < 300.0
    centre.there = True
    told_by.step()
    assert len(centre.heard) == 1


def test_a_devices_own_words_are_bounded_and_plain() -> None:
    wild = told(wrong("readers", "none", Trouble.DEVICE, pattern="\x1b[2J" + "长" * 900))
    assert len(wild.en) == LONGEST_SENTENCE
    assert wild.en.isprintable()


def test_the_parts_named_are_all_there() -> None:
    assert set(REPORTED) <= set(PARTS)
