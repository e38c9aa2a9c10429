"""From a real late refusal to a settled item and the staff record; and a visit that stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent

from terminal.journal.opening import journal_directory
from terminal.journal.reading import reading
from terminal.visit.events import TimerFired
from tests.cities import BINZHOU
from tests.ui.staff.desk import CLERK, CLERK_PIN, StaffHands, staffed_counter
from tests.ui.staff.late_refusal import BY_CARD, OTHER_READER, refused_later
from ui.stories import s1
from ui.stories.s1 import READER

BY_PHONE = BINZHOU.barcode(s1.BY_PHONE)


def settlements(hands: StaffHands) -> list[tuple[str, str, str]]:
    with reading(journal_directory(hands.demonstration.data / "terminal")) as journal:
        return [(each.decision, each.by, each.reason) for each in journal.settlements()]


def test_a_late_refusal_is_told_in_plain_words_and_settled_on_record(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        refused_later(hands)
        hands.sign_in()
        hands.stage.wait_until("one item", lambda: len(hands.rows) == 1)
        assert BY_CARD in hands.rows[0]
        (tab, *_) = hands.frame["tabs"]
        assert tab["badge"] == "1"
        hands.touch("row-0")
        hands.wait_for_page("item")
        page = hands.page
        assert page["title"] == "已受理的业务被中心拒绝"
        assert page["detail"] == "这本书登记在别人名下。"
        assert page["code"] == "library.copy_on_loan"
        assert "当事人" in page["next_step"]
        shown = str(page["facts"])
        assert "0014" in shown, "the last digits of the card"
        assert "T16000014" not in shown
        assert "刘志勇" not in shown
        hands.touch("option-void")
        hands.touch("reason-0")
        hands.wait_for_message("已记录")
        hands.stage.wait_until("nothing waits", lambda: hands.page["kind"] == "inbox" and not hands.rows)
        assert settlements(hands) == [("void", "王芳 (1)", "当事人放弃办理")]
        (item,) = (deed.detail for deed in hands.deeds() if deed.act == "item_settled")
        assert item.endswith("void: 当事人放弃办理")
        acts = hands.acts()
        assert acts.index("item_settling") < acts.index("item_settled")
        assert "item_opened" in acts


def test_the_same_by_keys_alone_with_a_reason_of_ones_own(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        refused_later(hands)
        hands.window.requestActivate()
        hands.sign_in()
        hands.stage.wait_until("one item", lambda: len(hands.rows) == 1)
        tab_to(hands, "items")
        hands.press(Qt.Key.Key_Return)
        hands.wait_for_page("item")
        tab_to(hands, "option-accept")
        hands.press(Qt.Key.Key_Return)
        hands.wait_for_page("reason")
        tab_to(hands, "reasonOther")
        hands.press(Qt.Key.Key_Return)
        tab_to(hands, "tongue")
        hands.press(Qt.Key.Key_Space)
        for key in "BACK":
            hands.press(Qt.Key(ord(key)))
        hands.press(Qt.Key.Key_Return)
        hands.wait_for_message("已记录")
        assert [(decision, reason.lower()) for decision, _, reason in settlements(hands)] == [
            ("accept", "back")
        ]


def test_a_reason_of_ones_own_is_written_in_chinese_by_touch_and_by_keys(
    qapp: object, tmp_path: Path
) -> None:
    with staffed_counter(tmp_path) as hands:
        refused_later(hands)
        hands.window.requestActivate()
        hands.sign_in()
        hands.touch("row-0")
        hands.touch("option-void")
        hands.touch("reasonOther")
        for letter in "CHONGFUDENGJI":
            hands.touch(f"key-{letter}")
        assert hands.there("spelt").property("text") == "chongfudengji"
        hands.touch("candidate-0")
        assert hands.there("spelt").property("text") == "dengji"
        hands.touch("key-erase")
        hands.touch("key-I")
        hands.touch("key- ")
        assert hands.there("typedReason").property("text") == "重复登记"
        for key in "HD":
            hands.press(Qt.Key(ord(key)))
        hands.press(Qt.Key.Key_1)
        for key in "LE":
            hands.press(Qt.Key(ord(key)))
        hands.press(Qt.Key.Key_2)
        assert hands.there("typedReason").property("text") == "重复登记核对乐"
        hands.press(Qt.Key.Key_Backspace)
        # An input method of the desk's own hands over whole characters.
        commit = QInputMethodEvent()
        commit.setCommitString("过了")
        QGuiApplication.sendEvent(hands.there("typedReason"), commit)
        hands.press(Qt.Key.Key_Return)
        hands.wait_for_message("已记录")
        assert settlements(hands) == [("void", "王芳 (1)", "重复登记核对过了")]


def tab_to(hands: StaffHands, name: str) -> None:
    hands.there(name)
    for _ in range(20):
        focused = hands.window.activeFocusItem()
        while focused is not None and focused.objectName() != name:
            focused = focused.parentItem()
        if focused is not None:
            return
        hands.press(Qt.Key.Key_Tab)
    pytest.fail(f"no number of tabs leads to {name}")


def test_a_correction_is_scanned_and_booked_in_its_place(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        refused_later(hands)
        hands.sign_in()
        hands.touch("row-0")
        hands.touch("option-correct")
        hands.wait_for_page("correct")
        hands.counter._scanned(BY_PHONE)
        hands.wait_for_page("reason")
        assert BY_PHONE in hands.page["detail"]
        hands.touch("reason-0")
        hands.wait_for_message("已记录")
        journal = hands.counter.terminal.journal
        hands.stage.wait_until("confirmed", lambda: journal.backlog.pending == 0)
        hands.stage.journalled(("borrow", "settled"), ("borrow", "confirmed"))
        assert hands.stage.screen["kind"] == "idle", "the scan reached no visit"


def test_todays_loan_is_voided_at_the_centre_and_its_receipt_copied(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        stage, demonstration = hands.stage, hands.demonstration
        before = loans(hands)
        demonstration.present_card(READER)
        stage.wait_for("known by the card", lambda screen: screen["kind"] == "choose")
        stage.touch("library.borrow")
        stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
        demonstration.present_book(BY_CARD)
        stage.wait_for("done", lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"])
        stage.touch("finish")
        stage.wait_for("the result", lambda screen: screen["kind"] == "result")
        stage.home()
        assert loans(hands) - before == {BY_CARD}
        hands.sign_in()
        hands.touch("tab-today")
        hands.stage.wait_until("one of today", lambda: len(hands.rows) == 1)
        hands.touch("row-0")
        hands.touch("option-reprint")
        hands.wait_for_page("copy")
        assert "副本" in hands.page["receipt"]
        assert "刘" not in hands.page["receipt"]
        hands.touch("back")
        hands.touch("option-void")
        hands.touch("reason-1")
        hands.wait_for_message("已记录")
        stage.wait_until("undone at the centre", lambda: loans(hands) == before)
        stage.journalled(("borrow", "not_booked"))
        assert settlements(hands) == [("void", "王芳 (1)", "重复办理")]
        assert hands.acts()[-2:] == ["voided", "today_opened"]
        assert "reprinted" in hands.acts()


def loans(hands: StaffHands) -> set[str]:
    listed = hands.stage.centre_knows(READER)["loan_list"]
    assert isinstance(listed, list)
    return {str(loan["barcode"]) for loan in listed if isinstance(loan, dict)}


def test_a_visit_beneath_stands_still_and_goes_on(qapp: object, tmp_path: Path) -> None:
    """Books, cards and time limits do not reach it; a card laid down meanwhile is served afterwards."""
    with staffed_counter(tmp_path) as hands:
        stage, demonstration = hands.stage, hands.demonstration
        demonstration.present_phone(READER)
        stage.wait_for("known by the phone", lambda screen: screen["kind"] == "choose")
        stage.touch("library.borrow")
        stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
        kiosk = hands.counter.terminal.kiosk
        hands.sign_in()
        before = kiosk.counter
        demonstration.take_away()
        hands.counter._scanned(BY_CARD)
        hands.stage.wait_until("the scan searches", lambda: hands.page["query"] == BY_CARD)
        demonstration.present_card(OTHER_READER)
        hands.wait_for_message("已看到卡片")
        rest = dict(before.timers)["rest"]
        hands.counter.post(TimerFired("rest", rest))
        hands.stage.wait_until("the limit is held", lambda: len(hands.counter.staff._session.held) == 1)
        assert kiosk.counter.stage == before.stage
        assert not kiosk.counter.time_warning
        assert "刘" not in " ".join(hands.rows)
        hands.touch("signOut")
        stage.wait_for("the basket again", lambda screen: screen["kind"] == "basket")
        assert kiosk.counter.stage == before.stage
        assert dict(kiosk.counter.timers)["rest"] > rest, "the whole time anew"
        demonstration.present_book(BY_PHONE)
        stage.wait_for("lent", lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"])


def test_a_rest_signs_out_and_says_so_before(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        monkeypatch.setattr("ui.staff.area.REST_S", 15)
        hands.stage.wait_until("warned", lambda: 0 < int(str(hands.frame["leaving_s"])) <= 15)
        hands.there("leaving")
        monkeypatch.setattr("ui.staff.area.REST_S", 1)
        hands.stage.wait_until("closed", lambda: not hands.frame["open"])
        hands.stage.wait_until("on record", lambda: hands.acts()[-1] == "timed_out")


def test_what_the_clerk_looked_at_is_gone_for_the_next(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        refused_later(hands)
        hands.sign_in()
        hands.touch("row-0")
        hands.wait_for_page("item")
        hands.touch("signOut")
        hands.press_long()
        hands.wait_for_page("sign_in")
        assert hands.rows == []
        assert hands.page["facts"] == []
        hands.enter_number_and_pin(CLERK, CLERK_PIN)
        hands.wait_for_page("inbox")
