"""The staff pages at work over a running terminal: who is let in, what is shown, and when it is left.

While they are open the visit beneath stands still: cards and codes do not reach it, its time limits are
held, and with the last page closed it goes on where it was.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QTimer

from domain.codes.code import CopyBarcode, ECardToken, RideCode, SignedECard
from drivers.codes.code_seen import CodeSeen
from drivers.events import DeviceEvent
from drivers.pcsc.events import CardArrived, CardGone, CardUnreadable
from drivers.printers.events import NotPrinted, Printed
from terminal.app.composition import Terminal
from terminal.staff.account import Member, Permission
from terminal.staff.events import (
    DeskRefused,
    MayClean,
    MayLeave,
    MayServe,
    NotSignedIn,
    SignedIn,
    StaffEvent,
)
from terminal.staff.house import HOTEL
from terminal.visit.events import (
    ClerkServes,
    CodeChecked,
    CodeRefused,
    Event,
    LanguageChanged,
    MoreTime,
    TimerFired,
)
from terminal.visit.steps import Text, text
from ui.kiosk_model import OTHER
from ui.staff import house, ticket_inspection
from ui.staff.clerk import ClerkPages
from ui.staff.house import HousePages
from ui.staff.live_picture import LivePicture
from ui.staff.machine_page import CLEAN, LANGUAGE, LEAVE, MACHINE, MachinePages
from ui.staff.model import StaffModel
from ui.staff.operator import TABS as OPERATOR_TABS
from ui.staff.operator import OperatorPages
from ui.staff.pages import CLOSED, NOTHING, StaffFrame, StaffPage, TabView
from ui.staff.staff_record import RECORD, RecordPages
from ui.staff.ticket_inspection import InspectionPages
from ui.texts import Texts

REST_S = 120
"""Without a touch or a key for so long staff is signed out; at the sign-in page sooner."""
SIGN_IN_REST_S = 30
WARNED_S = 20
MESSAGE_S = 6
TICK_MS = 500
MOST_SHOWN = 99
HELD_TIMERS = ("rest", "warning", "result")
"""Time limits of a visit that do not run out while staff works at its counter."""
CLERK_TABS = {"inbox": "form", "today": "clock"}
SERVE = "serve"


@dataclass(slots=True)
class Session:
    """One opening of the staff pages, from the first touch to the last; times in monotonic seconds.

    ``reading`` and ``staff_card`` name the reader of the card that is being read and that of the card that
    signed in; ``record``: the audit log replaces the machine's own page. ``held`` and ``laid`` are
    events withheld from the visit; ``proving`` codes for an inspector.
    """

    member: Member | None = None
    checking: bool = False
    reading: str = ""
    staff_card: str = ""
    tab: str = "inbox"
    record: bool = False
    language: str = ""
    touched_s: float = 0.0
    leaving_s: int = 0
    locked_until_s: float = 0.0
    message: tuple[Text, str, float] | None = None
    held: list[TimerFired] = field(default_factory=list)
    laid: dict[str, CardArrived] = field(default_factory=dict)
    proving: int = 0


class StaffArea:
    """Belongs to Qt's thread; the ``Hand`` of a ``StaffModel``. ``resume`` hands events to the visit."""

    def __init__(
        self,
        model: StaffModel,
        terminal: Terminal,
        texts: Texts,
        live: LivePicture,
        resume: Callable[[Event | DeviceEvent], None],
        monotonic_s: Callable[[], float],
    ) -> None:
        self._model = model
        self._terminal = terminal
        self._texts = texts
        self._say = say = texts.say
        self._resume = resume
        self._monotonic_s = monotonic_s
        settings = terminal.settings
        self._clerk = ClerkPages(
            terminal.staff,
            terminal.journal,
            terminal.link,
            lambda: terminal.kiosk.services,
            (settings.counter_name, settings.terminal),
            terminal.printing,
            say,
            self._now,
            self._tell,
        )
        self._operator = OperatorPages(
            terminal.operator,
            lambda: terminal.kiosk.services,
            live,
            terminal.camera is not None,
            say,
            lambda: texts.language,
            model.show_picture,
        )
        self._house = HousePages(terminal.house, say)
        self._inspection = InspectionPages(terminal.inspection, say)
        self._machine = MachinePages(self._chosen_of_machine, say)
        self._record = RecordPages(terminal.staff, say)
        self.clean: Callable[[], None] = lambda: None
        self.leave_terminal: Callable[[], None] = lambda: None
        """Window action for staff; set by the owner of the window."""
        self._open = False
        self._ticking = QTimer()
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._session = Session()
        model.hand = self

    def close(self) -> None:
        """Nothing ticks any more; on Qt's thread, before the model goes."""
        self._ticking.stop()
        self._ticking.timeout.disconnect()
        self._operator.forget()

    @property
    def is_open(self) -> bool:
        return self._open

    @property
    def member(self) -> Member | None:
        return self._session.member

    def enter(self) -> None:
        """Staff pressed long where only staff knows of it: the sign-in page, and nothing more."""
        if self._open:
            return
        self._open = True
        self._session.touched_s = self._monotonic_s()
        self._session.language = self._terminal.kiosk.counter.language
        self._terminal.staff.prepare()
        self._ticking.start()
        self._present()

    def leave(self) -> None:
        self._end(timed_out=False)

    def sign_in(self, number: int, pin: str) -> None:
        if self._session.member or self._session.checking:
            return
        self._session.checking = True
        self._session.message = None
        self._terminal.staff.sign_in(number, pin)
        self._present()

    def go(self, tab: str) -> None:
        if tab == SERVE and self._session.member:
            self._terminal.staff.serve()
            return
        if self._session.member and tab in {each.id for each in self._tabs()}:
            self._session.tab = tab
            self._session.record = False
            self._operator.leave()
            self._pages.go(tab)
            self._present()

    @property
    def _pages(
        self,
    ) -> ClerkPages | OperatorPages | HousePages | InspectionPages | MachinePages | RecordPages:
        if self._session.tab == ticket_inspection.TAB:
            return self._inspection
        if self._session.tab == house.TAB:
            return self._house
        if self._session.tab == MACHINE:
            return self._record if self._session.record else self._machine
        return self._operator if self._session.tab in OPERATOR_TABS else self._clerk

    def _chosen_of_machine(self, option: str) -> None:
        match option:
            case pressed if pressed == CLEAN:
                self._terminal.staff.clean()
            case pressed if pressed == RECORD:
                self._session.record = True
                self._record.go(RECORD)
            case pressed if pressed == LEAVE:
                self._terminal.operator.leave_terminal()
            case pressed if pressed == LANGUAGE:
                self._resume(LanguageChanged(OTHER[self._terminal.kiosk.counter.language]))

    def back(self) -> None:
        self._clerk.back()
        self._present()

    def touch(self, key: str) -> None:
        self._pages.touch(key)
        self._present()

    def give(self, value: str) -> None:
        self._clerk.give(value)
        self._present()

    def search(self, query: str) -> None:
        pages = self._pages
        (pages if isinstance(pages, HousePages | RecordPages) else self._clerk).search(query)
        self._present()

    def touched(self) -> None:
        """Any key and any finger: somebody is here."""
        self._session.touched_s = self._monotonic_s()
        if self._session.leaving_s:
            self._present()

    def told(self, event: StaffEvent) -> None:
        """Result of the desk. Results for a member who has left are dropped."""
        if not self._open:
            if isinstance(event, SignedIn):
                self._terminal.staff.sign_out(timed_out=True)
            return
        match event:
            case SignedIn(member=member):
                self._session.member = member
                self._session.checking = False
                self._session.message = None
                self._session.staff_card = self._session.reading
                self.go(next(each.id for each in self._tabs() if each.id != SERVE))
            case NotSignedIn(code=code, left_s=left_s):
                self._session.checking = False
                self._session.reading = ""
                self._session.locked_until_s = self._monotonic_s() + left_s
                self._tell(Text(f"fault.{code}"), "refused")
            case DeskRefused(code=code):
                self._tell(Text(f"fault.{code}"), "refused")
                self._operator.told(event)
                self._inspection.told(event, self._now())
            case MayClean() if self._session.member:
                self.clean()
            case MayServe(clerk=clerk) if self._session.member:
                self._end(timed_out=False)
                self._resume(ClerkServes(clerk))
            case MayLeave() if self._session.member:
                self.leave_terminal()
            case _ if self._session.member:
                self._clerk.told(event)
                self._operator.told(event)
                self._house.told(event)
                self._record.told(event)
                self._inspection.told(event, self._now())
        self._present()

    def takes(self, event: Event | DeviceEvent) -> bool:
        """True for an event that is meant for staff, or for no one, and must not reach the visit."""
        match event:
            case Printed(slip=slip):
                return self._clerk.printed(slip, "")
            case NotPrinted(slip=slip, code=code):
                return self._clerk.printed(slip, code)
        if not self._open:
            return False
        match event:
            case CardArrived():
                self._card_arrived(event)
            case CardUnreadable(code=code):
                self._tell(Text(f"fault.{code}"), "refused")
            case CardGone(reader=reader):
                self._session.laid.pop(reader, None)
                self._session.staff_card = (
                    "" if self._session.staff_card == reader else self._session.staff_card
                )
                return False
            case CodeSeen(code=CopyBarcode(barcode=barcode)) if self._session.member:
                self._clerk.scanned(barcode)
            case CodeSeen(code=SignedECard() | RideCode() | ECardToken() as shown) if self._inspects:
                self._inspect_code(shown, repeated=event.repeated)
            case CodeChecked(credential=credential) if self._session.proving:
                self._session.proving -= 1
                if self._terminal.inspection:
                    self._terminal.inspection.proved(credential)
            case CodeRefused(reason=reason) if self._session.proving:
                self._session.proving -= 1
                if self._terminal.inspection:
                    self._terminal.inspection.not_proved(reason)
            case CodeSeen(repeated=False):
                self._tell(text("staff.code_seen"), "accepted")
            case CodeSeen():
                pass
            case TimerFired(name=name) if name in HELD_TIMERS:
                self._session.held.append(event)
            case _:
                return False
        self._present()
        return True

    def say_anew(self) -> None:
        """In another language now."""
        self._clerk.say_anew()
        self._present()

    def _card_arrived(self, event: CardArrived) -> None:
        if self._session.member is None and not self._session.checking:
            self._session.reading = event.reader
            self._session.checking = True
            self._terminal.staff_cards.read(event.reader)
        if self._inspects and self._terminal.inspection:
            self._inspection.looks()
            self._terminal.inspection.card(event.reader)
            return
        self._session.laid[event.reader] = event
        if self._session.member:
            self._tell(text("staff.card_seen"), "accepted")

    @property
    def _inspects(self) -> bool:
        """Whether what is shown now is a passenger's, for the inspector who signed in."""
        return self._session.member is not None and self._session.tab == ticket_inspection.TAB

    def _inspect_code(self, code: SignedECard | RideCode | ECardToken, *, repeated: bool) -> None:
        if repeated or not self._terminal.inspection:
            return
        self._inspection.looks()
        self._session.proving += not isinstance(code, ECardToken)
        self._terminal.inspection.code(code)

    def _now(self) -> datetime:
        return self._terminal.clock.now()

    def _tell(self, said: Text, tone: str) -> None:
        self._session.message = (said, tone, self._monotonic_s() + MESSAGE_S)

    def _end(self, *, timed_out: bool) -> None:
        """The visit goes on: a card laid down meanwhile is served, the staff's own is not."""
        if not self._open:
            return
        self._terminal.staff.sign_out(timed_out=timed_out)
        laid = [event for reader, event in self._session.laid.items() if reader != self._session.staff_card]
        held = self._session.held
        spoken = self._session.language
        self._open = False
        self._ticking.stop()
        self._clerk.forget()
        self._operator.forget()
        self._house.forget()
        self._record.forget()
        self._inspection.forget()
        self._session = Session()
        self._present()
        waiting: list[Event | DeviceEvent] = [MoreTime(), *held, *laid]
        if spoken != self._terminal.kiosk.counter.language:
            waiting.insert(0, LanguageChanged(spoken))
        for event in waiting:
            self._resume(event)

    def _tick(self) -> None:
        rest_s = REST_S if self._session.member else SIGN_IN_REST_S
        left_s = rest_s - (self._monotonic_s() - self._session.touched_s)
        if left_s <= 0:
            self._end(timed_out=True)
            return
        self._session.leaving_s = math.ceil(left_s) if left_s <= WARNED_S and self._session.member else 0
        if self._session.message and self._monotonic_s() > self._session.message[2]:
            self._session.message = None
        self._present()

    def _tabs(self) -> tuple[TabView, ...]:
        member = self._session.member
        if member is None:
            return ()
        tabs = dict(CLERK_TABS) if member.may(Permission.INBOX) else {}
        if member.may(Permission.INSPECT) and self._terminal.inspection:
            tabs[ticket_inspection.TAB] = "ticket"
        if member.may(Permission.INBOX) and HOTEL in self._terminal.settings.services:
            tabs = {SERVE: "person"} | tabs | {house.TAB: "bed"}
        if member.may(Permission.SELF_TESTS):
            tabs |= OPERATOR_TABS
        tabs[MACHINE] = "home"
        self._machine.may_leave = member.may(Permission.SELF_TESTS)
        return tuple(
            TabView(id, self._say(Text(f"staff.tab.{id}")), picture, self._badge(id))
            for id, picture in tabs.items()
        )

    def _badge(self, tab: str) -> str:
        waiting = self._clerk.waiting if tab == "inbox" else 0
        return f"{MOST_SHOWN}+" if waiting > MOST_SHOWN else str(waiting or "")

    def _present(self) -> None:
        if not self._open:
            self._model.present(CLOSED, NOTHING)
            return
        said, tone = (
            (self._say(self._session.message[0]), self._session.message[1])
            if self._session.message
            else ("", "neutral")
        )
        member = f"{self._session.member.name}  {self._session.member.number}" if self._session.member else ""
        frame = StaffFrame(
            open=True,
            member=member,
            terminal=self._terminal.settings.terminal,
            tabs=self._tabs(),
            current=self._session.tab,
            leaving_s=self._session.leaving_s,
            message=said,
            tone=tone,
            language=self._texts.language,
        )
        if self._session.member is None:
            self._model.present(frame, self._sign_in_page())
        else:
            self._model.present(frame, self._pages.page(), self._pages.rows())

    def _sign_in_page(self) -> StaffPage:
        wait_s = max(0, math.ceil(self._session.locked_until_s - self._monotonic_s()))
        return StaffPage(
            "sign_in",
            self._say(text("staff.sign_in")),
            self._say(text("staff.sign_in.card")),
            busy=self._session.checking,
            wait_s=wait_s,
        )
