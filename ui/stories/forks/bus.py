"""S6, and what else happens on a bus: other cards, other riders, other lines, empty accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from domain.fares import Tap, rate
from domain.money import fen_of, yuan
from terminal.staff.account import Role
from ui.demonstration_staff import random_pin
from ui.stories.elsewhere import AnotherCounter, ordered
from ui.stories.forks.clerk import chord, page, with_clerk
from ui.stories.stage import Stage, StoryFailed
from ui.stories.story import Story


def told(stage: Stage, name: str, card: str, amount: str, tone: str = "confirmed") -> None:
    """A card is tapped, and the amount is the largest thing on the screen."""
    result(stage, name, card, tone)
    if not stage.screen["largest"].startswith(amount):
        raise StoryFailed(f"{name}: {stage.screen['largest']}, not {amount}")
    stage.home()


def single_fen(stage: Stage, riders: int = 1) -> int:
    """What ``riders`` pay here and now in full, by the tariff in force: more at night than by day."""
    terminal = stage.demonstration.counter.terminal
    assert terminal.tariffs is not None  # noqa: S101 (a validator's terminal)
    bus, at = terminal.settings.bus, stage.demonstration.now()
    tap = Tap("expected", at, bus.vehicle, bus.line, "t_union", bus.stop, riders=riders)
    return rate(terminal.tariffs.in_force(at), tap).fen


def in_full(stage: Stage, name: str, show: Callable[[], object], riders: int = 1) -> int:
    """``show`` makes riders pay in full, and the screen says how much. Returns it, in fen.

    The fare may change while a card lies on the reader: one of the two is right.
    """
    before = single_fen(stage, riders)
    stage.step(name, show, lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed")
    expected = {before, single_fen(stage, riders)}
    paid = next((fen for fen in expected if stage.screen["largest"].startswith(yuan(fen))), None)
    if paid is None:
        amounts = " or ".join(yuan(fen) for fen in sorted(expected))
        raise StoryFailed(f"{name}: {stage.screen['largest']}, not {amounts}")
    stage.home()
    return paid


def card_in_full(stage: Stage, name: str, card: str, riders: int = 1) -> int:
    """``in_full`` with a card on the reader."""
    return in_full(stage, name, lambda: stage.demonstration.present_card(card), riders)


def refused(stage: Stage, name: str, card: str, code: str) -> None:
    """A card that may not ride, and why not: never a ride, never a word of money."""
    stage.step(
        name,
        lambda: stage.demonstration.present_card(card),
        lambda screen: screen["kind"] in ("failed", "result") and screen["tone"] == "refused",
    )
    if stage.screen["kind"] == "failed" and stage.screen["code"] != code:
        raise StoryFailed(f"{name}: {stage.screen['code']}, not {code}")
    stage.home()


def result(stage: Stage, name: str, card: str, tone: str = "confirmed") -> None:
    stage.step(
        name,
        lambda: stage.demonstration.present_card(card),
        lambda screen: screen["kind"] == "result" and screen["tone"] == tone,
    )


def delivered(stage: Stage) -> None:
    stage.wait_until("every ride is at the centre", lambda: stage.pending() == 0)


def settled(stage: Stage) -> list[str]:
    """The settlement of these days, a line each, as the centre's own desk prints it."""
    today = stage.demonstration.city.day(stage.demonstration.now())
    days = (today - timedelta(days=1)).isoformat(), (today + timedelta(days=1)).isoformat()
    return ordered(stage.demonstration, "settlement", *days)


def cards(stage: Stage) -> None:
    """Transport cards are read in a real reader and charged at the centre; refused ones with the reason."""
    before = balance(stage, "rider")
    cost = card_in_full(stage, "a transport card of the city", "transport-card")
    result(stage, "the same transport card again", "transport-card")
    if "无需" not in stage.screen["largest"]:
        raise StoryFailed("the same transport card paid twice")
    stage.home()
    visit = card_in_full(stage, "a visitor's card, good in every city", "transport-visitor")
    refused(stage, "a card good in Jinan only", "transport-jinan-only", "card.transport_not_here")
    refused(stage, "a transport card not enabled", "transport-not-enabled", "card.transport_disabled")
    refused(stage, "a transport card past its date", "transport-expired", "card.expired")
    refused(stage, "a social-security card past its date", "expired", "card.expired")
    refused(stage, "a social-security card that is locked", "locked", "card.locked")
    delivered(stage)
    paid = before - balance(stage, "rider")
    if paid != cost:
        raise StoryFailed(f"the account behind the transport card paid {paid} fen, not {cost}")
    owed = [line for line in settled(stage) if "-single" in line]
    if yuan(visit) not in [line.split()[-2] for line in owed]:
        raise StoryFailed(f"the visitor's ride is not owed in the settlement: {owed}")


def balance(stage: Stage, persona: str) -> int:
    rows = AnotherCounter(stage.demonstration).ask(persona, "my-account", "list")["rows"]
    assert isinstance(rows, list)  # noqa: S101 (the centre's own answer)
    assert isinstance(rows[0], dict)  # noqa: S101
    return int(str(rows[0]["fen"]))


def riders(stage: Stage) -> None:
    """One more on the same card, a group; then a phone, and a phone out of coverage."""
    told(stage, "the rider taps", "rider", "0.01")
    begin(stage, "bus.one-more", "present")
    card_in_full(stage, "one more rides on the same card, at the full fare", "rider")
    begin(stage, "bus.group", "form")
    stage.step(
        "eleven are too many",
        lambda: stage.type_in("11"),
        lambda screen: screen["kind"] == "form" and bool(screen["detail"]),
    )
    stage.step("three ride", lambda: stage.type_in("3"), lambda screen: screen["kind"] == "present")
    card_in_full(stage, "three on one transport card", "transport-student", riders=3)
    stage.step(
        "a phone is shown",
        lambda: stage.demonstration.present_phone("trainee"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()
    stage.demonstration.lose_centre()
    stage.step(
        "a phone's code out of coverage is refused kindly",
        lambda: stage.demonstration.present_phone("visitor"),
        lambda screen: screen["kind"] == "failed" and screen["code"] == "e_card.cannot_verify_now",
    )
    stage.home()
    stage.regain_centre()
    delivered(stage)


def begin(stage: Stage, option: str, kind: str) -> None:
    stage.step(f"{option} is touched", lambda: stage.touch(option), lambda screen: screen["kind"] == kind)


def inspection(stage: Stage) -> None:
    """An inspection needs a signed-in member; every ticket is on record."""
    told(stage, "the rider taps", "rider", "0.01")
    card_in_full(stage, "a transport card rides along", "transport-card")
    if any("inspect" in option["id"] for option in stage.screen["options"]):
        raise StoryFailed("the public is offered an inspection")
    pin = random_pin()
    number = with_clerk(
        stage,
        lambda store: store.add("查票员", Role.INSPECTOR, pin, stage.demonstration.now(), "story").number,
    )
    stage.step("the staff's keys", lambda: chord(stage), lambda _: page(stage)["kind"] == "sign_in")
    stage.type_in(str(number))
    stage.step("number and PIN", lambda: stage.enter_pin(pin), lambda _: page(stage)["kind"] == "inspection")
    inspected(stage, "the rider's card was validated here", "rider", "")
    inspected(stage, "the transport card too", "transport-card", "")
    inspected(stage, "a card that was not", "patient", "bus.not_validated")
    inspected(stage, "a card past its date is no ticket", "expired", "card.expired")
    stage.demonstration.lose_centre()
    inspected(stage, "out of coverage as well", "rider", "")
    stage.demonstration.take_away()
    stage.step("signed out", lambda: stage.touch("signOut"), lambda screen: screen["kind"] == "idle")
    stage.regain_centre()
    deeds = [deed for deed in with_clerk(stage, lambda store: store.deeds(50)) if deed.number == number]
    seen = [deed.detail for deed in deeds if deed.act == "ticket_inspected"]
    if len(seen) != 5 or not all(detail for detail in seen):
        raise StoryFailed(f"the staff record holds {seen}")
    stage.journalled(("ride", "confirmed"), ("ride", "confirmed"))


def inspected(stage: Stage, name: str, card: str, code: str) -> None:
    """A passenger's card on the reader; ``code`` is why it is no ticket, empty where it is one."""
    stage.demonstration.take_away()
    before = page(stage)

    def seen(_: object) -> bool:
        now = page(stage)
        return not now["busy"] and now["facts"] != before["facts"] and now["code"] == code

    stage.step(name, lambda: stage.demonstration.present_card(card), seen)


def zones(stage: Stage) -> None:
    """On a line with zones the longest fare is held; the tap off settles it, a missing one keeps it."""
    stage.drive_to("K6", "railway")
    before = balance(stage, "rider")
    told(stage, "the tap on holds the longest fare", "transport-card", "3.00")
    told(stage, "somebody who will never tap off", "transport-student", "3.00")
    stage.drive_to("K6", "government")
    result(stage, "the tap off inside the zone gives back", "transport-card")
    stage.home()
    delivered(stage)
    if (paid := before - balance(stage, "rider")) != 100:
        raise StoryFailed(f"one zone cost {paid} fen, not 100")
    lines = [line.split() for line in settled(stage) if " K6 " in line]
    if [sum(fen_of(line[column]) or 0 for line in lines) for column in (4, 5)] != [400, 400]:
        raise StoryFailed(f"the two rides do not come to 1.00 and the whole length: {lines}")


def hotlisted(stage: Stage) -> None:
    """A card reported lost at another counter is refused on the bus, then also out of coverage."""
    told(stage, "the card rides while nobody has lost it", "patient", "0.00")
    card = stage.demonstration.city.personas["patient"].card_number[-4:]
    said = AnotherCounter(stage.demonstration).book("patient", "report-lost", "report-lost", card=card)
    if said.outcome.value != "confirmed":
        raise StoryFailed(f"the loss was not taken: {said.code}")
    terminal = stage.demonstration.counter.terminal
    version = terminal.control.hotlist.state.version
    terminal.hurry()
    stage.wait_until("the vehicle has heard", lambda: terminal.control.hotlist.state.version > version)
    refused(stage, "the lost card", "patient", "hotlist.blocked")
    stage.demonstration.lose_centre()
    refused(stage, "the lost card out of coverage", "patient", "hotlist.blocked")
    told(stage, "anybody else rides on", "rider", "0.01")
    stage.regain_centre()
    delivered(stage)


def entitled(stage: Stage) -> None:
    """Out of coverage the list on board gives free rides, and no rider pays later."""
    terminal = stage.demonstration.counter.terminal
    stage.wait_until(
        "the list is on board",
        lambda: terminal.entitlements is not None and terminal.entitlements.state.entries > 0,
    )
    before = balance(stage, "li-xinhua")
    stage.demonstration.lose_centre()
    told(stage, "a disabled rider out of coverage", "li-xinhua", "0.00")
    told(stage, "a veteran out of coverage", "long-name", "0.00")
    told(stage, "anybody else pays", "rider", "0.01")
    stage.regain_centre()
    delivered(stage)
    if balance(stage, "li-xinhua") != before:
        raise StoryFailed("a free ride was charged later")
    if alarms := ordered(stage.demonstration, "alarms"):
        raise StoryFailed(f"the centre came to other fares: {alarms}")


def penniless(stage: Stage) -> None:
    """A rider with an empty account was carried and owes the fare; no one is put off a bus for it."""
    told(stage, "a card whose account is not in use yet", "li-peijun", "0.01")
    delivered(stage)
    rows = [line.split() for line in settled(stage) if "-single" in line]
    if not rows or rows[0][-2] != "0.01":
        raise StoryFailed(f"the ride is not owed: {rows}")


FORKS: Mapping[str, Story] = {
    "S6-cards": Story("other cards on the bus: transport cards, cards that may not ride", "bus", cards),
    "S6-riders": Story("one more, a group, phones on the bus", "bus", riders),
    "S6-inspection": Story("an inspector signs in and looks at tickets, on record", "bus", inspection),
    "S6-zones": Story(
        "tapping off, and forgetting it, on a line with zones", "bus", zones, begins_at=("K6", "railway")
    ),
    "S6-hotlisted": Story("a card that was reported lost", "bus", hotlisted),
    "S6-entitled": Story("a free ride with a plastic card, out of coverage", "bus", entitled),
    "S6-penniless": Story("an account that has nothing", "bus", penniless),
}
