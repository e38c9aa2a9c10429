"""Card replacement at the counter: the old card is locked, a blank is written and read back, then reported.

A spoilt blank is recorded and another one asked for; a person who stops keeps a locked old card, and the
screen says so.
"""

from __future__ import annotations

from pydantic import JsonValue

from config.catalogue.entries import CardManagement
from terminal.services.catalogue.base import NOTHING, chosen, named, refused
from terminal.visit.steps import (
    Certainty,
    Choose,
    Draft,
    Facts,
    Finish,
    Line,
    LineView,
    Look,
    Option,
    Step,
    Submit,
    Text,
    text,
)

LAID, STOP = "replace.laid", "replace.stop"
WRITE, SPOILT = "write-card", "card.spoilt"


def replacing(entry: CardManagement, facts: Facts) -> Step:
    """The next step once the replacement was ordered. Laying a card down says that it lies there."""
    order, told = facts.lines[0], facts.lines[1:]
    if any(line.outcome is None for line in facts.lines):
        return Submit((), text("catalogue.booking"))
    if order.outcome is None or order.certainty is not Certainty.CONFIRMED:
        return refused(order)
    faults = [str(data.get("fault")) for name, data in facts.answers if name == WRITE]
    void = sum(line.draft.action == "spoilt" for line in told)
    attempt: tuple[tuple[str, JsonValue], ...] = (
        ("order", order.outcome.transaction_id),
        ("attempt", void + 1),
    )
    if faults and not faults[-1]:
        return _written(entry, told[-1]) if _tells(told, "written") else _tell(entry, "written", attempt)
    if faults.count(SPOILT) > void:
        return _tell(entry, "spoilt", attempt)
    if chosen(facts, STOP) is not None:
        return _stopped()
    if sum(option == LAID for option in facts.chosen) > len(faults):
        return Look(WRITE, entry.id, attempt, text("replace.writing"), local=True)
    options = (Option(LAID, text("replace.laid"), "card"), Option(STOP, text("replace.stop"), "cross"))
    if not faults:
        return Choose(text("replace.lay"), options, lays=True)
    said = f"fault.{faults[-1]}"
    failed = LineView(Text(said), NOTHING, Certainty.REFUSED)
    return Choose(Text(f"{said}.next"), options, (failed,), lays=True)


def _tells(told: tuple[Line, ...], action: str) -> bool:
    return bool(told) and told[-1].draft.action == action


def _tell(entry: CardManagement, action: str, body: tuple[tuple[str, JsonValue], ...]) -> Submit:
    """The card that would vouch for it is locked by now: the order does."""
    return Submit((Draft(entry.id, action, body, with_credential=False),), text("catalogue.booking"))


def _written(entry: CardManagement, line: Line) -> Finish:
    if line.outcome is None or line.certainty is not Certainty.CONFIRMED:
        return refused(line)
    ending = str(line.outcome.get("ending"))
    return Finish(
        Certainty.CONFIRMED,
        headline=text("card-management.done.replace"),
        largest=text("replace.new_card", ending=ending),
        lines=(LineView(named(entry.name), NOTHING, Certainty.CONFIRMED, entry.icon),),
        next_step=text("card-management.next.replace"),
    )


def _stopped() -> Finish:
    return Finish(
        Certainty.REFUSED,
        headline=text("catalogue.refused"),
        largest=None,
        reason=text("replace.stopped"),
        next_step=text("replace.stopped.next"),
    )
