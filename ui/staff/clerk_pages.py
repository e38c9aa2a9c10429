"""A clerk's pages as ready sentences: pure, from items of the journal to rows, facts and choices."""

from __future__ import annotations

from datetime import datetime

from domain.backlog import Backlog
from domain.money import yuan
from domain.transaction_state import Standing
from terminal.journal.inbox import Decision
from terminal.staff.items import Item
from terminal.store_and_forward.circuit_breaker import LinkState
from terminal.visit.receipt import Receipt, plain
from terminal.visit.steps import ServiceSet, Text, text
from ui.presenter import OptionView
from ui.staff.naming import age, business, field, picture
from ui.staff.pages import FactView, Say, StaffPage
from ui.staff.rows import RowView

REPRINT = "reprint"
PICTURES = {
    Decision.ACCEPT: "tick",
    Decision.VOID: "erase",
    Decision.CORRECT: "form",
    Decision.RETRY: "renew",
}
REASONS = {Decision.ACCEPT: 3, Decision.VOID: 3, Decision.CORRECT: 2, Decision.RETRY: 2}
"""How many ready-made reasons there are for each decision."""
TONES = {
    Standing.CONFIRMED: "confirmed",
    Standing.OPEN: "accepted",
    Standing.PROMISED: "accepted",
    Standing.WITHDRAWN: "accepted",
    Standing.SETTLED: "neutral",
    Standing.NOT_BOOKED: "neutral",
}


def tone_of(standing: Standing) -> str:
    return TONES.get(standing, "refused")


def row_of(item: Item, services: ServiceSet, say: Say) -> RowView:
    """Subject of the item in bold, below it the reason or the state."""
    entry = item.entry
    things = " ".join(value for name, value in item.about if name != "due_date")
    name = say(business(services, entry.service, entry.action))
    return RowView(
        key=str(entry.id),
        title=f"{name}  {things}".rstrip(),
        note=reason_of(item, say) or say(Text(f"staff.standing.{entry.standing.value}")),
        stamp=f"{entry.occurred_at:%m-%d %H:%M}",
        tone=tone_of(entry.standing),
        picture=picture(services, entry.service),
    )


def reason_of(item: Item, say: Say) -> str:
    """The centre's reason in plain words; empty where there is none."""
    return say(Text(f"fault.{item.entry.code}")) if item.entry.code and "." in item.entry.code else ""


def found(rows: tuple[RowView, ...], items: tuple[Item, ...], query: str) -> tuple[RowView, ...]:
    """The rows that hold every word of the query: in what they show, their receipt's number or their card."""
    words = query.casefold().split()
    if not words:
        return rows
    return tuple(row for row, item in zip(rows, items, strict=True) if _holds(row, item, words))


def _holds(row: RowView, item: Item, words: list[str]) -> bool:
    values = (row.title, row.note, row.stamp, str(item.id), item.card, *(value for _, value in item.about))
    all_of_it = " ".join(values).casefold()
    return all(word in all_of_it for word in words)


def facts_of(item: Item, services: ServiceSet, say: Say) -> tuple[FactView, ...]:
    """Everything that helps to find the person and the thing, and nothing that shows who it is."""
    entry = item.entry
    facts = [
        FactView(say(text("staff.fact.business")), say(business(services, entry.service, entry.action))),
        *(FactView(say(field(name)), value) for name, value in item.about),
    ]
    if entry.amount_fen:
        facts.append(FactView(say(text("staff.fact.amount")), yuan(entry.amount_fen)))
    facts += [
        FactView(say(text("staff.fact.when")), f"{entry.occurred_at:%Y-%m-%d %H:%M:%S}"),
        FactView(say(text("staff.fact.reference")), item.reference),
    ]
    if item.card or item.electronic:
        shown = f"···· {item.card}" if item.card else say(text("staff.fact.e_card"))
        facts.append(FactView(say(text("staff.fact.card")), shown))
    standing = say(Text(f"staff.standing.{entry.standing.value}"))
    facts.append(FactView(say(text("staff.fact.standing")), standing, tone_of(entry.standing)))
    if item.settled:
        decided = item.settled
        who = say(text("staff.fact.decided_as", decision=_decided(decided.decision, say), by=decided.by))
        facts.append(FactView(say(text("staff.fact.decided")), f"{who}: {decided.reason}"))
    return tuple(facts)


def _decided(decision: str, say: Say) -> str:
    return say(Text(f"staff.decision.{decision}")) if decision in set(Decision) else decision


def sentences_of(item: Item, say: Say) -> tuple[str, str, str]:
    """Event, reason and next step; empty when no action is needed."""
    if not item.entry.standing.needs_clerk:
        return "", reason_of(item, say), ""
    about = f"fault.inbox.{item.entry.standing.value}"
    return say(Text(about)), reason_of(item, say), say(Text(f"{about}.next"))


def decisions_of(item: Item, say: Say) -> tuple[OptionView, ...]:
    return tuple(
        OptionView(
            decision.value,
            say(Text(f"staff.decision.{decision.value}")),
            say(Text(f"staff.decision.{decision.value}.detail")),
            PICTURES[decision],
        )
        for decision in item.decisions
    )


def reasons_of(decision: Decision, say: Say) -> tuple[str, ...]:
    """Ready-made reasons: what goes on record is what stands on the button."""
    return tuple(
        say(Text(f"staff.reason.{decision.value}.{number + 1}")) for number in range(REASONS[decision])
    )


def figures_of(
    backlog: Backlog, link: LinkState, most_pending: int, now: datetime, say: Say
) -> tuple[FactView, ...]:
    """The strip: what waits for the centre and since when, and when it was heard last."""
    oldest = say(age(now - backlog.oldest_at)) if backlog.oldest_at else say(text("staff.none"))
    contact = say(age(now - link.last_contact)) if link.last_contact else say(text("staff.never"))
    return (
        FactView(
            say(text("staff.figure.inbox")), str(backlog.inbox), "refused" if backlog.inbox else "confirmed"
        ),
        FactView(
            say(text("staff.figure.pending")),
            str(backlog.pending),
            "accepted" if backlog.pending else "confirmed",
        ),
        FactView(say(text("staff.figure.oldest")), oldest),
        FactView(
            say(text("staff.figure.contact")),
            contact,
            "confirmed" if link.online else "accepted",
        ),
        FactView(
            say(text("staff.figure.delivered")),
            f"{most_pending - backlog.pending} / {most_pending}" if most_pending else say(text("staff.none")),
        ),
    )


def list_page(
    which: str,
    counts: tuple[int, int] | None,
    query: str,
    figures: tuple[FactView, ...],
    progress: float,
    say: Say,
) -> StaffPage:
    """``counts``: so many shown of so many; None while they are being read."""
    shown, there = counts or (0, 0)
    return StaffPage(
        which,
        say(text("staff.inbox") if which == "inbox" else text("staff.today")),
        say(Text(f"staff.{which}.empty")) if counts and not there else "",
        figures=figures,
        query=query,
        count=say(text("staff.count", shown=str(shown), all=str(there))) if there else "",
        progress=progress,
        busy=counts is None,
    )


def item_page(item: Item, services: ServiceSet, say: Say) -> StaffPage:
    what, why, next_step = sentences_of(item, say)
    again = OptionView(REPRINT, say(text("staff.reprint")), say(text("staff.reprint.detail")), "printer")
    return StaffPage(
        "item",
        what or say(business(services, item.entry.service, item.entry.action)),
        why,
        next_step=next_step,
        tone=tone_of(item.entry.standing),
        facts=facts_of(item, services, say),
        options=(*decisions_of(item, say), again),
        code=item.entry.code if "." in item.entry.code else "",
    )


def correct_page(name: str, say: Say) -> StaffPage:
    """Asks for the right value of a field."""
    asked = say(text("staff.correct.question", field=say(field(name))))
    return StaffPage("correct", asked, say(text("staff.correct.detail")))


def reason_page(item: Item, decision: Decision, value: str, services: ServiceSet, say: Say) -> StaffPage:
    """``value`` is what it is corrected to."""
    done = say(business(services, item.entry.service, item.entry.action))
    things = " ".join(value for _, value in item.about)
    changed = f" → {value}" if value else ""
    return StaffPage(
        "reason",
        say(text("staff.reason.question")),
        f"{say(Text(f'staff.decision.{decision.value}'))}: {done} {things}{changed}",
        reasons=reasons_of(decision, say),
    )


def copy_page(receipt: Receipt, say: Say) -> StaffPage:
    detail = say(text("staff.copy.detail"))
    return StaffPage("copy", say(text("staff.copy")), detail, receipt=plain(receipt, say))
