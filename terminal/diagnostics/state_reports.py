"""State reports to the centre: undisturbing self-tests, run from time to time.

Tests that ask a device at work (a printer) or the centre are left out: the printer status comes from its
last slip, and a centre that does not answer receives no report anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from config.settings import Settings
from config.version import version
from domain.messages.terminal_state import (
    LONGEST_SENTENCE,
    MOST_TROUBLES,
    StateNoted,
    TerminalState,
    TroubleTold,
)
from runtime.periodic import PeriodicTask
from terminal.diagnostics.check import Check, Trouble, reported, wrong
from terminal.diagnostics.checks import PARTS, Running

REPORTED = ("readers", "sam", "camera", "scanner", "identity", "hotlist", "clock", "disk", "keys", "font")
FIRST_S, EVERY_S = 30.0, 300.0
BUDGET_MS = 5_000


class Told(Protocol):
    """Port of the central client for budgets. Raises ``CentralFault``."""

    def tell_state(self, state: TerminalState, budget_ms: int) -> StateNoted: ...


class StateReports(PeriodicTask):
    """``out_of_service`` and ``printer_trouble`` give codes, empty while all is well; ``random`` spreads a
    fleet's reports over time. The first one waits until the start is over."""

    def __init__(
        self,
        settings: Settings,
        data: Path,
        running: Running,
        central: Told,
        out_of_service: Callable[[], str],
        printer_trouble: Callable[[], str],
        started_at: datetime,
        random: Callable[[], float],
        called_since: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        super().__init__("state reports", EVERY_S, random, first_s=FIRST_S)
        self._settings = settings
        self._data = data
        self._running = running
        self._central = central
        self._out_of_service = out_of_service
        self._printer_trouble = printer_trouble
        self._started_at = started_at
        self._called_since = called_since

    def work(self) -> None:
        """Report once. Raises ``CentralFault``."""
        self._central.tell_state(self.state(), BUDGET_MS)

    def state(self) -> TerminalState:
        """As it is now; takes as long as the self-tests do."""
        checks = [PARTS[name](self._settings, self._data, self._running) for name in REPORTED]
        if code := self._printer_trouble():
            checks.append(reported("printer", code, Trouble.DEVICE))
        if since := self._called_since():
            checks.insert(0, wrong("staff_call", "waits", Trouble.OTHER, since=f"{since:%H:%M}"))
        return TerminalState(
            terminal=self._settings.terminal,
            version=version(),
            started_at=self._started_at,
            out_of_service=self._out_of_service(),
            troubles=tuple(told(check) for check in checks if not check.ok)[:MOST_TROUBLES],
        )


def told(check: Check) -> TroubleTold:
    return TroubleTold(
        name=check.name, zh=_bounded(check.message_in("zh_CN")), en=_bounded(check.message_in("en"))
    )


def _bounded(sentence: str) -> str:
    """A device's own words may hold anything, and be long."""
    shown = "".join(character if character.isprintable() else " " for character in sentence).strip()
    return shown[:LONGEST_SENTENCE] or "?"
