"""Business that touches several departments: step by step, each with an outcome a person can be shown.

Pure. The known state of each step decides the next move: forwards while everything is well, backwards once a
department refused or the person was shown that nothing was done. A step that was asked and did not answer
is neither done nor failed; going backwards it is undone like one that was done. Nothing is hidden: what
could not be undone ``stands``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from config.catalogue.entries import Name
from config.faults import Fault


class StepState(StrEnum):
    """``asked`` and ``undoing``: on its way, and not known how it ended."""

    NOT_TRIED = "not_tried"
    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"
    STANDS = "stands"


FORWARDS = (StepState.NOT_TRIED, StepState.ASKED)
BACKWARDS = (StepState.ASKED, StepState.DONE, StepState.UNDOING)


class Refusal(Fault):
    """A department says no; ``reason`` is the stable code."""

    code = "payment.refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoAnswer(Fault):
    """A department elsewhere did not answer in time: its outcome is unknown."""

    code = "payment.no_answer"


@dataclass(frozen=True, slots=True)
class Do:
    step: int


@dataclass(frozen=True, slots=True)
class Undo:
    step: int


@dataclass(frozen=True, slots=True)
class Ended:
    """``whole``: every step is done. Else as little as possible is left; ``clean`` when that is nothing."""

    whole: bool
    clean: bool


Move = Do | Undo | Ended


def next_move(states: Sequence[StepState], *, wanted: bool) -> Move:
    """``wanted`` is False once the person was shown that nothing was booked."""
    if wanted and StepState.FAILED not in states and not _turned(states):
        following = next((at for at, state in enumerate(states) if state in FORWARDS), None)
        return Do(following) if following is not None else Ended(whole=True, clean=True)
    last = next((at for at in reversed(range(len(states))) if states[at] in BACKWARDS), None)
    if last is not None:
        return Undo(last)
    return Ended(whole=False, clean=StepState.STANDS not in states)


def _turned(states: Sequence[StepState]) -> bool:
    """True once the saga goes backwards; it never turns forwards again."""
    return any(state in (StepState.UNDOING, StepState.UNDONE, StepState.STANDS) for state in states)


def as_data(names: Sequence[Name], states: Sequence[StepState]) -> list[JsonValue]:
    """For a terminal: ``[{"zh": …, "en": …, "outcome": …}]``."""
    return [
        {"zh": name.zh, "en": name.en, "outcome": state.value}
        for name, state in zip(names, states, strict=True)
    ]
