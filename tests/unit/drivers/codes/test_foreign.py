"""Numbers of other systems are named and never taken as a copy (FC-21)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.fault_texts import fault_texts
from config.settings import CopySettings, load_profile
from domain.codes.code import Code, CopyBarcode, UnusableCode
from drivers.codes.check_digits import CHECKS, credit_code, emv_crc, gtin, isbn_text, luhn, resident
from drivers.codes.classify import classify
from drivers.codes.copies import ANY_COPY, CopyRules, copy_rules
from drivers.codes.foreign import foreign_kinds

BINZHOU = copy_rules(load_profile("library").codes.copies)


def scanned(text: str, copies: CopyRules = BINZHOU, symbology: str = "") -> Code:
    return classify(symbology, text, text.encode(), copies)


NAMED = [
    ("9787501359417", "code.isbn"),
    ("9791090636071", "code.isbn"),
    ("978-7-5013-5941-7", "code.isbn"),
    ("978750135941751234", "code.isbn"),
    ("978750135941705", "code.isbn"),
    ("ISBN 978-7-5013-5941-7", "code.isbn"),
    ("9787501359418", "code.isbn"),
    ("9771000123001", "code.isbn"),
    ("080442957X", "code.isbn"),
    ("7-301-04815-7", "code.isbn"),
    ("11010519491231002X", "code.identity_number"),
    ("11010519491231002x", "code.identity_number"),
    ("１１０１０５１９４９１２３１００２Ｘ", "code.identity_number"),
    ("110105491231002", "code.identity_number"),
    ("134567890123456789", "code.payment"),
    ("101234567890123456", "code.payment"),
    ("281234567890123456", "code.payment"),
    ("2512345678901234", "code.payment"),
    ("301234567890123456789012", "code.payment"),
    ("6212345678901234567", "code.payment"),
    ("hQVDUFYwMWEaTwegAAAAVVVVUA8BV1VVVVVVVVVVVVU=", "code.payment"),
    ("6222021234567890128", "code.bank_card"),
    ("4111111111111111", "code.bank_card"),
    ("5555555555554444", "code.bank_card"),
    ("378282246310005", "code.bank_card"),
    ("1234567890123456789012345678", "code.medical"),
    ("81234567890123456789", "code.medicine"),
    ("91350100M000100Y43", "code.business_licence"),
    ("HC1:6BFOXN%TSMAHN-H", "code.health"),
    ("mdoc:owBjMS4wAYIB2BhYS6Q", "code.wallet"),
    ("PQR:abcdefgh", "code.reader_card"),
    ("1234567", "code.not_a_copy"),
    ("2371600000011", "code.not_a_copy"),
    ("BZ-000011", "code.not_a_copy"),
]


@pytest.mark.parametrize(("text", "code"), NAMED)
def test_a_foreign_number_is_named_and_no_copy(text: str, code: str) -> None:
    assert scanned(text) == UnusableCode(code)


@pytest.mark.parametrize(("text", "code"), [row for row in NAMED if row[1] != "code.not_a_copy"])
def test_it_is_named_where_no_pattern_is_set_too(text: str, code: str) -> None:
    assert scanned(text, ANY_COPY) == UnusableCode(code)


@pytest.mark.parametrize("symbology", ["QRCode", "Code128", ""])
def test_it_is_named_in_whatever_symbol_it_comes(symbology: str) -> None:
    assert scanned("134567890123456789", symbology=symbology) == UnusableCode("code.payment")


@pytest.mark.parametrize("text", ["2371600000010", "BZ-00001", "bz-00003"])
def test_a_copy_of_this_library_is_taken(text: str) -> None:
    assert scanned(text) == CopyBarcode(text.upper())


@pytest.mark.parametrize(
    "text", ["B001", "510105", "700635", "30234000517861", "21112000698132", "33191000105864"]
)
def test_labels_of_other_libraries_are_copies_where_no_pattern_is_set(text: str) -> None:
    assert scanned(text, ANY_COPY) == CopyBarcode(text)


def test_a_person_is_never_a_copy_however_wide_the_pattern() -> None:
    wide = copy_rules([CopySettings(pattern=".*")])
    assert scanned("11010519491231002X", wide) == UnusableCode("code.identity_number")
    assert scanned("134567890123456789", wide) == UnusableCode("code.payment")
    assert scanned("9787501359417", wide) == CopyBarcode("9787501359417")


def test_every_kind_has_its_texts_and_a_known_check() -> None:
    assert {kind.code for kind in foreign_kinds()} <= fault_texts().keys()
    assert {kind.check for kind in foreign_kinds()} <= CHECKS.keys()


def test_check_digits_against_published_vectors() -> None:
    assert gtin("036000291452")
    assert gtin("9787501359417")
    assert luhn("30234000517861")
    assert luhn("79927398713")
    assert resident("11010519491231002X")
    assert not resident("110105194912310021")
    assert not resident("11010519491331002X")
    assert isbn_text("0-8044-2957-X")
    assert credit_code("91350100M000100Y43")
    merchant = (
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN"
        "5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***"
        "0708A60086670902ME91320016A0112233449988770708123456786304A13A"
    )
    assert emv_crc(merchant)
    assert not emv_crc(merchant[:-1] + "B")


@given(st.text(max_size=40))
def test_every_check_takes_any_text(text: str) -> None:
    for check in CHECKS.values():
        assert check(text) in (True, False)
