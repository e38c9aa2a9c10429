"""What staff may do with the machine itself, on record; and the way in that public mode lets through."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.staff.desk import OPERATOR, OPERATOR_PIN, staffed_counter
from ui.guard import STAFF_CHORD, Standing, Verdict, judge_key


def test_public_mode_lets_the_staffs_chord_through_and_no_other() -> None:
    public = Standing(public=True)
    key, held = STAFF_CHORD
    assert judge_key(key, held, public) is Verdict.PASS
    assert judge_key(key, held | Qt.KeyboardModifier.MetaModifier, public) is Verdict.DROP
    assert judge_key(Qt.Key.Key_Q, held, public) is Verdict.DROP
    assert judge_key(key, Qt.KeyboardModifier.AltModifier, public) is Verdict.DROP
    assert judge_key(key, held, Standing(public=True, cleaning=True)) is Verdict.DROP


def test_a_clerk_wipes_the_screen_and_does_not_leave_the_terminal(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        left: list[bool] = []
        hands.counter.staff.leave_terminal = lambda: left.append(True)
        hands.sign_in()
        hands.touch("tab-machine")
        hands.wait_for_page("machine")
        assert [option["id"] for option in hands.page["options"]] == ["clean", "language"]
        hands.counter.staff.touch("leave")
        hands.touch("option-clean")
        house = hands.counter.window.house
        hands.stage.wait_until("being wiped", lambda: house._seconds_left() > 0)
        hands.stage.wait_until("on record", lambda: hands.acts()[-1] == "screen_cleaned")
        assert left == []


def test_an_operator_leaves_the_terminal_on_record(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        left: list[list[str]] = []
        hands.counter.staff.leave_terminal = lambda: left.append(hands.acts())
        hands.sign_in(OPERATOR, OPERATOR_PIN)
        hands.touch("tab-machine")
        hands.touch("option-leave")
        hands.stage.wait_until("left", lambda: len(left) == 1)
        assert left[0][-1] == "terminal_left", "on disk before it happens"


def test_staff_speaks_another_language_and_the_visit_keeps_its_own(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        hands.touch("tab-machine")
        hands.touch("option-language")
        hands.stage.wait_until("English", lambda: hands.page["title"] == "This terminal")
        assert hands.frame["tabs"][0]["label"] == "Inbox"
        assert hands.there("signOut").property("text") == "Sign out"
        hands.touch("signOut")
        hands.stage.wait_for("Chinese again", lambda screen: screen["title"].startswith("请"))
