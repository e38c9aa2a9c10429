"""From figures to what the overview's template puts into words and plots. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from central.city import charts
from central.city.figures import Overview, Terminals
from central.city.naming import NOWHERE, service_name, subsidy_name
from central.city.wording import amount, count, money, percent
from config.catalogue.entries import Name
from config.catalogue.loading import Catalogue

ROWS = 8
DAY_LABELS = 5
OTHERS = Name(zh="其他", en="Others")


def shown(found: Overview, language: str, known: Catalogue | None = None) -> dict[str, Any]:
    """The template's values in one language, services as ``known`` calls them."""

    def said(number: int) -> str:
        return count(number, language)

    def service(id: str) -> Name:
        return service_name(id, known)

    subsidies, subsidies_unit = money(found.subsidies.fen, language)
    saved, saved_unit = money(found.rides.fen, language)
    coverage, rate = percent(found.coverage, 2), percent(found.e_card_rate, 0)
    confirmed, refused = found.uses.today
    return {
        "holders": {
            "value": said(found.holders),
            "share": coverage,
            "whole": said(found.persons),
            "ring": charts.ring(found.coverage),
        },
        "e_cards": {"value": said(found.e_cards), "share": rate, "ring": charts.ring(found.e_card_rate)},
        "subsidies": {
            "value": subsidies,
            "unit": subsidies_unit,
            "times": said(found.subsidies.times),
        },
        "recipients": said(found.recipients),
        "rides": {"times": said(found.rides.times), "value": saved, "unit": saved_unit},
        "today": {"confirmed": f"{confirmed:,}", "refused": f"{refused:,}"},
        "alarms": f"{found.alarms:,}",
        "terminals": _terminals(found.terminals, found, language),
        "hours": _hours(found),
        "days": _days(found),
        "places": _bars(found.uses.places, lambda code: found.districts.get(code, NOWHERE), said, language),
        "services": _bars(found.uses.services, service, said, language),
        "refused_services": _bars(found.uses.refused_services, service, said, language),
        "by_subsidy": _bars(
            [(part, paid.fen) for part, paid in found.by_subsidy],
            lambda part: subsidy_name(part, known),
            lambda fen: amount(fen, language),
            language,
        ),
    }


def _terminals(terminals: Terminals, found: Overview, language: str) -> dict[str, str]:
    oldest = ""
    if terminals.oldest_at is not None:
        oldest = age(found.at - terminals.oldest_at, language)
    return {
        "online": f"{terminals.online:,}",
        "known": f"{terminals.known:,}",
        "pending": f"{terminals.pending:,}",
        "oldest": oldest,
    }


def age(passed: timedelta, language: str) -> str:
    """``3 分钟前``, ``3 min ago``."""
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} 分钟前" if language == "zh" else f"{minutes} min ago"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} 小时前" if language == "zh" else f"{hours} h ago"
    return f"{hours // 24} 天前" if language == "zh" else f"{hours // 24} days ago"


def _hours(found: Overview) -> dict[str, Any]:
    today, yesterday = found.uses.hours, found.uses.yesterday
    top = charts.ceiling(max(*today, *yesterday))
    return {
        "plot": charts.columns(today, yesterday, top),
        "top": f"{top:,}",
        "middle": f"{top // 2:,}",
        "rows": [(f"{hour}", f"{today[hour]:,}", f"{yesterday[hour]:,}") for hour in range(24)],
    }


def _days(found: Overview) -> dict[str, Any]:
    days = found.uses.days
    confirmed, refused = [each[1] for each in days], [each[2] for each in days]
    top = charts.ceiling(max(*confirmed, *refused))
    step = (len(days) - 1) / (DAY_LABELS - 1)
    labels = [days[round(number * step)][0] for number in range(DAY_LABELS)]
    return {
        "plot": charts.line(confirmed, refused, top),
        "top": f"{top:,}",
        "middle": f"{top // 2:,}",
        "labels": [f"{day.month}-{day.day}" for day in labels],
        "rows": [(day.isoformat(), f"{done:,}", f"{no:,}") for day, done, no in reversed(days)],
    }


def _bars(
    parts: Sequence[tuple[str, int]],
    named: Callable[[str], Name],
    said: Callable[[int], str],
    language: str,
) -> list[dict[str, Any]]:
    """The largest, and all others in one, which has no bar: it would make all the others small."""
    rows = [(getattr(named(part), language), value) for part, value in parts]
    rest = sum(value for _, value in rows[ROWS - 1 :]) if len(rows) > ROWS else 0
    if rest:
        rows = rows[: ROWS - 1]
    most = max((value for _, value in rows), default=0)
    drawn: list[dict[str, Any]] = [
        {"label": label, "bar": charts.bar(value, most), "value": said(value)} for label, value in rows
    ]
    if rest:
        drawn.append({"label": getattr(OTHERS, language), "bar": "", "value": said(rest)})
    return drawn
