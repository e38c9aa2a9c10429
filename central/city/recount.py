"""The figures from their rows: to begin with, after a great load, and to prove them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, delete, func, select, text

from central.city.measures import MEASURES, Measure, expression
from central.city.tables import tally, tally_change
from central.city_of import city_of
from central.tables import received

ALL = 2**31
FOLD = text(
    """
    WITH gone AS (
        DELETE FROM tally_change WHERE id IN (SELECT id FROM tally_change ORDER BY id LIMIT :at_once)
        RETURNING figure, day, hour, part, times, fen
    )
    INSERT INTO tally (figure, day, hour, part, times, fen)
    SELECT figure, day, hour, part, sum(times), sum(fen) FROM gone GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (figure, day, hour, part) DO UPDATE
    SET times = tally.times + excluded.times, fen = tally.fen + excluded.fen
    """
)
"""PostgreSQL: the oldest changes are added to the figures."""

Key = tuple[str, date, int, str]


def recount(connection: Connection) -> None:
    """Replaces every figure by what its rows say. Days whose rows were partly forgotten stay as they are."""
    if connection.dialect.name == "postgresql":
        tables = sorted({measure.table.name for measure in MEASURES} | {tally.name, tally_change.name})
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
        connection.execute(FOLD, {"at_once": ALL})
    for measure in MEASURES:
        gone = delete(tally).where(tally.c.figure == measure.figure)
        whole_after = complete_after(connection) if measure.kept else None
        connection.execute(gone.where(tally.c.day > whole_after) if whole_after else gone)
        connection.exec_driver_sql(
            f"INSERT INTO tally (figure, day, hour, part, times, fen) {counted(measure, connection)} "
            "ON CONFLICT (figure, day, hour, part) DO NOTHING"
        )


def complete_after(connection: Connection) -> date | None:
    """Rows are forgotten by the time of their decision: of later days none is missing."""
    oldest = connection.execute(select(func.min(received.c.decided_at))).scalar()
    return oldest.astimezone(city_of(connection).zone).date() if oldest else None


def counted(measure: Measure, connection: Connection) -> str:
    """The query that counts one figure from its rows."""
    dialect = connection.dialect.name
    day, hour, part, fen, counts = (
        expression(each, dialect, "r", city_of(connection).zone)
        for each in (measure.day, measure.hour, measure.part, measure.fen, measure.counts)
    )
    if measure.person:
        times, fen = f"count(DISTINCT r.{measure.person})", "0"
    else:
        times, fen = "count(*)", f"sum({fen})"
    return (
        f"SELECT '{measure.figure}', {day}, {hour}, {part}, {times}, {fen} "  # noqa: S608 (constants only)
        f"FROM {measure.table.name} r WHERE {counts} GROUP BY 2, 3, 4"
    )


def differences(connection: Connection) -> Iterator[tuple[Key, tuple[int, int], tuple[int, int]]]:
    """Where the figures kept and the rows disagree: the key, then times and fen kept, and counted."""
    kept = _read(
        connection,
        "SELECT figure, day, hour, part, sum(times), sum(fen) FROM ("
        "SELECT figure, day, hour, part, times, fen FROM tally UNION ALL "
        "SELECT figure, day, hour, part, times, fen FROM tally_change) both_of_them "
        "GROUP BY 1, 2, 3, 4 HAVING sum(times) <> 0 OR sum(fen) <> 0",
    )
    found: dict[Key, tuple[int, int]] = {}
    for measure in MEASURES:
        found |= _read(connection, counted(measure, connection))
    forgetful = {measure.figure for measure in MEASURES if measure.kept}
    whole_after = complete_after(connection)
    for key in sorted(kept.keys() | found.keys()):
        before, now = kept.get(key, (0, 0)), found.get(key, (0, 0))
        if key[0] in forgetful and whole_after and key[1] <= whole_after:
            continue
        if before != now:
            yield key, before, now


def _read(connection: Connection, query: str) -> dict[Key, tuple[int, int]]:
    return {
        (str(figure), day if isinstance(day, date) else date.fromisoformat(day), int(hour), str(part)): (
            int(times),
            int(fen),
        )
        for figure, day, hour, part, times, fen in connection.execute(text(query))
        if times or fen
    }
