"""Codes that vouch for themselves, with phone and counter both out of coverage; and codes that do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from domain.messages.contract import SignedECardPresented
from drivers.codes.replay import taking_since
from terminal.identification.code_checking import REPLAY_TABLE
from terminal.identification.code_trust import FILE
from ui.demonstration import Showing
from ui.stories.elsewhere import AnotherCounter, ordered
from ui.stories.forks.bus import balance, in_full
from ui.stories.s1 import borrow, loans
from ui.stories.stage import Stage, StoryFailed
from ui.stories.story import Story

A_SECOND = timedelta(seconds=1)
READER, RIDER, OTHER_RIDER = "liu-zhiyong", "rider", "trainee"
FIRST, SECOND = "book-03", "book-04"


def borrowed_offline(stage: Stage) -> None:
    """A book lent on a signed card without any network; the same code at another counter is detected."""
    demonstration = stage.demonstration
    ready_for_codes(stage, READER)
    demonstration.lose_centre()
    code = demonstration.load_phone(READER).signed_code("library")
    stage.step(
        "the phone shows its signed card",
        lambda: demonstration.hardware.show_code(code),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("liu-zhiyong"),
    )
    borrow(stage, FIRST, "signed card", "accepted")
    refused(stage, "a photograph of the same code", code, "code.replayed")
    meant_for_a_bus = demonstration.load_phone(READER).signed_code("bus")
    refused(stage, "a card shown for a bus", meant_for_a_bus, "code.wrong_audience")
    refused(stage, "a code with one letter changed", changed(code), "code.damaged", "code.forged")
    refused(
        stage, "a ride code in a library", demonstration.load_phone(READER).ride_code(), "code.wrong_audience"
    )
    back_in_touch(stage)
    stage.journalled(("borrow", "confirmed"))
    if stage.barcode(FIRST) not in loans(stage):
        raise StoryFailed("the centre does not hold the loan")
    elsewhere(stage, code)


def elsewhere(stage: Stage, code: str) -> None:
    """Another counter, out of coverage as well, took a copy of the code."""
    shown = SignedECardPresented(content=code)
    said = AnotherCounter(stage.demonstration).book_on(
        shown, "library", "borrow", barcode=stage.barcode(SECOND)
    )
    lent = stage.barcode(SECOND) in loans(stage)
    if (said.outcome.value, said.code) != ("refused", "code.replayed") or lent:
        raise StoryFailed(f"the copied code: {said.outcome.value} {said.code}")
    if not any("code_replayed" in line for line in ordered(stage.demonstration, "alarms")):
        raise StoryFailed("nobody is told of the copied code")


def ridden_offline(stage: Stage) -> None:
    """The transport's ride code and the signed card before a validator that has no network."""
    demonstration = stage.demonstration
    ready_for_codes(stage, RIDER)
    demonstration.load_phone(OTHER_RIDER)
    before = balance(stage, RIDER), balance(stage, OTHER_RIDER)
    demonstration.lose_centre()
    ride = demonstration.load_phone(RIDER).ride_code()
    full_fen = in_full(stage, "a ride code", lambda: demonstration.hardware.show_code(ride))
    paid(
        stage,
        "the signed card, for one fen",
        lambda: demonstration.present_phone(OTHER_RIDER, Showing.SIGNED),
        "0.01",
    )
    refused(stage, "a photograph of the ride code", ride, "code.replayed")
    broken = bytearray(ride)
    broken[200] ^= 1
    refused(stage, "a ride code with one bit turned over", bytes(broken), "code.forged", "code.damaged")
    back_in_touch(stage)
    stage.journalled(("ride", "confirmed"), ("ride", "confirmed"))
    cost = before[0] - balance(stage, RIDER), before[1] - balance(stage, OTHER_RIDER)
    if cost != (full_fen, 1):
        raise StoryFailed(f"the two rides cost {cost} fen")


def back_in_touch(stage: Stage) -> None:
    """The centre is back, and at once receives the promises made meanwhile."""
    stage.demonstration.regain_centre()
    stage.wait_until("the centre answers again", stage.demonstration.centre_answers)
    stage.demonstration.counter.terminal.forwarder.deliver_now()
    stage.wait_until("everything is delivered", lambda: stage.pending() == 0)


def ready_for_codes(stage: Stage, persona: str) -> None:
    """The counter knows whose codes to believe, and the phone has what it shows them with."""
    codes = stage.demonstration.data / "terminal" / "codes"

    def takes_codes() -> bool:
        """The counter's clock may be a little ahead of the phone's: its table takes nothing older."""
        since = taking_since(codes / REPLAY_TABLE)
        return since is not None and stage.demonstration.now() > since + A_SECOND and (codes / FILE).exists()

    stage.wait_until("codes can be checked", takes_codes)
    stage.demonstration.load_phone(persona)


def paid(stage: Stage, name: str, show: Callable[[], object], amount: str) -> None:
    stage.step(name, show, lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed")
    if not stage.screen["largest"].startswith(amount):
        raise StoryFailed(f"{name}: {stage.screen['largest']}, not {amount}")
    stage.home()


def refused(stage: Stage, name: str, code: str | bytes, *reasons: str) -> None:
    """Under the hand scanner, whose quiet time is its own."""
    content = code.encode() if isinstance(code, str) else code
    stage.step(
        name,
        lambda: stage.demonstration.counter.terminal.scans.scanned(content),
        lambda screen: screen["kind"] == "failed" and screen["code"] in reasons,
    )
    stage.home()


def changed(code: str) -> str:
    """One letter in the middle is another one."""
    middle = len(code) // 2
    return code[:middle] + ("A" if code[middle] != "A" else "B") + code[middle + 1 :]


FORKS: Mapping[str, Story] = {
    "S1-codes": Story("a book lent on a signed card, everybody out of coverage", "library", borrowed_offline),
    "S6-codes": Story("a ride code and a signed card on a bus out of coverage", "bus", ridden_offline),
}
