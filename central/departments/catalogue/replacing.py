"""A card replaced at an outlet: the old one locked at once, the new one known from the moment it is written.

The order's own id gives the numbers of the card, one set for each blank that is tried, so that asking again
gives the same. Values and proof go to the terminal that holds the order, and are kept nowhere.

Cards are made for the invented people of a demonstration only, with a key that reads as a test key: the
ministry's personalisation is not public, and a city's own issuing system stands behind the same calls.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from pydantic import JsonValue
from sqlalchemy import Connection, delete, insert, select, update

from central import alarms
from central.city_of import city_of
from central.codes.blocking import fingerprint
from central.departments.catalogue.lost_for_another import CLERK_ONLY, is_clerk, subject_of
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.fleet import hotlist
from central.hsm import SoftwareHsm
from central.tables import card, holder, received
from config.personas import Persona
from config.test_card_keys import TEST_PERSONALISATION_KEY

RID = "D156000005"
ORDERS = ("replace", "replace-for")
MOST_BLANKS = 5
VALID_YEARS = 10
NO_ORDER = "card_management.no_order"
CONTENT = bytes(8)
"""Plaintext that the issuer enciphers under the session key derived from the card's challenge."""
KEY = ("3DES", "personalisation")
ISSUER = SoftwareHsm({KEY: TEST_PERSONALISATION_KEY})
_GB_11714 = (3, 7, 9, 10, 5, 8, 4, 2)
_BLOCK = re.compile(r"[0-9a-f]{16}")


def order(connection: Connection, business: Business) -> Decision:
    """Locks every card of the holder; the transaction is the order the new one is written for."""
    refusal = _lock_all(connection, business.subject)
    return refused(refusal) if refusal else confirmed()


def order_for_another(connection: Connection, business: Business) -> Decision:
    """The same by a clerk, whose own card and PIN stand for it, for somebody who has nothing to show: found
    by number and name together. ``holder``: whose order it is, as the centre names people."""
    if not is_clerk(connection, business.subject):
        return refused(CLERK_ONLY)
    body = business.transaction.body
    subject = subject_of(connection, body.get("number"), body.get("name"))
    if not subject:
        return refused("card_management.no_such_holder")
    refusal = _lock_all(connection, subject)
    return refused(refusal) if refusal else confirmed(holder=subject)


def _lock_all(connection: Connection, subject: str) -> str:
    """A fault's code where no card is made for this person; nothing is locked then."""
    if _persona_of(connection, subject) is None:
        return "card_management.needs_outlet"
    mine = select(card.c.identification_code).where(card.c.subject == subject)
    codes = connection.execute(mine.with_for_update()).scalars().all()
    connection.execute(update(card).where(card.c.subject == subject).values(locked=True))
    hotlist.change(connection, [fingerprint(f"card:{code}") for code in codes], [])
    return ""


def permit(connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue]:
    """Data to be written on this blank, and the issuer's proof to it; ``refusal`` where there is no order."""
    body = enquiry.body
    attempt, challenge, factor = body.get("attempt"), str(body.get("challenge")), str(body.get("factor"))
    subject = _open_order(connection, body.get("order"), attempt, enquiry.terminal)
    person = _persona_of(connection, subject) if subject else None
    if person is None or not (_BLOCK.fullmatch(challenge) and _BLOCK.fullmatch(factor)):
        return {"refusal": NO_ORDER}
    code, number = numbers_of(city_of(connection).region, str(body["order"]), int(str(attempt)))
    if _is_void(connection, code):
        return {"refusal": NO_ORDER}
    values = values_of(person, code, number, city_of(connection).day(enquiry.now))
    seed, card_factor = bytes.fromhex(challenge), bytes.fromhex(factor)
    proof = ISSUER.cryptogram(*KEY, city_of(connection).region, card_factor, seed, CONTENT)
    return {"values": dict[str, JsonValue](values), "cryptogram": proof.hex(), "content": CONTENT.hex()}


def written(connection: Connection, business: Business) -> Decision:
    """Activate the new card and retire the old ones for good: they cannot be unlocked any more."""
    body, terminal = business.transaction.body, business.transaction.terminal
    attempt = body.get("attempt")
    subject = _open_order(connection, body.get("order"), attempt, terminal)
    if not subject:
        return refused(NO_ORDER)
    code, number = numbers_of(city_of(connection).region, str(body["order"]), int(str(attempt)))
    if _is_void(connection, code):
        return refused(NO_ORDER)
    connection.execute(delete(card).where(card.c.subject == subject, card.c.locked.is_(True)))
    new = {"identification_code": code, "card_number": number, "subject": subject, "locked": False}
    connection.execute(insert(card).values(**new))
    return confirmed(ending=number[-4:])


def spoilt(connection: Connection, business: Business) -> Decision:
    """A blank that came to nothing: it is on record, and what it was to be is on every list."""
    body, terminal = business.transaction.body, business.transaction.terminal
    if not _open_order(connection, body.get("order"), body.get("attempt"), terminal):
        return refused(NO_ORDER)
    code, _ = numbers_of(city_of(connection).region, str(body["order"]), int(str(body["attempt"])))
    hotlist.change(connection, [fingerprint(f"card:{code}")], [])
    return confirmed()


def unfinished(connection: Connection, business: Business) -> Decision:
    """The progress of this blank is unknown: it is void, unless reported as written before. The refusal
    appears in the inbox of that terminal's clerk.
    """
    body, made = business.transaction.body, business.transaction
    attempt = body.get("attempt")
    if type(attempt) is not int or not 1 <= attempt <= MOST_BLANKS:
        return refused(NO_ORDER)
    code, number = numbers_of(city_of(connection).region, str(body.get("order")), attempt)
    if connection.execute(select(card.c.subject).where(card.c.identification_code == code)).first():
        return confirmed(ending=number[-4:])
    if not _open_order(connection, body.get("order"), attempt, made.terminal):
        return refused(NO_ORDER)
    hotlist.change(connection, [fingerprint(f"card:{code}")], [])
    detail = f"attempt {attempt} of {body['order']}"
    alarms.raise_alarm(connection, made.terminal, "card_unfinished", made.sequence, detail, business.now)
    return refused("card_management.unfinished")


def _is_void(connection: Connection, code: str) -> bool:
    """Whether this blank came to nothing: what it was to be is never anybody's card."""
    return hotlist.blocks(connection, fingerprint(f"card:{code}"))


def numbers_of(region: str, order_id: str, attempt: int) -> tuple[str, str]:
    """Identification code and card number of the ``attempt``-th blank of an order. Invented, and as real ones
    are made: region, RID, serial and check; a T, seven digits and the check character of GB 11714."""
    drawn = hashlib.sha256(f"{order_id}:{attempt}".encode()).digest()
    code = f"{region}{RID}5E{drawn[:7].hex().upper()}"
    first = f"T{int.from_bytes(drawn[8:16]) % 10_000_000:07}"
    return code, first + _check_character(first)


def _check_character(first_8: str) -> str:
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, _GB_11714, strict=True))
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def values_of(person: Persona, code: str, number: str, today: date) -> dict[str, str]:
    """Values to be written, by the names of the card's fields."""
    expiry = date(today.year + VALID_YEARS, today.month, min(today.day, 28))
    return {
        "identification_code": code,
        "card_class": "1",
        "version": "2.00",
        "initialising_organisation": person.birthplace.ljust(24, "0"),
        "issue_date": f"{today:%Y%m%d}",
        "expiry_date": f"{expiry:%Y%m%d}",
        "card_number": number,
        "social_security_number": person.social_security_number,
        "name": person.name,
        "name_extension": person.name_extension,
        "sex": person.sex,
        "ethnic_group": person.ethnic_group,
        "birthplace": person.birthplace,
        "birth_date": f"{person.birth_date:%Y%m%d}",
    }


def _open_order(
    connection: Connection, untrusted_order: JsonValue, untrusted_attempt: JsonValue, terminal: str
) -> str:
    """Subject of the order: confirmed, of this terminal, with no card made for it yet; empty for any
    other."""
    if type(untrusted_attempt) is not int or not 1 <= untrusted_attempt <= MOST_BLANKS:
        return ""
    order = connection.execute(
        select(received.c.subject, received.c.action, received.c.data).where(
            received.c.id == str(untrusted_order),
            received.c.terminal == terminal,
            received.c.action.in_(ORDERS),
            received.c.outcome == "confirmed",
        )
    ).one_or_none()
    if order is None:
        return ""
    subject = order.data.get("holder") if order.action == "replace-for" else order.subject
    made = [
        numbers_of(city_of(connection).region, str(untrusted_order), attempt)[0]
        for attempt in range(1, MOST_BLANKS + 1)
    ]
    there = select(card.c.identification_code).where(card.c.identification_code.in_(made))
    return "" if connection.execute(there).first() else str(subject or "")


def _persona_of(connection: Connection, subject: str) -> Persona | None:
    """The invented person this is; None for anybody real."""
    name = connection.execute(select(holder.c.persona).where(holder.c.subject == subject)).scalar()
    return city_of(connection).personas.get(str(name)) if name else None
