"""The operator's pages over a running terminal: real self-tests, the live picture, the journal, the plots."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtQuick import QQuickItem

from terminal.diagnostics.checks import PARTS
from terminal.diagnostics.usage_metrics.day import HOUR, Measured, first_hour
from terminal.diagnostics.usage_metrics.observing import Kind
from terminal.diagnostics.usage_metrics.store import measures_file, opened, write
from terminal.staff.store import staff_directory
from tests.ui.staff.desk import OPERATOR, OPERATOR_PIN, StaffHands, staffed_counter


def as_operator(hands: StaffHands, tab: str) -> None:
    hands.sign_in(OPERATOR, OPERATOR_PIN)
    hands.touch(f"tab-{tab}")
    hands.wait_for_page(tab)


def notes(hands: StaffHands) -> dict[str, tuple[str, str]]:
    return {row.key: (row.tone, row.note) for row in hands.counter.staff_model._get_rows()._rows}


def test_a_clerk_sees_no_self_tests_and_may_not_ask_for_them(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        assert [tab["id"] for tab in hands.frame["tabs"]] == ["inbox", "today", "machine"]
        hands.counter.staff.go("checks")
        assert hands.page["kind"] == "inbox"
        hands.counter.terminal.operator.show_camera()
        hands.wait_for_message("您没有此项权限")
        assert "camera_shown" not in hands.acts()


def test_self_tests_run_beside_a_running_terminal_and_say_what_to_do(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        as_operator(hands, "checks")
        hands.stage.wait_until(
            "all tested", lambda: not hands.page["busy"] and len(notes(hands)) == len(PARTS)
        )
        found = notes(hands)
        assert found["readers"][0] == "confirmed", found
        assert found["sam"][0] == "confirmed"
        assert "终端机编号" in found["sam"][1]
        assert found["camera"][0] == "confirmed", found["camera"]
        assert found["central"][0] == "confirmed", found["central"]
        assert "onecard" not in found["versions"][1]
        hands.demonstration.lose_centre()
        place = list(PARTS).index("central")
        view = hands.there("items")
        view.setProperty("contentY", place * 100)
        hands.touch(f"row-{place}")
        hands.stage.wait_until("wrong", lambda: notes(hands)["central"][0] == "refused")
        assert "central.unreachable" in notes(hands)["central"][1]
        assert [deed.detail for deed in hands.deeds() if deed.act == "tests_run"] == ["", "central"]


def test_the_live_picture_appears_moves_and_is_gone_with_the_page(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        as_operator(hands, "camera")
        picture = hands.there("livePicture")
        hands.stage.wait_until("a picture", lambda: picture.property("sourceSize").width() > 100)
        before = hands.counter.staff_model._get_picture()
        hands.demonstration.present_book("2371600000010")
        hands.stage.wait_until("it moves", lambda: hands.counter.staff_model._get_picture() != before)
        assert hands.page["detail"] == ""
        shown = hands.counter.window.photograph()
        place = picture.mapToScene(picture.boundingRect().center())
        greys = {
            shown.pixelColor(round(place.x()) + x, round(place.y()) + y).lightness()
            for x in range(-200, 200, 4)
            for y in range(-120, 120, 4)
        }
        assert len(greys) > 10, "a picture, not a plain ground"
        assert hands.acts()[-1] == "camera_shown"
        hands.touch("tab-today")
        hands.wait_for_page("today")
        assert hands.counter.staff_model._get_picture() == ""
        assert hands.counter.staff._operator._live._picture is None
        assert hands.stage.screen["kind"] == "idle", "the book began nothing"


def test_the_journal_is_listed_and_proved_and_a_tampered_record_is_named(
    qapp: object, tmp_path: Path
) -> None:
    with staffed_counter(tmp_path) as hands:
        stage = hands.stage
        stage.touch("library.return")
        stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
        hands.demonstration.present_book("2371600000164")
        stage.wait_for("returned", lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"])
        stage.touch("finish")
        stage.home()
        as_operator(hands, "journal")
        stage.wait_until("one record", lambda: len(hands.rows) == 1)
        hands.touch("option-verify")
        stage.wait_until("proved", lambda: "完整" in str(hands.page["figures"]))
        journal = hands.counter.terminal.journal
        with closing(opened(journal.directory / "journal.db")) as database:
            database.execute("UPDATE record SET amount_fen = 1, action = 'borrow' WHERE sequence = 1")
        hands.touch("option-verify")
        stage.wait_until("told", lambda: "不完整" in str(hands.page["figures"]))
        assert "第 1 条记录与写入时不符" in str(hands.page["next_step"])


def test_the_staff_record_is_read_searched_and_a_changed_line_is_named(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        hands.touch("signOut")
        hands.stage.wait_until("left", lambda: not hands.frame["open"])
        as_operator(hands, "machine")
        hands.touch("option-record")
        hands.wait_for_page("record")
        hands.stage.wait_until("read", lambda: bool(hands.rows))
        assert hands.rows[0] == "查看员工操作记录 · 李强 (2)"
        assert "登录 · 王芳 (1)" in hands.rows
        assert "完整" in str(hands.page["figures"])
        hands.counter.staff.search("王芳 登录")
        assert hands.rows == ["登录 · 王芳 (1)"]
        (file,) = staff_directory(tmp_path / "terminal").glob("*.db")
        with closing(sqlite3.connect(file)) as database:
            database.executescript(
                "DROP TRIGGER deed_is_not_changed;"
                "UPDATE deed SET name = '李强', number = 2 WHERE act = 'signed_in' AND number = 1;"
            )
        hands.touch("tab-machine")
        hands.touch("option-record")
        hands.stage.wait_until("told", lambda: "处被改动" in str(hands.page["figures"]))
        assert any("这一行与写入时不符" in note for _, note in notes(hands).values())


def test_a_clerk_may_not_read_the_staff_record(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        hands.touch("tab-machine")
        hands.wait_for_page("machine")
        assert "record" not in str(hands.page["options"])
        hands.counter.terminal.staff.read_record()
        hands.wait_for_message("您没有此项权限")


def test_the_last_day_is_drawn_from_what_was_measured(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        now = hands.counter.terminal.clock.now()
        begins = first_hour(now)
        planted = [Measured(begins + (5 + part / 10) * HOUR, Kind.VISIT) for part in range(8)]
        planted += [Measured(begins + (7 + part / 10) * HOUR, Kind.VISIT) for part in range(4)]
        planted += [
            Measured(begins + 5.5 * HOUR, Kind.WAITED, 250),
            Measured(begins + 7.5 * HOUR, Kind.WAITED, 500),
        ]
        planted += [Measured(begins + 3 * HOUR, Kind.OFFLINE), Measured(begins + 3.5 * HOUR, Kind.ONLINE)]
        with closing(opened(measures_file(tmp_path / "terminal"))) as database:
            write(database, planted)
        as_operator(hands, "day")
        hands.stage.wait_until("plots", lambda: len(hands.page["plots"]) == 3)
        visits, waits, offline = hands.page["plots"]
        assert [visits["bars"][5], visits["bars"][7]] == [1.0, 0.5]
        assert visits["total"] == "共 12 人次"
        assert [waits["bars"][5], waits["bars"][7]] == [0.5, 1.0]
        assert offline["bars"][3] == 0.5
        assert offline["total"] == "共 30 分钟"
        bars = heights(hands.there("plot-0"))
        assert len(bars) == 24
        assert bars[5] > 0
        assert abs(bars[7] * 2 - bars[5]) < 1
        assert bars[0] == 0


def heights(plot: QQuickItem) -> list[float]:
    """Of the bars as they are drawn, from left to right."""
    found = [item for item in every(plot) if item.objectName() == "bar"]
    return [item.height() for item in sorted(found, key=lambda item: item.mapToScene(item.position()).x())]


def every(item: QQuickItem) -> list[QQuickItem]:
    found = []
    for child in item.childItems():
        found += [child, *every(child)]
    return found


def test_a_visit_is_counted_without_a_word_of_who_it_was(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.demonstration.present_phone("liu-zhiyong")
        hands.stage.wait_for("known", lambda screen: screen["kind"] == "choose")
        hands.stage.home()
        as_operator(hands, "day")
        hands.stage.wait_until("plots", lambda: len(hands.page["plots"]) == 3)
        visits, waits, _ = hands.page["plots"]
        assert visits["total"] == "共 1 人次"
        assert waits["bars"][-1] == 1.0 or waits["bars"][-2] == 1.0
    content = measures_file(tmp_path / "terminal").read_bytes()
    for word in ("刘志勇", "T16000014", "371600198504170016"):
        assert word.encode() not in content
