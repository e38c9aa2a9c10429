"""Pages of the daily settlements: departments see their own rows, administrators all of them and the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection, select

from central.city.naming import departments, service_name
from central.city_of import city_of
from central.exports import daily
from central.exports.daily import Line
from central.exports.tables import settled_day
from central.officials.door import SECURITY_HEADERS, Door, language_of
from central.officials.roles import Official, Right, Role
from config.catalogue.entries import Name
from config.catalogue.loading import Catalogue

PLACE = "/overview/settlements"
DAYS = 31
"""Number of settled days on the page, newest first."""


def add_settlement_pages(application: FastAPI, door: Door, known: Callable[[], Catalogue]) -> None:
    """``known``: the catalogue in force, for names."""

    @application.get(PLACE, include_in_schema=False)
    def shown(request: Request, day: Annotated[str, Query(max_length=10)] = "") -> Response:
        session = door.let_in(request, Right.EXPORTS)
        language = language_of(request)
        with door.database.read() as connection:
            days = told_days(connection)
            wanted = next((each for each in days if each.isoformat() == day), next(iter(days), None))
            lines = daily.told(connection, wanted) if wanted else []
        theirs = [line for line in lines if may_see(session.official, line)]
        values: dict[str, object] = {
            "days": [each.isoformat() for each in days],
            "day": wanted.isoformat() if wanted else "",
            "told_at": days[wanted] if wanted else "",
            "whole": session.official.role is Role.ADMINISTRATOR,
            "lines": [_said(line, wanted, known(), language) for line in theirs],
            "times": f"{sum(line.sum.times for line in theirs):,}",
            "yuan": yuan(sum(line.sum.fen for line in theirs)),
        }
        return door.page(request, "settlements.html", session, 200, here="settlements", **values)

    @application.get(PLACE + "/{day}.csv", include_in_schema=False)
    def file(request: Request, day: date) -> Response:
        session = door.let_in(request, Right.EXPORTS)
        with door.database.read() as connection:
            there = day in told_days(connection)
            content = daily.as_csv(day, daily.told(connection, day)) if there else ""
        if not content or session.official.role is not Role.ADMINISTRATOR:
            return door.turned_away(request, session)
        door.note(request, session, "fetched_settlement", day.isoformat())
        name = f'attachment; filename="settlement-{day.isoformat()}.csv"'
        headers = {**SECURITY_HEADERS, "Content-Disposition": name}
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def told_days(connection: Connection) -> dict[date, str]:
    """The newest settled days with the time of settlement, by the city's clock."""
    query = select(settled_day).order_by(settled_day.c.day.desc()).limit(DAYS)
    rows = connection.execute(query)
    return {row.day: f"{row.told_at.astimezone(city_of(connection).zone):%Y-%m-%d %H:%M}" for row in rows}


def may_see(official: Official, line: Line) -> bool:
    """Its own lines, and those it is the party of."""
    if official.role is Role.ADMINISTRATOR:
        return True
    return bool(official.department) and official.department in (line.key.department, line.key.party)


def _said(line: Line, day: date | None, known: Catalogue, language: str) -> dict[str, Any]:
    names = departments(known)

    def named(id: str) -> str:
        return str(getattr(names.get(id, Name.model_construct(zh=id, en=id)), language))

    return {
        "record": "line" if line.day == day else "correction",
        "day": line.day.isoformat(),
        "department": named(line.key.department),
        "service": str(getattr(service_name(line.key.service, known), language)),
        "party": named(line.key.party),
        "way": line.key.way,
        "times": f"{line.sum.times:,}",
        "yuan": yuan(line.sum.fen),
    }


def yuan(fen: int) -> str:
    """``-1,234.50``."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"
