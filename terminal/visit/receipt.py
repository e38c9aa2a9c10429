"""Receipt as data: printers and screens render it, no booking waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from drivers.printers.slip import MOST_BLOCKS, Block, Heading, Paragraph, QrCode, Row, Rule, Slip
from terminal.visit.steps import Certainty, Facts, Finish, LineView, Text

MARKS = {
    Certainty.CONFIRMED: "✓",
    Certainty.ACCEPTED: "…",
    Certainty.REFUSED: "✗",
    Certainty.PARTLY: "…",
    Certainty.NEUTRAL: "–",
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


MOST_LINES = MOST_BLOCKS - 20
MOST_REFERENCES = 30
LONGEST = 300


def name_of(receipt: Receipt) -> str:
    """Name of a print job, first or copy, without a person's name."""
    return f"{receipt.at:%Y%m%dT%H%M%S} {' '.join(receipt.references[:MOST_REFERENCES])}"


def copy_of(receipt: Receipt) -> Receipt:
    """The same receipt, marked as a copy wherever it is shown or printed."""
    return replace(receipt, copy=True)


def slip_of(receipt: Receipt, say: Callable[[Text], str]) -> Slip:
    """The receipt for a printer. Its code holds terminal, time and references: enough for a clerk to find
    the business, nothing of the person."""
    blocks: list[Block] = [
        Heading(_short(receipt.counter_name)),
        Row(f"{receipt.at:%Y-%m-%d %H:%M}", receipt.terminal),
        Rule(),
    ]
    if receipt.holder:
        blocks.append(Row(say(Text("receipt.holder")), _short(receipt.holder)))
    blocks.append(Paragraph(_short(say(receipt.headline)), strong=True))
    for line in receipt.lines[:MOST_LINES]:
        title = f"{MARKS[line.certainty]} {said_title(line, say)}"
        blocks.append(Row(_short(title), _short(say(line.note))))
    left = len(receipt.lines) - MOST_LINES
    if left > 0:
        blocks.append(Paragraph(say(Text("receipt.more", (("count", str(left)),)))))
    if receipt.largest:
        blocks += [Rule(), Heading(_short(say(receipt.largest)))]
    references = " ".join(receipt.references[:MOST_REFERENCES])
    blocks += [Rule(), Paragraph(f"{say(Text('receipt.reference'))} {references}")]
    blocks.append(QrCode(f"{receipt.terminal} {receipt.at:%Y-%m-%dT%H:%M:%S%z} {references}"))
    return Slip(tuple(blocks), say(Text("receipt.copy_mark")) if receipt.copy else "")


def _short(said: str) -> str:
    """Text shortened to the length of a name or title: a mistake is not printed metre by metre."""
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
