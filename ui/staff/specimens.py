"""Staff pages to look at: ordinary and hard contents, through the presenters that the running pages use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.backlog import Backlog
from domain.messages.contract import TrustLevel
from domain.transaction_state import Standing
from terminal.diagnostics.check import Trouble, well, wrong
from terminal.diagnostics.checks import PARTS
from terminal.diagnostics.usage_metrics.day import HOUR, Measured, first_hour, last_day
from terminal.diagnostics.usage_metrics.observing import Kind
from terminal.journal.inbox import Decision, offered
from terminal.journal.reading import Settled
from terminal.journal.record import Entry
from terminal.journal.verification import Problem, Verification, Wrong
from terminal.services.registry import services_of
from terminal.staff.audit import Act, Deed
from terminal.staff.events import RecordRead, TicketInspected
from terminal.staff.items import Item
from terminal.store_and_forward.circuit_breaker import LinkState
from terminal.visit.steps import Text
from ui.specimens import NOON, TITLES
from ui.staff.clerk_pages import (
    copy_page,
    correct_page,
    figures_of,
    found,
    item_page,
    list_page,
    reason_page,
    row_of,
)
from ui.staff.house import TAB, house_page, house_rows
from ui.staff.machine_page import MACHINE, machine_page
from ui.staff.operator import TABS
from ui.staff.operator_pages import camera_page, check_row, checks_page, day_page, entry_row, journal_page
from ui.staff.pages import Say, StaffFrame, StaffPage, TabView
from ui.staff.reprint import copy_receipt
from ui.staff.rows import RowView
from ui.staff.staff_record import record_page, record_rows
from ui.staff.ticket_inspection import TAB as INSPECTION
from ui.staff.ticket_inspection import Inspected, inspected_rows, inspection_page

SERVICES = services_of(("library", "hotel"))
SERVE = "serve"
LONG_NAME = "买买提艾力·阿卜杜热合曼·尼亚孜"
MANY = 1_000
REASONS = ("library.copy_on_loan", "library.reader_blocked", "library.on_hold", "hotel.already_registered")
STANDINGS = (Standing.REFUSED_LATER, Standing.BOOKED_ANYWAY, Standing.HELD_PROMISED, Standing.CONFLICT)


@dataclass(frozen=True, slots=True)
class StaffSpecimen:
    frame: StaffFrame
    page: StaffPage
    rows: tuple[RowView, ...] = ()


def item(number: int, standing: Standing = Standing.REFUSED_LATER, code: str = REASONS[0]) -> Item:
    """The ``number``-th of a busy day."""
    entry = Entry(
        sequence=number + 1,
        id=UUID(int=(0x0193_5C00_0000_7000_8000_0000_0000_0000 | (number + 1) * 0x9E37_79B1)),
        service="library",
        action=("borrow", "renew", "return")[number % 3],
        trust=TrustLevel.READ,
        occurred_at=NOON - timedelta(minutes=3 * number),
        amount_fen=0,
        standing=standing,
        code=code,
        changed_at=NOON,
        kept=True,
    )
    about = (("barcode", f"21101{number:08d}"), ("title", TITLES[number % len(TITLES)]))
    return Item(
        entry,
        about,
        card=f"{14 + number % 9000:04d}",
        decisions=offered(standing),
        correctable=("barcode",),
    )


def staff_specimens(say: Say, language: str) -> Mapping[str, StaffSpecimen]:
    """By name, in the order of a clerk's and an operator's day."""
    busy = Backlog(37, NOON - timedelta(hours=5, minutes=12), MANY, 3)
    link = LinkState(online=False, last_contact=NOON - timedelta(minutes=41))
    figures = figures_of(busy, link, 120, NOON, say)
    many = tuple(
        item(number, STANDINGS[number % 4], REASONS[number % 3] if number % 4 == 0 else "")
        for number in range(MANY)
    )
    rows = tuple(row_of(each, SERVICES, say) for each in many)
    clerk, operator = (
        _frame("王芳  1", "inbox", say),
        _frame(f"{LONG_NAME}  12", "checks", say, operator=True),
    )
    today = (
        replace(item(0, Standing.CONFIRMED, ""), decisions=(Decision.VOID,)),
        item(1, Standing.PROMISED, ""),
    )
    settled = Settled(4, "refused_later", "accept", f"{LONG_NAME} (12)", "物品已追回并归位", NOON)
    query = "红楼梦 37"
    few = found(rows, many, query)
    checks = {name: (well("scanner", "wedge") if name == "scanner" else None) for name in PARTS}
    checks |= {
        "readers": wrong("readers", "none", Trouble.DEVICE, pattern="'*OMNIKEY*'"),
        "sam": well("sam", "number", slot="Desk 00 01", number="110100010001"),
        "camera": well("camera", "gives", source="/dev/video0", width=1280, height=720),
        "disk": wrong("disk", "low", Trouble.OTHER, mib=312, place="/var/lib/onecard"),
    }
    records = tuple(each.entry for each in many[:200])
    whole = Verification(18_204, 17_000, "9f3c1d77b2ae" * 5, ())
    broken = replace(whole, found=(Problem(Wrong.RECORD, 1204), Problem(Wrong.MISSING, 1300, 1302)))
    day = a_house()
    deeds = RecordRead(
        tuple(
            Deed(
                90 - place,
                NOON.isoformat(),
                act.value,
                12 if place % 3 else 1,
                LONG_NAME if place % 3 else "王芳",
                about,
            )
            for place, act in enumerate(Act)
            for about in (f"0193b2c4-{place:04} void: 读者当面要求取消" if "settl" in act.value else "",)
        ),
        (88,),
    )
    good = Inspected(TicketInspected("t_union", "4321", "08:12", "K6", 3, 600), "08:31:07")
    bad = Inspected(TicketInspected("social_security_card", "0018", code="bus.not_validated"), "08:30:44")
    unread = Inspected(TicketInspected(code="card.transport_not_here"), "08:30:02")
    lists = {
        "house-alone": (
            _frame(f"{LONG_NAME}  12", "house", say, reception=True),
            house_page({}, "", "central.unreachable", say),
            (),
        ),
        "record": (
            replace(operator, current=MACHINE),
            record_page(deeds, "", say),
            record_rows(deeds, "", say),
        ),
        "house": (
            _frame("王芳  1", "house", say, reception=True),
            house_page(day, "", "", say),
            house_rows(day, "", say),
        ),
        "inspection-good": (
            _frame("查票员  3", INSPECTION, say, inspector=True),
            inspection_page(good, busy=False, say=say),
            inspected_rows((bad, unread, good, bad), say),
        ),
        "inspection-bad": (
            _frame("王芳  1", INSPECTION, say, bus=True),
            inspection_page(bad, busy=True, say=say),
            inspected_rows((unread,), say),
        ),
        "inspection": (
            _frame("查票员  3", INSPECTION, say, inspector=True),
            inspection_page(None, busy=False, say=say),
            (),
        ),
        "inbox-1000": (clerk, list_page("inbox", (MANY, MANY), "", figures, 0.69, say), rows),
        "inbox-searched": (clerk, list_page("inbox", (len(few), MANY), query, figures, 0.69, say), few),
        "inbox-empty": (
            clerk,
            list_page("inbox", (0, 0), "", figures_of(Backlog(), LinkState(), 0, NOON, say), -1, say),
            (),
        ),
        "today": (
            replace(clerk, current="today"),
            list_page("today", (2, 2), "", figures, 0.69, say),
            tuple(row_of(each, SERVICES, say) for each in today),
        ),
        "checks": (
            operator,
            checks_page(checks, (4, len(checks)), say),
            tuple(check_row(name, check, name == "clock", language, say) for name, check in checks.items()),
        ),
        "journal": (
            replace(operator, current="journal"),
            journal_page(records, whole, False, say),
            tuple(entry_row(each, SERVICES, say) for each in records),
        ),
        "journal-broken": (
            replace(operator, current="journal"),
            journal_page(records, broken, False, say),
            tuple(entry_row(each, SERVICES, say) for each in records),
        ),
    }
    pages = {
        "sign-in": (StaffFrame(open=True, terminal="DEMO-0001"), _sign_in(say)),
        "sign-in-locked": (
            StaffFrame(
                open=True, terminal="DEMO-0001", message=say(Text("fault.staff.locked_out")), tone="refused"
            ),
            replace(_sign_in(say), wait_s=57),
        ),
        "late-refusal": (clerk, item_page(many[0], SERVICES, say)),
        "late-refusal-on-record": (
            replace(
                clerk, message=say(Text("staff.on_record", (("reference", "1a2b3c4d"),))), tone="confirmed"
            ),
            item_page(replace(many[4], settled=settled), SERVICES, say),
        ),
        "void": (clerk, item_page(today[0], SERVICES, say)),
        "correct": (clerk, correct_page("barcode", say)),
        "reason": (
            replace(clerk, leaving_s=17),
            reason_page(many[3], Decision.CORRECT, "2110100000041", SERVICES, say),
        ),
        "copy": (clerk, copy_page(copy_receipt(today[0], SERVICES, "市图书馆", "DEMO-0001"), say)),
        "machine": (replace(operator, current=MACHINE), machine_page(may_leave=True, say=say)),
        "camera-none": (replace(operator, current="camera"), camera_page(there=True, seen=False, say=say)),
        "day": (replace(operator, current="day"), day_page(last_day(a_day(), NOON), say)),
        "day-empty": (replace(operator, current="day"), day_page(last_day((), NOON), say)),
    }
    specimens = {f"staff-{name}": StaffSpecimen(*three) for name, three in lists.items()}
    return specimens | {f"staff-{name}": StaffSpecimen(*two) for name, two in pages.items()}


def a_day() -> list[Measured]:
    """A library's day: a morning, an evening rush, and two losses of the network."""
    begins = first_hour(NOON)
    measured: list[Measured] = []
    for hour, visits in enumerate(
        (0, 0, 0, 0, 0, 0, 2, 9, 21, 34, 28, 17, 12, 19, 26, 31, 44, 52, 38, 14, 3, 0, 5, 8)
    ):
        for visit in range(visits):
            at = begins + hour * HOUR + visit * HOUR / (visits + 1)
            measured += [
                Measured(at, Kind.VISIT),
                Measured(
                    at, Kind.WAITED, 120 + 37 * ((visit * 7 + hour) % 11) + (900 if visit % 19 == 18 else 0)
                ),
            ]
    measured += [
        Measured(begins + 9.4 * HOUR, Kind.OFFLINE),
        Measured(begins + 10.9 * HOUR, Kind.ONLINE),
        Measured(begins + 20.2 * HOUR, Kind.OFFLINE),
        Measured(begins + 20.5 * HOUR, Kind.ONLINE),
    ]
    return sorted(measured, key=lambda each: each.at)


def a_house() -> dict[str, Any]:
    """A reception's hard day: long names, guests who should have left, reports that are late."""
    names = ("赵*国", LONG_NAME[:1] + "*" * 12 + LONG_NAME[-1], "J******E", "欧阳*")
    guests = [
        {
            "room": f"{201 + number}",
            "name": names[number % 4],
            "until": "2026-11-27",
            "trust": "none" if number % 3 else "verified",
            "overdue": number % 5 == 4,
        }
        for number in range(40)
    ]
    return {
        "arrivals": [
            {"room": "1201", "name": names[1], "guests": 12, "until": "2026-12-24", "late": True},
            {"room": "302", "name": names[3], "guests": 1, "until": "2026-11-26", "late": False},
        ],
        "inside": guests,
        "departures": [
            {"room": "301", "name": names[0], "left": "08:12", "overdue": False},
            {"room": "205", "name": names[1], "left": None, "overdue": True},
        ],
        "log": [
            {
                "at": "14:03",
                "action": action,
                "room": "301",
                "name": names[0],
                "trust": "read",
                "offline": not code,
                "clerk": clerk,
                "code": code,
            }
            for action, clerk, code in (
                ("check-out", "", ""),
                ("change-room", "王芳 (1)", "hotel.room_full"),
                ("extend", f"{LONG_NAME} (12)", ""),
                ("check-in", "王芳 (1)", ""),
            )
        ],
        "register": {"waiting": 128, "late": 17, "next_due": "15:03"},
    }


def _sign_in(say: Say) -> StaffPage:
    return StaffPage("sign_in", say(Text("staff.sign_in")), say(Text("staff.sign_in.card")))


def _frame(
    member: str,
    current: str,
    say: Say,
    *,
    operator: bool = False,
    reception: bool = False,
    bus: bool = False,
    inspector: bool = False,
) -> StaffFrame:
    pictures = {} if inspector else {"inbox": "form", "today": "clock"}
    pictures |= {INSPECTION: "ticket"} if bus or inspector else {}
    pictures = {SERVE: "person"} | pictures | {TAB: "bed"} if reception else pictures
    pictures |= TABS if operator else {}
    pictures[MACHINE] = "home"
    tabs = tuple(
        TabView(tab, say(Text(f"staff.tab.{tab}")), picture, "99+" if tab == "inbox" else "")
        for tab, picture in pictures.items()
    )
    return StaffFrame(True, member, "DEMO-0001", tabs, current)
