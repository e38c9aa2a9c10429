"""What the wallet's page computes: run by a JavaScript engine, read by a decoder, proved as any code is."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import numpy as np
import pytest
import qrcode
import zxingcpp
from PySide6.QtQml import QJSEngine

import central.pages
from domain.codes import cose, e_card, verification
from tests.unit.drivers.codes_signed.samples import (
    ANCHORS,
    CREDENTIAL,
    NOW,
    PHONE_KEY,
    e_card_text,
    issued,
    ride_code_bytes,
)

SOURCE = Path(central.pages.__file__).with_name("wallet_code.js")
LARGEST = 12
"""Version of a QR code that a phone's screen may show to a cheap scanner."""


@pytest.fixture
def engine(qapp: object) -> QJSEngine:
    engine = QJSEngine()
    ran = engine.evaluate(SOURCE.read_text(encoding="utf-8") + "\n; this.code = walletCode;", SOURCE.name)
    assert not ran.isError(), ran.toString()
    return engine


def asked(engine: QJSEngine, question: str) -> str:
    answer = engine.evaluate(question)
    assert not answer.isError(), answer.toString()
    return answer.toString()


def octets(engine: QJSEngine, question: str) -> bytes:
    return bytes(int(each) for each in asked(engine, question).split(","))


def as_array(content: bytes) -> str:
    return f"[{','.join(map(str, content))}]"


def seen(engine: QJSEngine, text: str) -> tuple[str, int]:
    """What a decoder reads of the drawn code, and its version."""
    rows = asked(engine, f"code.qr({text!r}).map(row => row.map(Number).join('')).join(' ')").split(" ")
    modules = np.pad(np.array([[int(one) for one in row] for row in rows], np.uint8), 4)
    picture = np.kron(255 - modules * 255, np.ones((6, 6), np.uint8)).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text, (len(rows) - 17) // 4


@pytest.mark.parametrize("audience", ["", "library"])
def test_a_code_made_by_the_page_is_proved_like_any_other(engine: QJSEngine, audience: str) -> None:
    credential = as_array(issued(CREDENTIAL))
    header = octets(engine, f"code.protectedHeader({int(NOW.timestamp())}, [1, 2, 3, 4], {audience!r})")
    signed = octets(engine, f"code.signedBytes({as_array(header)}, {credential})")
    signature = cose.signing_with(PHONE_KEY)(signed)
    message = f"code.message({as_array(header)}, {credential}, {as_array(signature)})"
    text, version = seen(engine, "OC2:" + asked(engine, f"code.base45({message})"))
    proved = verification.prove_e_card(text, ANCHORS)
    assert proved.credential == CREDENTIAL
    assert proved.shown == e_card.Presentation(NOW.astimezone(UTC), b"\x01\x02\x03\x04", audience)
    assert version <= LARGEST


@pytest.mark.parametrize("length", [1, 20, 21, 114, 150, 221, 262, 311, 366, 418])
def test_codes_of_every_version_are_read(engine: QJSEngine, length: int) -> None:
    text = ("OC2:$%*+-./ 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 10)[:length]
    assert seen(engine, text)[0] == text


def test_what_does_not_fit_a_readable_code_is_not_drawn(engine: QJSEngine) -> None:
    assert engine.evaluate(f"code.qr({'A' * 420!r})").isError()


def version_of(content: str | bytes) -> int:
    drawn = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    drawn.add_data(content)
    drawn.make(fit=True)
    assert drawn.version is not None
    return int(drawn.version)


def test_the_longest_signed_card_stays_readable_and_a_ride_code_is_as_long_as_its_standard_has_it() -> None:
    assert version_of(e_card_text(audience="library")) == LARGEST
    assert version_of("OC2:" + "A" * (418 - 4)) == LARGEST
    assert version_of(ride_code_bytes()) == 14
