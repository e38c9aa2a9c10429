"""Credentials that let a phone show codes without a network: an electronic card, a ride account.

Both are bound to a key that the phone made itself and that never leaves it. A credential holds a
pseudonym, a masked name and an age band that no fare divides: what an offline counter needs, no more.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, insert, select

from central.city_of import city_of
from central.codes.issuers import CodeIssuers
from central.codes.tables import code_issuer, ride_account, signed_e_card
from central.departments.bus import entitlements_of
from central.departments.tariffs import shipped_tariffs
from central.tables import e_card, holder
from central.unidentified import Unidentified
from config.city.city import City
from domain.codes import cose, sm2
from domain.codes import e_card as signed
from domain.codes import ride_code_making as ride
from domain.codes.e_card import MOST_ENTITLEMENTS, AgeBand, Credential, Entitlement, age_band
from domain.masking import mask_name

CREDENTIAL_LIFE = timedelta(days=30)
"""So long a phone may be without a network; it asks for the next one when half of it is over."""
RIDE_LIFE = timedelta(days=30)
RIDE_LIMIT_FEN = 2_000

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Owner:
    """Holder of the electronic card in a wallet."""

    subject: str
    name: str
    birth_date: date


def issue_credential(
    connection: Connection,
    issuers: CodeIssuers,
    wallet: str,
    phone_key: bytes,
    random: RandomBytes,
    now: datetime,
) -> bytes | None:
    """The credential of this electronic card for a phone with ``phone_key`` (a compressed point of P-256);
    None when there is no such card. Raises ``Unidentified`` for a blocked one, ``CodeFault`` for no key,
    ``IssuerFault``."""
    owner = _owner(connection, wallet)
    if owner is None:
        return None
    cose.public_key(phone_key)
    key_id, key = issuers.e_card_key()
    today = city_of(connection).day(now)
    ages, until = true_until(owner.birth_date, today, thresholds(city_of(connection)))
    not_after = min(
        now + CREDENTIAL_LIFE, _issuer_ends(connection, key_id), _midnight_after(until, today, now)
    )
    rights, ends = rights_of(connection, owner.subject, today)
    not_after = min(not_after, _midnight_after(ends, today, now)) if ends else not_after
    name = base64.urlsafe_b64encode(random(8)).decode().rstrip("=")
    credential = Credential(
        holder=name,
        masked_name=mask_name(owner.name),
        ages=ages,
        entitlements=rights,
        not_before=now,
        not_after=not_after,
        phone_key=phone_key,
    )
    issued = signed.issue(credential, key_id, cose.signing_with(key))
    row = {"holder": name, "e_card": wallet, "subject": owner.subject}
    connection.execute(insert(signed_e_card).values(**row, issued_at=now, expires_at=not_after))
    return issued


def issue_ride_account(
    connection: Connection,
    issuers: CodeIssuers,
    wallet: str,
    phone_key: bytes,
    random: RandomBytes,
    now: datetime,
) -> bytes | None:
    """Issuer's part of this holder's ride codes, before the phone's own part; ``phone_key`` is a compressed
    point of SM2. None when there is no such card. Raises as ``issue_credential``.
    """
    owner = _owner(connection, wallet)
    if owner is None:
        return None
    issuer = issuers.ride_issuer(now)
    number = int.from_bytes(random(8)) % 10**12
    issuers_here = city_of(connection).said.issuers
    prefix = (*issuers_here.transport_prefixes, "3104")[0][:7]
    account = ride.RideAccount(
        payment_account=f"{issuers_here.ride_account_prefix}{number:012}",
        card_account=f"{prefix:0<7}{number:013}",
        issuer=bytes.fromhex(issuers_here.ride_code),
        platform=bytes.fromhex(issuers_here.ride_platform),
        user_key=sm2.PublicKey(phone_key).compressed,
        authorised_until=now + RIDE_LIFE,
        single_ride_limit_fen=RIDE_LIMIT_FEN,
    )
    row = {"payment_account": account.payment_account, "e_card": wallet, "subject": owner.subject}
    connection.execute(insert(ride_account).values(**row, issued_at=now, expires_at=now + RIDE_LIFE))
    return ride.authorise(issuer.certificate, account, issuer.key)


def rights_of(connection: Connection, subject: str, today: date) -> tuple[frozenset[int], date | None]:
    """Entitlements that the city certifies beside the age, as codes carry them, and the last day on which all
    hold.
    """
    found = [
        each
        for each in entitlements_of(connection, subject, today)
        if each.kind.upper() in Entitlement.__members__
    ][:MOST_ENTITLEMENTS]
    ends = [each.until for each in found if each.until]
    return frozenset(Entitlement[each.kind.upper()] for each in found), min(ends, default=None)


@lru_cache(maxsize=16)
def thresholds(city: City) -> tuple[int, ...]:
    """Every first year of a fare: the ages at which somebody begins, or ceases, to pay another one."""
    found = set()
    for tariff in shipped_tariffs(city).values():
        for rule in (*tariff.city.category, *tariff.city.concession):
            found |= {rule.age_from} if rule.age_from is not None else set()
            found |= {rule.age_to + 1} if rule.age_to is not None else set()
    return tuple(sorted(found))


def true_until(birth_date: date, today: date, ages: tuple[int, ...]) -> tuple[AgeBand, date]:
    """The band around today's age, and the last day it is true."""
    band = age_band(birth_date, today, ages)
    try:
        ends = birth_date.replace(year=birth_date.year + band.oldest + 1)
    except ValueError:
        ends = date(birth_date.year + band.oldest + 1, 3, 1)
    return band, ends - timedelta(days=1)


def _owner(connection: Connection, wallet: str) -> Owner | None:
    query = (
        select(e_card.c.subject, e_card.c.locked, holder.c.name, holder.c.birth_date)
        .join(holder, holder.c.subject == e_card.c.subject)
        .where(e_card.c.id == wallet)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    if found.locked:
        raise Unidentified("holder.reported_lost")
    return Owner(found.subject, found.name, found.birth_date)


def _issuer_ends(connection: Connection, key_id: bytes) -> datetime:
    ends = connection.execute(select(code_issuer.c.not_after).where(code_issuer.c.id == key_id.hex()))
    return ends.scalar_one()  # type: ignore[no-any-return]


def _midnight_after(day: date, today: date, now: datetime) -> datetime:
    """The end of this day, as seen from now: whole days are enough here."""
    return now + (day - today) + timedelta(hours=1)
