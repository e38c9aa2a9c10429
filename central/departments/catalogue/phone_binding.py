"""An electronic card issued, and bound to the phone that its holder has at the counter."""

from __future__ import annotations

import hashlib

from pydantic import JsonValue
from sqlalchemy import Connection, insert

from central.codes import binding
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.tables import e_card
from domain.messages.contract import Transaction


def book(connection: Connection, business: Business) -> Decision:
    """``issue`` orders a binding, ``bind`` and ``refuse-phone`` answer for the phone that came."""
    made = business.transaction
    order = str(made.body.get("order", ""))
    match made.action:
        case "issue":
            return _issue(connection, business)
        case "bind":
            refusal = binding.bind(connection, order, business.subject, made.terminal, business.now)
        case "refuse-phone":
            refusal = binding.refuse(connection, order, business.subject, made.terminal, business.now)
        case _:
            return refused("central.action_unknown")
    return refused(refusal) if refusal else confirmed(bound=made.action == "bind")


def answer(connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue]:
    """``phone``: whether there is one, before anything is ordered. ``binding``: how an order stands."""
    if enquiry.name == "phone":
        card = binding.e_card_of(connection, enquiry.subject)
        return {"bound": bool(card) and binding.has_phone(connection, card)}
    order = str(enquiry.body.get("order", ""))
    return dict(binding.state_of(connection, order, enquiry.subject, enquiry.terminal, enquiry.now))


def undo(connection: Connection, made: Transaction) -> bool:
    """True when an order or its answer was taken back; the card alone, without a phone, needs no undoing."""
    order = str(made.body.get("order", "")) if made.action == "bind" else str(made.id)
    return made.action in ("issue", "bind") and binding.undo(connection, order, made.occurred_at)


def _issue(connection: Connection, business: Business) -> Decision:
    """With ``code_hash`` a phone is expected: a card there is already goes to that one. Without it, a card
    alone, for a wallet that binds it in its own way."""
    made = business.transaction
    code_hash = made.body.get("code_hash")
    known = binding.e_card_of(connection, business.subject)
    if code_hash is None and known:
        return refused("card_management.has_e_card")
    if code_hash is not None and not binding.is_hash(code_hash):
        return refused("binding.unknown")
    if not known:
        known = hashlib.sha256(f"{business.subject}:{made.id}".encode()).hexdigest()[:24]
        connection.execute(insert(e_card).values(id=known, subject=business.subject, locked=False))
    if code_hash is not None:
        order = (str(made.id), known, business.subject, made.terminal, str(code_hash))
        binding.open_binding(connection, *order, business.now)
    return confirmed(issued=True)
