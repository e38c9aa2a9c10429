"""``onecard read``: the card in a reader, printed masked or, when asked for, in full."""

from __future__ import annotations

import argparse
import datetime
import fnmatch
import json
import queue
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from config.city.city import City
from config.city.loading import load_city
from config.fault_texts import fault_texts
from config.faults import Fault
from config.settings import SettingsFault
from domain.cards.faults import CardAbsent, CardMute, CardRemoved, NotSocialSecurityCard
from domain.masking import mask_name, mask_number
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.connection import Connection
from drivers.cards.presented import reading_transport_whole
from drivers.cards.psam import PsamKeys
from drivers.cards.social_security import Authentication, SocialSecurityCardFiles, read_card
from drivers.cards.t_union import TUnionCardFiles
from drivers.events import DeviceEvent
from drivers.pcsc.connection import open_card
from drivers.pcsc.events import CardArrived, CardUnreadable, ReadersChanged, ReaderServiceChanged
from drivers.pcsc.faults import ReaderFault, ReaderMissing, ReaderServiceLost
from drivers.pcsc.readers import PcscReaders, Readers
from terminal.commands.exit_codes import Exit

WAIT_S = 5.0
"""How long a card may take to be put in."""
ANNOUNCE_AFTER_S = 0.3
READ_LIMIT_S = 30.0
"""A contact card at its slowest takes half a second; one that takes longer than this never ends."""


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reader", metavar="NAME", default="*", help="PC/SC name of the reader, or a pattern: '*Desk*'"
    )
    parser.add_argument(
        "--wait",
        metavar="S",
        type=float,
        default=WAIT_S,
        help="seconds a card may take to come (%(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--show-personal-data", action="store_true", help="print names and numbers in full, not masked"
    )
    parser.add_argument(
        "--sam", metavar="NAME", default="", help="PC/SC name of the PSAM's reader: prove the card genuine"
    )
    parser.add_argument(
        "--city",
        metavar="NAME",
        default="",
        help="a city by name, or its folder: whose transport cards are own",
    )
    parser.epilog = (
        "examples:\n"
        "  onecard read                            the card in any reader, masked\n"
        "  onecard read --reader '*Desk*' --json   in one reader, as one JSON document\n"
        "  onecard read --show-personal-data       in full, where nobody looks on\n"
        "\n"
        "exit codes: 0 read, 1 not read, 2 no such city, 3 no reader or no PC/SC service"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        city = load_city(arguments.city)
    except SettingsFault as fault:
        print(refusal(fault, arguments.json))
        return Exit.WRONG_USE
    try:
        card = wait_and_read(arguments.reader, arguments.wait, arguments.sam)
    except Fault as fault:
        print(refusal(fault, arguments.json))
        return Exit.DEVICE_MISSING if isinstance(fault, ReaderFault) else Exit.FAILED
    for warning in card.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if isinstance(card, TUnionCardFiles):
        fields = shown_transport(card, city, in_full=arguments.show_personal_data)
    else:
        if card.authentication_fault:
            print(f"not proved genuine, or not opened: {card.authentication_fault}", file=sys.stderr)
        fields = shown(card, in_full=arguments.show_personal_data)
    print(json.dumps(fields, ensure_ascii=False) if arguments.json else as_text(fields))
    return Exit.DONE


Files = SocialSecurityCardFiles | TUnionCardFiles
Reply = Files | Fault
Inbox = queue.SimpleQueue[DeviceEvent | Reply]


def wait_and_read(reader: str, wait_s: float, sam: str = "") -> Files:
    """The first card that shows up in a matching reader. Raises ``ReaderFault`` or ``CardFault``.

    With ``sam``, the reader of a PSAM, the card is proved genuine too; ``CardNotGenuine`` when it is not.
    """
    inbox: Inbox = queue.SimpleQueue()
    readers = PcscReaders(reader, inbox.put, sam)
    psam = PsamAuthenticator(lambda: open_card(sam), PsamKeys())
    read = AuthenticatedReading(psam, secrets.token_bytes).read if sam else read_card
    readers.start()
    try:
        either = reading_transport_whole(read)
        return Waiting(readers, reader, sam, either, inbox).until(time.monotonic() + wait_s)
    finally:
        readers.stop()
        psam.close()


@dataclass(slots=True)
class Waiting:
    """Wait on the readers until a card was read or time is up. ``reader`` is a name or a pattern."""

    readers: Readers
    reader: str
    sam: str
    read: Callable[[Connection], Files]
    inbox: Inbox
    found_reader: bool = False
    reading: int = 0
    pulled: CardRemoved | None = None
    _announce_at: float = 0.0
    _announced: bool = False

    def until(self, deadline: float) -> Files:
        self._announce_at = time.monotonic() + ANNOUNCE_AFTER_S
        while True:
            card = self._hear(self._next(deadline))
            if card is not None:
                return card

    def _next(self, deadline: float) -> DeviceEvent | Reply:
        """The next event; raises ``CardAbsent`` or ``ReaderMissing`` when none comes in time."""
        if self.reading:
            return self._reply()
        try:
            return self.inbox.get(timeout=max(0, self._announce_at - time.monotonic()))
        except queue.Empty:
            self._announce()
        try:
            return self.inbox.get(timeout=max(0, deadline - time.monotonic()))
        except queue.Empty:
            raise self._nothing_came() from None

    def _reply(self) -> DeviceEvent | Reply:
        try:
            return self.inbox.get(timeout=READ_LIMIT_S)
        except queue.Empty:
            raise CardMute(f"not read within {READ_LIMIT_S:.0f} s") from None

    def _announce(self) -> None:
        if not self._announced:
            where = "a card" if self.found_reader else f"a reader {self.reader!r} and a card"
            print(f"waiting for {where} …", file=sys.stderr, flush=True)
            self._announced = True

    def _nothing_came(self) -> Fault:
        if self.pulled:
            return self.pulled
        if self.found_reader:
            return CardAbsent("no card came")
        return ReaderMissing(self.reader)

    def _hear(self, heard: DeviceEvent | Reply) -> Files | None:
        match heard:
            case SocialSecurityCardFiles() | TUnionCardFiles():
                return heard
            case Fault():
                self._pass_over(heard)
            case ReaderServiceChanged(code=code) if code:
                raise _service_fault(code)
            case ReadersChanged(readers=names):
                self.found_reader = any(map(self._matches, names))
            case CardArrived(reader=name) if self._matches(name):
                self.reading += 1
                self.readers.run(name, self.read, self.inbox.put)
            case CardUnreadable(reader=name) if self._matches(name):
                raise CardMute(name)
        return None

    def _pass_over(self, fault: Fault) -> None:
        """A card pulled too early may come again; another kind of card does not hide one elsewhere."""
        self.reading -= 1
        if isinstance(fault, CardRemoved):
            self.pulled = fault
        elif not (isinstance(fault, NotSocialSecurityCard) and (self.reading or not self.inbox.empty())):
            raise fault

    def _matches(self, name: str) -> bool:
        if name == self.sam:
            return False
        return name == self.reader or fnmatch.fnmatch(name.lower(), self.reader.lower())


def _service_fault(code: str) -> ReaderFault:
    kinds = {kind.code: kind for kind in ReaderFault.__subclasses__()}
    return kinds.get(code, ReaderServiceLost)("PC/SC does not answer")


def shown(card: SocialSecurityCardFiles, *, in_full: bool) -> dict[str, str | None]:
    """Printed fields of a card, by the names that scripts rely on; None where the card keeps them closed."""
    holder = card.holder
    held = holder.social_security_number if holder else None
    number = str if in_full else mask_number
    name = str if in_full else mask_name
    return {
        "kind": "social_security_card",
        "trust": "read" if card.authentication is Authentication.NONE else "verified",
        "version": card.version,
        "card_number": number(card.card_number),
        "identification_code": number(card.identification_code),
        "name": name(holder.name) if holder and holder.name else None,
        "social_security_number": number(held) if held else None,
        "issue_date": day(card.issue_date),
        "expiry_date": day(card.expiry_date),
        "algorithm": card.algorithm.value,
    }


def day(date: datetime.date | None) -> str | None:
    return f"{date:%Y%m%d}" if date else None


def shown_transport(card: TUnionCardFiles, city: City, *, in_full: bool) -> dict[str, str | None]:
    """Printed fields of a transport card; money in fen, logs newest first."""
    number = card.number if in_full else mask_number(card.number)
    good = {None: "local status unknown", True: "everywhere", False: "in its city"}[card.interoperable]
    ride = card.rides[0] if card.rides else None
    load = card.purchases[0] if card.purchases else None
    return {
        "kind": "t_union_card",
        "trust": "read",
        "card_number": number,
        "city": card.city,
        "issued": "in this city" if card.city == city.transport_code else "in another city",
        "enabled": "yes" if card.enabled else "no",
        "good": good,
        "issue_date": day(card.start_date),
        "expiry_date": day(card.expiry_date),
        "balance_fen": None if card.balance_fen is None else str(card.balance_fen),
        "rides": str(len(card.rides)),
        "last_ride": f"{ride.at:%Y-%m-%d %H:%M} {ride.fen} fen in {ride.city}" if ride else None,
        "loads_and_purchases": str(len(card.purchases)),
        "last_load_or_purchase": f"{load.at:%Y-%m-%d %H:%M} {load.fen} fen" if load else None,
    }


def as_text(fields: dict[str, str | None]) -> str:
    width = max(map(len, fields))
    closed = "(the card keeps it closed)"
    return "\n".join(
        f"{key.replace('_', ' '):{width}}  {closed if value is None else value}"
        for key, value in fields.items()
    )


def refusal(fault: Fault, as_json: bool) -> str:
    """A fault in plain words and what staff can do; its detail goes to standard error."""
    print(fault, file=sys.stderr)
    text = fault_texts().get(fault.code)
    message = f"{text.en} {text.hint}" if text else fault.detail or fault.code
    if as_json:
        return json.dumps({"error": {"code": fault.code, "message": message}}, ensure_ascii=False)
    return message
