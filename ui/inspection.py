"""Layout faults of a screen, found in the window itself.

Text that leaves its place, is cut, stands in another text or is too small to read; things to touch that are
too small, too close, too high up on a tall screen, one over another, or without a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFont
from PySide6.QtQuick import QQuickItem, QQuickWindow

SLACK = 1.5
"""Pixels a letter may reach over its line's box."""
TARGET = 76
"""20 mm on a panel of 96 dots per inch, in pixels."""
GAP = 23
"""6 mm."""
SMALL = 600
"""A vehicle's panel: nothing is typed on it in its own service, so that its keys may be smaller."""
GAP_SMALL = 12
LETTERS = 24
LETTERS_SMALL = 17
OVERLAYS = ("TimeWarning", "VoicePanel")
"""Below them nothing is touched."""
KEYS = ("PadKey", "Turn")
BUTTONS = ("Button", "BigButton", "OptionCard", "Way", *KEYS)


def visible(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from visible(child)


def scrolls(item: QQuickItem) -> bool:
    """A field that shows a part of what is typed, and moves with the cursor."""
    return item.clip() and bool(item.property("autoScroll"))


def box(item: QQuickItem) -> QRectF:
    if scrolls(item):
        return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    return item.mapRectToScene(item.boundingRect())


def kind(item: QQuickItem) -> str:
    """The name of its component."""
    return str(item.metaObject().className()).split("_QML", maxsplit=1)[0]


def within(item: QQuickItem | None, component: str) -> bool:
    while item is not None:
        if kind(item).startswith(component):
            return True
        item = item.parentItem()
    return False


def stage_of(item: QQuickItem) -> QQuickItem | None:
    """The place of the screen a sentence stands in; None for what stands round it."""
    parent: QQuickItem | None = item
    while parent is not None and parent.objectName() != "stage":
        parent = parent.parentItem()
    return parent


def name_of(item: QQuickItem) -> str:
    """Accessible name of an item."""
    interface = cast(QAccessibleInterface | None, QAccessible.queryAccessibleInterface(item))
    return str(interface.text(QAccessible.Text.Name)) if interface else ""


def wider(rectangle: QRectF, by: float = SLACK) -> QRectF:
    return rectangle.adjusted(-by, -by, by, by)


class Inspection:
    """One look at a window. Everything it finds is a line for a person.

    ``density`` is how many pixels stand here where a panel of 96 dots per inch has one: what eyes and fingers
    need grows with it.
    """

    def __init__(self, window: QQuickWindow, density: float = 1) -> None:
        self.density = density
        self.size = QRectF(0, 0, window.width(), window.height())
        self.small = min(window.width(), window.height()) < SMALL * density
        self.tall = window.height() > window.width()
        shown = list(visible(window.contentItem()))
        # A list scrolls: what stands half in it is no fault.
        self.texts = [item for item in shown if is_text(item) and not within(item, "RowList")]
        self.rows = [item for item in shown if is_text(item) and within(item, "RowList")]
        self.targets = [item for item in shown if kind(item) in BUTTONS]
        self.signs = [item for item in shown if kind(item) == "ResultSign" and stage_of(item)]
        self.covered = any(kind(item) in OVERLAYS for item in shown)

    def faults(self) -> list[str]:
        return [*self.of_texts(), *self.of_targets()]

    def of_texts(self) -> Iterator[str]:
        least = int((LETTERS_SMALL if self.small else LETTERS) * self.density)
        for item in (*self.texts, *self.rows):
            if cast(QFont, item.property("font")).pixelSize() < least:
                yield f"{said(item)} has letters of {item.property('font').pixelSize()} pixels"
        for item in self.texts:
            if not wider(self.size).contains(box(item)):
                yield f"{said(item)} leaves the window"
            stage = stage_of(item)
            if stage and not wider(box(stage)).contains(box(item)):
                yield f"{said(item)} leaves its screen"
            if not scrolls(item) and item.property("contentWidth") > item.width() + SLACK:
                yield f"{said(item)} is wider than its place"
            if item.property("truncated") and stage:
                yield f"{said(item)} is cut off"
        for one, other in pairs([item for item in self.texts if stage_of(item)]):
            common = box(one).intersected(box(other))
            if common.width() > SLACK and common.height() > SLACK:
                yield f"{said(one)} stands in {said(other)}"

        for sign in self.signs:
            for item in self.texts:
                common = box(sign).intersected(box(item))
                if stage_of(item) and common.width() > SLACK and common.height() > SLACK:
                    yield f"{said(item)} stands in the sign"

    def of_targets(self) -> Iterator[str]:
        target = TARGET * self.density
        for item in self.targets:
            place = box(item)
            key = kind(item) in KEYS
            if not name_of(item):
                yield f"a {kind(item)} without a name"
            if not wider(self.size).contains(place):
                yield f"{said(item)} leaves the window"
            if not (self.small and key) and min(place.width(), place.height()) < target - SLACK:
                yield f"{said(item)} is {place.width():.0f} by {place.height():.0f} pixels"
            if self.tall and place.top() < self.size.height() / 4:
                yield f"{said(item)} is in the top quarter of a tall screen"
            for inner in visible(item):
                if is_text(inner) and not wider(place).contains(box(inner)):
                    yield f"{said(inner)} leaves its button"
        if not self.covered:
            yield from self._of_gaps()

    def _of_gaps(self) -> Iterator[str]:
        for one, other in pairs(self.targets):
            keys = kind(one) in KEYS and kind(other) in KEYS
            if self.small and keys:
                continue
            gap = (GAP_SMALL if self.small else GAP * self.density) - SLACK
            near = wider(box(one), gap).intersected(box(other))
            if near.width() > SLACK and near.height() > SLACK:
                yield f"{said(one)} and {said(other)} are less than {gap:.0f} pixels apart"


def is_text(item: QQuickItem) -> bool:
    return bool(item.property("text")) and item.property("contentWidth") is not None


def said(item: QQuickItem) -> str:
    return repr(str(item.property("text") or item.objectName()))


def pairs(items: list[QQuickItem]) -> Iterator[tuple[QQuickItem, QQuickItem]]:
    for place, one in enumerate(items):
        for other in items[place + 1 :]:
            yield one, other
