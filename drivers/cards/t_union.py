"""The T-Union application of transport cards (交通联合): what can be read of it without a key.

Exchanges needed, after the card turned out not to be a social-security card (``61xx`` not counted):

    read_for_ride    SELECT; 0015 where the SELECT did not bring it; 0017 of another city's card   1 to 3
    read_whole       the same and 0017, GET BALANCE (2), ten records of 0018, up to thirty of 001E

The purse on the card is only read: charging it would need a transport PSAM. What is read this way can be
copied onto another card: it is trusted as *read*, no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from drivers.cards import apdu
from drivers.cards.connection import Connection, Response
from drivers.cards.faults import (
    CardDataInvalid,
    CardExpired,
    NotTUnionCard,
    TransportDisabled,
    TransportNotHere,
)
from drivers.cards.numbers import parse_date
from drivers.cards.recognise import DF_NAME, FCI_LIMIT, FCI_TEMPLATE, ISSUER_DISCRETIONARY
from drivers.cards.status_word import StatusWord, expect
from drivers.cards.tlv import find
from drivers.central.masking import mask_number

T = TypeVar("T")

PURSE = bytes.fromhex("A000000632010105")
"""The electronic purse; dual cards answer to A000000632010106 as well and share its files."""

PUBLIC, LOCAL, LOADS_AND_PURCHASES, RIDES = 0x15, 0x17, 0x18, 0x1E
"""Short identifiers of files 0015, 0017, 0018 and 001E."""
PUBLIC_BYTES, LOCAL_BYTES = 30, 60
MOST_PURCHASES, MOST_RIDES = 10, 30
PURCHASE_BYTES, RIDE_BYTES = 23, 48
CHARGEABLE, OVERDRAWN = 0x00, 0x01

_NUMBER = re.compile(r"0[0-9]{19}")
_CITY = re.compile(r"[0-9]{4}")
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
    """Data read from a card. ``number`` has 19 digits, ``city`` is the issuer's (GB/T 13497).

    ``interoperable`` is None where it was not asked for, as for a card of the city itself. ``kind`` (of
    0017: 1 ordinary, 2 student, 3 senior …) is one source's guess and decides nothing. ``balance_fen`` and
    the logs are there only after ``read_whole``.
    """

    number: str
    issuer: str
    city: str
    enabled: bool
    start_date: date
    expiry_date: date
    interoperable: bool | None = None
    kind: int | None = None
    balance_fen: int | None = None
    purchases: tuple[Purchase, ...] = ()
    rides: tuple[CardRide, ...] = ()

    def __repr__(self) -> str:
        return f"TUnionCardFiles({mask_number(self.number)}, city={self.city})"


def refuse_unusable(card: TUnionCardFiles, today: date, city: str) -> None:
    """Raises ``TransportDisabled``, ``CardExpired`` and, for another city's card that is good there only,
    ``TransportNotHere``."""
    if not card.enabled:
        raise TransportDisabled("the transport application is not enabled")
    if today < card.start_date:
        raise CardExpired("the card's start date lies ahead")
    if today > card.expiry_date:
        raise CardExpired("the card's valid-to date has passed")
    if card.city != city and not card.interoperable:
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
    return replace(
        card,
        balance_fen=read_balance(connection),
        purchases=_sensible(
            parse_purchase, _records(connection, LOADS_AND_PURCHASES, MOST_PURCHASES, PURCHASE_BYTES)
        ),
        rides=_sensible(parse_ride, _records(connection, RIDES, MOST_RIDES, RIDE_BYTES)),
    )


def read_balance(connection: Connection) -> int:
    """Fen in the purse, below zero for one that is overdrawn."""
    there = int.from_bytes(_four(connection, CHARGEABLE))
    return there if there else -int.from_bytes(_four(connection, OVERDRAWN))


def _four(connection: Connection, part: int) -> bytes:
    amount = expect("GET BALANCE", connection.transmit(apdu.get_balance(part)))
    if len(amount) != 4:
        raise CardDataInvalid(f"GET BALANCE of {len(amount)} bytes")
    return amount


def _public(connection: Connection) -> bytes:
    """0015 as SELECT brings it (9F0C), else read from its file."""
    selected = connection.transmit(apdu.select_name(PURSE, apdu.ALL))
    if not selected.ok:
        raise NotTUnionCard(f"SELECT answered {selected.status:04X}")
    told = _told_at_selection(selected)
    if len(told) == PUBLIC_BYTES:
        return told
    return expect("READ BINARY 0015", connection.transmit(apdu.read_binary_of(PUBLIC, PUBLIC_BYTES)))


def _told_at_selection(selected: Response) -> bytes:
    if len(selected.data) > FCI_LIMIT:
        raise CardDataInvalid(f"file control information of {len(selected.data)} bytes")
    template = find(selected.data, FCI_TEMPLATE, 0)
    if template is None:
        return b""
    name = find(template, DF_NAME, 0)
    if name is not None and name != PURSE:
        raise NotTUnionCard("SELECT answered with another application's name")
    return find(template, ISSUER_DISCRETIONARY) or b""


def _with_local(connection: Connection, card: TUnionCardFiles) -> TUnionCardFiles:
    local = expect("READ BINARY 0017", connection.transmit(apdu.read_binary_of(LOCAL, LOCAL_BYTES)))
    if len(local) != LOCAL_BYTES:
        raise CardDataInvalid(f"0017 of {len(local)} bytes")
    flag = int.from_bytes(local[8:10])
    if flag not in (0, 1):
        raise CardDataInvalid("0017: neither local nor interoperable")
    return replace(card, interoperable=flag == 1, kind=local[10])


def _records(connection: Connection, file: int, most: int, size: int) -> Iterator[bytes]:
    """Newest first, up to the first that is not there or was never written."""
    for number in range(1, most + 1):
        response = connection.transmit(apdu.read_record_of(file, number, apdu.ALL))
        if response.status in _NO_RECORD:
            return
        record = expect(f"READ RECORD {number} of {file:02X}", response)
        if len(record) != size:
            raise CardDataInvalid(f"record {number} of {file:02X} has {len(record)} bytes")
        if not any(record) or all(byte == 0xFF for byte in record):
            return
        yield record


def _sensible(parse: Callable[[bytes], T], records: Iterable[bytes]) -> tuple[T, ...]:
    """Parsable records of a log: one odd record does not make the card unreadable."""
    parsed = []
    for record in records:
        try:
            parsed.append(parse(record))
        except CardDataInvalid:
            continue
    return tuple(parsed)


def parse_public(untrusted: bytes) -> TUnionCardFiles:
    """File 0015: issuer 8 with the city in its third and fourth byte, type 1, enabled 1, serial 10, start 4,
    expiry 4, custom 2. Raises ``CardDataInvalid``."""
    if len(untrusted) != PUBLIC_BYTES:
        raise CardDataInvalid(f"0015 of {len(untrusted)} bytes")
    city, serial = untrusted[2:4].hex(), untrusted[10:20].hex()
    if not _CITY.fullmatch(city):
        raise CardDataInvalid("0015: no city")
    if not _NUMBER.fullmatch(serial):
        raise CardDataInvalid("0015: no card number")
    return TUnionCardFiles(
        number=serial[1:],
        issuer=untrusted[:8].hex().upper(),
        city=city,
        enabled=untrusted[9] == 0x01,
        start_date=parse_date(untrusted[20:24].hex(), "0015 start"),
        expiry_date=parse_date(untrusted[24:28].hex(), "0015 expiry"),
    )


def parse_purchase(untrusted: bytes) -> Purchase:
    """Sequence 2, overdraft 3, amount 4, type 1, terminal 6, time 7. Raises ``CardDataInvalid``."""
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
