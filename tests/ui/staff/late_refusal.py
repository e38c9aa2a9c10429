"""Two counters lend one copy, and the one that was out of touch hears of it too late."""

from __future__ import annotations

from tests.cities import BINZHOU
from tests.ui.staff.desk import StaffHands
from ui.stories import s1
from ui.stories.elsewhere import AnotherCounter
from ui.stories.s1 import READER

BY_CARD = BINZHOU.barcode(s1.BY_CARD)
OTHER_READER = "yang-ying"


def lend_offline(hands: StaffHands, barcode: str) -> None:
    """The centre dies under the visit; the loan is accepted all the same."""
    stage, demonstration = hands.stage, hands.demonstration
    demonstration.lose_centre()
    demonstration.present_card(READER)
    stage.wait_for("known by the card", lambda screen: screen["kind"] == "choose")
    stage.touch("library.borrow")
    stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
    demonstration.present_book(barcode)
    stage.wait_for("accepted", lambda screen: [row["tone"] for row in screen["rows"]] == ["accepted"])
    stage.touch("finish")
    stage.wait_for("the result", lambda screen: screen["tone"] == "accepted")
    stage.home()


def refused_later(hands: StaffHands) -> None:
    """Two counters lent one copy: this one while it was out of touch, and so too late."""
    other = AnotherCounter(hands.demonstration)
    assert other.book(OTHER_READER, "library", "borrow", barcode=BY_CARD).outcome == "confirmed"
    lend_offline(hands, BY_CARD)
    hands.demonstration.regain_centre()
    hands.counter.terminal.forwarder.deliver_now()
    journal = hands.counter.terminal.journal
    hands.stage.wait_until("refused later", lambda: journal.backlog.inbox == 1)
