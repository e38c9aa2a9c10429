"""S8: a trainee signs in and signs out with the electronic card."""

from __future__ import annotations

from ui.stories.stage import Stage

HOLDER = "trainee"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    stage.step(
        "the phone shows its code before signing in",
        lambda: stage.demonstration.present_phone(HOLDER),
        lambda screen: screen["kind"] == "choose",
    )
    stage.step(
        "who has not signed in cannot sign out",
        lambda: stage.touch("attendance.sign-out"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    stage.home()
    for action in ("sign-in", "sign-out"):
        stage.step(
            f"the phone shows its code ({action})",
            lambda: stage.demonstration.present_phone(HOLDER),
            lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("trainee"),
        )
        stage.step(
            f"{action} is touched",
            lambda action=action: stage.touch(f"attendance.{action}"),  # type: ignore[misc]
            lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
        )
        stage.home()
    stage.journalled(("sign-in", "confirmed"), ("sign-out", "confirmed"))
