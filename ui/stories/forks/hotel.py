"""S7, and what else happens at a reception: parties, typed documents, moving, refusals, no connection."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ui.stories.elsewhere import AnotherCounter
from ui.stories.s7 import CHILD, PARENT
from ui.stories.stage import Stage, StoryFailed
from ui.stories.story import Story

ANOTHER_HOUSE = "0003"
"""End of the name of another house's terminal, which has the same letters as this one's."""
CLERK = "liu-zhiyong"
STAYING = "yang-ying"


def another_house(stage: Stage) -> str:
    """The terminal of another house of the city."""
    return stage.demonstration.settings.terminal[:-4] + ANOTHER_HOUSE


def shows(stage: Stage, name: str, card: str) -> None:
    """A guest's card lies on the reader, and something is to be chosen."""
    stage.step(
        name, lambda: stage.demonstration.present_card(card), lambda screen: screen["kind"] == "choose"
    )


def walk_in(stage: Stage, name: str, card: str, room: str, nights: str = "1") -> None:
    """Up to the question for the next guest."""
    shows(stage, name, card)
    stage.step("check in is touched", lambda: stage.touch("hotel.walk-in"), lambda s: s["kind"] == "form")
    stage.step("a room is typed", lambda: stage.type_in(room), lambda s: s["field"] == "nights")
    stage.step("nights are typed", lambda: stage.type_in(nights), lambda s: s["kind"] == "present")


def confirm(stage: Stage, name: str, tone: str) -> None:
    stage.step(f"{name}: nobody else", lambda: stage.touch("party.complete"), lambda s: s["largest"] != "")
    stage.step(name, lambda: stage.touch("party.confirmed"), lambda s: s["kind"] == "result")
    if stage.screen["tone"] != tone:
        raise StoryFailed(f"{name}: {stage.screen['tone']} {stage.screen['title']}, not {tone}")


def touched(stage: Stage, name: str, option: str, kind: str, tone: str = "") -> None:
    stage.step(
        name,
        lambda: stage.touch(option),
        lambda screen: screen["kind"] == kind and (not tone or screen["tone"] == tone),
    )


def guests(stage: Stage) -> None:
    """A big room: a card, a phone, a typed identity card, a passport, and the same card shown twice."""
    walk_in(stage, "the first guest's card", PARENT, "501", "2")
    stage.step(
        "the second guest shows a phone",
        lambda: stage.demonstration.present_phone("trainee"),
        lambda screen: len(screen["rows"]) == 2,
    )
    stage.demonstration.take_away()
    stage.step(
        "the first guest's card again is nobody new",
        lambda: stage.demonstration.present_card(PARENT),
        lambda screen: screen["kind"] == "present" and len(screen["rows"]) == 2,
    )
    typed_guest(stage)
    passport(stage)
    confirm(stage, "four guests are registered", "confirmed")
    rows = stage.screen["rows"]
    if len(rows) != 5 or not all(any(digit in row["note"] for digit in "0123456789") for row in rows[:4]):
        raise StoryFailed(f"not every guest has a registration number: {rows}")
    if rows[4]["note"] != "guest-2026":
        raise StoryFailed("the Wi-Fi is not on the screen")
    stage.home()
    reported(stage, 4)
    the_day(stage)


def typed_guest(stage: Stage) -> None:
    touched(stage, "a guest without a card", "party.typed", "form")
    stage.step(
        "a name is put together", lambda: stage.type_in("王伟"), lambda s: s["field"] == "guest-number"
    )
    stage.step(
        "a number with a wrong last digit is told",
        lambda: stage.type_in("110105194912310021"),
        lambda screen: screen["kind"] == "form" and screen["detail"] != "",
    )
    stage.step(
        "the right number, marked as not verified",
        lambda: stage.type_in("11010519491231002X"),
        lambda screen: screen["kind"] == "present" and len(screen["rows"]) == 3,
    )


def answers(stage: Stage, given: tuple[tuple[str, str], ...]) -> None:
    """Each answer with the field that is asked for next, empty where it is a choice."""
    for answer, following in given:
        stage.step(
            f"{answer} is typed",
            lambda typed=answer: stage.type_in(typed),  # type: ignore[misc]
            lambda screen, field=following: screen["field"] == field,  # type: ignore[misc]
        )


def passport(stage: Stage) -> None:
    touched(stage, "a guest with a passport", "party.passport", "choose")
    touched(stage, "field by field", "zone.by-hand", "form")
    answers(
        stage, (("USA", "passport-name"), ("JANE DOE", "passport-number"), ("C01X00T47", "passport-born"))
    )
    stage.step("the day of birth", lambda: stage.type_in("1990-05-14"), lambda s: s["kind"] == "choose")
    touched(stage, "the sex", "sex.female", "form")
    stage.step("the expiry", lambda: stage.type_in("2031-05-14"), lambda s: s["kind"] == "choose")
    touched(stage, "no visa needed", "visa.visa_free", "form")
    answers(stage, (("2025-11-20", "entry-port"),))
    stage.touch("key-letters")
    stage.step(
        "the port of entry",
        lambda: stage.type_in("PEK"),
        lambda screen: screen["kind"] == "present" and len(screen["rows"]) == 4,
    )


def reported(stage: Stage, count: int) -> None:
    """The register of guests has as many arrivals, each complete and none better proved than it was."""
    folder = stage.demonstration.register_folder

    def files() -> list[dict[str, str]]:
        return [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*-check-in.json")]

    stage.wait_until("the register is told", lambda: len(list(folder.glob("*-check-in.json"))) == count)
    told = {report["document_type"]: report for report in files()}
    if {"social_security_card", "identity_card", "passport"} - told.keys():
        raise StoryFailed(f"the register was told of {sorted(told)}")
    if told["identity_card"]["trust"] != "none" or told["passport"]["birth_date"] != "1990-05-14":
        raise StoryFailed("a typed document is trusted like a card, or not complete")
    if told["identity_card"]["registration"] == told["passport"]["registration"]:
        raise StoryFailed("two guests have one registration number")


def the_day(stage: Stage) -> None:
    """Staff sees who is to come, who is there, who leaves, and who did what; others do not."""
    shows(stage, "a clerk's card", CLERK)
    stage.step(
        "today: who is to come",
        lambda: stage.touch("hotel.today"),
        lambda screen: screen["kind"] == "choose" and len(screen["rows"]) == 2,
    )
    stage.step("in the house", lambda: stage.touch("day.inside"), lambda s: len(s["rows"]) == 4)
    stage.step("who did what", lambda: stage.touch("day.log"), lambda s: len(s["rows"]) == 4)
    stage.step("departures", lambda: stage.touch("day.departures"), lambda s: s["rows"] == [])
    stage.home()
    shows(stage, "somebody else's card", "yang-ying")
    if any(option["id"] == "hotel.today" for option in stage.screen["options"]):
        raise StoryFailed("a guest is offered the day of the house")
    stage.home()


def front_desk(stage: Stage) -> None:
    """The guest with a card leaves alone; staff moves and checks out the guest whose document was typed."""
    walk_in(stage, "a guest's card", STAYING, "203")
    touched(stage, "a guest without a card", "party.typed", "form")
    stage.step("a name", lambda: stage.type_in("王伟"), lambda s: s["field"] == "guest-number")
    stage.step("a number", lambda: stage.type_in("11010519491231002X"), lambda s: len(s["rows"]) == 2)
    confirm(stage, "both are registered", "confirmed")
    stage.home()
    shows(stage, "the first leaves", STAYING)
    touched(stage, "alone", "hotel.leave-alone", "result", "confirmed")
    stage.home()
    shows(stage, "a clerk's card", CLERK)
    touched(stage, "the front desk", "hotel.desk", "choose")
    touched(stage, "guests in the house", "desk.guests", "form")
    stage.step("the room", lambda: stage.type_in("203"), lambda s: s["kind"] == "choose")
    (guest,) = [option["id"] for option in stage.screen["options"]]
    touched(stage, "the guest who is left", guest, "choose")
    touched(stage, "checked out by staff", "act.check-out", "result", "confirmed")
    stage.home()


def answered(
    stage: Stage, who: str, option: str, name: str, characters: str, seen: Callable[[dict[str, Any]], bool]
) -> None:
    """The guest's card, what the guest chooses, and the one question it asks, answered on the keys."""
    shows(stage, who, STAYING)
    touched(stage, f"{who}: {option}", option, "form")
    stage.step(name, lambda: stage.type_in(characters), seen)


def refused(screen: dict[str, Any]) -> bool:
    return (screen["kind"], screen["tone"]) == ("result", "refused")


def staying(stage: Stage) -> None:
    """A reservation by its number, a longer stay, another room, one who leaves alone, and the rest."""
    by_number = "hotel.by-number"
    answered(
        stage, "a guest whose company reserved", by_number, "a number nobody gave is told", "R1", refused
    )
    stage.home()
    answered(
        *(stage, "the guest again", by_number, "the number of the reservation", "R20261125"),
        lambda screen: screen["kind"] == "choose" and len(screen["rows"]) == 1,
    )
    confirm(stage, "registered in the reserved room", "confirmed")
    stage.home()
    answered(
        *(stage, "the guest stays", "hotel.extend", "two more nights", "2"),
        lambda screen: screen["kind"] == "result" and screen["detail"] != "",
    )
    stage.home()
    moving(stage)


def moving(stage: Stage) -> None:
    change = "hotel.change-room"
    answered(stage, "the guest moves", change, "a room that is reserved for others", "301", refused)
    stage.home()
    answered(
        *(stage, "the guest moves after all", change, "a free room", "203"),
        lambda s: s["kind"] == "result" and s["tone"] == "confirmed" and "203" in s["largest"],
    )
    stage.home()
    shows(stage, "the guest leaves", STAYING)
    touched(stage, "check out", "hotel.check-out", "result", "confirmed")
    stage.home()
    stage.journalled(
        *(("check-in", "confirmed"), ("extend", "confirmed")),
        *(("change-room", "refused"), ("change-room", "confirmed"), ("check-out", "confirmed")),
    )


def refusals(stage: Stage) -> None:
    """A full or missing room, a guest of another hotel, refused cards."""
    for card, code in (("expired", "card.expired"), ("locked", "card.locked")):
        stage.step(
            f"a card that is {card}",
            lambda shown=card: stage.demonstration.present_card(shown),  # type: ignore[misc]
            lambda screen, code=code: screen["kind"] == "failed" and screen["code"] == code,  # type: ignore[misc]
        )
        stage.home()
    walk_in(stage, "a guest for a room that is not there", "patient", "999")
    confirm(stage, "there is no such room", "refused")
    stage.home()
    said = AnotherCounter(stage.demonstration, another_house(stage)).book(
        "patient", "hotel", "check-in", room="1", nights=1
    )
    if said.outcome.value != "confirmed":
        raise StoryFailed(f"the other house could not register: {said.code}")
    walk_in(stage, "a guest who is registered in another house", "patient", "201")
    confirm(stage, "nobody is in two places", "refused")
    stage.home()
    partly(stage)


def partly(stage: Stage) -> None:
    """Of a party one is registered elsewhere: the others are registered, and each line says which."""
    walk_in(stage, "a parent", PARENT, "202")
    stage.step(
        "the one who is registered elsewhere comes along",
        lambda: stage.demonstration.present_card("patient"),
        lambda screen: len(screen["rows"]) == 2,
    )
    confirm(stage, "not everybody is registered", "partly")
    tones = [row["tone"] for row in stage.screen["rows"]]
    if tones != ["refused", "confirmed"]:
        raise StoryFailed(f"the lines do not say who is registered: {tones}")
    stage.home()
    shows(stage, "the parent leaves", PARENT)
    touched(stage, "check out", "hotel.check-out", "result", "confirmed")
    stage.home()


def offline(stage: Stage) -> None:
    """Without the centre guests are registered all the same, and delivered later; a conflict reaches the
    inbox.
    """
    AnotherCounter(stage.demonstration, another_house(stage)).book(
        "patient", "hotel", "check-in", room="1", nights=1
    )
    stage.demonstration.lose_centre()
    walk_in(stage, "a parent without connection", PARENT, "201")
    stage.step(
        "the child's card",
        lambda: stage.demonstration.present_card(CHILD),
        lambda screen: len(screen["rows"]) == 2,
    )
    confirm(stage, "accepted, to be confirmed", "accepted")
    stage.home()
    walk_in(stage, "a guest who, unknown here, is registered in another house", "patient", "203")
    confirm(stage, "this one too is accepted", "accepted")
    stage.home()
    stage.step(
        "a phone cannot be verified now",
        lambda: stage.demonstration.present_phone("trainee"),
        lambda screen: screen["kind"] == "failed" and screen["code"] == "e_card.cannot_verify_now",
    )
    stage.home()
    stage.regain_centre()
    stage.journalled(("check-in", "confirmed"), ("check-in", "confirmed"), ("check-in", "refused_later"))
    shows(stage, "the parent stays, and leaves", PARENT)
    touched(stage, "check out", "hotel.check-out", "result", "confirmed")
    stage.home()


FORKS: Mapping[str, Story] = {
    "S7-guests": Story("cards, phones, typed documents, and the day of the house", "hotel", guests),
    "S7-staying": Story("a reservation by number, a longer stay, another room", "hotel", staying),
    "S7-desk": Story("staff checks out a guest who has no card", "hotel", front_desk),
    "S7-refusals": Story("rooms that are full, guests of another house", "hotel", refusals),
    "S7-offline": Story("a family arrives while there is no connection", "hotel", offline),
}
