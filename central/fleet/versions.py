"""Version numbers that only grow, one series for each name."""

from __future__ import annotations

from sqlalchemy import Column, Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from central.fleet.tables import counter

JUMP = 1_000_000
"""Beyond any version that was given between a backup and the loss."""


def next_version(connection: Connection, name: str, count: int = 1) -> int:
    """Take ``count`` numbers and return the last; the next caller waits for this transaction, so that a
    number is never seen before a smaller one.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(counter).values(name=name, version=count)
    taken = row.on_conflict_do_update(
        index_elements=["name"], set_={"version": counter.c.version + count}
    ).returning(counter.c.version)
    return int(connection.execute(taken).scalar_one())


def newest_version(connection: Connection, name: str) -> int:
    """0 where nothing was ever given."""
    found = connection.execute(select(counter.c.version).where(counter.c.name == name)).scalar_one_or_none()
    return found or 0


def set_version(connection: Connection, name: str, version: int) -> None:
    """Puts a mark, for a series that only says where another one stood."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(counter).values(name=name, version=version)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"version": version}))


def first_of_delta(connection: Connection, series: str, epoch: str, since: int) -> tuple[int, int]:
    """First version of the changes for a client that has ``since``, and the newest: from the beginning for a
    version never given, and for one before ``epoch``.
    """
    newest = newest_version(connection, series)
    return (since if newest_version(connection, epoch) <= since <= newest else 0), newest


def last_of_delta(connection: Connection, versions: Column[int], base: int, newest: int, limit: int) -> int:
    """The version up to which the changes after ``base`` fit into one answer of ``limit`` entries. The first
    entry that does not fit lies in a later version than the first: none has more than an answer holds."""
    too_much = select(versions).where(versions > base).order_by(versions).offset(limit).limit(1)
    first_left_out = connection.execute(too_much).scalar_one_or_none()
    return newest if first_left_out is None else first_left_out - 1
