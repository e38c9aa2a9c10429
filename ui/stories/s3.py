"""S3: Liu Shunli collects his pension in the village: a card, a PIN, cash in hand."""

from __future__ import annotations

from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from ui.stories.stage import Stage, StoryFailed

HOLDER = "liu-shunli"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    collect(stage)
    stage.home()
    stage.journalled(("pay", "confirmed"))
    stage.step(
        "the same card again",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose",
    )
    stage.step(
        "nothing is due a second time",
        lambda: stage.touch("pension-collection"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "neutral",
    )
    stage.home()
    if stage.ask_centre(HOLDER, "pension-collection", "due")["total_fen"] != 0:
        raise StoryFailed("the centre still owes the pension")


def collect(stage: Stage) -> None:
    stage.step(
        "the card lies on the reader",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("liu-shunli"),
    )
    stage.step(
        "collect the pension is touched",
        lambda: stage.touch("pension-collection"),
        lambda screen: screen["kind"] == "choose" and screen["largest"].startswith("190.50"),
    )
    stage.step(
        "collect in cash is touched",
        lambda: stage.touch("payout.collect"),
        lambda screen: screen["kind"] == "pin",
    )
    stage.step(
        "the PIN is typed",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    if not stage.screen["largest"].startswith("190.50") or not stage.screen["receipt"]:
        raise StoryFailed("the result names no amount, or there is no receipt")
