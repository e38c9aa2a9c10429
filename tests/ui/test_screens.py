"""Every screen at every size, in both languages and in easy mode: nothing cut, nothing over another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from ui.gallery import SIZES, Look, Studio, looks
from ui.service_specimens import every_specimen

LOOKS = list(looks(SIZES, everything=False))
SLACK = 1.5
"""Pixels a letter may reach over its line's box."""


def visible(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from visible(child)


def box(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(item.boundingRect())


def texts(studio: Studio) -> list[QQuickItem]:
    """Sentences outside of lists (a list scrolls)."""
    found = []
    for item in visible(studio.window.window.contentItem()):
        if item.property("text") and item.property("contentWidth") is not None and not in_list(item):
            found.append(item)
    return found


def in_list(item: QQuickItem | None) -> bool:
    while item is not None:
        if item.metaObject().className().startswith("RowList"):
            return True
        item = item.parentItem()
    return False


def stage_of(item: QQuickItem) -> QQuickItem | None:
    """The place of the screen a sentence stands in; None for what stands round it."""
    parent: QQuickItem | None = item
    while parent is not None and parent.objectName() != "stage":
        parent = parent.parentItem()
    return parent


def buttons(studio: Studio) -> list[QQuickItem]:
    names = ("BigButton", "OptionCard")
    return [
        item
        for item in visible(studio.window.window.contentItem())
        if item.metaObject().className().startswith(names)
    ]


def overlapping(shown: list[QQuickItem]) -> Iterator[tuple[QQuickItem, QQuickItem]]:
    """Sentences of the screen (not of what lies over it) that stand in one another."""
    placed = [item for item in shown if stage_of(item)]
    for first, one in enumerate(placed):
        for other in placed[first + 1 :]:
            common = box(one).intersected(box(other))
            if common.width() > SLACK and common.height() > SLACK:
                yield one, other


@pytest.mark.parametrize("look", LOOKS, ids=[look.name for look in LOOKS])
def test_every_screen_fits(studio: Studio, look: Look) -> None:
    for name, counter in every_specimen().items():
        studio.show(counter, look)
        window = QRectF(0, 0, *look.size).adjusted(-SLACK, -SLACK, SLACK, SLACK)
        shown = texts(studio)
        assert shown, name
        for item in shown:
            text = item.property("text")
            assert window.contains(box(item)), f"{name}: {text!r} leaves the window: {box(item)}"
            if stage := stage_of(item):
                place = box(stage).adjusted(-SLACK, -SLACK, SLACK, SLACK)
                assert place.contains(box(item)), f"{name}: {text!r} leaves its screen: {box(item)}"
            assert item.property("contentWidth") <= item.width() + SLACK, f"{name}: {text!r} is cut"
        for one, other in overlapping(shown):
            pytest.fail(f"{name}: {one.property('text')!r} and {other.property('text')!r} overlap")
        targets = buttons(studio)
        for item in targets:
            place = box(item).adjusted(-SLACK, -SLACK, SLACK, SLACK)
            for inner in visible(item):
                if inner.property("text") and inner.property("contentWidth") is not None:
                    words = inner.property("text")
                    assert place.contains(box(inner)), f"{name}: {words!r} leaves its button: {box(inner)}"
            assert window.contains(box(item)), f"{name}: {item.property('text')!r} leaves the window"
        for first, one in enumerate(targets):
            for other in targets[first + 1 :]:
                common = box(one).intersected(box(other))
                assert common.width() <= SLACK or common.height() <= SLACK or name == "time-warning", (
                    f"{name}: {one.property('text')!r} lies over {other.property('text')!r}"
                )


@pytest.mark.parametrize("look", LOOKS, ids=[look.name for look in LOOKS])
def test_every_target_is_large_enough_and_named(studio: Studio, look: Look) -> None:
    least = 72 if min(look.size) < 600 else 76
    for name, counter in every_specimen().items():
        studio.show(counter, look)
        for item in buttons(studio):
            assert item.height() >= least, f"{name}: {item.property('text')!r} is {item.height()} high"
            assert item.property("text"), f"{name}: a button without a name"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_to_touch_in_the_top_quarter_of_a_tall_screen(studio: Studio, language: str) -> None:
    look = Look((1080, 1920), language, "light", False)
    for name, counter in every_specimen().items():
        studio.show(counter, look)
        for item in buttons(studio):
            assert box(item).top() >= 1920 / 4, f"{name}: {item.property('text')!r} is too high up"


def test_no_name_or_title_of_one_person_is_left_for_the_next(studio: Studio) -> None:
    look = Look((1280, 800), "zh_CN", "light", False)
    everyone = every_specimen()
    studio.show(everyone["basket-20"], look)
    assert "刘*勇" in {item.property("text") for item in texts(studio)}
    studio.show(everyone["idle"], look)
    left = " ".join(str(item.property("text")) for item in visible(studio.window.window.contentItem()))
    assert "刘*勇" not in left
    assert "红楼梦" not in left
