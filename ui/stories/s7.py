"""S7: a family registers two guests with two cards, one a child's, and the register of guests has both."""

from __future__ import annotations

import json

from ui.stories.stage import Stage, StoryFailed

PARENT, CHILD = "hotel-parent", "hotel-child"
RESERVATION = "hotel.reservation:R20261124"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    child_alone_needs_a_guardian(stage)
    check_in(stage)
    stage.journalled(("check-in", "confirmed"), ("check-in", "confirmed"))
    told(stage, "check-in")
    nobody_registers_twice(stage)
    check_out(stage)
    told(stage, "check-out")


def child_alone_needs_a_guardian(stage: Stage) -> None:
    stage.step(
        "the child's card alone",
        lambda: stage.demonstration.present_card(CHILD),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("hotel-child"),
    )
    stage.step(
        "check in is touched", lambda: stage.touch("hotel.walk-in"), lambda screen: screen["kind"] == "form"
    )
    stage.step("a room is typed", lambda: stage.type_in("202"), lambda screen: screen["field"] == "nights")
    stage.step(
        "a child alone needs a guardian on record",
        lambda: stage.type_in("1"),
        lambda screen: screen["field"] == "guardian-name",
    )
    stage.home()


def check_in(stage: Stage) -> None:
    stage.step(
        "the parent's card lies on the reader",
        lambda: stage.demonstration.present_card(PARENT),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("hotel-parent"),
    )
    stage.step(
        "the reservation is touched",
        lambda: stage.touch(RESERVATION),
        lambda screen: screen["kind"] == "present" and len(screen["rows"]) == 1,
    )
    stage.step(
        "the child's card lies on the reader",
        lambda: stage.demonstration.present_card(CHILD),
        lambda screen: screen["kind"] == "choose" and len(screen["rows"]) == 2,
    )
    stage.step(
        "everybody is here",
        lambda: stage.touch("party.complete"),
        lambda screen: screen["kind"] == "choose" and "301" in screen["largest"],
    )
    stage.step(
        "check in is confirmed",
        lambda: stage.touch("party.confirmed"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    if len(stage.screen["rows"]) != 3 or not stage.screen["receipt"]:
        raise StoryFailed("the result does not show two guests and the Wi-Fi, or there is no receipt")
    stage.home()


def nobody_registers_twice(stage: Stage) -> None:
    stage.step(
        "the parent's card again",
        lambda: stage.demonstration.present_card(PARENT),
        lambda screen: screen["kind"] == "choose",
    )
    offered = {option["id"] for option in stage.screen["options"]}
    if "hotel.walk-in" in offered or "hotel.check-out" not in offered:
        raise StoryFailed(f"a guest in the house is offered {sorted(offered)}")


def check_out(stage: Stage) -> None:
    stage.step(
        "check out is touched",
        lambda: stage.touch("hotel.check-out"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()


def told(stage: Stage, kind: str) -> None:
    """Wait until both were reported to the register of guests."""
    folder = stage.demonstration.register_folder

    def both() -> bool:
        return len(list(folder.glob(f"*-{kind}.json"))) == 2

    stage.wait_until(f"the register is told of each {kind}", both)
    for report in folder.glob(f"*-{kind}.json"):
        content = json.loads(report.read_text(encoding="utf-8"))
        if content["room"] != "301" or not content["document_number"]:
            raise StoryFailed(f"the report {report.name} is not complete")
