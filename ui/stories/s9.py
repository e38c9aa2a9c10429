"""S9: a visitor is admitted once, and refused the second time on the same ticket."""

from __future__ import annotations

from ui.stories.stage import Stage, StoryFailed

HOLDER = "visitor"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    stage.step(
        "the phone is shown at the gate",
        lambda: stage.demonstration.present_phone(HOLDER),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()
    stage.step(
        "the same visitor with the card",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    if "用过" not in stage.screen["detail"]:
        raise StoryFailed(f"the reason is not told: {stage.screen['detail']}")
    stage.home()
    stage.journalled(("enter", "confirmed"), ("enter", "refused"))
    stage.step(
        "an old man without a booking has a right to enter",
        lambda: stage.demonstration.present_card("liu-shunli"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()
    stage.step(
        "somebody without a ticket is sent to the desk",
        lambda: stage.demonstration.present_card("yang-ying"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    stage.home()
