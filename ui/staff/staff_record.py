"""Audit log of this terminal's staff, as the operator reads it."""

from __future__ import annotations

from datetime import datetime

from terminal.staff.audit import Act, Deed
from terminal.staff.desk import StaffDesk
from terminal.staff.events import RecordRead, StaffEvent
from terminal.visit.steps import Text, text
from ui.staff.pages import FactView, Say, StaffPage
from ui.staff.rows import RowView

RECORD = "record"
TONES = {
    Act.NOT_LET_IN: "refused",
    Act.LOCKED_OUT: "refused",
    Act.ITEM_SETTLED: "confirmed",
    Act.VOIDED: "accepted",
    Act.TERMINAL_LEFT: "accepted",
}
PICTURES = {
    Act.ITEM_SETTLED: "form",
    Act.VOIDED: "cross",
    Act.REPRINTED: "printer",
    Act.CAMERA_SHOWN: "camera",
    Act.SCREEN_CLEANED: "clean",
    Act.TERMINAL_LEFT: "leave",
    Act.TICKET_INSPECTED: "ticket",
}


class RecordPages:
    """Belongs to Qt's thread."""

    def __init__(self, desk: StaffDesk, say: Say) -> None:
        self._desk = desk
        self._say = say
        self.forget()

    def forget(self) -> None:
        """Forget everything shown to this member."""
        self._read: RecordRead | None = None
        self._query = ""

    def go(self, tab: str) -> None:
        self._query = ""
        self._desk.read_record()

    def touch(self, key: str) -> None:
        """A line says all there is."""

    def search(self, query: str) -> None:
        self._query = query

    def told(self, event: StaffEvent) -> None:
        if isinstance(event, RecordRead):
            self._read = event

    def rows(self) -> tuple[RowView, ...]:
        return record_rows(self._read, self._query, self._say)

    def page(self) -> StaffPage:
        return record_page(self._read, self._query, self._say)


def record_rows(read: RecordRead | None, query: str, say: Say) -> tuple[RowView, ...]:
    """Newest first, as far as a line holds every word of the query: a name, a number, a deed, a day."""
    words = query.casefold().split()
    rows = (_row(deed, deed.sequence in read.broken, say) for deed in read.deeds) if read else ()
    return tuple(row for row in rows if all(word in _words(row) for word in words))


def record_page(read: RecordRead | None, query: str, say: Say) -> StaffPage:
    """``read`` is None while it is being read."""
    figures: tuple[FactView, ...] = ()
    if read:
        whole = (
            text("staff.record.broken", count=str(len(read.broken)))
            if read.broken
            else text("staff.record.whole")
        )
        figures = (
            FactView(say(text("staff.record.is")), say(whole), "refused" if read.broken else "confirmed"),
        )
    shown, everything = len(record_rows(read, query, say)), len(read.deeds) if read else 0
    count = text("staff.count", shown=str(shown), all=str(everything))
    return StaffPage(
        RECORD,
        say(text("staff.record")),
        figures=figures,
        query=query,
        count=say(count) if read else "",
        busy=read is None,
    )


def _row(deed: Deed, broken: bool, say: Say) -> RowView:
    known = deed.act in set(Act)
    what = say(Text(f"staff.act.{deed.act}")) if known else deed.act
    who = f"{deed.name} ({deed.number})" if deed.number and deed.name else deed.name or f"({deed.number})"
    return RowView(
        str(deed.sequence),
        f"{what} · {who}",
        say(text("staff.record.changed")) if broken else deed.detail,
        f"{datetime.fromisoformat(deed.at):%m-%d %H:%M:%S}",
        "refused" if broken else TONES.get(Act(deed.act), "neutral") if known else "neutral",
        PICTURES.get(Act(deed.act), "person") if known else "person",
    )


def _words(row: RowView) -> str:
    return f"{row.title} {row.note} {row.stamp}".casefold()
