"""Names in Chinese characters without pinyin, and other things typed, by touch and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from terminal.visit.events import Typed
from tests.ui.test_hands import Hands, hands
from ui.gallery import Studio, settle
from ui.service_specimens import every_specimen
from ui.stories.stage import find

__all__ = ["hands"]


def show(hands: Hands, name: str) -> None:
    hands.face.show(every_specimen()[name])
    settle(100)


def touch(hands: Hands, *names: str) -> None:
    window = hands.window.window
    for name in names:
        item = find(window.contentItem(), name)
        assert item is not None, name
        middle = item.mapToScene(item.boundingRect().center())
        place = QPoint(round(middle.x()), round(middle.y()))
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        settle(20)


def typed(hands: Hands) -> str:
    field = find(hands.window.window.contentItem(), "typed")
    assert field is not None
    return str(field.property("text"))


def test_a_frequent_name_takes_one_touch_a_character(hands: Hands) -> None:
    show(hands, "form-name")
    touch(hands, "key-王", "key-英", "key-华")
    assert typed(hands) == "王英华"
    touch(hands, "key-erase", "key-明", "accept")
    assert hands.events == [Typed((("field", "王英明"),))]


def test_a_rarer_character_is_found_by_a_part_that_can_be_seen(hands: Hands) -> None:
    show(hands, "form-name")
    touch(hands, "key-刘", "key-parts", "key-氵", "key-江", "key-parts", "key-木", "key-林")
    assert typed(hands) == "刘江林"


def test_all_candidates_are_reached_page_by_page_and_round_again(hands: Hands) -> None:
    show(hands, "form-name")
    touch(hands, "key-more")
    assert find(hands.window.window.contentItem(), "key-王") is None
    for _ in range(60):
        if find(hands.window.window.contentItem(), "key-欧阳"):
            break
        touch(hands, "key-more")
    touch(hands, "key-欧阳", "key-玉")
    assert typed(hands) == "欧阳玉"


def test_a_foreign_name_is_typed_in_letters_and_a_long_one_with_its_dot(hands: Hands) -> None:
    show(hands, "form-name")
    touch(hands, "key-letters", "key-A", "key-L", "key-I", "key-characters", "key-·")
    assert typed(hands) == "ALI·"


def test_no_more_is_typed_than_the_field_holds(hands: Hands) -> None:
    show(hands, "form-name-long")
    before = typed(hands)
    assert len(before) == 28
    touch(hands, *["key-英"] * 14)
    assert len(typed(hands)) == 40


@pytest.mark.parametrize(
    ("screen", "keys", "value"),
    [
        ("form-money", "12.5", "12.5"),
        ("form-date", "2026-12-01", "2026-12-01"),
        ("form-identity", "37160019900101123X", "37160019900101123X"),
        ("form-text", "KL-7", "KL-7"),
    ],
)
def test_each_kind_of_field_has_the_keys_it_needs(hands: Hands, screen: str, keys: str, value: str) -> None:
    show(hands, screen)
    touch(hands, *(f"key-{key}" for key in keys))
    assert typed(hands) == value


def test_a_keyboard_on_the_desk_types_and_accepts(hands: Hands, studio: Studio) -> None:
    """Also beside another window, which would take keys this close for a scanner's."""
    show(hands, "form-identity")
    for key in (Qt.Key.Key_3, Qt.Key.Key_7, Qt.Key.Key_X, Qt.Key.Key_Backspace, Qt.Key.Key_1):
        hands.press(key)
    assert typed(hands) == "371"
    hands.press(Qt.Key.Key_Return)
    assert hands.events == [Typed((("field", "371"),))]
