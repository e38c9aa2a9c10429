"""The demonstration's tray: cards to lay down, phones to show, books to scan, by click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QQmlApplicationEngine

from ui.demonstration import PAPERS, Demonstration, Showing
from ui.demonstration_staff import Account, demonstration_staff

QML = Path(__file__).parent / "qml"
SCAN = "scan"


class TrayModel(QObject):
    """Offers of the tray, and the item in hand."""

    changed = Signal()

    def __init__(self, demonstration: Demonstration, staff: tuple[Account, ...]) -> None:
        super().__init__()
        self._demonstration = demonstration
        self._city = demonstration.city
        self._staff = staff
        self._card = ""

    def _get_people(self) -> list[dict[str, Any]]:
        return [{"id": person.id, "name": person.full_name} for person in self._city.personas.values()]

    def _get_books(self) -> list[dict[str, Any]]:
        return [{"id": book.id, "name": book.title} for book in self._city.shelf.copies if book.tray]

    def _get_papers(self) -> list[str]:
        return list(PAPERS)

    def _get_staff(self) -> list[dict[str, Any]]:
        return [{"number": one.number, "name": one.name, "pin": one.pin} for one in self._staff]

    def _get_card(self) -> str:
        return self._card

    people = Property("QVariantList", _get_people, constant=True)  # type: ignore[arg-type]
    books = Property("QVariantList", _get_books, constant=True)  # type: ignore[arg-type]
    papers = Property("QVariantList", _get_papers, constant=True)  # type: ignore[arg-type]
    staff = Property("QVariantList", _get_staff, constant=True)  # type: ignore[arg-type]
    card = Property(str, _get_card, notify=changed)

    @Slot(str)
    def presentCard(self, person: str) -> None:
        self._demonstration.present_card(person)
        self._card = person
        self.changed.emit()

    @Slot(str, str)
    def presentPhone(self, person: str, showing: str) -> None:
        """``showing`` is one of ``ui.demonstration.Showing``, or ``scan``: at the counter's screen."""
        if showing == SCAN:
            self._demonstration.scan_screen(person)
        else:
            self._demonstration.present_phone(person, Showing(showing))

    @Slot(str)
    def presentPaper(self, paper: str) -> None:
        self._demonstration.present_sheet(paper)

    @Slot(str)
    def presentBook(self, barcode: str) -> None:
        self._demonstration.present_book(barcode)

    @Slot()
    def takeAway(self) -> None:
        self._demonstration.take_away()
        self._card = ""
        self.changed.emit()


class Tray:
    """A window of its own beside the counter's. Raises ``StaffFault``."""

    def __init__(self, demonstration: Demonstration) -> None:
        staff = demonstration_staff(demonstration.data / "terminal", demonstration.now())
        self._model = TrayModel(demonstration, staff)
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(QML))
        self._engine.setInitialProperties({"tray": self._model})
        self._engine.load(QUrl.fromLocalFile(str(QML / "Tray.qml")))
        counter = demonstration.counter.window.window
        self.window.setProperty("x", counter.x() + counter.width())

    @property
    def window(self) -> QObject:
        return self._engine.rootObjects()[0]

    def close(self) -> None:
        """Screens before what they show; see ``KioskWindow.close``."""
        shiboken6.delete(self._engine)
        shiboken6.delete(self._model)
