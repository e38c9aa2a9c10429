"""A scan is sorted by its shape before anybody looks for a person in it."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codes.classify import LONGEST, classify
from drivers.codes.code import CopyBarcode, ECardToken, UnusableCode

TOKEN = "OC1:" + "0A9Z" * 10


def seen(text: str, symbology: str = "QRCode") -> object:
    return classify(symbology, text, text.encode())


def test_an_electronic_card_is_a_token_and_nothing_more() -> None:
    assert seen(TOKEN) == ECardToken(TOKEN)
    assert TOKEN not in repr(seen(TOKEN))


@pytest.mark.parametrize(
    "changed", [TOKEN[:-1], TOKEN + "A", TOKEN.lower(), " " + TOKEN, TOKEN + "\n", "HC1:6BF"]
)
def test_what_is_nearly_a_token_is_none(changed: str) -> None:
    assert isinstance(seen(changed), UnusableCode)


@pytest.mark.parametrize(
    ("symbology", "text", "barcode"),
    [
        ("EAN13", "2371600000010", "2371600000010"),
        ("Code128", "BZ-00001", "BZ-00001"),
        ("Code39", "BZ 00001", "BZ 00001"),
        ("Codabar", "A316000017B", "316000017"),
        ("", "BZ-00001", "BZ-00001"),
    ],
)
def test_a_book_is_known_by_each_of_its_barcodes(symbology: str, text: str, barcode: str) -> None:
    assert seen(text, symbology) == CopyBarcode(barcode)


def test_a_barcode_is_never_a_person() -> None:
    assert isinstance(seen(TOKEN, "Code128"), UnusableCode)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/card?id=371600198504170016",
        "HTTP://EXAMPLE.ORG",
        "//example.org",
        "www.example.org",
        " javascript:alert(1)",
        "mailto:someone",
        "onecard://open",
    ],
)
def test_an_address_is_refused_by_name_and_never_opened(address: str) -> None:
    assert seen(address) == UnusableCode("code.url")


def test_a_code_longer_than_any_of_this_city_is_refused() -> None:
    assert seen("A" * (LONGEST + 1)) == UnusableCode("code.too_long")


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 100_000)
    return buffer.getvalue()


@pytest.mark.parametrize("packed", [zipped(), gzip.compress(b"0" * 400_000), zlib.compress(b"0" * 400_000)])
def test_a_bomb_is_never_unpacked(packed: bytes) -> None:
    assert len(packed) <= LONGEST
    assert classify("QRCode", packed.decode("latin-1"), packed) == UnusableCode("code.compressed")


@pytest.mark.parametrize("text", ["\x00\x01", "OC1:\x00", "a\nb", "\u202e123", ""])
def test_what_cannot_be_printed_is_refused(text: str) -> None:
    assert seen(text) == UnusableCode("code.binary")


@given(st.text(max_size=1200), st.sampled_from(["QRCode", "EAN13", "Code128", "Code39", "Codabar", ""]))
def test_any_text_at_all_gets_an_answer(text: str, symbology: str) -> None:
    code = classify(symbology, text, text.encode("utf-8", "surrogatepass"))
    assert isinstance(code, ECardToken | CopyBarcode | UnusableCode)
    if isinstance(code, CopyBarcode):
        assert code.barcode.isascii()
        assert len(code.barcode) <= 32
