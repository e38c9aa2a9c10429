"""S10: a patient registers, settles with an insurance and an own part, and is given money back."""

from __future__ import annotations

from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from ui.stories.stage import Stage, StoryFailed

HOLDER = "patient"
INSURED, OWN = "248.32", "138.08"
"""386.40 yuan with 26.00 excluded, 50.00 deductible, 80 per cent for somebody over seventy."""


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    card(stage)
    stage.step(
        "register is touched",
        lambda: stage.touch("hospital-registration"),
        lambda screen: screen["kind"] == "choose" and len(screen["options"]) == 4,
    )
    stage.step(
        "a clinic is chosen",
        lambda: stage.touch("clinic:Internal medicine"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()
    settle(stage)
    stage.home()
    nothing_left(stage)
    card(stage)
    stage.step(
        "refund is touched",
        lambda: stage.touch("hospital-refund"),
        lambda screen: screen["kind"] == "choose" and screen["largest"].startswith(OWN),
    )
    stage.step(
        "the refund is confirmed",
        lambda: stage.touch("medical.agree"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()
    stage.journalled(("register", "confirmed"), ("settle", "confirmed"), ("refund", "confirmed"))


def nothing_left(stage: Stage) -> None:
    """A bill is settled once."""
    card(stage)
    stage.step(
        "settle is touched again",
        lambda: stage.touch("hospital-settlement"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    stage.home()


def card(stage: Stage) -> None:
    stage.step(
        "the card lies on the reader",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("patient"),
    )


def settle(stage: Stage) -> None:
    card(stage)
    stage.step(
        "settle is touched",
        lambda: stage.touch("hospital-settlement"),
        lambda screen: screen["kind"] == "choose" and screen["largest"].startswith(OWN),
    )
    notes = " ".join(row["note"] for row in stage.screen["rows"])
    if INSURED not in notes or OWN not in notes:
        raise StoryFailed(f"the parts are not shown: {notes}")
    stage.step("pay is touched", lambda: stage.touch("medical.agree"), lambda screen: screen["kind"] == "pin")
    stage.step(
        "the PIN is typed",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
