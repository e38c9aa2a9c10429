"""A virtual T-Union card: the files of a transport card behind the real command set, contactless."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from config.transport_cards import TransportCard
from drivers.cards.status_word import StatusWord
from drivers.cards.t_union import CHARGEABLE, OVERDRAWN, PURSE
from drivers.cards.tlv import encode_ber
from drivers.virtual.answer_times import INSTANT, AnswerTimes
from drivers.virtual.card_system import CardSystem, Command, Directory, File, Refused, Verb
from drivers.virtual.social_security_card import Random

HISTORICAL = b"T-UNION"
ATR = bytes((0x3B, 0x80 | len(HISTORICAL), 0x80, 0x01)) + HISTORICAL
PURSE_DIRECTORY = 0x3F01
COUNTRY, PROVINCE = bytes.fromhex("00000156"), bytes.fromhex("0370")
RIDE_AT = bytes.fromhex("20261120073000")


class VirtualTUnionCard(CardSystem):
    """``tells_at_selection``: file 0015 comes with SELECT, as most cards do it."""

    def __init__(
        self,
        card: TransportCard,
        times: AnswerTimes = INSTANT,
        random: Random = secrets.token_bytes,
        *,
        tells_at_selection: bool = True,
    ) -> None:
        purse = Directory(
            PURSE_DIRECTORY,
            name=PURSE,
            proprietary=_proprietary(card, tells_at_selection=tells_at_selection),
            files=(
                File(0x0015, content=public_of(card)),
                File(0x0017, content=local_of(card)),
                File(0x0018, records=(_purchase(card),)),
                File(0x001E, records=(_ride(card),)),
            ),
        )
        super().__init__(_checked(ATR), (Directory(0x3F00), purse), random, t0=False)
        self.card = card
        self._times = times

    def verbs(self) -> Mapping[int, Verb]:
        return {**super().verbs(), 0x5C: self._get_balance}

    def answer_time_ms(self, command: bytes, answer: bytes) -> float:
        return self._times.of(command, answer)

    def _get_balance(self, command: Command) -> bytes:
        if command.cla != 0x80 or command.p2 != 0x02 or self.session.directory.name != PURSE:
            raise Refused(StatusWord.WRONG_PARAMETERS)
        parts = {CHARGEABLE: max(0, self.card.balance_fen), OVERDRAWN: max(0, -self.card.balance_fen)}
        if command.p1 not in parts:
            raise Refused(StatusWord.WRONG_PARAMETERS)
        return parts[command.p1].to_bytes(4)

    def _read_record(self, command: Command) -> bytes:
        """By short identifier (P2 with an SFI), as transport readers ask, or of the current file."""
        if command.p2 >> 3:
            self.session.file = self._file(self._short(command.p2 >> 3))
            command = Command(command.cla, command.ins, command.p1, 0x04, command.data, command.expected)
        return super()._read_record(command)


def public_of(card: TransportCard) -> bytes:
    """File 0015."""
    issuer = bytes.fromhex("0131") + bytes.fromhex(card.city) + bytes.fromhex("FFFFFFFF")
    validity = f"{card.start_date:%Y%m%d}{card.expiry_date:%Y%m%d}"
    state = bytes((0x02, 0x01 if card.enabled else 0x00))
    return issuer + state + bytes.fromhex("0" + card.number) + bytes.fromhex(validity) + bytes(2)


def local_of(card: TransportCard) -> bytes:
    """File 0017."""
    flag = int(card.interoperable).to_bytes(2)
    told = COUNTRY + PROVINCE + bytes.fromhex(card.city) + flag + bytes((card.kind,))
    return told + bytes(60 - len(told))


def _proprietary(card: TransportCard, *, tells_at_selection: bool) -> bytes:
    version = encode_ber(0x9F08, b"\x02")
    return version + encode_ber(0x9F0C, public_of(card)) if tells_at_selection else version


def _purchase(card: TransportCard) -> bytes:
    amount = (2000).to_bytes(4)
    return (1).to_bytes(2) + bytes(3) + amount + b"\x02" + bytes.fromhex(card.city + "00000001") + RIDE_AT


def _ride(card: TransportCard) -> bytes:
    left = max(0, card.balance_fen).to_bytes(4)
    place = bytes.fromhex(card.city + "000000000001") + b"\x02" + (1).to_bytes(4) + (7).to_bytes(3)
    told = b"\x05" + place + (200).to_bytes(4) + left + RIDE_AT + bytes.fromhex(card.city)
    return told + bytes(48 - len(told))


def _checked(atr: bytes) -> bytes:
    """The ATR that PC/SC makes of a contactless card, with its check byte (PC/SC part 3, 3.1.3.2.3)."""
    check = 0
    for byte in atr[1:]:
        check ^= byte
    return atr + bytes((check,))
