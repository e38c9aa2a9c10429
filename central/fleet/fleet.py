"""The fleet's part of a centre: its authority and signer, opened once, with the database they serve."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from central.codes import tables as _codes  # noqa: F401 (as the next)
from central.codes.issuers import CodeIssuers, open_issuers
from central.database import Database
from central.fleet import tables as _  # noqa: F401 (they join the centre's tables by being imported)
from central.fleet.authority import Authority, open_authority
from central.fleet.signing import Signer, open_signer
from central.fleet.tables import authority_known
from central.migrations import migrate
from central.tables import metadata
from config.clock import Clock
from config.faults import Fault
from domain.messages.enrolment import authority_code


class OtherAuthority(Fault):
    """The keys of this host are not those of the database: its terminals would meet a second authority."""

    code = "enrolment.other_authority"


@dataclass(frozen=True, slots=True)
class Fleet:
    database: Database
    authority: Authority
    signer: Signer
    issuers: CodeIssuers
    now: Clock

    @property
    def code(self) -> str:
        """Name by which terminals know this centre."""
        return authority_code(self.authority.der)


def open_fleet(directory: Path, database: Database, now: Clock, *, demonstration: bool = False) -> Fleet:
    """The fleet whose keys lie in ``directory``; made at the first start. ``demonstration``: also the keys of
    ride codes, which a city does not make itself. Raises ``AuthorityFault``, ``IssuerFault``."""
    database.write(lambda connection: migrate(connection, metadata))
    authority = open_authority(directory, now())
    database.write(lambda connection: _check_authority(connection, authority))
    issuers = database.write(
        lambda connection: open_issuers(directory, connection, now(), demonstration=demonstration)
    )
    return Fleet(database, authority, open_signer(directory, authority, now()), issuers, now)


def _check_authority(connection: Connection, authority: Authority) -> None:
    """One database has one authority: the first that opened it. Raises ``OtherAuthority``."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    ours = hashlib.sha256(authority.der).hexdigest()
    first = dialect.insert(authority_known).values(one=1, fingerprint=ours)
    connection.execute(first.on_conflict_do_nothing())
    known = connection.execute(select(authority_known.c.fingerprint)).scalar_one()
    if known != ours:
        raise OtherAuthority("use the keys this database was begun with (--keys)")
