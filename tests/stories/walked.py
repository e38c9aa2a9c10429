"""``python -m tests.stories.walked STORY keys|reader``: a story with other hands than a finger.

``keys``: Tab until the focus is there, seen by its ring, then Space. ``reader``: an AT-SPI client in a
process of its own finds the button by the name it reads and presses it; after each step it must have come
to everything the screen says. Prints the outcome as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEventLoop, QProcess, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.typing_pace import OTHER_MS, pause_after_ms
from ui.stories.stage import Stage, StoryFailed, find, settle
from ui.stories.telling import tell
from ui.window import make_application

READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
MOST_TABS = 80
PATIENCE_S = 20.0
NAMED = ("button", "push button", "text", "entry", "password text", "list item")


class ByKeys(Stage):
    """Touches nothing."""

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.demonstration.counter.window.window, key)
        settle(pause_after_ms(key))

    def touch(self, name: str) -> None:
        """A hand comes to the keys with a Tab, and sees from then on where it is."""
        window = self.demonstration.counter.window.window
        window.requestActivate()
        if not self.told:
            self.press(Qt.Key.Key_Tab)
        for _ in range(MOST_TABS):
            item = window.activeFocusItem()
            if item is not None and item.objectName() == name:
                if not (item.property("ringed") or item.property("visualFocus")):
                    raise StoryFailed(f"the focus on {name} is not seen")
                self.press(Qt.Key.Key_Space)
                return
            self.press(Qt.Key.Key_Tab)
        raise StoryFailed(f"no number of Tabs leads to {name}")


class ByReader(Stage):
    """Sees and presses through the accessibility bus alone."""

    _reader: QProcess | None = None

    def ask(self, question: dict[str, str]) -> Any:
        """While it is answered the window goes on: the answers come from its own thread."""
        reader = self._reader or self._started()
        reader.write(json.dumps(question).encode() + b"\n")
        deadline = time.monotonic() + PATIENCE_S
        loop = QEventLoop()
        reader.readyReadStandardOutput.connect(loop.quit)
        while not reader.canReadLine():
            QTimer.singleShot(round(PATIENCE_S * 1000), loop.quit)
            loop.exec()
            if time.monotonic() > deadline:
                raise StoryFailed("the screen reader does not answer")
        return json.loads(bytes(reader.readLine().data()))

    def _started(self) -> QProcess:
        reader = QProcess()
        reader.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        reader.start(SYSTEM_PYTHON, [str(READER)])
        if not reader.waitForStarted():
            raise StoryFailed("the screen reader does not start")
        self._reader = reader
        return reader

    def until(self, what: str, true: Callable[[], str]) -> None:
        """Asks until nothing is missing. Raises ``StoryFailed`` with what is missing at the last."""
        deadline = time.monotonic() + PATIENCE_S
        while missing := true():
            if time.monotonic() > deadline:
                raise StoryFailed(f"{what}: {missing}")
            settle(OTHER_MS)

    def touch(self, name: str) -> None:
        item = find(self.demonstration.counter.window.window.contentItem(), name)
        if item is None:
            raise StoryFailed(f"there is nothing to touch called {name}")
        said = name_of(item)
        self.until(name, lambda: "" if self.ask({"press": said}) else f"no button is read as {said!r}")
        settle(OTHER_MS)

    def step(self, name: str, act: Callable[[], object], seen: Callable[[dict[str, Any]], bool]) -> None:
        super().step(name, act, seen)
        self.until(name, self._missing)

    def _missing(self) -> str:
        """What the screen says and the reader did not come to; a control without a name."""
        read = self.ask({})
        names = [str(each["name"]) for each in read]
        nameless = [str(each["role"]) for each in read if each["role"] in NAMED and not each["name"]]
        screen = self.screen
        wanted = [screen["title"], screen["largest"], *(option["label"] for option in screen["options"])]
        unread = [text for text in wanted if text and not any(text in heard for heard in names)]
        typing = screen["kind"] in ("form", "pin")
        if typing and not any("text" in str(each["role"]) or each["role"] == "entry" for each in read):
            unread.append("a place to type")
        return "; ".join(
            [*(f"{text!r} is not read" for text in unread), *(f"a nameless {r}" for r in nameless)]
        )


def name_of(item: QQuickItem) -> str:
    interface = cast(QAccessibleInterface, QAccessible.queryAccessibleInterface(item))
    return str(interface.text(QAccessible.Text.Name))


def main() -> int:
    story, way = sys.argv[1:3]
    application = make_application(["onecard"])
    outcome = tell(story, None, stage_of={"keys": ByKeys, "reader": ByReader}[way])
    told = {"failure": outcome.failure, "steps": len(outcome.steps)}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
