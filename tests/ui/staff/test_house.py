"""A hotel's day among the staff pages, over a running reception and a real centre."""

from __future__ import annotations

import os
from pathlib import Path

from terminal.visit.events import TimerFired
from tests.ui.staff.desk import StaffHands, staffed_counter
from ui.stories.elsewhere import AnotherCounter
from ui.stories.forks.hotel import confirm, shows, touched, walk_in

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


def log_of(hands: StaffHands) -> list[tuple[str, str]]:
    """Who did what, and what it was, newest first, as the page of the house tells it."""
    rows = hands.counter.staff_model._get_rows()._rows
    return [(row.title, row.note) for row in rows if row.stamp == "办理记录"]


def test_the_log_of_the_house_names_the_clerk_who_served_and_nobody_where_the_guest_did(
    qapp: object, tmp_path: Path
) -> None:
    with staffed_counter(tmp_path, profile="hotel") as hands:
        stage = hands.stage
        hands.sign_in()
        hands.touch("tab-serve")
        stage.wait_until("the pages are gone", lambda: not hands.frame["open"])
        stage.wait_until("the clerk stands on the screen", lambda: "王芳" in stage.frame["clerk"])
        photographed(hands, "served")
        walk_in(stage, "a guest's card", "yang-ying", "203")
        confirm(stage, "registered by the clerk", "confirmed")
        stage.home()
        assert stage.frame["clerk"] == ""
        shows(stage, "the guest comes back alone", "yang-ying")
        touched(stage, "and stays longer", "hotel.extend", "form")
        stage.step("one night", lambda: stage.type_in("1"), lambda screen: screen["kind"] == "result")
        stage.home()
        opened(hands)
        (extended, what), (registered, _) = log_of(hands)
        assert "自助" in extended
        assert what == "续住"
        assert "王芳 (1)" in registered
        photographed(hands, "who-did-what")
        assert hands.acts().count("serving") == 1


def test_a_clerk_who_goes_away_serves_nobody(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path, profile="hotel") as hands:
        counter = hands.counter.terminal.kiosk
        hands.sign_in()
        hands.touch("tab-serve")
        hands.stage.wait_until("the clerk serves", lambda: counter.counter.clerk != "")
        counter.receive(TimerFired("rest", dict(counter.counter.timers)["rest"]))
        assert counter.counter.clerk == ""


def test_only_a_reception_has_that_page(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path) as hands:
        hands.sign_in()
        tabs = hands.frame["tabs"]
        assert isinstance(tabs, list)
        assert "house" not in {tab["id"] for tab in tabs}
