"""Version numbers that only grow, one series for each name."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from central.fleet.tables import counter


def next_version(connection: Connection, name: str, count: int = 1) -> int:
    """Takes ``count`` numbers and returns the last; whoever takes the next ones waits for this transaction,
    so that a number is never seen before a smaller one."""
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
