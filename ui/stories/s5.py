"""S5: Li Peijun activates his card's bank account in well under five minutes."""

from __future__ import annotations

from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from ui.stories.stage import Stage, StoryFailed

HOLDER = "li-peijun"
NEW_PIN = "271828"
FIVE_MINUTES_MS = 300_000


def declined(stage: Stage) -> None:
    """A person who does not agree has no active account, and may come again."""
    stage.step(
        "the card lies on the reader for the first time",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose",
    )
    stage.step(
        "activate is touched and read",
        lambda: stage.touch("activate-account"),
        lambda screen: screen["kind"] == "choose" and len(screen["rows"]) == 4,
    )
    stage.step(
        "the agreement is declined",
        lambda: stage.touch("activation.decline"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "neutral",
    )
    stage.home()


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    declined(stage)
    stage.step(
        "the card lies on the reader",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("li-peijun"),
    )
    stage.step(
        "activate is touched",
        lambda: stage.touch("activate-account"),
        lambda screen: screen["kind"] == "choose" and len(screen["rows"]) == 4,
    )
    stage.step(
        "the agreement is accepted",
        lambda: stage.touch("activation.agree"),
        lambda screen: screen["kind"] == "pin" and not screen["twice"],
    )
    stage.step(
        "the card's PIN is typed",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "pin" and screen["twice"],
    )
    stage.enter_pin(NEW_PIN)
    stage.step(
        "the new PIN is typed twice",
        lambda: stage.enter_pin(NEW_PIN),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    if "用时" not in stage.screen["detail"]:
        raise StoryFailed("the five-minute clock is not shown")
    stage.home()
    stage.journalled(("activate", "confirmed"))
    took = sum(step.ms for step in stage.told)
    if took > FIVE_MINUTES_MS:
        raise StoryFailed(f"it took {took / 60_000:.1f} minutes")
    if stage.ask_centre(HOLDER, "activate-account", "account").get("refusal") != "activation.already_active":
        raise StoryFailed("the bank does not know of it")
