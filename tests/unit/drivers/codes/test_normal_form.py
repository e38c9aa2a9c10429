"""One label has one key, whatever delivered it (FC-22)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import CopySettings
from domain.codes.code import Code, CopyBarcode, ECardToken, UnusableCode
from drivers.codes.classify import classify
from drivers.codes.copies import CopyRules, copy_rules

TOKEN = "OC1:" + "0A9Z" * 10


def key(content: bytes | str, symbology: str = "") -> Code:
    octets = content.encode() if isinstance(content, str) else content
    return classify(symbology, octets.decode("utf-8", "replace"), octets)


ONE_LABEL = {
    "Codabar": (
        "12345",
        [
            ("Codabar", "A12345B"),
            ("Codabar", "a12345b"),
            ("Codabar", "T12345N"),
            ("Codabar", "12345"),
            ("", "A12345B"),
            ("", "a12345b"),
            ("", "C12345D"),
            ("", "12345"),
            ("", "]F0A12345B"),
            ("", "]F012345"),
            ("", "A12345B\r\n"),
        ],
    ),
    "UPC-A": (
        "0036000291452",
        [
            ("EAN13", "0036000291452"),
            ("UPCA", "036000291452"),
            ("", "036000291452"),
            ("", "0036000291452"),
            ("", "]E00036000291452"),
            ("", "]E0036000291452"),
            ("", "０３６０００２９１４５２"),
            ("", "\ufeff036000291452\r"),
        ],
    ),
    "EAN-13": (
        "2371600000010",
        [
            ("EAN13", "2371600000010"),
            ("", "]E02371600000010"),
            ("", "２３７１６００００００１０"),
            ("", "\x022371600000010\x03"),
            ("", "2371600000010\t"),
            ("", "\ufeff2371600000010"),
            ("", " 2371600000010 "),
        ],
    ),
    "Code 128": (
        "BZ-00001",
        [
            ("Code128", "BZ-00001"),
            ("Code128", "\x1dBZ-00001"),
            ("", "bz-00001"),
            ("", "]C0BZ-00001"),
            ("", "]C1BZ-00001"),
            ("", "BZ-00001\x1d"),
            ("", "<GS>BZ-00001"),
            ("", "ＢＺ－００００１"),
            ("", "\x02BZ-00001\x03\r\n"),
            ("", "BZ-00001\n\n"),
            ("", "\x00BZ-00001\x00"),
        ],
    ),
    "Code 39": (
        "BZ 00001",
        [
            ("Code39", " BZ 00001 "),
            ("Code39", "BZ 00001"),
            ("", "*BZ 00001*"),
            ("", "]A0BZ 00001"),
            ("Code39", "*BZ 00001*"),
        ],
    ),
}


@pytest.mark.parametrize(
    ("barcode", "symbology", "delivered"),
    [(barcode, *form) for barcode, forms in ONE_LABEL.values() for form in forms],
)
def test_each_path_delivers_one_key(barcode: str, symbology: str, delivered: str) -> None:
    assert key(delivered, symbology) == CopyBarcode(barcode)


def test_a_label_that_only_looks_like_codabar_keeps_its_letters_where_the_symbology_is_known() -> None:
    assert key("A12345B", "Code128") == key("]C0A12345B") == CopyBarcode("A12345B")


def test_a_twelve_digit_code_128_is_no_upc() -> None:
    assert key("036000291452", "Code128") == CopyBarcode("036000291452")


@pytest.mark.parametrize(
    "delivered", [TOKEN, f"]Q1{TOKEN}", f"\ufeff{TOKEN}", f"{TOKEN}\r\n", f"\x02{TOKEN}\x03"]
)
def test_a_phones_code_comes_through_each_scanner(delivered: str) -> None:
    assert key(delivered) == ECardToken(TOKEN)


def test_a_gb_18030_scanner_does_not_stop_the_terminal() -> None:
    assert isinstance(key("书0001".encode("gb18030")), UnusableCode)


@given(
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=5, max_size=20).filter(
        lambda text: text[:1] != "-"
    )
)
def test_transport_never_changes_a_key(label: str) -> None:
    plain = key(label)
    for wrapped in (f"\x02{label}\x03", f"{label}\r\n", f"\ufeff{label}", f"{label}\t", f"\x1d{label}"):
        assert key(wrapped) == plain


def rules(*patterns: tuple[str, str]) -> CopyRules:
    return copy_rules([CopySettings.model_validate({"pattern": one, "check": two}) for one, two in patterns])


def test_the_library_decides_between_two_readings() -> None:
    """A library with 12-digit labels, and one whose labels have letters at both ends."""
    twelve = rules(("[0-9]{12}", "none"))
    assert classify("", "036000291452", b"036000291452", twelve) == CopyBarcode("036000291452")
    lettered = rules(("[A-D][0-9]{5}[A-D]", "none"))
    assert classify("", "A12345B", b"A12345B", lettered) == CopyBarcode("A12345B")
    lower = rules(("[a-z]{2}[0-9]{4}", "none"))
    assert classify("", "bz0001", b"bz0001", lower) == CopyBarcode("bz0001")
