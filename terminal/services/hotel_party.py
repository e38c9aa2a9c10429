"""The guests of one party: by card, by code, or typed from a document; each once, each shown masked."""

from __future__ import annotations

from pydantic import JsonValue

from domain.credential import Credential, SocialSecurityCard
from domain.lodging.minors import guardian_on_record
from domain.messages.contract import Holder
from terminal.services.catalogue.application import is_social_security_number
from terminal.services.hotel_desk import at_desk
from terminal.services.hotel_documents import document_guests
from terminal.visit.steps import Ask, Certainty, Facts, FieldKind, LineView, both, text

NAME, DOCUMENT = "guest-name", "guest-number"
GUARDIAN = (("name", FieldKind.NAME, 20), ("phone", FieldKind.PHONE, 15), ("relation", FieldKind.NAME, 10))
"""What is recorded of a minor's guardian, and how it is typed."""


def ask_guest(facts: Facts) -> Ask | None:
    """A guest without a card: name, then number; None when both are there for every typed guest."""
    wanted = sum(option == "party.typed" for option in facts.chosen)
    names = [value for field, value in facts.values if field == NAME]
    numbers = [value for field, value in facts.values if field == DOCUMENT]
    good = [number for number in numbers if is_social_security_number(number)]
    if len(names) < wanted:
        return Ask(NAME, text("hotel.guest_name"), FieldKind.NAME, 40)
    if len(good) < wanted:
        wrong = len(numbers) > len(good)
        mistake = text("form.mistake.identity") if wrong else None
        return Ask(DOCUMENT, text("hotel.guest_number"), FieldKind.IDENTITY, 18, mistake)
    return None


def ask_guardian(facts: Facts) -> Ask | None:
    """The next of name, phone and relation of a minor's guardian; None when each is there."""
    for name, kind, longest in GUARDIAN:
        typed = facts.value(f"guardian-{name}")
        if not typed or not guardian_on_record({**_COMPLETE, name: typed}):
            mistake = text("hotel.guardian.mistake") if typed is not None else None
            return Ask(f"guardian-{name}", text(f"hotel.guardian.{name}"), kind, longest, mistake)
    return None


def guardian_record(facts: Facts) -> dict[str, JsonValue]:
    """The guardian as typed; empty while something is missing."""
    return {} if ask_guardian(facts) else {name: facts.value(f"guardian-{name}") for name, *_ in GUARDIAN}


_COMPLETE = {"name": "name", "phone": "0000000", "relation": "relation"}


def typed_into(facts: Facts, field: str) -> list[str]:
    """Everything typed into this field, in order."""
    return [value for name, value in facts.values if name == field]


def typed_guests(facts: Facts) -> list[dict[str, JsonValue]]:
    """Guests without a card, as they were typed; the same number twice is one guest."""
    numbers = [number for number in typed_into(facts, DOCUMENT) if is_social_security_number(number)]
    guests: list[dict[str, JsonValue]] = [
        {"name": name, "number": number}
        for name, number in zip(typed_into(facts, NAME), numbers, strict=False)
    ]
    guests.extend(document_guests(facts))
    return list({str(guest.get("zone") or guest.get("number")): guest for guest in guests}.values())


def people(facts: Facts) -> list[int]:
    """Guests with a card or code of their own, each once: the same card twice is one guest. The first card at
    the desk is staff's."""
    seen: dict[str, int] = {}
    for person in range(1 if at_desk(facts) else 0, len(facts.others) + 1):
        credential, holder = facts.credential_of(person)
        name = holder.subject if holder else credential.subject_key if credential else str(person)
        seen.setdefault(name, person)
    return list(seen.values())


def guest_lines(facts: Facts) -> tuple[LineView, ...]:
    """Everybody of the party, masked, and how far each is known."""
    shown = [
        guest_line(credential, holder)
        for credential, holder in (facts.credential_of(person) for person in people(facts))
    ]
    names = [masked(str(guest["name"])) for guest in typed_guests(facts)]
    typed = [LineView(both(name, name), text("hotel.guest.typed"), Certainty.WAITING) for name in names]
    return (*shown, *typed)


def guest_line(credential: Credential | None, holder: Holder | None) -> LineView:
    if holder:
        return LineView(holder.masked_name, text(f"hotel.guest.{holder.trust.value}"), Certainty.CONFIRMED)
    name = masked(credential.name or "") if isinstance(credential, SocialSecurityCard) else ""
    return LineView(name or text("hotel.guest"), text("hotel.guest.read"), Certainty.WAITING)


def masked(name: str) -> str:
    """刘*勇: the first and, from three characters on, the last."""
    if len(name) < 2:
        return "*" * len(name)
    return name[0] + "*" * max(1, len(name) - 2) + (name[-1] if len(name) > 2 else "")
