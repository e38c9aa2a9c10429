"""The fleet's part of a centre: its authority and signer, opened once, with the database they serve."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from central.codes import tables as _codes  # noqa: F401 (as the next)
from central.codes.issuers import CodeIssuers, open_issuers
from central.database import Database
from central.fleet import tables as _  # noqa: F401 (they join the centre's tables by being imported)
from central.fleet.authority import Authority, open_authority
from central.fleet.signing import Signer, open_signer
from central.migrations import migrate
from central.tables import metadata
from config.clock import Clock
from domain.messages.enrolment import authority_code


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
    issuers = database.write(
        lambda connection: open_issuers(directory, connection, now(), demonstration=demonstration)
    )
    return Fleet(database, authority, open_signer(directory, authority, now()), issuers, now)
