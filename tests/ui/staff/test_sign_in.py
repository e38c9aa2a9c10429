"""Staff comes in by a way the public does not see, and leaves a record; a visit beneath is untouched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from terminal.staff.store import StaffStore
from tests.cities import personas
from tests.ui.staff.desk import BEGUN, CHEAP, CLERK, CLERK_PIN, staffed_counter
from ui.stories.stage import settle


def test_number_and_pin_by_touch_let_in_and_the_record_says_so(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        assert hands.frame["member"] == "王芳  1"
        assert hands.item("startOver") is None, "nothing of the public is left to touch"
        hands.touch("signOut")
        hands.stage.wait_until("closed", lambda: not hands.frame["open"])
        assert hands.frame["member"] == ""
        assert hands.stage.screen["kind"] == "idle"
        hands.stage.wait_until("on record", lambda: hands.acts()[-1] == "signed_out")
        assert hands.acts()[2:] == ["signed_in", "inbox_opened", "signed_out"]


def test_the_same_by_keys_alone(qapp: object, tmp_path: Path) -> None:
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    with staffed_counter(tmp_path) as hands:
        hands.window.requestActivate()
        hands.press(Qt.Key.Key_S, chord)
        hands.wait_for_page("sign_in")
        for key in f"{CLERK}\r{CLERK_PIN}\r":
            hands.press(Qt.Key.Key_Return if key == "\r" else Qt.Key(ord(key)))
        hands.stage.wait_until("signed in", lambda: hands.frame["member"] == "王芳  1")


def test_a_tap_on_the_time_opens_nothing(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.stage.touch("staffDoor")
        settle(100)
        assert not hands.frame["open"]


def test_five_wrong_pins_lock_the_number_and_the_page_says_for_how_long(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.press_long()
        for wrong in range(5):
            hands.enter_number_and_pin(CLERK, f"90817{wrong}") if wrong == 0 else hands.stage.enter_pin(
                f"90817{wrong}"
            )
            hands.stage.wait_until(
                "refused", lambda wrong=wrong: hands.acts().count("not_let_in") == wrong + 1
            )
            hands.wait_for_message("工号或密码不正确")
            hands.stage.wait_until("free again", lambda: not hands.page["busy"])
        hands.stage.enter_pin(CLERK_PIN)
        hands.wait_for_message("已暂时锁定")
        hands.stage.wait_until("locked", lambda: 50 < int(str(hands.page["wait_s"])) <= 60)
        shown = hands.there("signInMessage").property("text")
        assert "秒后再试" in shown
        assert hands.frame["member"] == ""
        assert hands.acts()[-1] == "locked_out"
        hands.stage.touch("key-1")
        assert hands.there("typed").property("text") == "", "a locked pad takes no digits"


def test_a_staff_card_lets_in_and_is_no_visit_and_another_is_served_afterwards(
    qapp: object, tmp_path: Path
) -> None:
    """Proved by the PSAM: a copied card would not do."""
    with staffed_counter(tmp_path) as hands:
        give_card(tmp_path / "terminal", CLERK, personas()["yang-ying"].card_number)
        hands.press_long()
        hands.wait_for_page("sign_in")
        hands.demonstration.present_card("yang-ying")
        hands.stage.wait_until("let in by card", lambda: hands.frame["member"] == "王芳  1")
        assert hands.deeds()[-2].detail == "card"
        hands.touch("signOut")
        hands.stage.wait_until("closed", lambda: not hands.frame["open"])
        settle(300)
        assert hands.stage.screen["kind"] == "idle", "the clerk's own card begins no visit"
        hands.demonstration.take_away()
        hands.press_long()
        hands.wait_for_page("sign_in")
        hands.demonstration.present_card("liu-zhiyong")
        hands.wait_for_message("此卡不是工作人员卡")
        hands.touch("signOut")
        hands.stage.wait_for("served", lambda screen: screen["kind"] == "choose")
        assert hands.stage.screen["person"] == "刘*勇"


def give_card(data: Path, number: int, card_number: str) -> None:
    store = StaffStore(data, CHEAP)
    store.give_card(number, card_number, BEGUN, "root")
    store.close()
