"""The clerk's pages at work: the inbox and today's business, one item, a decision with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from drivers.printers.slip import Slip
from terminal.journal.inbox import Decision
from terminal.journal.store import Journal
from terminal.staff.desk import StaffDesk
from terminal.staff.events import InboxRead, ItemDecided, StaffEvent, TodayRead
from terminal.staff.items import Item
from terminal.store_and_forward.circuit_breaker import Link
from terminal.visit.receipt import Receipt, name_of, slip_of
from terminal.visit.steps import ServiceSet, Text, text
from ui.staff.clerk_pages import (
    REPRINT,
    copy_page,
    correct_page,
    figures_of,
    found,
    item_page,
    list_page,
    reason_page,
    row_of,
)
from ui.staff.pages import Say, StaffPage
from ui.staff.reprint import copy_receipt
from ui.staff.rows import RowView

LONGEST_REASON = 200


class SlipPrinter(Protocol):
    def print(self, name: str, slip: Slip) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where the clerk is: a list, an item of it, a decision about it, and what it is corrected to."""

    list: str = "inbox"
    item: Item | None = None
    decision: Decision | None = None
    field: str = ""
    value: str = ""
    copying: bool = False


class ClerkPages:
    """Belongs to Qt's thread. ``tell`` shows a short message; ``names`` are counter and terminal."""

    def __init__(
        self,
        desk: StaffDesk,
        journal: Journal,
        link: Link,
        services: Callable[[], ServiceSet],
        names: tuple[str, str],
        printer: SlipPrinter | None,
        say: Say,
        now: Callable[[], datetime],
        tell: Callable[[Text, str], None],
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._link = link
        self._services = services
        self._names = names
        self._printer = printer
        self._say = say
        self._now = now
        self._tell = tell
        self.forget()

    def forget(self) -> None:
        """Forget everything shown to this member."""
        self._place = Place()
        self._items: dict[str, tuple[Item, ...] | None] = {"inbox": None, "today": None}
        self._rows: dict[str, tuple[RowView, ...]] = {"inbox": (), "today": ()}
        self._query = ""
        self._most_pending = 0
        self._slip = ""

    def go(self, which: str) -> None:
        self._place = Place(list=which)
        self._query = ""
        self._ask()

    def say_anew(self) -> None:
        """In another language now."""
        for which, items in self._items.items():
            self._rows[which] = tuple(row_of(item, self._services(), self._say) for item in items or ())

    def told(self, event: StaffEvent) -> None:
        match event:
            case InboxRead(items=items):
                self._take("inbox", items)
            case TodayRead(items=items):
                self._take("today", items)
            case ItemDecided(item=item):
                self._tell(text("staff.on_record", reference=item.reference), "confirmed")
                if self._place.item and self._place.item.id == item.id:
                    self._place = Place(list=self._place.list)
                self._ask()

    def scanned(self, barcode: str) -> None:
        """Under a scanner a field is filled, and a list is searched."""
        place = self._place
        if place.decision is Decision.CORRECT and not place.value:
            self.give(barcode)
        elif place.item is None:
            self.search(barcode)

    def search(self, query: str) -> None:
        self._query = query

    def touch(self, key: str) -> None:
        place = self._place
        if place.item is None:
            items = self._items[place.list] or ()
            opened = next((item for item in items if str(item.id) == key), None)
            if opened:
                self._place = replace(place, item=opened)
                self._desk.open_item(opened)
        elif key == REPRINT:
            self._reprint(place.item)
        elif key in {decision.value for decision in place.item.decisions} and place.decision is None:
            decision = Decision(key)
            name = place.item.correctable[0] if decision is Decision.CORRECT else ""
            self._place = replace(place, decision=decision, field=name)

    def give(self, value: str) -> None:
        """The right value for a correction, then the reason; with the reason the decision is made."""
        place = self._place
        value = " ".join(value.split())[:LONGEST_REASON]
        if place.item is None or place.decision is None or not value:
            return
        if place.decision is Decision.CORRECT and not place.value:
            self._place = replace(place, value=value)
            return
        if place.decision is Decision.VOID and not place.item.entry.standing.needs_clerk:
            self._desk.void(place.item, value)
        else:
            correction = {place.field: place.value} if place.decision is Decision.CORRECT else None
            self._desk.decide(place.item, place.decision, value, correction)
        self._place = replace(place, decision=None, field="", value="")

    def back(self) -> None:
        place = self._place
        if place.copying:
            self._place = replace(place, copying=False)
        elif place.value:
            self._place = replace(place, value="")
        elif place.decision:
            self._place = replace(place, decision=None, field="")
        else:
            self._place = Place(list=place.list)

    def printed(self, name: str, code: str) -> bool:
        """Outcome of a slip; True when it was one of these pages'."""
        if not name or name != self._slip:
            return False
        self._slip = ""
        if code:
            self._tell(text(f"fault.{code}"), "refused")
        else:
            self._tell(text("receipt.printed"), "confirmed")
        return True

    @property
    def waiting(self) -> int:
        """Items of the inbox, for the tab's badge."""
        return self._journal.backlog.inbox

    def rows(self) -> tuple[RowView, ...]:
        place = self._place
        if place.item is not None:
            return ()
        return found(self._rows[place.list], self._items[place.list] or (), self._query)

    def page(self) -> StaffPage:
        place = self._place
        if place.item is None:
            return self._list(place.list)
        if place.copying:
            return copy_page(self._receipt(place.item), self._say)
        if place.decision is None:
            return item_page(place.item, self._services(), self._say)
        if place.decision is Decision.CORRECT and not place.value:
            return correct_page(place.field, self._say)
        return reason_page(place.item, place.decision, place.value, self._services(), self._say)

    def _ask(self) -> None:
        if self._place.list == "inbox":
            self._desk.read_inbox()
        else:
            self._desk.read_today()

    def _take(self, which: str, items: tuple[Item, ...]) -> None:
        self._items[which] = items
        self._rows[which] = tuple(row_of(item, self._services(), self._say) for item in items)

    def _list(self, which: str) -> StaffPage:
        backlog = self._journal.backlog
        self._most_pending = max(self._most_pending, backlog.pending) if backlog.pending else 0
        figures = figures_of(backlog, self._link.state, self._most_pending, self._now(), self._say)
        progress = 1 - backlog.pending / self._most_pending if self._most_pending else -1.0
        items = self._items[which]
        counts = None if items is None else (len(self.rows()), len(items))
        return list_page(which, counts, self._query, figures, progress, self._say)

    def _receipt(self, item: Item) -> Receipt:
        return copy_receipt(item, self._services(), *self._names)

    def _reprint(self, item: Item) -> None:
        """On paper where there is a printer; on the screen as a code to photograph in any case."""
        self._desk.reprinted(item)
        self._place = replace(self._place, copying=True)
        if self._printer:
            receipt = self._receipt(item)
            self._slip = name_of(receipt)
            self._printer.print(self._slip, slip_of(receipt, self._say))
