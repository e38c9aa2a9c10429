"""A bus validator: one tap, one glance. The fare is decided here; the centre rates it again later.

An ordinary ride needs no touch. Other rides (one more rider, a group) are chosen at the
idle screen, then the card is tapped. Inspecting tickets is staff's: ``terminal.staff.inspection``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from domain.cards.numbers import number_for_centre
from domain.credential import (
    Credential,
    ECard,
    ProvedECard,
    ProvedRideCode,
    SocialSecurityCard,
    TUnionCard,
    ride_key,
)
from domain.messages.contract import TrustLevel
from domain.money import yuan
from terminal.services.catalogue.base import refusal
from terminal.visit.steps import (
    Ask,
    Certainty,
    Draft,
    Facts,
    FieldKind,
    Finish,
    Look,
    Option,
    Present,
    Step,
    Submit,
    Text,
    text,
)

MOST_RIDERS = 10
RIDERS = "riders"
MEDIA: Mapping[type[Credential], str] = {
    SocialSecurityCard: "social_security_card",
    ECard: "e_card",
    ProvedECard: "e_card",
    ProvedRideCode: "ride_code",
    TUnionCard: "t_union",
}
"""The tariff's names (fare_media.txt) for what was presented."""
ONE_MORE, GROUP = "bus.one-more", "bus.group"


@dataclass(frozen=True, slots=True)
class BusService:
    """One validator; see ``terminal.visit.steps.Service``."""

    id: str = "bus"
    label: Text = Text("bus.name")
    picture: str = "bus"
    needs: TrustLevel = TrustLevel.READ
    identify: bool = False
    known_ahead: bool = True
    takes_copies: bool = False
    group: Option | None = None
    starts: tuple[Option, ...] = (
        Option(ONE_MORE, Text("bus.one_more"), "plus"),
        Option(GROUP, Text("bus.group"), "people"),
    )

    def step(self, facts: Facts) -> Step:
        if GROUP in facts.chosen and riders(facts) is None:
            mistake = text("bus.riders_mistake", most=str(MOST_RIDERS)) if facts.value(RIDERS) else None
            return Ask(RIDERS, text("bus.how_many"), FieldKind.DIGITS, 2, mistake)
        if facts.credential is None:
            return Present(text("bus.tap"))
        fare = facts.answer("fare")
        if fare is None:
            return Look("fare", self.id, asked(facts, facts.credential), text("bus.pricing"), local=True)
        if reason := fare.get("refusal"):
            return refusal(str(reason))
        if fare.get("standing") == "same_ride":
            return Finish(Certainty.CONFIRMED, text("bus.same_ride"), text("bus.paid_already"))
        if over_limit(facts.credential, fare):
            return refusal("code.over_limit")
        if facts.lines and facts.lines[-1].outcome:
            return result(facts)
        if facts.lines:
            return Submit((), text("bus.pricing"))
        return Submit((Draft(self.id, "ride", tuple(fare.items())),), text("bus.pricing"))


def over_limit(credential: Credential, fare: Mapping[str, JsonValue]) -> bool:
    """Whether a ride code may not pay this much at once: its issuer says how much it may."""
    amount = fare.get("amount_fen")
    return (
        isinstance(credential, ProvedRideCode)
        and isinstance(amount, int)
        and amount > credential.single_ride_limit_fen
    )


def asked(facts: Facts, credential: Credential) -> tuple[tuple[str, JsonValue], ...]:
    """Facts for the fare desk; they never leave this terminal."""
    return (
        ("card", ride_key(credential, facts.holder.subject if facts.holder else "")),
        ("media", MEDIA[type(credential)]),
        ("born", born(facts)),
        ("entitlements", entitlements(facts)),
        ("known", facts.holder is not None),
        ("riders", riders(facts) or 1),
        ("one_more", ONE_MORE in facts.chosen),
    )


def entitlements(facts: Facts) -> list[JsonValue]:
    """Entitlements of the holder by the centre, where it was asked; else those in the code."""
    if facts.holder is None and isinstance(facts.credential, ProvedECard):
        return list(facts.credential.entitlements)
    told = facts.holder.services.get("bus", {}).get("entitlements") if facts.holder else None
    return [str(each) for each in told] if isinstance(told, list) else []


def born(facts: Facts) -> str:
    """The holder's birth date as far as card or centre tell it, else empty."""
    told = facts.holder.services.get("bus", {}).get("born") if facts.holder else None
    if isinstance(told, str):
        return told
    card = facts.credential
    if isinstance(card, ProvedECard):
        return youngest_birth(card.youngest, facts.today).isoformat()
    number = number_for_centre(card.social_security_number) if isinstance(card, SocialSecurityCard) else None
    if not number or not number[6:14].isdecimal():
        return ""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])).isoformat()
    except ValueError:
        return ""


def youngest_birth(years: int, today: date) -> date:
    """Somebody of at least this age, whose band of ages no fare divides, pays as one born then."""
    return date(today.year - years, today.month, min(today.day, 28))


def riders(facts: Facts) -> int | None:
    typed = facts.value(RIDERS)
    number = int(typed) if typed and typed.isdecimal() else 0
    return number if 1 <= number <= MOST_RIDERS else None


def result(facts: Facts) -> Finish:
    line = facts.lines[-1]
    if line.certainty is Certainty.REFUSED or line.outcome is None:
        return refusal(line.outcome.code if line.outcome else "central.fault")
    fare = dict(line.draft.body)
    amount, saved = int(str(fare.get("amount_fen") or 0)), int(str(fare.get("saved_fen") or 0))
    held = fare.get("standing") == "held"
    headline = text("bus.held" if held else "bus.free" if amount <= 0 else "bus.paid")
    next_step = text("bus.saved", amount=yuan(saved)) if saved else None
    if held:
        next_step = text("bus.tap_off")
    largest = text("money", amount=yuan(max(0, amount)))
    return Finish(line.certainty, headline, largest, next_step=next_step, receipt=False)
