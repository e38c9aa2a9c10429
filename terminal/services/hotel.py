"""The hotel's reception: a party checked in guest by guest, checked out, extended, moved.

Each guest is one transaction with an own card or code; a guest without one goes on by what a clerk
types, with a trust that says so. The first guest is the guardian of the children of the party.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import JsonValue

from domain.lodging.minors import ADULT, age
from domain.messages.contract import TrustLevel
from terminal.services.catalogue.base import NOTHING, chosen, refusal, rows, title_of
from terminal.services.hotel_desk import DESK, arrives_at_desk, at_desk, desk
from terminal.services.hotel_documents import ask_documents
from terminal.services.hotel_party import (
    ask_guardian,
    ask_guest,
    guardian_record,
    guest_line,
    guest_lines,
    masked,
    people,
    typed_guests,
)
from terminal.services.hotel_today import today
from terminal.services.outcomes import refused_first, together
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    Draft,
    Facts,
    FieldKind,
    Finish,
    Line,
    LineView,
    Look,
    Option,
    Present,
    Step,
    Submit,
    Text,
    both,
    text,
)

MOST_NIGHTS = 60
MOST_GUESTS = 12
ROOM, NIGHTS, NUMBER = "room", "nights", "reservation"


@dataclass(frozen=True, slots=True)
class HotelService:
    """One reception's service; see ``terminal.visit.steps.Service``."""

    id: str = "hotel"
    label: Text = Text("hotel.name")
    picture: str = "bed"
    needs: TrustLevel = TrustLevel.READ
    identify: bool = True
    known_ahead: bool = True
    takes_copies: bool = False
    group: Option | None = None
    starts: tuple[Option, ...] = (Option(DESK, Text("hotel.desk"), "people"),)

    def step(self, facts: Facts) -> Step:
        if facts.lines:
            waiting = any(line.certainty is Certainty.WAITING for line in facts.lines)
            return Submit((), text("hotel.registering")) if waiting else result(facts)
        if at_desk(facts):
            return check_in(facts, "walk-in") if arrives_at_desk(facts) else desk(facts)
        if facts.credential is None:
            return Present(text("hotel.present"))
        action = chosen(facts, "hotel.")
        match action:
            case "check-out" | "leave-alone":
                return self._submit(facts, "check-out", alone=action == "leave-alone")
            case "extend":
                nights = number_typed(facts, NIGHTS)
                return self._submit(facts, "extend", nights=nights) if nights else ask_nights(facts)
            case "change-room":
                room = facts.value(ROOM)
                return self._submit(facts, "change-room", room=room) if room else ask_room()
            case "today":
                return today(facts)
            case None:
                return choose(facts)
        return check_in(facts, action)

    def _submit(self, facts: Facts, action: str, **body: JsonValue) -> Submit:
        draft = Draft("hotel", action, tuple(body.items()), names_clerk=True)
        return Submit((draft,), text("hotel.registering"))


def known(facts: Facts) -> Mapping[str, Any]:
    """The centre's data of the guest; empty while it could not be asked."""
    return facts.holder.services.get("hotel", {}) if facts.holder else {}


def choose(facts: Facts) -> Choose:
    """A guest in the house leaves, stays or moves; anybody else arrives. Where the centre could not be asked,
    the desk knows which of both it is."""
    stay = known(facts).get("stay")
    unknown = facts.holder is None
    options: list[Option] = []
    if not isinstance(stay, dict):
        for each in reservations(facts):
            label = text("hotel.reserved", room=str(each.get("room")))
            options.append(Option(f"hotel.reservation:{each.get('number')}", label, "bed", title_of(each)))
        options.append(Option("hotel.walk-in", text("hotel.walk_in"), "plus"))
        if facts.online and not unknown:
            options.append(Option("hotel.by-number", text("hotel.by_number"), "search"))
    if isinstance(stay, dict) or unknown:
        room = text("hotel.room", room=str(stay.get("room", ""))) if isinstance(stay, dict) else None
        options.append(Option("hotel.check-out", text("hotel.check_out"), "leave", room))
        options.append(Option("hotel.extend", text("hotel.extend"), "clock"))
    if isinstance(stay, dict):
        options.append(Option("hotel.leave-alone", text("hotel.leave_alone"), "person"))
        options.append(Option("hotel.change-room", text("hotel.change_room"), "key"))
    if known(facts).get("staff"):
        options.append(Option(DESK, text("hotel.desk"), "people"))
        options.append(Option("hotel.today", text("hotel.today"), "people"))
    return Choose(text("hotel.question"), tuple(options))


def reservations(facts: Facts) -> tuple[Mapping[str, Any], ...]:
    found = known(facts).get("reservations")
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def check_in(facts: Facts, action: str) -> Step:
    """Where and how long, who else, one look at it all, and everybody is registered."""
    reservation = reservation_of(facts, action)
    if action == "by-number" and reservation is None:
        if facts.value(NUMBER) is None:
            return Ask(NUMBER, text("hotel.which_reservation"), FieldKind.TEXT, 20)
        if facts.answer("reservation") is None:
            return Look("reservation", "hotel", (("number", facts.value(NUMBER)),))
        return refusal("hotel.no_such_reservation")
    room = str(reservation["room"]) if reservation else facts.value(ROOM)
    if not room:
        return ask_room()
    nights = int(reservation["nights"]) if reservation else number_typed(facts, NIGHTS)
    if not nights:
        return ask_nights(facts)
    if child_alone(facts) and (asked := ask_guardian(facts)):
        return asked
    party = chosen(facts, "party.")
    if party == "typed" and (missing := ask_guest(facts)):
        return missing
    if party in ("passport", "permit") and (question := ask_documents(facts)):
        return question
    guests = guest_lines(facts)
    if party not in ("complete", "confirmed"):
        return who_else(facts, guests, int(reservation["guests"]) if reservation else 0)
    if party == "complete":
        option = Option("party.confirmed", text("hotel.confirm"), "tick")
        stay = text("hotel.stay", room=room, nights=str(nights))
        return Choose(text("hotel.look_over"), (option,), guests, stay)
    return Submit(drafts(facts, room, nights, reservation), text("hotel.registering"))


def reservation_of(facts: Facts, action: str) -> Mapping[str, Any] | None:
    if action == "by-number":
        found = rows(facts.answer("reservation"))
        return found[0] if found else None
    number = action.removeprefix("reservation:")
    return next((each for each in reservations(facts) if each.get("number") == number), None)


def who_else(facts: Facts, guests: tuple[LineView, ...], expected: int) -> Step:
    """Ask for the next guest's card or code, a guest without one, or the end of the party."""
    complete = Option("party.complete", text("hotel.nobody_else"), "tick")
    options: tuple[Option, ...] = (complete,) if guests else ()
    if len(guests) < MOST_GUESTS:
        options = (
            *options,
            Option("party.typed", text("hotel.no_card"), "form"),
            Option("party.passport", text("hotel.passport"), "globe"),
            Option("party.permit", text("hotel.permit"), "card"),
        )
    if (expected and len(guests) >= expected) or len(guests) >= MOST_GUESTS:
        return Choose(text("hotel.complete"), options, guests)
    return Present(text("hotel.next_guest"), another=True, options=options, lines=guests)


def child_alone(facts: Facts) -> bool:
    """Whether the first guest, who stands for the party, is a minor: then the guardian is asked for."""
    born = known(facts).get("born")
    return isinstance(born, str) and age(date.fromisoformat(born), facts.today) < ADULT


def drafts(facts: Facts, room: str, nights: int, reservation: Mapping[str, Any] | None) -> tuple[Draft, ...]:
    """One registration for each guest; everybody but the first names the first as guardian."""
    stay: dict[str, JsonValue] = {"room": room, "nights": nights}
    if reservation:
        stay["reservation"] = str(reservation["number"])
    if facts.begun_at:
        stay["party"] = facts.begun_at.isoformat()
    guardian = "" if at_desk(facts) else facts.holder.subject if facts.holder else "first-guest"
    made: list[Draft] = []
    for number, person in enumerate(people(facts)):
        body: dict[str, JsonValue] = {**stay, "guardian": guardian} if number and guardian else dict(stay)
        if not number and child_alone(facts):
            body["guardian_record"] = guardian_record(facts)
        made.append(Draft("hotel", "check-in", tuple(body.items()), person=person, names_clerk=True))
    for guest in typed_guests(facts):
        body = {**stay, "guardian": guardian, "typed": guest}
        registered = tuple(body.items())
        made.append(Draft("hotel", "check-in", registered, with_credential=False, names_clerk=True))
    return tuple(made)


def result(facts: Facts) -> Finish:
    """Green only when everybody is registered; the room is the largest thing on the screen."""
    action = facts.lines[0].draft.action
    views = tuple(line_view(line, facts) for line in refused_first(facts.lines))
    bad = [line for line in facts.lines if line.certainty is Certainty.REFUSED]
    good = [line for line in facts.lines if line.certainty is not Certainty.REFUSED]
    if bad:
        code = bad[0].outcome.code if bad[0].outcome else "central.fault"
        return Finish(
            together(facts.lines),
            headline=text("hotel.partly" if good else "hotel.refused"),
            largest=None,
            lines=views,
            reason=Text(f"fault.{code}"),
            next_step=Text(f"fault.{code}.next"),
        )
    accepted = any(line.certainty is Certainty.ACCEPTED for line in good)
    told = dict(good[0].outcome.data) if good[0].outcome else {}
    room = told.get("room") or dict(good[0].draft.body).get("room")
    tail: tuple[LineView, ...] = ()
    if told.get("wifi"):
        wifi = str(told["wifi"])
        tail = (LineView(text("hotel.wifi"), both(wifi, wifi), Certainty.CONFIRMED, "online"),)
    return Finish(
        Certainty.ACCEPTED if accepted else Certainty.CONFIRMED,
        headline=text("hotel.accepted" if accepted else f"hotel.done.{action}"),
        largest=text("hotel.room", room=str(room)) if room else None,
        lines=(*views, *tail),
        next_step=text("catalogue.accepted.next") if accepted else until(told),
    )


def until(told: Mapping[str, Any]) -> Text | None:
    return text("hotel.until", day=str(told["until"])) if told.get("until") else None


def line_view(line: Line, facts: Facts) -> LineView:
    """A guest's name and, once there is one, the number of the registration."""
    told = dict(line.outcome.data) if line.outcome else {}
    typed = dict(line.draft.body).get("typed")
    name = masked(str(typed.get("name"))) if isinstance(typed, dict) else ""
    if line.draft.with_credential and "registration" not in dict(line.draft.body):
        shown = guest_line(*facts.credential_of(line.draft.person)).title
        name = shown if isinstance(shown, str) else ""
    title = str(told.get("name") or name)
    if line.certainty is Certainty.REFUSED and line.outcome:
        return LineView(title or text("hotel.guest"), Text(f"fault.{line.outcome.code}"), line.certainty)
    number = told.get("registration")
    note = text("hotel.registration", number=str(number)) if number else NOTHING
    return LineView(title or text("hotel.guest"), note, line.certainty)


def ask_room() -> Ask:
    return Ask(ROOM, text("hotel.which_room"), FieldKind.DIGITS, 6)


def ask_nights(facts: Facts) -> Ask:
    mistake = text("hotel.nights_mistake", most=str(MOST_NIGHTS)) if facts.value(NIGHTS) is not None else None
    return Ask(NIGHTS, text("hotel.how_many_nights"), FieldKind.DIGITS, 2, mistake)


def number_typed(facts: Facts, field: str) -> int | None:
    typed = facts.value(field)
    number = int(typed) if typed and typed.isdecimal() else 0
    return number if 1 <= number <= MOST_NIGHTS else None
