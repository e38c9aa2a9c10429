"""At the card office: a lost card replaced, the new one at the library; an electronic card on a phone."""

from __future__ import annotations

from collections.abc import Mapping

from config.settings import Settings
from drivers.virtual.demonstration import BLANK, NEW_CARD
from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from terminal.services.catalogue.card_management import CONFIRM
from terminal.services.catalogue.phone_binding import ANSWER, BEGIN, SAME
from ui.demonstration import Showing
from ui.stories.forks.library import scanned
from ui.stories.stage import Stage, StoryFailed
from ui.stories.story import Story

HOLDER = "yang-ying"
PLASTIC = "社保卡"
"""How a card of plastic is called on the list, and no electronic one."""
BOOK = "book-09"


def beside_a_library(settings: Settings) -> Settings:
    """One counter that does both, so that the new card may be shown at once."""
    return settings.model_copy(update={"services": ("library", "report-lost", "replace-card")})


def phones_only(settings: Settings) -> Settings:
    return settings.model_copy(update={"services": ("issue-e-card", "library")})


def replaced(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    lost(stage)
    phone_shown(stage, "the phone again")
    chosen(stage, "replace-card")
    stage.step(
        "the old card is blocked when replace is touched",
        lambda: stage.touch(CONFIRM),
        lambda screen: screen["kind"] == "choose" and "空白卡" in screen["title"],
    )
    stage.step(
        "a blank is laid on the reader and written",
        lambda: stage.demonstration.present_card(BLANK),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.journalled(("replace", "confirmed"), ("written", "confirmed"))
    stage.home()
    stage.step(
        "the old card is refused when it is found",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "failed",
    )
    stage.home()
    stage.step(
        "the new card is known",
        lambda: stage.demonstration.present_card(NEW_CARD),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("yang-ying"),
    )
    stage.step("library is touched", lambda: stage.touch("library"), lambda s: "library.borrow" in offered(s))
    stage.step("borrow is touched", lambda: stage.touch("library.borrow"), lambda s: s["kind"] == "basket")
    scanned(stage, "a book is lent to the new card", BOOK, "confirmed")
    stage.step("finish is touched", lambda: stage.touch("finish"), lambda s: s["tone"] == "confirmed")
    stage.home()


def lost(stage: Stage) -> None:
    phone_shown(stage, "the phone of somebody whose card is lost")
    chosen(stage, "report-lost")
    card = next(each["id"] for each in stage.screen["options"] if each["label"].startswith(PLASTIC))
    stage.step("the lost card is touched", lambda: stage.touch(card), lambda s: CONFIRM in offered(s))
    stage.step(
        "it is reported lost",
        lambda: stage.touch(CONFIRM),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()


def phone_shown(stage: Stage, name: str) -> None:
    stage.step(
        name,
        lambda: stage.demonstration.present_phone(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("yang-ying"),
    )


def chosen(stage: Stage, service: str) -> None:
    """Opens the group it stands in, and touches it."""
    group = "group:card-services"
    if group in offered(stage.screen):
        stage.step("the card itself is touched", lambda: stage.touch(group), lambda s: service in offered(s))
    before = stage.screen["title"]
    stage.step(
        f"{service} is touched",
        lambda: stage.touch(service),
        lambda screen: screen["kind"] == "choose" and screen["title"] != before,
    )


def offered(screen: dict[str, object]) -> set[str]:
    options = screen["options"]
    return {str(each["id"]) for each in options} if isinstance(options, list | tuple) else set()


def bound(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    stage.demonstration.load_phone(HOLDER)
    stage.step(
        "the card lies on the reader",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("yang-ying"),
    )
    stage.step("issue is touched", lambda: stage.touch("issue-e-card"), lambda s: BEGIN in offered(s))
    stage.step("put it on a phone", lambda: stage.touch(BEGIN), lambda s: s["kind"] == "pin")
    stage.step(
        "a code stands on the screen after the PIN",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "code" and "#" in screen["value"],
    )
    stage.step(
        "the phone scans it and both show four digits",
        lambda: stage.demonstration.scan_screen(HOLDER),
        lambda screen: screen["kind"] == "choose" and len(screen["largest"]) == 4,
    )
    stage.step(
        "the phone is bound when the same is touched",
        lambda: stage.touch(ANSWER + SAME),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.journalled(("issue", "confirmed"), ("bind", "confirmed"))
    stage.home()
    for showing in (Showing.ONLINE, Showing.SIGNED):
        stage.step(
            f"the bound phone shows its {showing.value} code",
            lambda showing=showing: stage.demonstration.present_phone(HOLDER, showing),  # type: ignore[misc]
            lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("yang-ying"),
        )
        stage.home()
    if not stage.demonstration.has_own_phone(HOLDER):
        raise StoryFailed("the codes came from a phone that was bound at no counter")


FORKS: Mapping[str, Story] = {
    "S1-replaced": Story(
        "Yang Ying's lost card is reported and replaced; the new one borrows a book",
        "card-office",
        replaced,
        beside_a_library,
    ),
    "S1-phone": Story(
        "Yang Ying's electronic card is put on her phone at the counter", "card-office", bound, phones_only
    ),
}
