"""A clerk reports a card lost, or has it replaced, for somebody who has neither card nor phone: number,
name, a look, a PIN.

It is the clerk who came, with an own card; the person at the counter is only typed, from a document the
clerk has seen.
"""

from __future__ import annotations

from pydantic import JsonValue

from config.catalogue.entries import CardManagement
from domain.masking import mask_name, mask_number
from domain.messages.contract import TrustLevel
from terminal.services.catalogue.application import is_social_security_number
from terminal.services.catalogue.base import NOTHING, chosen, refusal
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    Draft,
    EnterPin,
    Facts,
    FieldKind,
    Line,
    LineView,
    Look,
    Option,
    Step,
    Submit,
    Text,
    both,
    text,
)

NUMBER, NAME = "lost-number", "lost-name"
WHAT = "lost."
REPLACE = "replace-for.confirm"
CARD_ONLY, CARD_AND_PHONE = "card", "card-and-phone"


def lost_for_another(entry: CardManagement, facts: Facts) -> Step:
    """The next step; only staff gets as far as typing."""
    person = _typed(entry, facts)
    if not isinstance(person, LineView):
        return person
    what = chosen(facts, WHAT)
    if what is None:
        return Choose(
            text("card-management.question.report-lost-for"),
            (
                Option(WHAT + CARD_ONLY, text("card-management.lost.card"), "card"),
                Option(WHAT + CARD_AND_PHONE, text("card-management.lost.card_and_phone"), "phone"),
            ),
            (person,),
        )
    return _ordered(entry, facts, person, e_cards=what == CARD_AND_PHONE)


def replaced_for_another(entry: CardManagement, facts: Facts) -> Step:
    """Up to the order, by the same way; the blank is written as for a holder who came with a phone."""
    person = _typed(entry, facts)
    if not isinstance(person, LineView):
        return person
    if chosen(facts, REPLACE) is None:
        yes = Option(REPLACE, text("card-management.yes.replace-for"), "renew")
        return Choose(text("card-management.question.replace-for"), (yes,), (person,))
    return _ordered(entry, facts, person)


def _ordered(entry: CardManagement, facts: Facts, person: LineView, **more: JsonValue) -> Step:
    """The clerk's PIN, then what is booked under the clerk's card."""
    if facts.trust is not TrustLevel.HOLDER:
        return EnterPin(text("card-management.lost.pin"), (person,))
    name = (facts.value(NAME) or "").strip()
    body: dict[str, JsonValue] = {"number": facts.value(NUMBER), "name": name, **more}
    return Submit((Draft(entry.id, entry.step, tuple(body.items())),), text("catalogue.booking"))


def _typed(entry: CardManagement, facts: Facts) -> Step | LineView:
    """Owner of the card, masked, once a clerk has typed number and name."""
    clerk = facts.answer("clerk")
    if clerk is None:
        return Look("clerk", entry.id)
    if reason := clerk.get("refusal"):
        return refusal(str(reason))
    number, name = facts.value(NUMBER), (facts.value(NAME) or "").strip()
    if number is None or not is_social_security_number(number):
        mistake = text("form.mistake.identity") if number is not None else None
        return Ask(NUMBER, text("card-management.lost.number"), FieldKind.IDENTITY, 18, mistake)
    if not name:
        return Ask(NAME, text("card-management.lost.name"), FieldKind.NAME, 40)
    return _person(number, name)


def whose(line: Line) -> Text:
    """The name of the person whose cards they were, masked: a small screen has room for no more."""
    shown = mask_name(str(dict(line.draft.body).get("name", "")))
    return both(shown, shown)


def lost_cards(line: Line) -> tuple[LineView, ...]:
    """Owner of the cards, masked, and each locked card by its last digits."""
    body = dict(line.draft.body)
    person = _person(str(body.get("number", "")), str(body.get("name", "")))
    endings = line.outcome.get("endings") if line.outcome else None
    cards = tuple(
        LineView(
            text("card-management.lost.ending", ending=str(ending)), NOTHING, Certainty.CONFIRMED, "lock"
        )
        for ending in (endings if isinstance(endings, list) else [])
    )
    return (person, *cards)


def _person(number: str, name: str) -> LineView:
    shown, masked = mask_name(name), mask_number(number)
    return LineView(both(shown, shown), both(masked, masked), Certainty.WAITING, "person")
