"""Papers photographed at a running counter: its window, its camera, its centre, and nothing left behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtQuick import QQuickItem

from tests.ui.staff.desk import StaffHands, staffed_counter
from ui.inspection import Inspection
from ui.kiosk_model import KioskModel

PHONE = "13800000000"


def screen(hands: StaffHands, kind: str, *options: str) -> None:
    hands.stage.wait_for(
        kind,
        lambda shown: (
            shown["kind"] == kind
            and (not options or [each["id"] for each in shown["options"]] == list(options))
        ),
    )


def to_the_camera(hands: StaffHands, *, english: bool = False) -> None:
    """A card, the department, the service, the form: the first paper is asked for."""
    hands.demonstration.present_card("yang-ying")
    screen(hands, "choose")
    hands.touch("offer.search")
    screen(hands, "search")
    for letter in "YWJYRX":
        hands.touch(f"key-{letter}")
    hands.touch("school-enrol")
    screen(hands, "form")
    hands.stage.type_in(PHONE)
    screen(hands, "photograph", "picture.take")
    if english:
        model: KioskModel = hands.counter.model
        model.changeLanguage()


def picture(hands: StaffHands) -> QQuickItem:
    return hands.there("paperPicture")


def lay(hands: StaffHands, heading: str) -> None:
    """A sheet is before the camera, and its picture on the screen."""
    before = hands.counter.model._get_paper()
    hands.demonstration.present_paper(heading, "YANG YING", "BINZHOU", "HUANGHE ROAD 5")
    hands.stage.wait_until(
        "the picture moves", lambda: hands.counter.model._get_paper() not in ("", "none", before)
    )
    hands.stage.wait_until("it is drawn", lambda: picture(hands).property("sourceSize").width() > 100)


def files_with(folder: Path, content: bytes) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file() and content in each.read_bytes()]


def at_the_centre(hands: StaffHands) -> list[tuple[str, str, bytes]]:
    database = hands.demonstration.data / "central" / "central.db"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        return list(opened.execute("SELECT paper, application, picture FROM attachment ORDER BY id"))


def test_a_paper_is_photographed_looked_at_taken_again_and_handed_in(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path, profile="government") as hands:
        papers = hands.counter.terminal.papers
        to_the_camera(hands)
        assert hands.stage.screen["title"] == "户口簿"
        lay(hands, "HUKOU 1")
        assert Inspection(hands.window).faults() == []
        hands.touch("picture.take")
        screen(hands, "photograph", "picture.keep", "picture.again")
        first = papers.picture("household")
        hands.stage.wait_until(
            "the shot is drawn", lambda: "shot" in picture(hands).property("source").toString()
        )
        assert Inspection(hands.window).faults() == []
        assert hands.counter._paper._loop is None, "the camera is not shown while a picture is looked at"
        hands.touch("picture.again")
        screen(hands, "photograph", "picture.take")
        lay(hands, "HUKOU 2")
        hands.touch("picture.take")
        screen(hands, "photograph", "picture.keep", "picture.again")
        second = papers.picture("household")
        assert first != second
        assert len(second) <= 200_000
        hands.touch("picture.keep")
        screen(hands, "photograph", "picture.take", "picture.without")
        assert hands.stage.screen["title"] == "居住证"
        hands.touch("picture.without")
        screen(hands, "choose")
        assert [row["note"] for row in hands.stage.screen["rows"]] == [PHONE, "已拍照", "没有拍"]
        assert at_the_centre(hands) == [], "nothing has left the counter yet"
        hands.touch("application.hand-in")
        screen(hands, "result")
        assert hands.stage.screen["tone"] == "confirmed"
        ((paper, number, kept),) = at_the_centre(hands)
        assert paper == "household"
        assert number
        assert number in hands.stage.screen["largest"]
        sent, received = (
            cv2.imdecode(np.frombuffer(each, np.uint8), cv2.IMREAD_GRAYSCALE) for each in (second, kept)
        )
        assert sent is not None
        assert received is not None
        assert float(np.abs(sent.astype(float) - received).mean()) < 4, "the same paper"
        hands.stage.home()
        assert papers.picture("household") == b""
        assert hands.counter._paper._picture is None
        assert files_with(hands.demonstration.data / "terminal", second[200:260]) == []


def test_without_the_centre_nothing_is_taken_and_the_person_is_told(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path, profile="government") as hands:
        to_the_camera(hands)
        lay(hands, "HUKOU 1")
        hands.touch("picture.take")
        screen(hands, "photograph", "picture.keep", "picture.again")
        hands.touch("picture.keep")
        screen(hands, "photograph", "picture.take", "picture.without")
        hands.touch("picture.without")
        screen(hands, "choose")
        hands.demonstration.lose_centre()
        hands.touch("application.hand-in")
        screen(hands, "failed")
        assert hands.stage.screen["code"] == "offline.not_allowed"
        hands.stage.home()
        hands.stage.journalled()
        assert hands.counter.terminal.papers.picture("household") == b""


def test_who_goes_away_leaves_no_picture(qapp: object, tmp_path: Path) -> None:
    with staffed_counter(tmp_path, profile="government") as hands:
        to_the_camera(hands)
        lay(hands, "HUKOU 1")
        hands.touch("picture.take")
        screen(hands, "photograph", "picture.keep", "picture.again")
        assert hands.counter.terminal.papers.picture("household")
        hands.touch("startOver")
        screen(hands, "idle")
        assert hands.counter.terminal.papers.picture("household") == b""
        assert hands.counter._paper._loop is None
        assert at_the_centre(hands) == []
