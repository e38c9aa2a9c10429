"""A hotel's day among the staff pages: who is to come, who is there, who leaves, who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from terminal.receipt import said_title
from terminal.services.hotel_today import PAGES, VIEWS, register, rows
from terminal.staff.events import HouseRead, StaffEvent
from terminal.staff.house import HouseDesk
from terminal.visit.steps import Text, text
from ui.staff.pages import FactView, Say, StaffPage
from ui.staff.rows import RowView

TAB = "house"


class HousePages:
    """Belongs to Qt's thread."""

    def __init__(self, desk: HouseDesk, say: Say) -> None:
        self._desk = desk
        self._say = say
        self.forget()

    def forget(self) -> None:
        """Whoever comes next sees nothing of what this one looked at."""
        self._day: Mapping[str, Any] | None = None
        self._fault = ""
        self._query = ""

    def go(self, tab: str) -> None:
        self.forget()
        self._desk.read()

    def touch(self, key: str) -> None:
        """A touch on any line reads the day anew."""
        self._desk.read()

    def search(self, query: str) -> None:
        self._query = query

    def told(self, event: StaffEvent) -> None:
        if isinstance(event, HouseRead):
            self._day, self._fault = event.day, event.code

    def rows(self) -> tuple[RowView, ...]:
        """All lists one below the other, what needs somebody first within each."""
        day = self._day or {}
        found = [
            self._row(name, number, row) for name, _ in PAGES for number, row in enumerate(rows(day, name))
        ]
        words = self._query.casefold().split()
        return tuple(row for row in found if all(word in row.title.casefold() for word in words))

    def page(self) -> StaffPage:
        day = self._day or {}
        empty = self._day is not None and not any(rows(day, name) for name, _ in PAGES)
        detail = f"fault.{self._fault}" if self._fault else "staff.house.empty" if empty else ""
        shown = len(self.rows())
        return StaffPage(
            TAB,
            self._say(text("staff.house")),
            self._say(Text(detail)) if detail else "",
            figures=self._figures(day) if day else (),
            query=self._query,
            count=self._say(text("staff.count", shown=str(shown), all=str(shown))) if shown else "",
            busy=self._day is None,
        )

    def _row(self, name: str, number: int, row: Mapping[str, Any]) -> RowView:
        view = VIEWS[name](row)
        return RowView(
            key=f"{name}-{number}",
            title=said_title(view, self._say),
            note=self._say(view.note),
            stamp=self._say(text(f"staff.house.{name}")),
            tone=view.certainty.value,
            picture=view.picture,
        )

    def _figures(self, day: Mapping[str, Any]) -> tuple[FactView, ...]:
        told = day.get("register")
        standing: Mapping[str, Any] = told if isinstance(told, dict) else {}
        tone = "refused" if standing.get("late") else "accepted" if standing.get("waiting") else "confirmed"
        counts = tuple(
            FactView(self._say(text(f"staff.house.{name}")), str(len(rows(day, name)))) for name, _ in PAGES
        )
        return (*counts, FactView(self._say(text("staff.house.register")), self._say(register(day)), tone))
