"""An electronic card bound to one phone at a counter.

The counter makes a code and tells the centre its hash; the phone that brings the code brings the key it made
itself. It is bound only when the person at the counter has seen the same four digits on both screens: who
reads the code over a shoulder gets no card, and takes none away. One card serves one phone: what the phone
before was issued is refused from then on, here at once, elsewhere by the list of blocked cards.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from central.codes.blocking import fingerprint, lock_e_card
from central.codes.tables import phone_binding, ride_account, signed_e_card
from central.fleet import hotlist
from central.tables import e_card, e_card_token
from central.unidentified import Unidentified
from config.faults import Fault
from domain.codes import cose
from domain.codes.faults import CodeFault
from domain.messages.binding import HASH, PhoneMessage, signed_text

LIFE = timedelta(minutes=5)
MOST_TRIES = 5
CLOCK = timedelta(minutes=10)
"""So far a phone's clock may be wrong."""
UNKNOWN, EXPIRED, USED, TRIES = "binding.unknown", "binding.expired", "binding.used", "binding.too_many_tries"
OPEN, CLAIMED, BOUND = "open", "claimed", "bound"


class NotThisPhone(Fault):
    """The message is not of the phone that it names, or is not fresh."""

    code = "binding.not_this_phone"


class NotBoundYet(Fault):
    """The person at the counter has not said yet that it is their phone."""

    code = "binding.waiting"


@dataclass(frozen=True, slots=True)
class BoundPhone:
    """The card that a bound phone shows, and the phone's key."""

    e_card: str
    key: bytes


def open_binding(
    connection: Connection, id: str, card_id: str, subject: str, terminal: str, code_hash: str, now: datetime
) -> None:
    """A code is shown at this terminal from now on; one shown before for the same card is over."""
    before = (phone_binding.c.e_card == card_id, phone_binding.c.bound_at.is_(None))
    _end(connection, now, "newer", *before)
    row = {"id": id, "e_card": card_id, "subject": subject, "terminal": terminal, "code_hash": code_hash}
    connection.execute(insert(phone_binding).values(**row, expires_at=now + LIFE))


def is_hash(untrusted: object) -> bool:
    return isinstance(untrusted, str) and re.fullmatch(HASH, untrusted) is not None


def claim(connection: Connection, message: PhoneMessage, now: datetime) -> str:
    """A phone came with a code: the four digits of its key, or a fault's code, which is kept as a try.

    The same phone may say it again. Raises ``NotThisPhone``.
    """
    found = _found(connection, message.binding)
    if found is None:
        return UNKNOWN
    if refusal := _closed(found, now):
        return refusal
    if not hmac.compare_digest(found.code_hash, hashlib.sha256(message.code.encode()).hexdigest()):
        return _wrong(connection, found, now)
    key = bytes.fromhex(message.public_key)
    if found.phone_key not in (None, key):
        return USED
    _prove(connection, found, key, "claims", message, now)
    values = {"phone_key": key, "last_asked": message.at}
    connection.execute(update(phone_binding).where(phone_binding.c.id == found.id).values(values))
    return digits(found.id, key)


def digits(id: str, key: bytes) -> str:
    """Digits that both screens show for this phone at this counter."""
    drawn = hashlib.sha256(f"{id} {key.hex()}".encode()).digest()
    return f"{int.from_bytes(drawn[:8]) % 10_000:04}"


def state_of(connection: Connection, id: str, subject: str, terminal: str, now: datetime) -> dict[str, str]:
    """State of a binding for the counter that shows it: ``state`` and the ``digits`` of the phone that came,
    or the fault's code as ``refusal``. ``order`` identifies the binding.
    """
    told = {"order": id}
    found = connection.execute(_own(id, subject, terminal)).one_or_none()
    if found is None:
        return {**told, "refusal": UNKNOWN}
    if refusal := _closed(found, now):
        return {**told, "refusal": refusal}
    if found.phone_key is None:
        return {**told, "state": OPEN}
    stands = BOUND if found.bound_at else CLAIMED
    return {**told, "state": stands, "digits": digits(found.id, found.phone_key)}


def bind(connection: Connection, id: str, subject: str, terminal: str, now: datetime) -> str:
    """The person says that it is their phone. A fault's code where it cannot be; empty once it is bound.

    From then on the card serves this phone and no other, and again where it was reported lost with the last.
    """
    found = connection.execute(_own(id, subject, terminal).with_for_update()).one_or_none()
    if found is None or found.phone_key is None:
        return UNKNOWN
    if refusal := _closed(found, now):
        return refusal
    _end(connection, now, "newer", phone_binding.c.e_card == found.e_card, phone_binding.c.id != found.id)
    _withdraw_phones(connection, found.e_card, now)
    lock_e_card(connection, found.e_card, locked=False)
    connection.execute(update(phone_binding).where(phone_binding.c.id == found.id).values(bound_at=now))
    return ""


def refuse(connection: Connection, id: str, subject: str, terminal: str, now: datetime) -> str:
    """Cancel the binding after the person said that it is another person's phone; the code is used up."""
    found = connection.execute(_own(id, subject, terminal).with_for_update()).one_or_none()
    if found is None:
        return UNKNOWN
    if found.bound_at:
        return USED
    _end(connection, now, "refused", phone_binding.c.id == found.id)
    return ""


def undo(connection: Connection, id: str, now: datetime) -> bool:
    """Undo a binding whose person was shown a refusal. Earlier phones stay withdrawn."""
    mine = update(phone_binding).where(phone_binding.c.id == id, phone_binding.c.ended_at.is_(None))
    return connection.execute(mine.values(ended_at=now, ended="undone")).rowcount > 0


def bound_phone(connection: Connection, message: PhoneMessage, purpose: str, now: datetime) -> BoundPhone:
    """Phone that signed the message. Raises ``NotThisPhone``, ``NotBoundYet``, ``Unidentified`` for a phone
    that another one replaced.
    """
    found = _found(connection, message.binding)
    if found is None or found.phone_key is None:
        raise NotThisPhone("no phone came with this code")
    _prove(connection, found, found.phone_key, purpose, message, now)
    if found.bound_at is None and found.ended_at is None and found.expires_at > now:
        raise NotBoundYet("the person at the counter has not answered")
    if found.bound_at is None or found.ended_at is not None:
        raise Unidentified("e_card.other_phone" if found.bound_at else USED if found.ended_at else EXPIRED)
    asked = update(phone_binding).where(phone_binding.c.id == found.id)
    connection.execute(asked.values(last_asked=message.at))
    return BoundPhone(found.e_card, found.phone_key)


def has_phone(connection: Connection, card_id: str) -> bool:
    """Whether this card was bound at a counter: then only that phone is given codes."""
    live = (phone_binding.c.bound_at.is_not(None), phone_binding.c.ended_at.is_(None))
    query = select(phone_binding.c.id).where(phone_binding.c.e_card == card_id, *live)
    return connection.execute(query).first() is not None


def _found(connection: Connection, id: str) -> Row[Any] | None:
    query = select(phone_binding).where(phone_binding.c.id == id).with_for_update()
    return connection.execute(query).one_or_none()


def _own(id: str, subject: str, terminal: str) -> Any:
    mine = (phone_binding.c.subject == subject, phone_binding.c.terminal == terminal)
    return select(phone_binding).where(phone_binding.c.id == id, *mine)


def _closed(found: Row[Any], now: datetime) -> str:
    """Why nothing comes of this binding any more; empty while something may, and for one that is bound."""
    if found.ended_at is not None:
        return TRIES if found.ended == "tries" else USED
    return EXPIRED if found.bound_at is None and found.expires_at <= now else ""


def _wrong(connection: Connection, found: Row[Any], now: datetime) -> str:
    """A bound phone loses nothing by other people's guesses."""
    if found.bound_at is not None:
        return USED
    tries = update(phone_binding).where(phone_binding.c.id == found.id)
    connection.execute(tries.values(tries=phone_binding.c.tries + 1))
    if found.tries + 1 < MOST_TRIES:
        return UNKNOWN
    _end(connection, now, "tries", phone_binding.c.id == found.id)
    return TRIES


def _prove(
    connection: Connection, found: Row[Any], key: bytes, purpose: str, message: PhoneMessage, now: datetime
) -> None:
    signature = bytes.fromhex(message.signature)
    if message.at <= found.last_asked or abs(now.timestamp() - message.at / 1000) > CLOCK.total_seconds():
        raise NotThisPhone("not a fresh message")
    try:
        cose.verify_raw(signed_text(purpose, message), signature, cose.public_key(key))
    except CodeFault as fault:
        raise NotThisPhone(fault.code) from fault


def _end(connection: Connection, now: datetime, why: str, *which: Any) -> None:
    still = update(phone_binding).where(phone_binding.c.ended_at.is_(None), *which)
    connection.execute(still.values(ended_at=now, ended=why))


def _withdraw_phones(connection: Connection, card_id: str, now: datetime) -> None:
    """All that phones were issued for this card so far: on every list, and no online code is open."""
    names: list[str] = []
    for table, column, kind in (
        (signed_e_card, signed_e_card.c.holder, "e_card"),
        (ride_account, ride_account.c.payment_account, "ride"),
    ):
        mine = (table.c.e_card == card_id, table.c.withdrawn_at.is_(None))
        names += [f"{kind}:{name}" for name in connection.execute(select(column).where(*mine)).scalars()]
        connection.execute(update(table).where(*mine).values(withdrawn_at=now))
    hotlist.change(connection, [fingerprint(name) for name in names], [])
    connection.execute(delete(e_card_token).where(e_card_token.c.e_card == card_id))


def e_card_of(connection: Connection, subject: str) -> str:
    """This person's electronic card; empty where there is none."""
    return str(connection.execute(select(e_card.c.id).where(e_card.c.subject == subject)).scalar() or "")
