"""The operator's pages as ready sentences: pure, from checks, records and measures."""

from __future__ import annotations

from terminal.diagnostics.check import Check
from terminal.diagnostics.usage_metrics.day import Day, Hour
from terminal.journal.record import Entry
from terminal.journal.verification import Problem, Verification
from terminal.visit.steps import ServiceSet, Text, text
from ui.presenter import OptionView
from ui.staff.clerk_pages import tone_of
from ui.staff.naming import business, picture
from ui.staff.pages import FactView, PlotView, Say, StaffPage
from ui.staff.rows import RowView

PICTURES = {
    "readers": "reader",
    "sam": "key",
    "camera": "camera",
    "scanner": "scan",
    "printer": "printer",
    "central": "cloud",
    "identity": "shield",
    "hotlist": "lock",
    "settings": "form",
    "issuers": "phone",
    "replay": "renew",
    "entitlements": "heart",
    "calendar": "form",
    "tariff": "ticket",
    "clock": "clock",
    "disk": "form",
    "keys": "key",
    "journal": "bill",
    "voice": "staff",
    "font": "globe",
    "versions": "more",
}
TEST_ALL = "test_all"
VERIFY = "verify"
LABELLED = 6
"""Every so many hours the time stands below the bars."""


def check_row(name: str, check: Check | None, under_way: bool, language: str, say: Say) -> RowView:
    if under_way or check is None:
        note = say(text("staff.test.under_way") if under_way else text("staff.test.not_yet"))
        return RowView(name, _name_of(name, say), note, "", "neutral", PICTURES.get(name, "more"))
    sign = say(text("staff.test.well") if check.ok else text("staff.test.wrong"))
    return RowView(
        name,
        _name_of(name, say),
        check.message_in(language),
        sign,
        "confirmed" if check.ok else "refused",
        PICTURES.get(name, "more"),
    )


def _name_of(check: str, say: Say) -> str:
    return say(Text(f"staff.check.{check}"))


def checks_page(checks: dict[str, Check | None], done: tuple[int, int], say: Say) -> StaffPage:
    """``done``: so many of so many in the round under way; equal when none is."""
    wrong = sum(1 for check in checks.values() if check and not check.ok)
    tested = sum(1 for check in checks.values() if check)
    count, total = done
    busy = count < total
    return StaffPage(
        "checks",
        say(text("staff.checks")),
        figures=(
            FactView(say(text("staff.figure.wrong")), str(wrong), "refused" if wrong else "confirmed"),
            FactView(say(text("staff.figure.tested")), f"{tested} / {len(checks)}"),
        ),
        options=(OptionView(TEST_ALL, say(text("staff.test.all")), "", "renew"),),
        progress=count / total if busy else -1.0,
        busy=busy,
    )


def camera_page(*, there: bool, seen: bool, say: Say) -> StaffPage:
    detail = "" if seen else say(text("staff.camera.none") if there else text("staff.camera.not_used"))
    return StaffPage("camera", say(text("staff.camera")), detail, next_step=say(text("staff.camera.hint")))


def entry_row(entry: Entry, services: ServiceSet, say: Say) -> RowView:
    standing = say(Text(f"staff.standing.{entry.standing.value}"))
    code = f"  {entry.code}" if entry.code else ""
    return RowView(
        str(entry.id),
        f"{entry.sequence}  {say(business(services, entry.service, entry.action))}",
        f"{standing}{code}",
        f"{entry.occurred_at:%m-%d %H:%M:%S}",
        tone_of(entry.standing),
        picture(services, entry.service),
    )


def journal_page(
    entries: tuple[Entry, ...] | None, found: Verification | None, verifying: bool, say: Say
) -> StaffPage:
    figures: tuple[FactView, ...] = ()
    if found:
        whole = text("staff.journal.whole") if found.whole else text("staff.journal.broken")
        figures = (
            FactView(
                say(text("staff.journal.verified")), say(whole), "confirmed" if found.whole else "refused"
            ),
            FactView(say(text("staff.journal.checked")), f"{found.checked:,}"),
            FactView(say(text("staff.journal.head")), found.head[:12]),
        )
    detail = "" if entries or entries is None else say(text("staff.journal.empty"))
    problems = "\n".join(say(_problem(each)) for each in found.found[:3]) if found else ""
    return StaffPage(
        "journal",
        say(text("staff.journal")),
        detail,
        next_step=problems,
        figures=figures,
        options=(OptionView(VERIFY, say(text("staff.journal.verify")), "", "shield"),),
        busy=verifying or entries is None,
    )


def _problem(problem: Problem) -> Text:
    """The technical detail stays with the command line."""
    return Text(
        f"staff.journal.wrong.{problem.wrong.value}",
        (("number", str(problem.number)), ("last", str(problem.last))),
    )


def day_page(day: Day | None, say: Say) -> StaffPage:
    if day is None:
        return StaffPage("day", say(text("staff.day")), busy=True)
    return StaffPage(
        "day", say(text("staff.day")), plots=(_visits(day, say), _waits(day, say), _offline(day, say))
    )


def _visits(day: Day, say: Say) -> PlotView:
    values = [float(hour.visits) for hour in day.hours]
    most = max(values)
    busiest = day.hours[values.index(most)]
    total = say(text("staff.plot.visits.total", count=str(day.visits)))
    said = say(text("staff.plot.visits.said", count=str(day.visits), most=f"{most:.0f}", hour=_hour(busiest)))
    return PlotView(
        say(text("staff.plot.visits")), total, f"{most:.0f}", _parts(values, most), (), _labels(day), said
    )


def _waits(day: Day, say: Say) -> PlotView:
    medians = [float(hour.median_ms or 0) for hour in day.hours]
    slow = [float(hour.slow_ms) if hour.slow_ms is not None else -1.0 for hour in day.hours]
    most = max(*slow, *medians, 0.0)
    waited = [hour.median_ms for hour in day.hours if hour.median_ms is not None]
    usual = sorted(waited)[len(waited) // 2] if waited else None
    total = say(text("staff.none")) if usual is None else say(text("staff.plot.waits.total", ms=f"{usual:,}"))
    said = say(text("staff.plot.waits.said", usual=total, slowest=f"{most:,.0f}"))
    marks = tuple(value / most if value >= 0 and most else -1.0 for value in slow)
    return PlotView(
        say(text("staff.plot.waits")),
        total,
        say(text("staff.plot.ms", ms=f"{most:,.0f}")),
        _parts(medians, most),
        marks,
        _labels(day),
        said,
        legend=say(text("staff.plot.waits.legend")),
    )


def _offline(day: Day, say: Say) -> PlotView:
    values = [hour.offline_min for hour in day.hours]
    minutes = f"{day.offline_min:.0f}"
    return PlotView(
        say(text("staff.plot.offline")),
        say(text("staff.plot.offline.total", minutes=minutes)),
        say(text("staff.plot.offline.most")),
        _parts(values, 60.0),
        (),
        _labels(day),
        say(text("staff.plot.offline.said", minutes=minutes)),
        tone="accepted",
    )


def _parts(values: list[float], most: float) -> tuple[float, ...]:
    return tuple(round(min(1.0, value / most), 4) if most else 0.0 for value in values)


def _labels(day: Day) -> tuple[str, ...]:
    return tuple(_hour(hour) if hour.begins.hour % LABELLED == 0 else "" for hour in day.hours)


def _hour(hour: Hour) -> str:
    return f"{hour.begins:%H:%M}"
