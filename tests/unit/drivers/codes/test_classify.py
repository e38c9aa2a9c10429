"""A scan is sorted by its shape before anybody looks for a person in it."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import ride_code
from domain.codes.code import CopyBarcode, ECardToken, RideCode, SignedECard, UnusableCode
from drivers.codes.classify import LONGEST, classify

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


SIGNED = "OC2:RRQIEAO60./1WY0 EID1D6F-0-3$%*+"


@pytest.mark.parametrize("symbology", ["QRCode", ""])
def test_a_signed_electronic_card_is_text_that_is_not_looked_into(symbology: str) -> None:
    assert seen(SIGNED, symbology) == SignedECard(SIGNED)
    assert SIGNED not in repr(seen(SIGNED))


@pytest.mark.parametrize(
    "changed",
    ["OC2:", "OC2:abc", "OC2:A_B", "OC2:\nA", SIGNED + "é", "OC2:" + "A" * 415, "oc2:AAAA", "OC3:AAAA"],
)
def test_what_is_nearly_a_signed_card_is_none(changed: str) -> None:
    assert isinstance(seen(changed), UnusableCode)


def ride(size: int = ride_code.SHORTEST, version: int = 0x81, says: int | None = None) -> bytes:
    """The shape of a ride code and nothing more; line ends and zeros in it."""
    rest = (b"\r\n\x00" * size)[: size - 3]
    return bytes([version]) + (len(rest) if says is None else says).to_bytes(2) + rest


@pytest.mark.parametrize("size", [332, 333, 348, 364])
@pytest.mark.parametrize("version", [0x80, 0x81, 0xFF])
@pytest.mark.parametrize("symbology", ["QRCode", ""])
def test_a_ride_code_is_known_by_its_head_and_length(size: int, version: int, symbology: str) -> None:
    content = ride(size, version)
    shown = classify(symbology, content.decode("utf-8", "replace"), content)
    assert shown == RideCode(content)
    assert repr(shown) == "RideCode(…)"


@pytest.mark.parametrize("size", [332, 333, 334, 364])
def test_a_ride_code_may_come_in_base64(size: int) -> None:
    text = base64.b64encode(ride(size)).decode()
    assert seen(text) == seen(text, "") == RideCode(ride(size))


@pytest.mark.parametrize(
    "content",
    [
        ride(331),
        ride(365),
        ride(version=0x7F),
        ride(says=328),
        ride(says=330),
        ride(says=0xFFFF),
        ride()[:-1],
    ],
)
def test_what_is_nearly_a_ride_code_is_none(content: bytes) -> None:
    assert classify("QRCode", content.decode("latin-1"), content) == UnusableCode("code.binary")
    assert isinstance(seen(base64.b64encode(content).decode()), UnusableCode)


def test_a_barcode_is_never_a_ride_code() -> None:
    assert isinstance(classify("Code128", ride().decode("latin-1"), ride()), UnusableCode)
    assert isinstance(seen(SIGNED, "Code128"), UnusableCode)


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
    assert isinstance(code, ECardToken | SignedECard | CopyBarcode | UnusableCode)
    if isinstance(code, CopyBarcode):
        assert code.barcode.isascii()
        assert len(code.barcode) <= 32


@given(st.binary(max_size=1200), st.sampled_from(["QRCode", "Code128", ""]))
def test_any_bytes_at_all_get_an_answer(content: bytes, symbology: str) -> None:
    code = classify(symbology, content.decode("utf-8", "replace"), content)
    if isinstance(code, RideCode):
        assert ride_code.has_shape(code.untrusted_content)
