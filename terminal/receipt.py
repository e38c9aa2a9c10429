"""What the person takes away, as data: printers and screens render it, no booking waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from terminal.visit.steps import Certainty, Facts, Finish, LineView, Text

MARKS = {
    Certainty.CONFIRMED: "✓",
    Certainty.ACCEPTED: "…",
    Certainty.REFUSED: "✗",
    Certainty.WAITING: "…",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One result on paper or as a code to photograph. Holds masked names only.

    ``references`` are the transaction ids, first eight characters each: enough for a clerk to find them.
    """

    counter_name: str
    terminal: str
    at: datetime
    headline: Text
    largest: Text | None
    lines: tuple[LineView, ...]
    references: tuple[str, ...]
    holder: str = ""
    copy: bool = False


def receipt_for(
    facts: Facts, result: Finish, counter_name: str, terminal: str, at: datetime
) -> Receipt | None:
    """The receipt of a finished service; None when nothing was booked."""
    booked = [line.outcome for line in facts.lines if line.outcome]
    if not any(outcome.certainty in (Certainty.CONFIRMED, Certainty.ACCEPTED) for outcome in booked):
        return None
    return Receipt(
        counter_name=counter_name,
        terminal=terminal,
        at=at,
        headline=result.headline,
        largest=result.largest,
        lines=result.lines,
        references=tuple(outcome.transaction_id[-8:] for outcome in booked),
        holder=facts.holder.masked_name if facts.holder else "",
    )


def said_title(line: LineView, say: Callable[[Text], str]) -> str:
    return line.title if isinstance(line.title, str) else say(line.title)


def plain(receipt: Receipt, say: Callable[[Text], str]) -> str:
    """The receipt as short plain text, for a QR code or a printer; ``say`` turns ids into sentences."""
    rows = [receipt.counter_name, f"{receipt.at:%Y-%m-%d %H:%M}  {receipt.terminal}"]
    if receipt.copy:
        rows.append(say(Text("receipt.copy")))
    if receipt.holder:
        rows.append(receipt.holder)
    rows.append(say(receipt.headline))
    rows += [
        f"{MARKS[line.certainty]} {said_title(line, say)} {say(line.note)}".rstrip() for line in receipt.lines
    ]
    if receipt.largest:
        rows.append(say(receipt.largest))
    rows.append(" ".join(receipt.references))
    return "\n".join(rows)
