"""A hotel's day among the staff pages: who is to come, who is there, who leaves, who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from terminal.services.hotel_today import PAGES, VIEWS, rows
from terminal.staff.events import HouseRead, StaffEvent
from terminal.staff.house import HouseDesk
from terminal.visit.receipt import said_title
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
        """Forget everything shown to this member."""
        self._day: Mapping[str, Any] | None = None
        self._fault = ""
        self._query = ""

    def go(self, tab: str) -> None:
        """Keep the page until newer data has arrived."""
        self._query = ""
        self._desk.read()

    def touch(self, key: str) -> None:
        """A touch on any line reads the day again."""
        self._desk.read()

    def search(self, query: str) -> None:
        self._query = query

    def told(self, event: StaffEvent) -> None:
        if isinstance(event, HouseRead):
            self._day, self._fault = event.day, event.code

    def rows(self) -> tuple[RowView, ...]:
        return house_rows(self._day or {}, self._query, self._say)

    def page(self) -> StaffPage:
        return house_page(self._day, self._query, self._fault, self._say)


def house_rows(day: Mapping[str, Any], query: str, say: Say) -> tuple[RowView, ...]:
    """All lists one below the other, as far as a line's title holds every word of the query."""
    found = [_row(name, number, row, say) for name, _ in PAGES for number, row in enumerate(rows(day, name))]
    words = query.casefold().split()
    return tuple(row for row in found if all(word in row.title.casefold() for word in words))


def house_page(day: Mapping[str, Any] | None, query: str, fault: str, say: Say) -> StaffPage:
    """``day`` is None while it is being asked for; ``fault`` is the code of why there is none."""
    told = day or {}
    empty = day is not None and not any(rows(told, name) for name, _ in PAGES)
    detail = f"fault.{fault}" if fault else "staff.house.empty" if empty else ""
    shown, everything = len(house_rows(told, query, say)), len(house_rows(told, "", say))
    count = text("staff.count", shown=str(shown), all=str(everything))
    return StaffPage(
        TAB,
        say(text("staff.house")),
        say(Text(detail)) if detail else "",
        figures=_figures(told, say) if told else (),
        query=query,
        count=say(count) if everything else "",
        busy=day is None,
    )


def _row(name: str, number: int, row: Mapping[str, Any], say: Say) -> RowView:
    view = VIEWS[name](row)
    return RowView(
        key=f"{name}-{number}",
        title=said_title(view, say),
        note=say(view.note),
        stamp=say(text(f"staff.house.{name}")),
        tone=view.certainty.value,
        picture=view.picture,
    )


def _figures(day: Mapping[str, Any], say: Say) -> tuple[FactView, ...]:
    told = day.get("register")
    standing: Mapping[str, Any] = told if isinstance(told, dict) else {}
    late, waiting, due = (str(standing.get(name) or 0) for name in ("late", "waiting", "next_due"))
    kind, tone = (
        ("late", "refused")
        if standing.get("late")
        else ("waiting", "accepted")
        if standing.get("waiting")
        else ("told", "confirmed")
    )
    value = say(text(f"staff.house.register.{kind}", late=late, waiting=waiting, due=due))
    counts = tuple(FactView(say(text(f"staff.house.{name}")), str(len(rows(day, name)))) for name, _ in PAGES)
    return (*counts, FactView(say(text("staff.house.register")), value, tone))
