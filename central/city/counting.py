"""Counting as it happens: triggers that change the figures in the transaction that changes their rows.

Whatever code books, imports or forgets something, the figures are right when it commits, and as they were
when it does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, MetaData, event, inspect, text

from central.city.measures import MEASURES, Measure, expression
from central.city.recount import recount
from central.city.tables import tally
from central.city_of import city_of
from central.tables import metadata

COLUMNS = "(figure, day, hour, part, times, fen)"
ADD_UP = (
    "ON CONFLICT (figure, day, hour, part) DO UPDATE "
    "SET times = tally.times + excluded.times, fen = tally.fen + excluded.fen"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger, defined by ``lines``. The name carries their hash, so that a changed trigger is recognised.
    """

    name: str
    table: str
    lines: tuple[str, ...]


def wanted(dialect: str, zone: ZoneInfo) -> Iterator[Trigger]:
    """Every trigger of this database."""
    for measure in MEASURES:
        for operation in ("INSERT", "UPDATE", "DELETE"):
            if operation == "UPDATE" and not measure.watched:
                continue
            if operation == "DELETE" and measure.kept:
                continue
            yield _trigger(measure, operation, dialect, zone)


def install(connection: Connection) -> bool:
    """Install the triggers of this version; if any was missing, count everything again and return true."""
    dialect = connection.dialect.name
    zone = city_of(connection).zone
    triggers = {trigger.name: trigger for trigger in wanted(dialect, zone)}
    present = _present(connection)
    if present.keys() == triggers.keys():
        return False
    for name, table in present.items():
        if name not in triggers:
            _drop(connection, name, table)
    for name, trigger in triggers.items():
        if name not in present:
            for line in trigger.lines:
                connection.exec_driver_sql(line)
    recount(connection)
    return True


def remove(connection: Connection) -> None:
    """Before much is loaded at once; ``install`` afterwards counts what was loaded."""
    for name, table in _present(connection).items():
        _drop(connection, name, table)


@event.listens_for(metadata, "after_create")
def _with_the_tables(_: MetaData, connection: Connection, **__: object) -> None:
    if inspect(connection).has_table(tally.name):
        install(connection)


def _present(connection: Connection) -> dict[str, str]:
    """Triggers by name, with their table."""
    if connection.dialect.name == "postgresql":
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE 'tally\\_%' AND c.relnamespace = current_schema()::regnamespace"
        )
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'tally_*'"
    return {str(name): str(table) for name, table in connection.execute(text(query))}


def _drop(connection: Connection, name: str, table: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")
    else:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _trigger(measure: Measure, operation: str, dialect: str, zone: ZoneInfo) -> Trigger:
    table = measure.table.name
    body = tuple(_steps(measure, operation, dialect, zone))
    # A person is counted with the first row and no more with the last: that is asked row by row, before
    # each is changed. PostgreSQL shows an AFTER trigger all rows of a statement at once.
    moment = "BEFORE" if measure.person else "AFTER"
    what = f"UPDATE OF {', '.join(measure.watched)}" if operation == "UPDATE" else operation
    digest = hashlib.sha256("\n".join((moment, what, *body)).encode()).hexdigest()[:8]
    name = f"tally_{measure.figure}_{operation.lower()}_{digest}"
    whole = "\n".join(f"    {step};" for step in body)
    if dialect == "sqlite":
        return Trigger(
            name, table, (f"CREATE TRIGGER {name} {moment} {what} ON {table}\nBEGIN\n{whole}\nEND",)
        )
    returned = "OLD" if operation == "DELETE" else "NEW"
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n{whole}\n    RETURN {returned};\nEND $$"
    )
    made = f"CREATE TRIGGER {name} {moment} {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    return Trigger(name, table, (function, made))


def _steps(measure: Measure, operation: str, dialect: str, zone: ZoneInfo) -> Iterator[str]:
    """Statements that subtract the old row and add the new one."""
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[operation]
    if measure.person and dialect == "postgresql":
        # Two at a time could each find the other's row not there yet.
        who = f"{rows[-1]}.{measure.person}"
        yield f"PERFORM 1 FROM holder WHERE subject = {who} FOR NO KEY UPDATE"
    for row in rows:
        conditions = [expression(measure.counts, dialect, row, zone)]
        if operation == "UPDATE":
            other = "NEW" if row == "OLD" else "OLD"
            conditions.append(_changed(measure, dialect, zone, row, other))
        if measure.person:
            conditions.append(_no_other(measure, dialect, zone, row))
        yield _added(measure, dialect, zone, row, "-1" if row == "OLD" else "1", " AND ".join(conditions))


def _changed(measure: Measure, dialect: str, zone: ZoneInfo, row: str, other: str) -> str:
    """Whether an update of this row matters at all."""
    if measure.person:
        return f"NOT ({expression(measure.counts, dialect, other, zone)})"
    apart = "IS DISTINCT FROM" if dialect == "postgresql" else "IS NOT"
    return "(" + " OR ".join(f"{row}.{name} {apart} {other}.{name}" for name in measure.watched) + ")"


def _no_other(measure: Measure, dialect: str, zone: ZoneInfo, row: str) -> str:
    (key,) = measure.table.primary_key.columns
    counts = expression(measure.counts, dialect, "other", zone)
    alike = f"other.{measure.person} = {row}.{measure.person} AND other.{key.name} <> {row}.{key.name}"
    rows = f"SELECT 1 FROM {measure.table.name} other WHERE {alike} AND {counts}"  # noqa: S608 (constants only)
    return f"NOT EXISTS ({rows})"


def _added(measure: Measure, dialect: str, zone: ZoneInfo, row: str, sign: str, condition: str) -> str:
    into = "tally_change" if dialect == "postgresql" else "tally"
    day, hour, part, fen = (
        expression(each, dialect, row, zone)
        for each in (measure.day, measure.hour, measure.part, measure.fen)
    )
    values = f"SELECT '{measure.figure}', {day}, {hour}, {part}, {sign}, {sign} * ({fen}) WHERE {condition}"
    return f"INSERT INTO {into} {COLUMNS} {values}" + (f" {ADD_UP}" if dialect == "sqlite" else "")
