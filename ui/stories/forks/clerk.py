"""A loan made by two counters: a clerk settles it on the staff pages, on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from terminal.staff.account import Role
from terminal.staff.store import StaffStore
from ui.demonstration_staff import random_pin
from ui.stories.elsewhere import AnotherCounter
from ui.stories.forks.library import READER, begins, finished, scanned
from ui.stories.stage import Stage, StoryFailed
from ui.stories.story import Story

LENT_TWICE = "book-08"
REASON = "当事人放弃办理"


def late_refusal(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    pin = random_pin()
    number = with_clerk(
        stage, lambda store: store.add("王芳", Role.CLERK, pin, stage.demonstration.now(), "story").number
    )
    AnotherCounter(stage.demonstration).book(
        "yang-ying", "library", "borrow", barcode=stage.barcode(LENT_TWICE)
    )
    stage.demonstration.lose_centre()
    begins(stage, "a reader's card without connection", READER, "library.borrow")
    scanned(stage, "a book that another desk has lent", LENT_TWICE, "accepted")
    finished(stage, "accepted")
    stage.home()
    stage.regain_centre()
    stage.step("the staff's keys", lambda: chord(stage), lambda _: page(stage)["kind"] == "sign_in")
    for digit in str(number):
        stage.touch(f"key-{digit}")
    stage.touch("accept")
    stage.step("number and PIN", lambda: stage.enter_pin(pin), lambda _: page(stage)["count"] != "")
    stage.step("the item is opened", lambda: stage.touch("row-0"), lambda _: page(stage)["kind"] == "item")
    if page(stage)["code"] != "library.copy_on_loan":
        raise StoryFailed(f"the reason is {page(stage)['code']}")
    stage.step(
        "void is touched", lambda: stage.touch("option-void"), lambda _: page(stage)["kind"] == "reason"
    )
    stage.step(
        "a reason is touched", lambda: stage.touch("reason-0"), lambda _: page(stage)["kind"] == "inbox"
    )
    stage.wait_until("nothing waits", lambda: stage.demonstration.counter.terminal.journal.backlog.inbox == 0)
    stage.step(
        "signed out", lambda: stage.touch("signOut"), lambda _: not stage.demonstration.counter.staff.is_open
    )
    stage.journalled(("borrow", "settled"))
    done = [deed.act for deed in with_clerk(stage, lambda store: store.deeds(20))]
    if "item_settled" not in done:
        raise StoryFailed(f"the staff record holds {done}")


def chord(stage: Stage) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(stage.demonstration.counter.window.window, Qt.Key.Key_S, keys)


def page(stage: Stage) -> dict[str, Any]:
    """Content of the staff pages."""
    return dict(stage.demonstration.counter.staff_model._get_page())


def with_clerk(stage: Stage, ask: Callable[[StaffStore], Any]) -> Any:
    """Asks the accounts, as the command line does beside a running terminal."""
    store = StaffStore(stage.demonstration.data / "terminal")
    try:
        return ask(store)
    finally:
        store.close()


FORKS: Mapping[str, Story] = {
    "S1-clerk": Story("a loan two counters made is settled by a clerk, on record", "library", late_refusal),
}
