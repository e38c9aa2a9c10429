"""How much of each promotion's budget is spent, over all vehicles: asked of the centre from time to time.

A vehicle out of coverage goes on with what it heard last and what it gave itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from pydantic import JsonValue

from domain.messages.contract import MAXIMUM_COUNT, Answer, Question
from runtime.periodic import PeriodicTask
from terminal.ticketing.fare_desk import SERVICE, Budgets

EVERY_S = 60.0
BUDGET_MS = 5_000


class Asking(Protocol):
    """Port of the central client for budgets. Raises ``CentralFault``."""

    def ask(self, question: Question, budget_ms: int) -> Answer: ...


class BudgetRefresh(PeriodicTask):
    """``told`` receives each valid answer. ``random`` spreads a fleet's requests over time."""

    def __init__(
        self,
        central: Asking,
        terminal: str,
        random: Callable[[], float],
        told: Callable[[Budgets], None],
        every_s: float = EVERY_S,
    ) -> None:
        super().__init__("budgets", every_s, random)
        self._central = central
        self._question = Question(terminal=terminal, service=SERVICE, name="budgets")
        self._told = told

    def work(self) -> None:
        """Ask once. Raises ``CentralFault``: the budgets stay as they were."""
        answer = self._central.ask(self._question, BUDGET_MS)
        self._told(Budgets(amounts(answer.data.get("spent"))))


def amounts(untrusted: JsonValue) -> Mapping[str, int]:
    """Promotions by name with their fen; what is none is left out."""
    if not isinstance(untrusted, dict):
        return {}
    return {
        name: fen
        for name, fen in untrusted.items()
        if isinstance(fen, int) and not isinstance(fen, bool) and 0 <= fen <= MAXIMUM_COUNT
    }
