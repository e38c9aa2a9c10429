"""S4: Li Xinhua, who cannot read, collects four subsidies with one PIN: pictures, speech, one total."""

from __future__ import annotations

from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from ui.stories.stage import Stage, StoryFailed

HOLDER = "li-xinhua"
TOTAL = "1,870.80"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    stage.step(
        "easy mode is touched",
        lambda: stage.touch("easyMode"),
        lambda screen: stage.frame["easy_mode"] is True,
    )
    stage.step(
        "the card lies on the reader",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("li-xinhua"),
    )
    if len(stage.screen["options"]) > 4 or not all(option["picture"] for option in stage.screen["options"]):
        raise StoryFailed("easy mode offers more than four choices, or one without a picture")
    stage.step(
        "collect subsidies is touched",
        lambda: stage.touch("subsidy-collection"),
        lambda screen: screen["kind"] == "choose" and screen["largest"].startswith(TOTAL),
    )
    if len(stage.screen["rows"]) != 4:
        raise StoryFailed(f"{len(stage.screen['rows'])} subsidies are listed, not four")
    stage.step(
        "collect is touched", lambda: stage.touch("payout.collect"), lambda screen: screen["kind"] == "pin"
    )
    stage.step(
        "the one PIN is typed",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    if not stage.screen["largest"].startswith(TOTAL) or not stage.screen["receipt"]:
        raise StoryFailed("the result names no total, or there is no receipt")
    silent = [
        sentence for sentence in (stage.screen["title"], stage.screen["largest"]) if not said(stage, sentence)
    ]
    if silent:
        raise StoryFailed(f"not spoken: {silent}")
    stage.home()
    stage.journalled(("pay", "confirmed"))
    if stage.ask_centre(HOLDER, "subsidy-collection", "due")["total_fen"] != 0:
        raise StoryFailed("the centre still owes subsidies")


def said(stage: Stage, sentence: str) -> bool:
    return any(sentence in spoken for spoken in stage.spoken)
