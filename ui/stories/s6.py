"""S6: a rider takes the one-fen ride, in coverage and out of it; nothing is charged twice or lost."""

from __future__ import annotations

from ui.stories.stage import Stage, StoryFailed

RIDER, SENIOR, SECOND = "rider", "liu-shunli", "trainee"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    tap(stage, "a tap in coverage", RIDER, "0.01")
    the_same_card_again(stage)
    stage.demonstration.lose_centre()
    tap(stage, "a tap out of coverage", SECOND, "0.01")
    tap(stage, "a man of seventy-three rides free, out of coverage", SENIOR, "0.00")
    stage.demonstration.regain_centre()
    stage.wait_until("everything is delivered", lambda: stage.pending() == 0)
    stage.journalled(("ride", "confirmed"), ("ride", "confirmed"), ("ride", "confirmed"))


def tap(stage: Stage, name: str, persona: str, amount: str) -> None:
    stage.step(
        name,
        lambda: stage.demonstration.present_card(persona),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    if not stage.screen["largest"].startswith(amount):
        raise StoryFailed(f"{name}: {stage.screen['largest']}, not {amount}")
    stage.home()


def the_same_card_again(stage: Stage) -> None:
    stage.step(
        "the same card again within half a minute",
        lambda: stage.demonstration.present_card(RIDER),
        lambda screen: screen["kind"] == "result" and "无需" in screen["largest"],
    )
    stage.home()
