"""The keys codes are signed with: files of their own beside the authority's, read for each issue.

``e-card-issuer.pem``: the city's own key for electronic cards (P-256). A new one takes its place half
through its life; the old one stays believed until its last credential has ended, unless it is withdrawn.
``ride-authority.key`` and ``ride-issuer.key``: private numbers of SM2. In a city the authority is the
transport ministry's and only its public key is known here; a demonstration makes both.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central.city_of import city_of
from central.codes.tables import E_CARD, RIDE_CODE, code_issuer
from central.fleet.versions import JUMP, newest_version, next_version
from config.faults import Fault
from domain.codes import cose, ride_code_making, sm2
from domain.codes.e_card import KEY_ID_BYTES
from domain.codes.trust import ECardIssuer, RideCodeAuthority, TrustAnchors, anchors
from domain.messages.code_trust import CodeTrust, ECardIssuerMessage, RideCodeAuthorityMessage
from runtime.whole_file import read_private, write_first, write_whole

SERIES = "code trust"
ISSUER_LIFE = timedelta(days=730)
BACKDATED = timedelta(hours=24)
E_CARD_FILE, AUTHORITY_FILE, RIDE_FILE = "e-card-issuer.pem", "ride-authority.key", "ride-issuer.key"
RIDE_INDEX = 1
"""Of the demonstration's own authority of ride codes."""
RIDE_CERTIFICATE_YEARS = 2


class IssuerFault(Fault):
    """The keys codes are issued with are missing, damaged, or readable by others."""

    code = "code.issuer_damaged"


@dataclass(frozen=True, slots=True)
class RideIssuer:
    """``certificate``: the authority's, 117 bytes."""

    certificate: bytes
    key: sm2.PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeIssuers:
    """The keys of ``directory``. Private keys are read when they are used and not held."""

    directory: Path
    institution: bytes
    """The 4 bytes that name this city's issuer in ride codes (JT/T 1179)."""

    def e_card_key(self) -> tuple[bytes, EllipticCurvePrivateKey]:
        """Key id and key. Raises ``IssuerFault``."""
        try:
            key = serialization.load_pem_private_key(_private(self.directory / E_CARD_FILE), None)
        except (ValueError, TypeError) as error:
            raise IssuerFault(f"{E_CARD_FILE}: {type(error).__name__}") from error
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise IssuerFault(f"{E_CARD_FILE}: not a key of P-256")
        return key_id_of(key), key

    def ride_issuer(self, now: datetime) -> RideIssuer:
        """Raises ``IssuerFault`` where this centre issues no ride codes."""
        authority, key = (self._number(name) for name in (AUTHORITY_FILE, RIDE_FILE))
        last_month = (now.year + RIDE_CERTIFICATE_YEARS, now.month)
        certificate = ride_code_making.certify(
            RIDE_INDEX, self.institution, key.public_key(), last_month, authority
        )
        return RideIssuer(certificate, key)

    def _number(self, name: str) -> sm2.PrivateKey:
        try:
            return sm2.PrivateKey(int(_private(self.directory / name), 16))
        except ValueError as error:
            raise IssuerFault(f"{name}: no private number") from error


def open_issuers(
    directory: Path, connection: Connection, now: datetime, *, demonstration: bool
) -> CodeIssuers:
    """The issuers of ``directory``, their public keys on the list; made where there are none.

    Raises ``IssuerFault``.
    """
    issuers = CodeIssuers(directory, bytes.fromhex(city_of(connection).said.issuers.ride_code))
    write_first(directory / E_CARD_FILE, _fresh_pem(), 0o600)
    key_id, key = issuers.e_card_key()
    if _half_through(connection, key_id, now):
        renew(issuers, connection, now)
    else:
        _list_issuer(connection, key_id, key, now)
    if demonstration:
        for name in (AUTHORITY_FILE, RIDE_FILE):
            write_first(directory / name, f"{secrets.randbelow(sm2.N - 2) + 1:064x}".encode(), 0o600)
        authority = issuers._number(AUTHORITY_FILE).public_key()
        list_authority(connection, RIDE_INDEX, authority.compressed, now)
    return issuers


def renew(issuers: CodeIssuers, connection: Connection, now: datetime) -> bytes:
    """A new key for electronic cards; the one before it stays believed. Gives the new key's id."""
    write_whole(issuers.directory / E_CARD_FILE, _fresh_pem(), 0o600)
    key_id, key = issuers.e_card_key()
    _list_issuer(connection, key_id, key, now)
    return key_id


def list_authority(connection: Connection, index: int, public_key: bytes, now: datetime) -> None:
    """From now on ride codes under this authority are believed. Raises ``CodeFault`` for no point of SM2."""
    point = sm2.PublicKey(public_key).compressed
    _put(connection, f"{index}", RIDE_CODE, point, now)


def withdraw(connection: Connection, id: str, now: datetime) -> bool:
    """Nothing this issuer or authority signed is believed any more, as soon as terminals hear of it."""
    query = update(code_issuer).where(code_issuer.c.id == id, code_issuer.c.withdrawn_at.is_(None))
    if connection.execute(query.values(withdrawn_at=now)).rowcount == 0:
        return False
    next_version(connection, SERIES)
    return True


def trusted(connection: Connection) -> TrustAnchors:
    """Trust anchors of the centre itself."""
    rows = connection.execute(select(code_issuer).where(code_issuer.c.withdrawn_at.is_(None))).all()
    return anchors(
        [
            ECardIssuer(bytes.fromhex(row.id), row.public_key, row.not_before, row.not_after)
            for row in rows
            if row.kind == E_CARD
        ],
        [RideCodeAuthority(int(row.id), row.public_key) for row in rows if row.kind == RIDE_CODE],
    )


def version(connection: Connection) -> int:
    return max(1, newest_version(connection, SERIES))


def begin_anew(connection: Connection) -> None:
    """After a database was restored: beyond any version that terminals may know."""
    next_version(connection, SERIES, JUMP)


def told(connection: Connection, now: datetime) -> CodeTrust:
    """List of trusted issuers for terminals, to be signed."""
    believed = trusted(connection)
    return CodeTrust(
        version=version(connection),
        issued_at=now,
        e_card_issuers=tuple(
            ECardIssuerMessage(
                key_id=each.key_id.hex(),
                public_key=each.public_key.hex(),
                not_before=each.not_before,
                not_after=each.not_after,
            )
            for each in sorted(believed.e_card_issuers.values(), key=lambda issuer: issuer.key_id)
        ),
        ride_code_authorities=tuple(
            RideCodeAuthorityMessage(index=each.index, public_key=each.public_key.hex())
            for each in sorted(believed.ride_code_authorities.values(), key=lambda one: one.index)
        ),
    )


def key_id_of(key: EllipticCurvePrivateKey) -> bytes:
    return hashlib.sha256(cose.compressed(key)).digest()[:KEY_ID_BYTES]


def _half_through(connection: Connection, key_id: bytes, now: datetime) -> bool:
    listed = connection.execute(select(code_issuer).where(code_issuer.c.id == key_id.hex())).one_or_none()
    return listed is not None and now > listed.not_after - ISSUER_LIFE / 2


def _list_issuer(connection: Connection, key_id: bytes, key: EllipticCurvePrivateKey, now: datetime) -> None:
    _put(connection, key_id.hex(), E_CARD, cose.compressed(key), now)


def _put(connection: Connection, id: str, kind: str, public_key: bytes, now: datetime) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row: dict[str, object] = {"id": id, "kind": kind, "public_key": public_key}
    row |= {"not_before": now - BACKDATED, "not_after": now + ISSUER_LIFE}
    fresh = dialect.insert(code_issuer).values(row).on_conflict_do_nothing()
    if connection.execute(fresh.returning(code_issuer.c.id)).first():
        next_version(connection, SERIES)


def _fresh_pem() -> bytes:
    return generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _private(file: Path) -> bytes:
    try:
        content, exposed = read_private(file)
    except OSError as error:
        raise IssuerFault(f"{file.name}: {error.strerror}") from error
    if exposed:
        raise IssuerFault(f"{file.name}: mode must be 0600")
    return content
