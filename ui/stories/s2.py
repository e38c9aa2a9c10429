"""S2: Yang Ying withdraws housing fund with her card alone; the money is on the card at once."""

from __future__ import annotations

from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from ui.stories.stage import Stage, StoryFailed

HOLDER = "yang-ying"
SERVICE = "housing-fund-withdrawal"
AMOUNT = "20000"
FEN = 2_000_000


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    before = balance(stage)
    if not stage.killing:
        the_centre_is_lost_before_the_pin(stage)
    if balance(stage) != before:
        raise StoryFailed("money was moved although the person was told no")
    card_on_the_reader(stage)
    too_much_is_refused_kindly(stage)
    stage.step(
        "the amount is typed",
        lambda: stage.type_in(AMOUNT),
        lambda screen: screen["kind"] == "choose" and screen["largest"].startswith("20,000.00"),
    )
    stage.step(
        "pay onto the card is touched",
        lambda: stage.touch("payout.collect"),
        lambda screen: screen["kind"] == "pin",
    )
    stage.step(
        "a wrong PIN is told with the tries left",
        lambda: stage.enter_pin("000000"),
        lambda screen: screen["kind"] == "pin" and "2" in screen["detail"],
    )
    stage.step(
        "the right PIN pays",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    steps = [row["note"] for row in stage.screen["rows"]]
    if len(steps) != 3:
        raise StoryFailed(f"the result shows {len(steps)} steps, not identity, fund and bank")
    stage.home()
    stage.journalled(("pay", "confirmed"))
    after = balance(stage)
    if after - before != FEN:
        raise StoryFailed(f"the account went from {before} to {after} fen")


def card_on_the_reader(stage: Stage) -> None:
    stage.step(
        "the card lies on the reader",
        lambda: stage.demonstration.present_card(HOLDER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("yang-ying"),
    )
    stage.step(
        "withdraw housing fund is touched",
        lambda: stage.touch(SERVICE),
        lambda screen: screen["kind"] == "form" and screen["keys"] == "money",
    )


def the_centre_is_lost_before_the_pin(stage: Stage) -> None:
    """The screen says that nothing was done, and nothing is, also once the centre is back."""
    card_on_the_reader(stage)
    stage.step("an amount is typed", lambda: stage.type_in(AMOUNT), lambda screen: screen["kind"] == "choose")
    stage.step(
        "pay is touched before the centre is lost",
        lambda: stage.touch("payout.collect"),
        lambda screen: screen["kind"] == "pin",
    )
    stage.demonstration.lose_centre()
    stage.step(
        "the PIN is typed and the centre is gone",
        lambda: stage.enter_pin(DEMONSTRATION_PIN),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    stage.home()
    stage.demonstration.regain_centre()
    stage.wait_until("the centre is there again", stage.demonstration.centre_answers)
    stage.wait_until("everything is delivered", lambda: stage.pending() == 0)
    stage.wait_until("it is known to be there", lambda: stage.frame["online"])


def too_much_is_refused_kindly(stage: Stage) -> None:
    stage.step(
        "more than there is is told",
        lambda: stage.type_in("99999999"),
        lambda screen: screen["kind"] == "form" and bool(screen["detail"]),
    )


def balance(stage: Stage) -> int:
    """The account's balance, as the bank's own counter shows it."""
    rows = stage.ask_centre(HOLDER, "my-account", "list")["rows"]
    assert isinstance(rows, list)  # noqa: S101 (the centre's own answer)
    first = rows[0]
    assert isinstance(first, dict)  # noqa: S101
    return int(str(first["fen"]))
