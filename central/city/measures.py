"""Declarations of the figures: the triggers and the recount of each are made from one declaration.

The expressions are SQL both databases read; ``{row}`` is the row that is counted, ``{day:…}`` and
``{hour:…}`` the city's day and hour of a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Table

from central.city.moments import fixed_offset
from central.departments.bus_tables import bus_ride
from central.departments.tables import due
from central.tables import card, e_card, holder, received

ALWAYS = "2000-01-01"
"""The day of figures that have none."""
UNDATED = f"{{date:{ALWAYS}}}"


@dataclass(frozen=True, slots=True)
class Measure:
    """Rows of ``table`` for which ``counts`` holds, by ``day``, ``hour`` and ``part``.

    ``watched``: the columns whose change may change the figure. ``person``: count each value of this
    column once, however many rows it has. ``kept``: what was counted stays when its row is deleted,
    because rows are forgotten after their time.
    """

    figure: str
    table: Table
    counts: str
    watched: tuple[str, ...] = ()
    day: str = UNDATED
    hour: str = "0"
    part: str = "''"
    fen: str = "0"
    person: str = ""
    kept: bool = False


SUBSIDY_PAID = "{row}.fund = 'subsidies' AND {row}.paid_at IS NOT NULL"
WHERE_IT_STANDS = "coalesce((SELECT district FROM site WHERE terminal = {row}.terminal), '')"

MEASURES = (
    Measure("persons", holder, "{row}.name <> ''", ("name",)),
    Measure("holders", card, "{row}.subject <> ''", person="subject"),
    Measure("e_cards", e_card, "{row}.subject <> ''", person="subject"),
    Measure("recipients", due, SUBSIDY_PAID, ("paid_at",), person="subject"),
    Measure(
        "subsidies",
        due,
        SUBSIDY_PAID,
        ("paid_at",),
        day="{day:paid_at}",
        part="{row}.subsidy",
        fen="{row}.fen",
    ),
    Measure(
        "promotional_rides",
        bus_ride,
        "{row}.promotion <> ''",
        ("fen", "full_fen"),
        day="{row}.day",
        part="{row}.promotion",
        fen="{row}.full_fen - {row}.fen",
    ),
    Measure(
        "confirmed",
        received,
        "{row}.outcome = 'confirmed'",
        ("outcome",),
        day="{day:occurred_at}",
        hour="{hour:occurred_at}",
        part="{row}.service",
        kept=True,
    ),
    Measure(
        "refused",
        received,
        "{row}.outcome = 'refused'",
        ("outcome",),
        day="{day:occurred_at}",
        hour="{hour:occurred_at}",
        part="{row}.service",
        kept=True,
    ),
    Measure(
        "places",
        received,
        "{row}.outcome = 'confirmed'",
        ("outcome",),
        day="{day:occurred_at}",
        part=WHERE_IT_STANDS,
        kept=True,
    ),
)

_PLACE = re.compile(r"\{(row|(day|hour|date):([^}]+))\}")
_FORMS = {
    "postgresql": {
        "day": "({row}.{what} AT TIME ZONE '{zone}')::date",
        "hour": "EXTRACT(HOUR FROM {row}.{what} AT TIME ZONE '{zone}')::integer",
        "date": "DATE '{what}'",
    },
    "sqlite": {
        "day": "date({row}.{what}, '{offset}')",
        "hour": "CAST(strftime('%H', {row}.{what}, '{offset}') AS INTEGER)",
        "date": "'{what}'",
    },
    "sqlite with summer time": {
        "day": "city_day({row}.{what})",
        "hour": "city_hour({row}.{what})",
        "date": "'{what}'",
    },
}


def expression(template: str, dialect: str, row: str, zone: ZoneInfo) -> str:
    """The expression for one database, one name of the row and the city's zone.

    SQLite knows no zones: a zone with one offset all year is written as that offset, any other calls the
    functions of ``central.city.moments``.
    """
    offset = fixed_offset(zone)
    form = f"{dialect} with summer time" if dialect == "sqlite" and offset is None else dialect

    def put(found: re.Match[str]) -> str:
        if found[1] == "row":
            return row
        return _FORMS[form][found[2]].format(row=row, what=found[3], zone=zone.key, offset=offset)

    return _PLACE.sub(put, template)
