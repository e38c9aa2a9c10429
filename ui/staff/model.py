"""The QML's view of the staff pages, and their requests. Thin: every decision is made elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot

from config.pinyin import candidates
from ui.kiosk_model import for_qml
from ui.staff.pages import CLOSED, NOTHING, StaffFrame, StaffPage
from ui.staff.rows import RowsModel, RowView


class Hand(Protocol):
    """Handler of touches."""

    def enter(self) -> None: ...

    def leave(self) -> None: ...

    def sign_in(self, number: int, pin: str) -> None: ...

    def go(self, tab: str) -> None: ...

    def back(self) -> None: ...

    def touch(self, key: str) -> None: ...

    def give(self, value: str) -> None: ...

    def search(self, query: str) -> None: ...


class NoHand:
    """Where pages are only looked at."""

    def enter(self) -> None: ...

    def leave(self) -> None: ...

    def sign_in(self, number: int, pin: str) -> None: ...

    def go(self, tab: str) -> None: ...

    def back(self) -> None: ...

    def touch(self, key: str) -> None: ...

    def give(self, value: str) -> None: ...

    def search(self, query: str) -> None: ...


class StaffModel(QObject):
    """Belongs to Qt's thread. ``hand`` is set by the owner of the live pages."""

    frameChanged = Signal()
    pageChanged = Signal()
    openChanged = Signal()
    pictureChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hand: Hand = NoHand()
        self._rows = RowsModel()
        self._open = False
        self._picture = ""
        self._frame: dict[str, Any] = asdict(CLOSED, dict_factory=for_qml)
        self._page: dict[str, Any] = asdict(NOTHING, dict_factory=for_qml)

    def present(self, frame: StaffFrame, page: StaffPage, rows: tuple[RowView, ...] = ()) -> None:
        """Shows these; a signal goes out only for what changed. Rows first: a page that opens finds them."""
        self._rows.show(rows)
        framed, shown = asdict(frame, dict_factory=for_qml), asdict(page, dict_factory=for_qml)
        if shown != self._page:
            self._page = shown
            self.pageChanged.emit()
        if framed != self._frame:
            self._frame = framed
            self.frameChanged.emit()
        if frame.open != self._open:
            self._open = frame.open
            self.openChanged.emit()

    def show_picture(self, serial: int) -> None:
        """The live picture moved on; 0: there is none."""
        picture = f"image://camera/{serial}" if serial else ""
        if picture != self._picture:
            self._picture = picture
            self.pictureChanged.emit()

    def _get_picture(self) -> str:
        return self._picture

    def _get_open(self) -> bool:
        return self._open

    def _get_frame(self) -> dict[str, Any]:
        return self._frame

    def _get_page(self) -> dict[str, Any]:
        return self._page

    def _get_rows(self) -> RowsModel:
        return self._rows

    open = Property(bool, _get_open, notify=openChanged)
    frame = Property("QVariantMap", _get_frame, notify=frameChanged)  # type: ignore[arg-type]
    page = Property("QVariantMap", _get_page, notify=pageChanged)  # type: ignore[arg-type]
    picture = Property(str, _get_picture, notify=pictureChanged)
    rows = Property(QObject, _get_rows, constant=True)

    @Slot(str, result="QVariantList")
    def candidates(self, letters: str) -> list[dict[str, Any]]:
        """Candidates for pinyin letters, each with the number of letters it takes."""
        return [asdict(each) for each in candidates(letters)]

    @Slot()
    def enter(self) -> None:
        self.hand.enter()

    @Slot()
    def leave(self) -> None:
        self.hand.leave()

    @Slot(int, str)
    def signIn(self, number: int, pin: str) -> None:
        self.hand.sign_in(number, pin)

    @Slot(str)
    def go(self, tab: str) -> None:
        self.hand.go(tab)

    @Slot()
    def back(self) -> None:
        self.hand.back()

    @Slot(str)
    def touch(self, key: str) -> None:
        self.hand.touch(key)

    @Slot(str)
    def give(self, value: str) -> None:
        self.hand.give(value)

    @Slot(str)
    def search(self, query: str) -> None:
        self.hand.search(query)
