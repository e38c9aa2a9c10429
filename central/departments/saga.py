"""Business that touches several departments: step by step, each with an outcome a person can be shown.

A step that fails undoes the ones before it, the newest first. Nothing is hidden: a step that could not
be undone is told as ``stands``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from config.catalogue.entries import Name
from config.faults import Fault


class StepOutcome(StrEnum):
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    STANDS = "stands"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class SagaStep:
    """``do`` raises ``Refusal`` when this department does not agree; ``undo`` says whether it could."""

    department: Name
    do: Callable[[], None]
    undo: Callable[[], bool]


class Refusal(Fault):
    """A department says no; ``reason`` is the stable code."""

    code = "payment.refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SagaResult:
    """``reason`` is empty when every step is done."""

    outcomes: tuple[tuple[Name, StepOutcome], ...]
    reason: str

    def as_data(self) -> list[JsonValue]:
        """For a terminal: ``[{"zh": …, "en": …, "outcome": …}]``."""
        return [{"zh": name.zh, "en": name.en, "outcome": str(outcome)} for name, outcome in self.outcomes]


def run(steps: Sequence[SagaStep]) -> SagaResult:
    """All of it, or as little of it as can be left."""
    outcomes = [StepOutcome.NOT_TRIED] * len(steps)
    for number, step in enumerate(steps):
        try:
            step.do()
        except Refusal as refusal:
            outcomes[number] = StepOutcome.FAILED
            for before in reversed(range(number)):
                undone = steps[before].undo()
                outcomes[before] = StepOutcome.UNDONE if undone else StepOutcome.STANDS
            return SagaResult(_named(steps, outcomes), refusal.reason)
        outcomes[number] = StepOutcome.DONE
    return SagaResult(_named(steps, outcomes), "")


def _named(
    steps: Sequence[SagaStep], outcomes: Sequence[StepOutcome]
) -> tuple[tuple[Name, StepOutcome], ...]:
    return tuple((step.department, outcome) for step, outcome in zip(steps, outcomes, strict=True))
