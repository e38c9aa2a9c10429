"""The guests of one party: by card, by code, or typed from a document; each once, each shown masked."""

from __future__ import annotations

import re
from datetime import date

from pydantic import JsonValue

from domain.credential import Credential, SocialSecurityCard
from domain.messages.contract import Holder
from terminal.services.catalogue.application import is_social_security_number
from terminal.visit.steps import Ask, Certainty, Facts, FieldKind, LineView, both, text

NAME, DOCUMENT = "guest-name", "guest-number"
PASSPORT_NAME, PASSPORT, PASSPORT_BORN = "passport-name", "passport-number", "passport-born"
PASSPORT_NUMBER = re.compile(r"[A-Z0-9]{5,17}")


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


def ask_passport(facts: Facts) -> Ask | None:
    """A guest from abroad: name, number and day of birth as the passport has them."""
    wanted = sum(option == "party.passport" for option in facts.chosen)
    names, numbers, days = (typed_into(facts, name) for name in (PASSPORT_NAME, PASSPORT, PASSPORT_BORN))
    good = [number for number in numbers if is_passport(number)]
    born = [day for day in days if day_typed(day)]
    if len(names) < wanted:
        return Ask(PASSPORT_NAME, text("hotel.passport_name"), FieldKind.TEXT, 40)
    if len(good) < wanted:
        mistake = text("hotel.passport_mistake") if len(numbers) > len(good) else None
        return Ask(PASSPORT, text("hotel.passport_number"), FieldKind.TEXT, 17, mistake)
    if len(born) < wanted:
        mistake = text("form.mistake.date") if len(days) > len(born) else None
        return Ask(PASSPORT_BORN, text("hotel.passport_born"), FieldKind.DATE, 10, mistake)
    return None


def is_passport(number: str) -> bool:
    return PASSPORT_NUMBER.fullmatch(number.upper()) is not None


def day_typed(typed: str) -> str:
    """``2026-11-24`` and ``20261124`` alike, as the former; empty for what is no day."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return ""


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
    passports = [number.upper() for number in typed_into(facts, PASSPORT) if is_passport(number)]
    days = [day for typed in typed_into(facts, PASSPORT_BORN) if (day := day_typed(typed))]
    for name, number, born in zip(typed_into(facts, PASSPORT_NAME), passports, days, strict=False):
        guests.append({"name": name, "number": number, "document": "passport", "born": born})
    return list({guest["number"]: guest for guest in guests}.values())


def people(facts: Facts) -> list[int]:
    """Guests with a card or code of their own, each once: the same card twice is one guest."""
    seen: dict[str, int] = {}
    for person in range(len(facts.others) + 1):
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
