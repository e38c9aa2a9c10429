"""What strangers' bytes reach first: a target takes any bytes and may refuse them by a named fault only."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

from pydantic import ValidationError

from central.departments.sip2 import codec
from config.faults import Fault
from config.settings import parse_settings
from domain.codes import base45, cbor, cose, e_card, ride_code
from domain.messages.code_trust import CodeTrust
from domain.messages.contract import IdentificationRequest, Question, TransactionBatch, TransactionResult
from domain.messages.cryptograms import CryptogramRequest
from domain.messages.entitlements import EntitlementDelta
from domain.messages.signed_documents import SignedDocument
from domain.offline_policy import parse_policies
from drivers.cards import social_security_files, tlv
from drivers.cards.connection import Response
from drivers.cards.recognise import parse_environment
from drivers.cards.social_security import read_card
from drivers.central.client import fault_of
from drivers.codes.classify import classify
from drivers.scanners.wedge import Wedge, press
from drivers.vehicle.position_feed import parse_position

Target = Callable[[bytes], object]

MESSAGES = (
    TransactionBatch,
    IdentificationRequest,
    Question,
    TransactionResult,
    CryptogramRequest,
    SignedDocument,
    CodeTrust,
    EntitlementDelta,
)
FIELDS = [
    each for each in vars(social_security_files).values() if isinstance(each, social_security_files.Field)
]


def objects(untrusted: bytes) -> None:
    with suppress(Fault):
        tlv.parse_ber(untrusted)
    with suppress(Fault):
        tlv.find(untrusted, 0x9F0C)
    list(tlv.record_objects(untrusted))
    tlv.find_leniently(untrusted, 0x6F)


def environment(untrusted: bytes) -> None:
    parse_environment(untrusted)


def records(untrusted: bytes) -> None:
    """Every field of both files from the same record."""
    for field in FIELDS:
        with suppress(Fault):
            social_security_files.decode(field, social_security_files.record_value(field, untrusted))


class Answers:
    """A card that answers one piece of the input after the other: a length, its bytes, a status word."""

    def __init__(self, untrusted: bytes) -> None:
        self.atr = untrusted[:8]
        self._rest = untrusted[8:]

    def transmit(self, command: bytes) -> Response:
        if len(self._rest) < 3:
            return Response(b"", 0x6F00)
        size, kind = self._rest[0], self._rest[1]
        data, self._rest = self._rest[2 : 2 + size], self._rest[2 + size :]
        return Response(data, 0x9000 if kind < 200 else kind << 8 | size)


def card(untrusted: bytes) -> None:
    read_card(Answers(untrusted))


def scanned(untrusted: bytes) -> None:
    for symbology in ("QRCode", "EAN13", ""):
        classify(symbology, untrusted.decode("utf-8", "replace"), untrusted)


def signed_text(untrusted: bytes) -> None:
    with suppress(Fault):
        base45.decode(untrusted.decode("latin-1"), 512)
    e_card.take_apart(untrusted.decode("latin-1"))


def signed_parts(untrusted: bytes) -> None:
    with suppress(Fault):
        cbor.decode(untrusted)
    with suppress(Fault):
        cose.public_key(untrusted)
    message = cose.parse(untrusted)
    with suppress(Fault):
        e_card.credential_of(message)
    e_card.presentation_of(message)


def ride(untrusted: bytes) -> None:
    with suppress(Fault):
        ride_code.certificate_of(untrusted)
    ride_code.take_apart(untrusted)


def keys(untrusted: bytes) -> None:
    """A keyboard-wedge scanner, or somebody drumming on its keys."""
    wedge = Wedge()
    for number, character in enumerate(untrusted.decode("utf-8", "replace")):
        wedge, _, _ = press(wedge, character, number * (ord(character) % 90))


def messages(untrusted: bytes) -> None:
    for message in MESSAGES:
        with suppress(ValidationError):
            message.model_validate_json(untrusted)


def answers(untrusted: bytes) -> None:
    """What a proxy, a captive portal or a broken centre says."""
    status = 400 + (untrusted[0] if untrusted else 0)
    kind = "application/problem+json" if status % 2 else "text/html"
    fault_of(status, {"Content-Type": kind, "Retry-After": untrusted[:20].decode("latin-1")}, untrusted)


def settings(untrusted: bytes) -> None:
    text = untrusted.decode("utf-8", "replace")
    with suppress(Fault):
        parse_settings(text, "fuzz")
    parse_policies(text, "library")


def library_line(untrusted: bytes) -> None:
    """What answers for a library's own system."""
    lines, _ = codec.split(untrusted)
    for line in (untrusted, *lines):
        with suppress(Fault):
            codec.decode(line, codec.Dialect())


def position(untrusted: bytes) -> None:
    parse_position(untrusted)


TARGETS: dict[str, Target] = {
    "objects": objects,
    "environment": environment,
    "records": records,
    "card": card,
    "scanned": scanned,
    "signed_text": signed_text,
    "signed_parts": signed_parts,
    "ride": ride,
    "keys": keys,
    "messages": messages,
    "answers": answers,
    "settings": settings,
    "position": position,
    "library_line": library_line,
}


def survives(target: Target, untrusted: bytes) -> None:
    """Nothing but a named fault may come out."""
    with suppress(Fault):
        target(untrusted)


def seeds(name: str) -> list[bytes]:
    """Good inputs to begin from, where a target has a form that chance would hardly find."""
    if name == "messages":
        return [
            json.dumps(
                {
                    "terminal": "BZ-LIB-0001",
                    "subject": None,
                    "service": "library",
                    "name": "loans",
                    "body": {},
                }
            ).encode()
        ]
    return {
        "objects": [bytes.fromhex("6F1484085353534541505050A5089F0C0531323334 35".replace(" ", ""))],
        "signed_text": [b"OC2:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90"],
        "settings": [b'terminal = "BZ-LIB-0001"\nservices = ["library"]\n[camera]\nsource = "0"\n'],
        "position": [b'{"route_id": "1", "stop_id": "railway"}'],
    }.get(name, [b""])
