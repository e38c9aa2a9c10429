"""Inspecting tickets on a bus, among the staff pages: a card or a code, and whether it rides here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import yuan
from terminal.staff.events import DeskRefused, StaffEvent, TicketInspected
from terminal.staff.inspection import InspectionDesk
from terminal.visit.steps import Text, text
from ui.staff.pages import FactView, Say, StaffPage
from ui.staff.rows import RowView

TAB = "inspection"
MOST_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Inspected:
    """One passenger, as this inspector saw it; ``at`` is when it was looked at."""

    found: TicketInspected
    at: str


class InspectionPages:
    """Belongs to Qt's thread. ``desk`` is None on a terminal that is not in a bus, where these pages are
    absent.
    """

    def __init__(self, desk: InspectionDesk | None, say: Say) -> None:
        self._desk = desk
        self._say = say
        self.forget()

    def forget(self) -> None:
        """Forget everything shown to this member."""
        self._seen: tuple[Inspected, ...] = ()
        self._busy = False

    def go(self, tab: str) -> None:
        if self._desk:
            self._desk.begin()

    def touch(self, key: str) -> None:
        """A line is only looked at."""

    def looks(self) -> None:
        """A card or a code is on its way."""
        self._busy = True

    def told(self, event: StaffEvent, now: datetime) -> None:
        if isinstance(event, TicketInspected | DeskRefused):
            self._busy = False
        if isinstance(event, TicketInspected):
            self._seen = (Inspected(event, f"{now:%H:%M:%S}"), *self._seen)[:MOST_REMEMBERED]

    def rows(self) -> tuple[RowView, ...]:
        return inspected_rows(self._seen[1:], self._say)

    def page(self) -> StaffPage:
        return inspection_page(self._seen[0] if self._seen else None, busy=self._busy, say=self._say)


def inspection_page(newest: Inspected | None, *, busy: bool, say: Say) -> StaffPage:
    """The newest passenger stands large; who came before is a line below."""
    if newest is None:
        return StaffPage(TAB, say(text("staff.inspection.show")), busy=busy)
    found = newest.found
    return StaffPage(
        TAB,
        say(text("staff.inspection.show")),
        say(verdict(found)),
        next_step=say(Text(f"fault.{found.code}.next")) if found.code else "",
        tone="refused" if found.code else "confirmed",
        facts=_facts(found, say),
        busy=busy,
        code=found.code,
    )


def verdict(found: TicketInspected) -> Text:
    return Text(f"fault.{found.code}") if found.code else text("bus.validated")


def inspected_rows(seen: tuple[Inspected, ...], say: Say) -> tuple[RowView, ...]:
    return tuple(
        RowView(
            key=str(number),
            title=_card(each.found, say),
            note=say(verdict(each.found)),
            stamp=each.at,
            tone="refused" if each.found.code else "confirmed",
            picture="cross" if each.found.code else "tick",
        )
        for number, each in enumerate(seen)
    )


def _facts(found: TicketInspected, say: Say) -> tuple[FactView, ...]:
    facts = [FactView(say(text("staff.inspection.card")), _card(found, say))]
    if not found.code:
        ride = say(text("bus.validated_at", at=found.at, line=found.line))
        facts.append(FactView(say(text("staff.inspection.ride")), ride))
        people = say(text("staff.inspection.paid", riders=str(found.riders), amount=yuan(found.fen)))
        facts.append(FactView(say(text("staff.inspection.riders")), people))
    return tuple(facts)


def _card(found: TicketInspected, say: Say) -> str:
    """Kind of the credential, with its last four digits where it has any."""
    kind = say(text(f"staff.inspection.{found.kind or 'unread'}"))
    return f"{kind} *{found.tail}" if found.tail else kind
