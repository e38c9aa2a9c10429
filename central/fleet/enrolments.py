"""Which terminals there are: asked for, approved by a person, renewed by themselves, revoked for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central.departments.published import catalogue_in_force
from central.fleet.authority import TERMINAL_URN, Authority, Role
from central.fleet.invitations import redeem
from central.fleet.refusals import (
    AlreadyEnrolled,
    Expired,
    NoSuchCode,
    NotEnrolled,
    OtherTerminal,
    RequestInvalid,
    Revoked,
    TooManyFromHere,
    TooManyWaiting,
    Unknown,
)
from central.fleet.scopes import NOTHING, bounded, profile_services, scope_of, service_names
from central.fleet.tables import certificate, enrolment
from central.tables import alarm
from central.tables import terminal as terminal_heard
from domain.messages.enrolment import Enrolment, EnrolmentRequest, EnrolmentState, enrolment_code, normal_code

WAITS = timedelta(minutes=15)
"""Lifetime of a code without approval; the terminal then makes a new one."""
FETCHED_WITHIN = timedelta(days=1)
"""An approved certificate may be fetched this long."""
MOST_WAITING = 500
"""Strangers without an invitation, in the whole city."""
MOST_FROM_ONE_ADDRESS = 20

_STANDING = select(certificate.c.terminal, certificate.c.revoked_at, certificate.c.expires_at).where(
    certificate.c.serial == bindparam("shown")
)


def ask(
    connection: Connection, authority: Authority, asked: EnrolmentRequest, now: datetime, address: str = ""
) -> Enrolment:
    """A request of a terminal. The same key for the same name is the same request, repeated.

    Strangers are limited for each address (empty: not known) and in total; an invitation passes both.
    Raises ``RequestInvalid``, ``TooManyWaiting``, ``TooManyFromHere``, ``InvitationUnknown``.
    """
    key = requested_key(asked.request)
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    code = enrolment_code(asked.terminal, spki, authority.der)
    connection.execute(delete(enrolment).where(enrolment.c.requested_at < now - FETCHED_WITHIN))
    network = network_of(address)
    if asked.invitation:
        redeem(connection, asked.invitation, asked.terminal, code, now)
    elif not _known(connection, code, now):
        _limit_strangers(connection, network, now)
    row = {
        "code": code,
        "terminal": asked.terminal,
        "request": asked.request,
        "requested_at": now,
        "address": network,
        "invited": bool(asked.invitation),
        "profile": asked.profile,
        "services": "\n".join(asked.services),
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(
        dialect.insert(enrolment)
        .values(row)
        .on_conflict_do_update(
            index_elements=["code"],
            set_={"requested_at": now, "profile": row["profile"], "services": row["services"]},
            where=enrolment.c.state == EnrolmentState.WAITING,
        )
    )
    return look(connection, code, now)


def _known(connection: Connection, code: str, now: datetime) -> bool:
    """Whether this very request waits already: to repeat it takes no place."""
    this = select(enrolment.c.code).where(enrolment.c.code == code, *_open(now))
    return connection.execute(this).first() is not None


def _limit_strangers(connection: Connection, network: str, now: datetime) -> None:
    strangers = select(func.count()).select_from(enrolment).where(enrolment.c.invited.is_(False), *_open(now))
    if network:
        from_here = connection.execute(strangers.where(enrolment.c.address == network)).scalar_one()
        if from_here >= MOST_FROM_ONE_ADDRESS:
            raise TooManyFromHere
    if connection.execute(strangers).scalar_one() >= MOST_WAITING:
        raise TooManyWaiting


def _open(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return enrolment.c.state == EnrolmentState.WAITING, enrolment.c.requested_at >= now - WAITS


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one, which one customer has whole;
    empty for what is none."""
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    if isinstance(read, IPv6Address):
        mapped = read.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Network((read, 64), strict=False))
    return str(read)


def look(connection: Connection, code: str, now: datetime) -> Enrolment:
    """How a request stands. Raises ``NoSuchCode`` for one that ended."""
    row = _row(connection, code, now)
    return Enrolment(
        code=row.code,
        state=EnrolmentState(row.state),
        expires_at=row.requested_at + _life(row),
        certificate=row.certificate,
        services=_given_services(row.certificate),
    )


def _given_services(given: str) -> tuple[str, ...]:
    """The list of a certificate, PEM; empty for none."""
    if not given:
        return ()
    read = x509.load_pem_x509_certificate(given.encode())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    return tuple(sorted((scope_of(uris).names or frozenset()) - {NOTHING}))


def renewed(
    connection: Connection, authority: Authority, serial: str, terminal: str, request: str, now: datetime
) -> str:
    """A certificate for a new key, with the list of services of the one in force. Raises
    ``RequestInvalid``."""
    query = select(certificate.c.profile, certificate.c.services).where(certificate.c.serial == serial)
    before = connection.execute(query).one()
    services = None if before.services is None else before.services.split()
    return give(connection, authority, terminal, request, now, before.profile, services)


def waiting(connection: Connection, now: datetime) -> list[tuple[str, str, datetime, str, str]]:
    """Code, terminal, time, profile and services of each request that waits for a person."""
    rows = connection.execute(
        select(enrolment)
        .where(enrolment.c.state == EnrolmentState.WAITING, enrolment.c.requested_at >= now - WAITS)
        .order_by(enrolment.c.requested_at)
    )
    return [(row.code, row.terminal, row.requested_at, row.profile, row.services) for row in rows]


def approve(
    connection: Connection,
    authority: Authority,
    code: str,
    who: str,
    now: datetime,
    *,
    replace: bool = False,
    profile: str = "",
) -> str:
    """Gives the terminal its certificate, with the list of services it asked for, bounded by its profile
    (``profile``: the administrator's word against the terminal's). A name belongs to one machine:
    ``replace`` moves it to this one and revokes the machine that had it before. Returns the terminal.

    Raises ``NoSuchCode``, ``AlreadyEnrolled``, ``ProfileUnknown``.
    """
    row = _waiting_row(connection, code, now)
    if not replace and in_force(connection, row.terminal, now):
        raise AlreadyEnrolled(row.terminal)
    revoke(connection, row.terminal, "enrolled anew", now)
    services = _services_for(connection, row, profile)
    given = give(connection, authority, row.terminal, row.request, now, profile or row.profile, services)
    _decide(connection, row.code, EnrolmentState.APPROVED, who, now, given)
    return str(row.terminal)


def refuse(connection: Connection, code: str, who: str, now: datetime) -> str:
    """Says no. Returns the terminal. Raises ``NoSuchCode``."""
    row = _waiting_row(connection, code, now)
    _decide(connection, row.code, EnrolmentState.REFUSED, who, now, "")
    return str(row.terminal)


def _services_for(connection: Connection, row: Row[Any], profile: str) -> tuple[str, ...] | None:
    """None for a terminal that names neither profile nor services, as versions before the lists do."""
    if not (profile or row.profile or row.services):
        return None
    wanted, catalogue = row.services.split(), catalogue_in_force(connection)
    bound = profile_services(connection, row.terminal, profile or row.profile, wanted, catalogue)
    return bounded(wanted, bound, catalogue)


def give(
    connection: Connection,
    authority: Authority,
    terminal: str,
    request: str,
    now: datetime,
    profile: str = "",
    services: Sequence[str] | None = None,
) -> str:
    """A certificate for ``terminal`` on the key of ``request``, PEM. Raises ``RequestInvalid``."""
    names = terminal_names(terminal) + ([] if services is None else service_names(services))
    given = authority.issue(Role.TERMINAL, terminal, requested_key(request), names, now)
    connection.execute(
        insert(certificate).values(
            serial=f"{given.serial_number:x}",
            terminal=terminal,
            issued_at=now,
            expires_at=given.not_valid_after_utc,
            profile=profile,
            services=None if services is None else "\n".join(services),
        )
    )
    return given.public_bytes(Encoding.PEM).decode()


def revoke(connection: Connection, terminal: str, reason: str, now: datetime) -> int:
    """Ends every certificate of a terminal. Returns how many were in force."""
    ended = connection.execute(
        update(certificate)
        .where(certificate.c.terminal == terminal, certificate.c.revoked_at.is_(None))
        .values(revoked_at=now, reason=reason)
    )
    return int(ended.rowcount)


def in_force(connection: Connection, terminal: str, now: datetime) -> int:
    """How many certificates of a terminal hold just now."""
    query = select(func.count()).select_from(certificate)
    return connection.execute(
        query.where(
            certificate.c.terminal == terminal,
            certificate.c.revoked_at.is_(None),
            certificate.c.expires_at > now,
        )
    ).scalar_one()


def listed(connection: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest certificate of every terminal, with when it was last heard and what it still holds."""
    newest = (
        select(certificate.c.terminal, func.max(certificate.c.issued_at).label("issued_at"))
        .group_by(certificate.c.terminal)
        .subquery()
    )
    heard = certificate.join(
        newest,
        (newest.c.terminal == certificate.c.terminal) & (newest.c.issued_at == certificate.c.issued_at),
    ).outerjoin(terminal_heard, terminal_heard.c.id == certificate.c.terminal)
    return connection.execute(
        select(
            certificate.c.terminal,
            certificate.c.expires_at,
            certificate.c.revoked_at,
            certificate.c.reason,
            certificate.c.profile,
            certificate.c.services,
            terminal_heard.c.seen_at,
            terminal_heard.c.pending,
        )
        .select_from(heard)
        .order_by(certificate.c.terminal)
    ).all()


def is_of_another(connection: Connection, name: str, terminal: str) -> bool:
    """Whether settings of this name are those of another enrolled terminal."""
    owner = select(certificate.c.terminal).where(func.lower(certificate.c.terminal) == name).limit(1)
    return name != terminal.lower() and connection.execute(owner).first() is not None


def admit(connection: Connection, serial: str, terminal: str, now: datetime) -> None:
    """Whether this certificate is in force. Raises ``Unknown``, ``Revoked``, ``Expired``."""
    found = connection.execute(_STANDING, {"shown": serial}).one_or_none()
    if found is None or found.terminal != terminal:
        raise Unknown
    if found.revoked_at is not None:
        raise Revoked
    if found.expires_at <= now:
        raise Expired


def speaks_for(proved: str | None, claimed: str) -> None:
    """Whether a message is its sender's own. Raises ``OtherTerminal``, ``NotEnrolled``."""
    if proved is None:
        raise NotEnrolled
    if proved != claimed:
        raise OtherTerminal


def note_stolen_name(connection: Connection, proved: str, now: datetime) -> None:
    """A terminal spoke in another's name: once for each terminal and day, for a person to look at."""
    row = {
        "terminal": proved,
        "kind": "other_terminal",
        "sequence": now.toordinal(),
        "detail": "spoke in the name of another terminal",
        "at": now,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(alarm).values(row).on_conflict_do_nothing())


def terminal_names(terminal: str) -> list[x509.GeneralName]:
    """How a certificate names a terminal."""
    return [x509.UniformResourceIdentifier(f"{TERMINAL_URN}{terminal}")]


def requested_key(untrusted_request: str) -> ec.EllipticCurvePublicKey:
    """The public key of a signing request that was signed with it. Raises ``RequestInvalid``."""
    try:
        request = x509.load_pem_x509_csr(untrusted_request.encode())
        key = request.public_key()
        proved = request.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RequestInvalid from error
    if not proved or not isinstance(key, ec.EllipticCurvePublicKey):
        raise RequestInvalid
    if not isinstance(key.curve, ec.SECP256R1):
        raise RequestInvalid
    return key


def _row(connection: Connection, code: str, now: datetime) -> Row[Any]:
    row = connection.execute(select(enrolment).where(enrolment.c.code == normal_code(code))).one_or_none()
    if row is None or row.requested_at < now - _life(row):
        raise NoSuchCode
    return row


def _waiting_row(connection: Connection, code: str, now: datetime) -> Row[Any]:
    row = _row(connection, code, now)
    if row.state != EnrolmentState.WAITING:
        raise NoSuchCode(f"already {row.state}")
    return row


def _life(row: Row[Any]) -> timedelta:
    return WAITS if row.state == EnrolmentState.WAITING else FETCHED_WITHIN


def _decide(
    connection: Connection, code: str, state: EnrolmentState, who: str, now: datetime, given: str
) -> None:
    """Raises ``NoSuchCode`` when somebody else decided a moment ago."""
    decided = connection.execute(
        update(enrolment)
        .where(enrolment.c.code == code, enrolment.c.state == EnrolmentState.WAITING)
        .values(state=state, decided_at=now, decided_by=who, certificate=given)
    )
    if decided.rowcount != 1:
        raise NoSuchCode("decided a moment ago")
