"""Every terminal of the city, those that need a hand first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, select

from central.city.figures import ONLINE_WITHIN
from central.city.tables import site
from central.fleet import told_states
from central.fleet.tables import certificate
from central.tables import alarm, terminal
from domain.messages.terminal_state import TerminalState, TroubleTold

HELD_TOO_LONG = timedelta(minutes=15)
"""Longest time that an online terminal should hold an undelivered transaction."""
SAID_WITHIN = timedelta(minutes=20)
"""A terminal says how it is every five minutes or so; what it said long ago may not be so any more."""
ALARMS_OF = timedelta(days=1)


class Standing(StrEnum):
    """How a terminal stands, the worst first."""

    STOPPED = "stopped"
    """It takes no business and says why."""
    SILENT = "silent"
    """Not heard of."""
    ALARMED = "alarmed"
    """Its records do not fit together, or somebody used its name: see ``central.alarms``."""
    TROUBLED = "troubled"
    """Something at it is not well."""
    HOLDING = "holding"
    """It is heard, and what it holds does not arrive."""
    WELL = "well"
    ENDED = "ended"
    """It was revoked."""


@dataclass(frozen=True, slots=True)
class Known:
    """The centre's knowledge of one terminal. ``said_at`` is None for one that never reported its state."""

    terminal: str
    district: str
    site: str
    seen_at: datetime
    pending: int
    oldest_at: datetime | None
    alarms: int
    ended: bool
    said_at: datetime | None = None
    said: TerminalState | None = None

    def standing(self, now: datetime) -> Standing:
        if self.ended:
            return Standing.ENDED
        said = self.said_lately(now)
        if said and said.out_of_service:
            return Standing.STOPPED
        if self.seen_at <= now - ONLINE_WITHIN:
            return Standing.SILENT
        if self.alarms:
            return Standing.ALARMED
        if said and said.troubles:
            return Standing.TROUBLED
        if self.pending and self.oldest_at and self.oldest_at <= now - HELD_TOO_LONG:
            return Standing.HOLDING
        return Standing.WELL

    def said_lately(self, now: datetime) -> TerminalState | None:
        return self.said if self.said_at and self.said_at > now - SAID_WITHIN else None

    def troubles(self, now: datetime) -> tuple[TroubleTold, ...]:
        said = self.said_lately(now)
        return said.troubles if said else ()


def known(connection: Connection, now: datetime) -> list[Known]:
    """Every terminal that was ever heard."""
    said = told_states.newest(connection)
    raised = (
        select(alarm.c.terminal, func.count().label("times"))
        .where(alarm.c.at > now - ALARMS_OF)
        .group_by(alarm.c.terminal)
    )
    alarms = {row.terminal: row.times for row in connection.execute(raised)}
    valid = func.count().filter(certificate.c.revoked_at.is_(None))
    ended = set(
        connection.execute(
            select(certificate.c.terminal).group_by(certificate.c.terminal).having(valid == 0)
        ).scalars()
    )
    rows = connection.execute(
        select(terminal, site.c.district, site.c.name).join(
            site, site.c.terminal == terminal.c.id, isouter=True
        )
    )
    found = []
    for row in rows:
        said_at, state = said.get(row.id, (None, None))
        found.append(
            Known(
                terminal=row.id,
                district=row.district or "",
                site=row.name or "",
                seen_at=row.seen_at,
                pending=row.pending,
                oldest_at=row.oldest_at,
                alarms=alarms.get(row.id, 0),
                ended=row.id in ended,
                said_at=said_at,
                said=state,
            )
        )
    return found


def counted(terminals: Iterable[Known], now: datetime) -> Mapping[Standing, int]:
    """Number of terminals by state; states without a terminal are left out."""
    found = Counter(each.standing(now) for each in terminals)
    return {standing: found[standing] for standing in Standing if found[standing]}


def chosen(terminals: Sequence[Known], now: datetime, words: str, standing: Standing | None) -> list[Known]:
    """Those whose number, place or district code holds ``words``: the worst first, the silent longest."""
    wanted = words.strip().lower()
    places = list(Standing)
    found = [
        each
        for each in terminals
        if wanted in f"{each.terminal}\n{each.site}\n{each.district}".lower()
        and standing in (None, each.standing(now))
    ]
    return sorted(found, key=lambda each: (places.index(each.standing(now)), each.seen_at, each.terminal))
