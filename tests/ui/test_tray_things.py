"""What the tray lays down and holds up reaches the counter: a blank, a sheet, a phone at the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

import ui.tray
from tests.cities import BINZHOU
from ui.demonstration import PAPERS
from ui.demonstration_staff import Account
from ui.stories.stage import find
from ui.texts import Texts
from ui.tray import TrayModel


class Noted:
    """A demonstration that notes what is presented."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, ...]] = []
        self.city = BINZHOU

    def present_card(self, card: str) -> None:
        self.seen.append(("card", card))

    def present_sheet(self, paper: str) -> None:
        self.seen.append(("paper", paper))

    def scan_screen(self, person: str) -> None:
        self.seen.append(("scan", person))


@pytest.fixture
def shown(qapp: object) -> Any:
    noted = Noted()
    texts = Texts("zh_CN")
    model = TrayModel(noted, (Account(1, "王芳", "482913"),))  # type: ignore[arg-type]
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(ui.tray.QML))
    engine.setInitialProperties({"tray": model})
    engine.load(QUrl.fromLocalFile(str(ui.tray.QML / "Tray.qml")))
    yield noted, model, engine.rootObjects()[0]
    engine.deleteLater()
    texts.close()


def touched(window: QObject, name: str) -> None:
    assert isinstance(window, QQuickWindow)
    item = find(window.contentItem(), name)
    assert isinstance(item, QQuickItem), name
    item.clicked.emit()  # type: ignore[attr-defined]


def test_blanks_and_papers_are_there_to_be_laid_down(shown: Any) -> None:
    noted, model, window = shown
    for name in ("blank", "new-card", *PAPERS):
        touched(window, name)
    model.presentPhone("yang-ying", "scan")
    papers = [("paper", each) for each in PAPERS]
    assert noted.seen == [("card", "blank"), ("card", "new-card"), *papers, ("scan", "yang-ying")]


def test_the_tray_can_be_looked_at(shown: Any, tmp_path: Path) -> None:
    _, _, window = shown
    window.setHeight(1500)
    picture = window.grabWindow()
    assert not picture.isNull()
    assert picture.save(str(tmp_path / "tray.png"))
