"""A hotel's day among the staff pages, over a running reception and a real centre."""

from __future__ import annotations

import os
from pathlib import Path

from tests.ui.staff.desk import StaffHands, staffed_counter
from ui.stories.elsewhere import AnotherCounter

RECEPTION = "BZ-HTL-0001"


def opened(hands: StaffHands) -> None:
    hands.sign_in()
    hands.touch("tab-house")
    hands.wait_for_page("house")
    hands.stage.wait_until("the day is there", lambda: not hands.page["busy"])


def photographed(hands: StaffHands, name: str) -> None:
    """Kept where somebody asks for pictures."""
    if folder := os.environ.get("ONECARD_TEST_PICTURES"):
        hands.counter.window.photograph().save(str(Path(folder) / f"house-{name}.png"))


def test_a_clerk_sees_the_day_of_the_house_and_that_is_on_record(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path, profile="hotel") as hands:
        said = AnotherCounter(hands.demonstration, RECEPTION).book(
            "yang-ying", "hotel", "check-in", room="203", nights=1
        )
        assert said.outcome.value == "confirmed"
        opened(hands)
        stamps = [row.stamp for row in hands.counter.staff_model._get_rows()._rows]
        assert stamps == ["预计到店", "预计到店", "在店", "办理记录"]
        assert [row for row in hands.rows if "杨*" in row] == [row for row in hands.rows if "203" in row]
        assert not any("杨颖" in row for row in hands.rows)
        figures = hands.page["figures"]
        assert isinstance(figures, list)
        assert [figure["value"] for figure in figures[:4]] == ["2", "1", "0", "1"]
        photographed(hands, "day")
        hands.counter.staff.search("203")
        assert len(hands.rows) == 2
        assert "house_opened" in hands.acts()
        hands.demonstration.lose_centre()
        hands.touch("tab-house")
        hands.stage.wait_until("no day", lambda: hands.page["detail"] != "")
        assert hands.rows == []


def test_only_a_reception_has_that_page(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        tabs = hands.frame["tabs"]
        assert isinstance(tabs, list)
        assert "house" not in {tab["id"] for tab in tabs}
