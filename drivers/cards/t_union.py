"""The T-Union application of transport cards (交通联合): what can be read of it without a key.

Exchanges needed, after the card turned out not to be a social-security card (``61xx`` not counted):

    read_for_ride    SELECT; 0015 where the SELECT did not bring it; 0017 of another city's card   1 to 3
    read_whole       the same and 0017, GET BALANCE (2), ten records of 0018, up to thirty of 001E

Only 0015 is needed. A card that keeps another file closed, or has none, is read without it: ``warnings`` says
so.

The purse on the card is only read: charging it would need a transport PSAM. What is read this way can be
copied onto another card: it is trusted as *read*, no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from domain.cards.faults import (
    CardDataInvalid,
    CardExpired,
    NotTUnionCard,
    StatusFault,
    TransportDisabled,
    TransportNotHere,
)
from domain.cards.numbers import read_date
from domain.masking import mask_number
from drivers.cards import apdu
from drivers.cards.card_warning import CardWarning
from drivers.cards.connection import Connection, Response
from drivers.cards.recognise import DF_NAME, FCI_LIMIT, FCI_TEMPLATE, ISSUER_DISCRETIONARY
from drivers.cards.status_word import StatusWord, expect_data, has_data
from drivers.cards.tlv import find, find_leniently

T = TypeVar("T")

PURSE = bytes.fromhex("A000000632010105")
"""The electronic purse."""
CASH = bytes.fromhex("A000000632010106")
"""The electronic cash of dual cards, which shares the purse's files."""

PUBLIC, LOCAL, LOADS_AND_PURCHASES, RIDES = 0x15, 0x17, 0x18, 0x1E
"""Short identifiers of files 0015, 0017, 0018 and 001E."""
PUBLIC_BYTES, PUBLIC_NEEDED, LOCAL_BYTES = 30, 28, 60
"""Lengths of 0015 and 0017; the last two bytes of 0015 are the city's own, and some cards leave them out."""
SIGN_BIT = 0x8000_0000
"""Some cards flag an overdrawn purse in the top bit of GET BALANCE, which is no part of the amount."""
MOST_PURCHASES, MOST_RIDES = 10, 30
PURCHASE_BYTES, RIDE_READ_BYTES = 23, 34
"""What is read of a record of 0018 (23 bytes) and of 001E (48)."""
CHARGEABLE, OVERDRAWN = 0x00, 0x01

_NUMBER = re.compile(r"0([0-9]{19})")
_CITY = re.compile(r"[0-9]{4}")
_NOT_ENABLED = frozenset((0x00, 0xFF))
"""Values of the enable byte of a card that was never enabled; of all others cities use single bits."""
_NO_RECORD = frozenset((StatusWord.RECORD_NOT_FOUND, StatusWord.FILE_NOT_FOUND, StatusWord.OUTSIDE_FILE))


@dataclass(frozen=True, slots=True)
class Purchase:
    """One record of 0018: ``kind`` 02 load, 06 purchase, 09 composite purchase; amount in fen."""

    sequence: int
    kind: int
    fen: int
    terminal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardRide:
    """One record of 001E: ``kind`` 03 boarding, 04 alighting, 05 and 06 single rides; amounts in fen."""

    kind: int
    terminal: str
    industry: int
    fen: int
    balance_fen: int
    at: datetime
    city: str


@dataclass(frozen=True, slots=True, repr=False)
class TUnionCardFiles:
    """Data of a card. ``number`` has 19 digits, ``city`` is the issuer's (GB/T 13497).

    ``interoperable`` is None where it was not asked for, as for a card of the city itself, and where the card
    does not say: ``local_status_unknown``. ``kind`` (of 0017: 1 ordinary, 2 student, 3 senior …) is one
    source's guess and decides nothing. Dates are None where the card has none. ``balance_fen`` (None where
    the card does not tell it) and the logs are there only after ``read_whole``.
    """

    number: str
    issuer: str
    city: str
    enabled: bool
    start_date: date | None
    expiry_date: date | None
    interoperable: bool | None = None
    local_status_unknown: bool = False
    kind: int | None = None
    balance_fen: int | None = None
    purchases: tuple[Purchase, ...] = ()
    rides: tuple[CardRide, ...] = ()
    warnings: tuple[CardWarning, ...] = ()

    def __repr__(self) -> str:
        return f"TUnionCardFiles({mask_number(self.number)}, city={self.city})"


def refuse_unusable(card: TUnionCardFiles, today: date, city: str) -> None:
    """Raises ``TransportDisabled``, ``CardExpired`` and, for another city's card that says that it is good
    there only, ``TransportNotHere``. A card that does not say so rides, with its local status unknown."""
    if not card.enabled:
        raise TransportDisabled("the transport application is not enabled")
    if card.expiry_date and today > card.expiry_date:
        raise CardExpired("the card's valid-to date has passed")
    if card.city != city and not card.interoperable and not card.local_status_unknown:
        raise TransportNotHere(f"a local card of {card.city}")


def read_for_ride(connection: Connection, city: str) -> TUnionCardFiles:
    """Read the data that a fare decision needs; ``city`` is where this vehicle rides.

    Raises ``NotTUnionCard``, ``StatusFault``, ``CardDataInvalid`` and what the connection raises.
    """
    card = parse_public(_public(connection))
    return card if card.city == city else _with_local(connection, card)


def read_whole(connection: Connection) -> TUnionCardFiles:
    """Everything a card tells without a key. Raises what ``read_for_ride`` raises."""
    card = _with_local(connection, parse_public(_public(connection)))
    warnings = list(card.warnings)
    return replace(
        card,
        balance_fen=_optional("balance", lambda: read_balance(connection), None, warnings),
        purchases=_logged(connection, LOADS_AND_PURCHASES, MOST_PURCHASES, parse_purchase, warnings),
        rides=_logged(connection, RIDES, MOST_RIDES, parse_ride, warnings),
        warnings=tuple(warnings),
    )


def _optional(name: str, read: Callable[[], T], otherwise: T, warnings: list[CardWarning]) -> T:
    """What ``read`` brings; where the card refuses, or answers nonsense, a warning and ``otherwise``."""
    try:
        return read()
    except (StatusFault, CardDataInvalid) as fault:
        warnings.append(CardWarning(name, fault.detail))
        return otherwise


def read_balance(connection: Connection) -> int:
    """Fen in the purse, below zero for one that is overdrawn."""
    there = _four(connection, CHARGEABLE)
    return there if there else -_four(connection, OVERDRAWN)


def _four(connection: Connection, part: int) -> int:
    amount = expect_data("GET BALANCE", connection.transmit(apdu.get_balance(part)))
    if len(amount) != 4:
        raise CardDataInvalid(f"GET BALANCE of {len(amount)} bytes")
    return int.from_bytes(amount) & ~SIGN_BIT


def _public(connection: Connection) -> bytes:
    """0015 as SELECT brings it (9F0C), else read from its file."""
    selected = connection.transmit(apdu.select_name(PURSE, apdu.ALL))
    if not (selected.ok or has_data(selected)):
        other = connection.transmit(apdu.select_name(CASH, apdu.ALL))
        if not (other.ok or has_data(other)):
            raise NotTUnionCard(f"SELECT answered {selected.status:04X}, {other.status:04X}")
        selected = other
    told = _told_at_selection(selected)
    if len(told) == PUBLIC_BYTES:
        return told
    command = apdu.read_binary_of(PUBLIC, PUBLIC_BYTES)
    response = connection.transmit(command)
    if response.status == StatusWord.WRONG_LENGTH:
        response = connection.transmit(apdu.read_binary_of(PUBLIC, apdu.ALL))
    return expect_data("READ BINARY 0015", response)


def _told_at_selection(selected: Response) -> bytes:
    template = find_leniently(selected.data[:FCI_LIMIT], FCI_TEMPLATE)
    if template is None:
        return b""
    name = find_leniently(template, DF_NAME)
    if name is not None and name not in (PURSE, CASH):
        raise NotTUnionCard("SELECT answered with another application's name")
    try:
        return find(template, ISSUER_DISCRETIONARY) or b""
    except CardDataInvalid:
        return b""


def _with_local(connection: Connection, card: TUnionCardFiles) -> TUnionCardFiles:
    """0017: whether the card is good in other cities. Many cards keep it closed, or have none."""
    warnings = list(card.warnings)
    local = _optional("0017", lambda: _local(connection), b"", warnings)
    flag = int.from_bytes(local[8:10])
    if len(local) < 10 or flag not in (0, 1):
        if local:
            warnings.append(CardWarning("0017", "neither local nor interoperable", local))
        return replace(card, local_status_unknown=True, warnings=tuple(warnings))
    kind = local[10] if len(local) > 10 else None
    return replace(card, interoperable=flag == 1, kind=kind, warnings=tuple(warnings))


def _local(connection: Connection) -> bytes:
    response = connection.transmit(apdu.read_binary_of(LOCAL, LOCAL_BYTES))
    if response.status == StatusWord.WRONG_LENGTH:
        response = connection.transmit(apdu.read_binary_of(LOCAL, apdu.ALL))
    return expect_data("READ BINARY 0017", response)


def _logged(
    connection: Connection,
    file: int,
    most: int,
    parse: Callable[[bytes], T],
    warnings: list[CardWarning],
) -> tuple[T, ...]:
    """Entries of a log, newest first, as far as the card tells it and as far as they make sense."""
    entries: list[T] = []
    name = f"{file:04X}"
    for number in range(1, most + 1):
        response = connection.transmit(apdu.read_record_of(file, number, apdu.ALL))
        if response.status in _NO_RECORD:
            break
        if not has_data(response):
            warnings.append(CardWarning(name, f"record {number}: {response.status:04X}"))
            break
        if not any(response.data) or all(byte == 0xFF for byte in response.data):
            break
        entry = _optional(name, partial(parse, response.data), None, warnings)
        if entry is not None:
            entries.append(entry)
    return tuple(entries)


def parse_public(untrusted: bytes) -> TUnionCardFiles:
    """File 0015: issuer 8 with the city in its third and fourth byte, type 1, enabled 1, serial 10, start 4,
    expiry 4, custom 2. Raises ``CardDataInvalid`` where a ride cannot do without."""
    if len(untrusted) < PUBLIC_NEEDED:
        raise CardDataInvalid(f"0015 of {len(untrusted)} bytes")
    city, number = untrusted[2:4].hex(), _NUMBER.fullmatch(untrusted[10:20].hex())
    if not _CITY.fullmatch(city):
        raise CardDataInvalid("0015: no city")
    if not number:
        raise CardDataInvalid("0015: no card number")
    start, odd_start = read_date(untrusted[20:24].hex(), "start")
    expiry, odd_expiry = read_date(untrusted[24:28].hex(), "expiry")
    odd = {
        "start": (odd_start, untrusted[20:24]),
        "expiry": (odd_expiry, untrusted[24:28]),
        "enabled": ("another value than 01" if untrusted[9] != 0x01 else "", untrusted[9:10]),
    }
    return TUnionCardFiles(
        number=number[1],
        issuer=untrusted[:8].hex().upper(),
        city=city,
        enabled=untrusted[9] not in _NOT_ENABLED,
        start_date=start,
        expiry_date=expiry,
        warnings=tuple(CardWarning(name, reason, raw) for name, (reason, raw) in odd.items() if reason),
    )


def _at_least(name: str, untrusted: bytes, size: int) -> None:
    if len(untrusted) < size:
        raise CardDataInvalid(f"{name} of {len(untrusted)} bytes")


def parse_purchase(untrusted: bytes) -> Purchase:
    """Sequence 2, overdraft 3, amount 4, type 1, terminal 6, time 7. Raises ``CardDataInvalid``."""
    _at_least("record of 0018", untrusted, PURCHASE_BYTES)
    return Purchase(
        sequence=int.from_bytes(untrusted[0:2]),
        kind=untrusted[9],
        fen=int.from_bytes(untrusted[5:9]),
        terminal=untrusted[10:16].hex().upper(),
        at=_moment(untrusted[16:23]),
    )


def parse_ride(untrusted: bytes) -> CardRide:
    """Type 1, terminal 8, industry 1, line 4, stop 3, amount 4, balance 4, time 7, city 2, …; of the sources
    none is sure of line and stop. Raises ``CardDataInvalid``."""
    _at_least("record of 001E", untrusted, RIDE_READ_BYTES)
    return CardRide(
        kind=untrusted[0],
        terminal=untrusted[1:9].hex().upper(),
        industry=untrusted[9],
        fen=int.from_bytes(untrusted[17:21]),
        balance_fen=int.from_bytes(untrusted[21:25]),
        at=_moment(untrusted[25:32]),
        city=untrusted[32:34].hex(),
    )


def _moment(packed: bytes) -> datetime:
    digits = packed.hex()
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007 (the card's own local time)
    except ValueError:
        raise CardDataInvalid("a record's time is none") from None
