"""``python -m tests.ui.staff.walked keys|reader``: the staff pages with other hands than a finger.

``keys``: the chord staff knows, then Tab and Space or Return; each focus is seen. ``reader``: an AT-SPI
client in a process of its own presses what it reads, and on each page must come to everything the page says.
Prints the outcome and the pages that were reached as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from terminal.journal.opening import journal_directory
from terminal.journal.reading import reading
from tests.stories.walked import NAMED, ByKeys, ByReader
from tests.ui.staff.desk import CLERK, CLERK_PIN, OPERATOR, OPERATOR_PIN, StaffHands, staffed_counter
from tests.ui.staff.late_refusal import refused_later
from ui.stories.stage import Stage, StoryFailed
from ui.window import make_application

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
ROWS_READ = 3
"""Of a list the first rows are compared: the rest comes into view by and by."""


class Walk:
    """One way through the pages; ``seen`` are the kinds of page it came to."""

    def __init__(self, hands: StaffHands) -> None:
        self.hands = hands
        self.seen: list[str] = []

    def enter(self) -> None:
        self.hands.window.requestActivate()
        self.hands.press(Qt.Key.Key_S, CHORD)
        self.come_to("sign_in")

    def sign_in(self, number: int, pin: str) -> None:
        self.enter()
        self.hands.enter_number_and_pin(number, pin)
        self.hands.stage.wait_until("signed in", lambda: self.hands.frame["member"] != "")

    def touch(self, name: str) -> None:
        self.hands.touch(name)

    def open_first(self) -> None:
        self.touch("row-0")

    def write_chinese(self) -> None:
        for letter in "CF":
            self.touch(f"key-{letter}")
        self.touch("candidate-0")
        self.touch("acceptReason")

    def come_to(self, kind: str, ready: Callable[[], bool] = lambda: True) -> None:
        self.hands.wait_for_page(kind)
        self.hands.stage.wait_until(f"{kind} is ready", lambda: not self.hands.page["busy"] and ready())
        self.seen.append(kind)
        self.look()

    def look(self) -> None:
        """What must be true of every page."""

    def leave(self) -> None:
        self.touch("signOut")
        self.hands.stage.wait_until("left", lambda: not self.hands.frame["open"])


class KeyWalk(Walk):
    """The list has the focus as one; its line is chosen with Return."""

    def open_first(self) -> None:
        window = self.hands.window
        for _ in range(40):
            item = window.activeFocusItem()
            while item is not None and item.objectName() != "items":
                item = item.parentItem()
            if item is not None:
                self.hands.press(Qt.Key.Key_Return)
                return
            self.hands.press(Qt.Key.Key_Tab)
        raise StoryFailed("no number of Tabs leads to the list")

    def write_chinese(self) -> None:
        """Straight on the keyboard: the field has the focus."""
        for key in (Qt.Key.Key_C, Qt.Key.Key_F, Qt.Key.Key_1, Qt.Key.Key_Return):
            self.hands.press(key)

    def look(self) -> None:
        if self.hands.window.activeFocusItem() is None:
            raise StoryFailed(f"nothing has the focus on {self.seen[-1]}")


class ReaderWalk(Walk):
    def look(self) -> None:
        stage = self.hands.stage
        assert isinstance(stage, ByReader)
        stage.until(f"page {self.seen[-1]}", lambda: self._missing(stage.ask({})))

    def _missing(self, read: list[dict[str, Any]]) -> str:
        heard = [str(each["name"]) for each in read]
        unread = [text for text in self._wanted() if text and not any(text in name for name in heard)]
        nameless = [str(each["role"]) for each in read if each["role"] in NAMED and not each["name"]]
        return "; ".join(
            [*(f"{text!r} is not read" for text in unread), *(f"a nameless {r}" for r in nameless)]
        )

    def _wanted(self) -> list[str]:
        page, frame = self.hands.page, self.hands.frame
        said = (
            []
            if page["kind"] == "sign_in"
            else [page["title"], page["detail"], page["next_step"], frame["member"]]
        )
        for fact in (*page["figures"], *page["facts"]):  # type: ignore[misc]
            said += [fact["label"], fact["value"]]
        said += [each["label"] for each in page["options"]]  # type: ignore[attr-defined]
        said += [plot["said"] for plot in page["plots"]]  # type: ignore[attr-defined]
        said += [tab["label"] for tab in frame["tabs"]]  # type: ignore[attr-defined]
        said += list(page["reasons"])  # type: ignore[call-overload]
        rows = self.hands.counter.staff_model._get_rows()._rows[:ROWS_READ]
        said += [part for row in rows for part in (row.title, row.note)]
        return [line for text in said for line in str(text).splitlines()]


def walk(hands: StaffHands, way: Walk) -> None:
    """A clerk settles what was refused too late, with a reason of their own; the operator sees every page."""
    way.sign_in(CLERK, CLERK_PIN)
    way.come_to("inbox", lambda: len(hands.rows) == 1)
    way.open_first()
    way.come_to("item")
    way.touch("option-void")
    way.come_to("reason")
    way.touch("reasonOther")
    way.write_chinese()
    way.come_to("inbox", lambda: not hands.rows)
    with reading(journal_directory(hands.demonstration.data / "terminal")) as journal:
        settled = [each.reason for each in journal.settlements()]
    if settled != ["重复"]:
        raise StoryFailed(f"on record stands {settled}")
    way.touch("tab-today")
    way.come_to("today")
    way.leave()
    way.sign_in(OPERATOR, OPERATOR_PIN)
    tested = hands.counter.staff_model._get_rows
    way.touch("tab-checks")
    way.come_to("checks", lambda: all(row.stamp for row in tested()._rows))
    way.touch("tab-camera")
    way.come_to("camera", lambda: bool(hands.counter.staff_model._get_picture()))
    way.touch("tab-journal")
    way.come_to("journal")
    way.touch("option-verify")
    way.come_to("journal", lambda: bool(hands.page["figures"]))
    way.touch("tab-day")
    way.come_to("day")
    way.touch("tab-machine")
    way.come_to("machine")
    way.touch("option-record")
    way.come_to("record", lambda: bool(hands.rows))
    way.leave()


def main() -> int:
    stage_of, way_of = {"keys": (ByKeys, KeyWalk), "reader": (ByReader, ReaderWalk)}[sys.argv[1]]
    application = make_application(["onecard"])
    failure, seen = "", list[str]()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            # What comes before is told by a finger; the walk begins at the door.
            with staffed_counter(Path(folder), stage_of=stage_of) as hands:
                stage = hands.stage
                hands.stage = Stage(hands.demonstration, "before", None, stage._voice)
                refused_later(hands)
                hands.stage = stage
                way = way_of(hands)
                seen = way.seen
                walk(hands, way)
        except StoryFailed as failed:
            failure = str(failed)
    sys.stdout.write(json.dumps({"failure": failure, "pages": seen}, ensure_ascii=False) + "\n")
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
