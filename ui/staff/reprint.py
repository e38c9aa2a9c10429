"""A receipt made once more from the journal: always a copy, and without the name of anybody. Pure."""

from __future__ import annotations

from domain.money import yuan
from domain.transaction_state import Standing
from terminal.staff.items import Item
from terminal.visit.receipt import Receipt
from terminal.visit.steps import Certainty, LineView, ServiceSet, Text, both, text
from ui.staff.naming import business

CERTAINTIES = {
    Standing.CONFIRMED: Certainty.CONFIRMED,
    Standing.BOOKED_ANYWAY: Certainty.CONFIRMED,
    Standing.OPEN: Certainty.ACCEPTED,
    Standing.PROMISED: Certainty.ACCEPTED,
    Standing.HELD_PROMISED: Certainty.ACCEPTED,
}


def copy_receipt(item: Item, services: ServiceSet, counter_name: str, terminal: str) -> Receipt:
    """As the journal knows it now: what was accepted then and refused since is printed as refused."""
    entry = item.entry
    certainty = CERTAINTIES.get(entry.standing, Certainty.REFUSED)
    standing = Text(f"staff.standing.{entry.standing.value}")
    what = business(services, entry.service, entry.action)
    about = " ".join(value for _, value in item.about)
    return Receipt(
        counter_name=counter_name,
        terminal=terminal,
        at=entry.occurred_at,
        headline=what,
        largest=text("staff.receipt.amount", amount=yuan(entry.amount_fen)) if entry.amount_fen else None,
        lines=(LineView(both(about, about) if about else what, standing, certainty),),
        references=(item.reference,),
        copy=True,
    )
