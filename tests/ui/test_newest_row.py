"""FC-65: in the running window the newest book is in view after each scan, in every size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from terminal.visit.states import Counter
from terminal.visit.steps import Certainty
from ui.gallery import SIZES, Look, Studio
from ui.specimens import facts, finished, stepped

READY = Counter(readers=("Desk",))


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    studio = Studio()
    yield studio
    studio.window.close()


def list_of(studio: Studio) -> QQuickItem:
    """The list of the screen that is shown."""
    lists = studio.window.window.findChildren(QQuickItem)
    return next(each for each in lists if each.property("follows") is not None and each.isVisible())


def last_row_is_in_view(studio: Studio) -> bool:
    rows = list_of(studio)
    bottom = rows.property("contentHeight") + rows.property("originY")
    return bool(bottom <= rows.property("contentY") + rows.height() + 1)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("easy", [False, True], ids=["usual", "easy"])
def test_the_newest_book_is_in_view_after_each_scan(
    studio: Studio, qtbot: QtBot, size: tuple[int, int], easy: bool
) -> None:
    look = Look(size, "zh_CN", "light", easy)
    for books in range(1, 9):
        shown = facts(books, Certainty.CONFIRMED, refused=1)
        studio.show(replace(READY, stage=stepped(shown)), look)
        qtbot.waitUntil(lambda: last_row_is_in_view(studio))
    # The same number of rows in another state is a new model, too.
    studio.show(replace(READY, stage=stepped(facts(8, Certainty.ACCEPTED, refused=2))), look)
    qtbot.waitUntil(lambda: last_row_is_in_view(studio))


def test_refused_books_stand_first_in_the_result() -> None:
    stage = finished(facts(9, Certainty.CONFIRMED, refused=2))
    rows = [line.certainty for line in stage.result.lines]  # type: ignore[union-attr]
    assert rows[:2] == [Certainty.REFUSED] * 2
