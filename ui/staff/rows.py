"""Long lists for the screens: rows by role, reset at once, so that a view keeps only the visible ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt

FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class RowView:
    """One line: ``key`` says which it is when it is touched, ``stamp`` stands at its right edge."""

    key: str
    title: str
    note: str
    stamp: str
    tone: str
    picture: str = ""


NAMES = ("key", "title", "note", "stamp", "tone", "picture")


class RowsModel(QAbstractListModel):
    """Belongs to Qt's thread."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RowView, ...] = ()

    def show(self, rows: tuple[RowView, ...]) -> None:
        """Nothing happens, and nothing scrolls, while they are the same."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return len(self._rows)

    def roleNames(self) -> dict[int, QByteArray]:
        return {FIRST_ROLE + place: QByteArray(name.encode()) for place, name in enumerate(NAMES)}

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = FIRST_ROLE) -> Any:
        if not 0 <= index.row() < len(self._rows) or not 0 <= role - FIRST_ROLE < len(NAMES):
            return None
        return getattr(self._rows[index.row()], NAMES[role - FIRST_ROLE])
