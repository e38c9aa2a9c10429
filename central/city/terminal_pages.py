"""The page of the city's terminals: which need a hand, and what to do there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from central.city.naming import NOWHERE
from central.city.showing import age
from central.city.terminals import Known, Standing, chosen, counted, known
from central.officials.door import Door, language_of
from central.officials.roles import Right
from config.catalogue.entries import Name
from config.fault_texts import told_to_staff

SHOWN = 100


def add_terminal_pages(application: FastAPI, door: Door) -> None:
    @application.get("/overview/terminals", include_in_schema=False)
    def terminals(
        request: Request,
        words: Annotated[str, Query(max_length=64)] = "",
        standing: Annotated[Standing | None, Query()] = None,
        after: Annotated[int, Query(ge=0, le=10**6)] = 0,
    ) -> Response:
        session = door.let_in(request, Right.FIGURES)
        now, language = door.now(), language_of(request)
        with door.database.read() as connection:
            everyone = known(connection, now)
        found = chosen(everyone, now, words, standing)
        shown = [
            _row(each, now, language, door.database.city.districts) for each in found[after : after + SHOWN]
        ]
        values: dict[str, Any] = {
            "terminals": shown,
            "counts": counted(everyone, now),
            "known": len(everyone),
            "words": words,
            "standing": standing or "",
            "more": after + SHOWN if after + SHOWN < len(found) else None,
        }
        return door.page(request, "terminals.html", session, here="terminals", **values)


def _row(each: Known, now: datetime, language: str, districts: Mapping[str, Name]) -> dict[str, Any]:
    said = each.said_lately(now)
    stopped = said.out_of_service if said else ""
    district = districts.get(each.district, NOWHERE)
    return {
        "terminal": each.terminal,
        "site": each.site,
        "district": getattr(district, language),
        "standing": each.standing(now),
        "seen": age(now - each.seen_at, language),
        "pending": f"{each.pending:,}" if each.pending else "",
        "oldest": age(now - each.oldest_at, language) if each.pending and each.oldest_at else "",
        "alarms": each.alarms,
        "out_of_service": told_to_staff(stopped, chinese=language == "zh") if stopped else "",
        "version": said.version if said else "",
        "troubles": [getattr(trouble, language) for trouble in each.troubles(now)],
    }
