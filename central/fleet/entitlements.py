"""Entitlements by card, for vehicles out of coverage: served as changes since a version.

The registers are looked through again each ``EVERY_S``: by the centre's own thread, a little before, so that
no vehicle waits for it (``central.fleet.register_looks``); where none runs, when a vehicle asks. Differences
from the served list get new versions; whole versions are served, as of the hotlist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from central.city_of import city_of
from central.codes.blocking import fingerprint
from central.database import Database
from central.departments.bus_tables import holder_entitlement, transport_card
from central.fleet.tables import entitled
from central.fleet.versions import (
    JUMP,
    first_of_delta,
    last_of_delta,
    newest_version,
    next_version,
    set_version,
)
from central.tables import card, holder
from domain.messages.entitlements import (
    FINGERPRINT_BYTES,
    KINDS,
    EntitlementDelta,
    Entry,
    entry_in,
    joined,
    packed,
)

SERIES, EPOCH, LOOKED = "entitlements", "entitlements epoch", "entitlements looked"
EVERY_S = 3600
VERSION_LIMIT = 10_000
DELTA_LIMIT = 100_000
"""Entries in one answer: 2.7 MiB of JSON."""


def due(connection: Connection, now: datetime) -> bool:
    return newest_version(connection, LOOKED) <= int(now.timestamp()) - EVERY_S


def renew(database: Database, senior_age: int | None, now: datetime) -> int:
    """Looks through the registers; ``senior_age``: from which on a tariff asks for less. Returns the number
    of cards whose entry changed.

    The look itself holds nothing up; what it found is written a part at a time. Two that look at once write
    the same twice.
    """
    database.write(lambda connection: set_version(connection, LOOKED, int(now.timestamp())))
    with database.read() as connection:
        wanted = dict(_registered(connection, city_of(connection).day(now), senior_age))
        query = select(entitled.c.fingerprint, entitled.c.entry).where(entitled.c.listed)
        told = {row.fingerprint: row.entry for row in connection.execute(query)}
    changed = {each: entry for each, entry in wanted.items() if told.get(each) != entry}
    changed |= {each: packed(Entry(each)) for each in told if each not in wanted}
    ordered = sorted(changed.items())
    for at in range(0, len(ordered), VERSION_LIMIT):
        part = ordered[at : at + VERSION_LIMIT]

        def tell(connection: Connection, part: list[tuple[bytes, bytes]] = part) -> None:
            _store(connection, part, next_version(connection, SERIES))

        database.write(tell)
    return len(changed)


def delta(connection: Connection, since: int, now: datetime) -> EntitlementDelta:
    """Changes after ``since``, whole versions only; from the beginning for a version never given."""
    base, newest = first_of_delta(connection, SERIES, EPOCH, since)
    version = last_of_delta(connection, entitled.c.version, base, newest, DELTA_LIMIT)
    rows = connection.execute(
        select(entitled.c.entry, entitled.c.listed).where(
            entitled.c.version > base, entitled.c.version <= version
        )
    )
    entries = (row.entry for row in rows if row.listed or base)
    return EntitlementDelta(
        base=base,
        version=version,
        newest=newest,
        issued_at=now,
        entries=joined(entries),
    )


def begin_anew(connection: Connection) -> None:
    """Restart the list after a database was restored: holders of an earlier version receive the whole
    list."""
    beyond = next_version(connection, SERIES, JUMP)
    set_version(connection, EPOCH, beyond)
    set_version(connection, LOOKED, 0)
    connection.execute(delete(entitled))


def kinds_once_told(connection: Connection, subject_key: str, version: int) -> frozenset[str]:
    """Kinds that a list of this version may have stated for a card whose entry changed since: a vehicle out
    of coverage rightly decided by them. Empty for a card whose entry is still that one.
    """
    row = connection.execute(
        select(entitled.c.ever).where(
            entitled.c.fingerprint == fingerprint(subject_key), entitled.c.version > version
        )
    ).scalar()
    return frozenset(kind for number, kind in enumerate(KINDS) if (row or 0) >> number & 1)


def _registered(connection: Connection, day: date, senior_age: int | None) -> Iterator[tuple[bytes, bytes]]:
    """Every card with a right, or whose holder is old enough for one, with its entry."""
    rights = _rights(connection, day)
    oldest = date(day.year - senior_age, day.month, min(day.day, 28)) if senior_age else date.min
    meant = or_(holder.c.birth_date <= oldest, holder.c.subject.in_(select(holder_entitlement.c.subject)))
    ways = (
        ("card", card.c.identification_code, card),
        ("t_union", transport_card.c.number, transport_card),
    )
    for name, number, table in ways:
        query = select(number, holder.c.subject, holder.c.birth_date).join(
            holder, holder.c.subject == table.c.subject
        )
        for of, subject, born in connection.execute(query.where(meant)):
            kinds, until = rights.get(subject, ((), None))
            senior = born if senior_age and born <= oldest else None
            entry = Entry(fingerprint(f"{name}:{of}"), kinds, until, senior)
            if entry.listed:
                yield entry.fingerprint, packed(entry)


def _rights(connection: Connection, day: date) -> Mapping[str, tuple[tuple[str, ...], date | None]]:
    """By subject: the kinds that are good on this day, and the first last day of them."""
    found: dict[str, tuple[tuple[str, ...], date | None]] = {}
    valid = (holder_entitlement.c.until.is_(None)) | (holder_entitlement.c.until >= day)
    for row in connection.execute(select(holder_entitlement).where(valid)):
        if row.kind in KINDS:
            kinds, until = found.get(row.subject, ((), None))
            ends = [each for each in (until, row.until) if each]
            found[row.subject] = ((*kinds, row.kind), min(ends, default=None))
    return found


def _store(connection: Connection, part: list[tuple[bytes, bytes]], version: int) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(entitled)
    kept = fresh.on_conflict_do_update(
        index_elements=["fingerprint"],
        set_={
            "version": fresh.excluded.version,
            "entry": fresh.excluded.entry,
            "listed": fresh.excluded.listed,
            "ever": entitled.c.ever.op("|")(fresh.excluded.ever),
        },
    )
    rows = [
        {
            "fingerprint": each,
            "version": version,
            "entry": content,
            "listed": entry_in(content).listed,
            "ever": content[FINGERPRINT_BYTES],
        }
        for each, content in part
    ]
    connection.execute(kept, rows)
