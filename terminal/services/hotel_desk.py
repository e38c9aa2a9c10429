"""The front desk: staff picks a room, a guest or everybody, and what is done; or registers guests without
cards.

Staff is proved by a staff card, or signed in at this terminal and serving; the centre checks either again.
"""

from __future__ import annotations

from pydantic import JsonValue

from terminal.services.catalogue.base import chosen, refusal
from terminal.services.hotel_today import Row, guest, rows
from terminal.visit.steps import (
    Ask,
    Choose,
    Draft,
    Facts,
    FieldKind,
    Look,
    Option,
    Present,
    Step,
    Submit,
    both,
    text,
)

DESK = "hotel.desk"
ARRIVE = "desk.arrive"
EVERYBODY = "everybody"
DESK_ROOM, NEW_ROOM, MORE_NIGHTS = "desk-room", "new-room", "more-nights"
MOST_NIGHTS = 60


def at_desk(facts: Facts) -> bool:
    """Whether the card of this visit, if there is one, is staff's and not a guest's."""
    return DESK in facts.chosen


def arrives_at_desk(facts: Facts) -> bool:
    return at_desk(facts) and ARRIVE in facts.chosen


def desk(facts: Facts) -> Step:
    """Everything but the arrival of guests, which ``hotel.check_in`` asks for."""
    if not facts.clerk and facts.credential is None:
        return Present(text("hotel.desk.present"))
    if chosen(facts, "desk.") is None:
        options = (
            Option("desk.guests", text("hotel.desk.guests"), "people"),
            Option(ARRIVE, text("hotel.desk.arrive"), "plus"),
        )
        return Choose(text("hotel.desk.question"), options)
    room = facts.value(DESK_ROOM)
    if not room:
        return Ask(DESK_ROOM, text("hotel.desk.which_room"), FieldKind.DIGITS, 6)
    answer = facts.answer("guests")
    if answer is None:
        return Look("guests", "hotel", (("room", room), ("clerk", facts.clerk)))
    if reason := answer.get("refusal"):
        return refusal(str(reason))
    found = rows(answer, "inside")
    if not found:
        return refusal("hotel.room_empty")
    named = chosen(facts, "stay.")
    if named is None:
        return _whom(found, room)
    return _action(facts, named, str(found[0].get("registration")), room)


def _whom(found: tuple[Row, ...], room: str) -> Choose:
    options = tuple(_guest(each) for each in found)
    if len(options) > 1:
        options = (Option(f"stay.{EVERYBODY}", text("hotel.desk.everybody"), "people"), *options)
    return Choose(text("hotel.desk.whom"), options, (), text("hotel.room", room=room))


def _action(facts: Facts, named: str, first: str, room: str) -> Step:
    """``named``: a registration, or everybody of the room."""
    everybody = named == EVERYBODY
    body: dict[str, JsonValue] = {"registration": first if everybody else named}
    if everybody:
        body["everybody"] = True
    match chosen(facts, "act."):
        case "check-out":
            return _submit(facts, "check-out", body)
        case "extend":
            nights = facts.value(MORE_NIGHTS)
            if nights and nights.isdecimal() and 1 <= int(nights) <= MOST_NIGHTS:
                return _submit(facts, "extend", {**body, "nights": int(nights)})
            mistake = text("hotel.nights_mistake", most=str(MOST_NIGHTS)) if nights is not None else None
            return Ask(MORE_NIGHTS, text("hotel.how_many_nights"), FieldKind.DIGITS, 2, mistake)
        case "change-room":
            if to := facts.value(NEW_ROOM):
                return _submit(facts, "change-room", {**body, "room": to})
            return Ask(NEW_ROOM, text("hotel.which_room"), FieldKind.DIGITS, 6)
    options = (
        Option("act.check-out", text("hotel.check_out"), "leave"),
        Option("act.extend", text("hotel.extend"), "clock"),
        Option("act.change-room", text("hotel.change_room"), "key"),
    )
    return Choose(text("hotel.desk.what"), options, (), text("hotel.room", room=room))


def _submit(facts: Facts, action: str, body: dict[str, JsonValue]) -> Submit:
    """With the staff card where one was shown, else by the word of this terminal for its clerk."""
    shown = facts.credential is not None
    draft = Draft("hotel", action, tuple(body.items()), with_credential=shown, names_clerk=True)
    return Submit((draft,), text("hotel.registering"))


def _guest(row: Row) -> Option:
    name = str(row.get("name", ""))
    return Option(f"stay.{row.get('registration')}", both(name, name), "person", guest(row).note)
