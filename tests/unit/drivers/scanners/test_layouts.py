"""A scanner in a wrong layout is translated or named (FC-17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import load_profile
from domain.codes.code import CopyBarcode, ECardToken, UnusableCode
from drivers.codes.code_seen import CodeSeen
from drivers.codes.copies import ANY_COPY, copy_rules
from drivers.codes.events import ScannerChanged
from drivers.scanners.layouts import LAYOUTS, classify_typed, translated, wrong_layout
from drivers.scanners.scan_sight import ScanSight

BINZHOU = copy_rules(load_profile("library").codes.copies)
TOKEN = "OC1:" + "0A9Z" * 10
each_layout = pytest.mark.parametrize("layout", sorted(LAYOUTS))


def garbled(text: str, layout: str) -> str:
    return "".join(LAYOUTS[layout].get(key, key) for key in text)


@each_layout
@pytest.mark.parametrize("label", ["2371600000010", "BZ-00001"])
def test_a_copy_is_read_in_every_layout(layout: str, label: str) -> None:
    assert classify_typed(garbled(label, layout), BINZHOU)[0] == CopyBarcode(label)


@each_layout
def test_a_phones_token_is_read_in_every_layout(layout: str) -> None:
    assert classify_typed(garbled(TOKEN, layout), BINZHOU)[0] == ECardToken(TOKEN)


@pytest.mark.parametrize("label", ["BZ-00001", TOKEN])
def test_caps_lock_is_undone(label: str) -> None:
    code, _ = classify_typed(label.swapcase(), BINZHOU)
    assert code in (CopyBarcode(label), ECardToken(label))
    both = garbled(label, "french").swapcase()
    assert classify_typed(both, BINZHOU)[0] in (CopyBarcode(label), ECardToken(label))


def test_a_scan_in_an_unknown_layout_is_named() -> None:
    assert classify_typed("ΒΖ-٠٠0Ω1", BINZHOU) == (UnusableCode("scanner.wrong_layout"), "unknown")
    assert wrong_layout("BZ-00001") == ""
    assert wrong_layout("2371é") in LAYOUTS


def test_without_a_pattern_nothing_is_guessed() -> None:
    """``AB_CD`` is no label; read as French it would be one. A checked number is no guess."""
    assert classify_typed("AB_CD", ANY_COPY) == (UnusableCode("code.unknown"), "")
    assert classify_typed(garbled("2371600000010", "french"), ANY_COPY) == (
        CopyBarcode("2371600000010"),
        "french",
    )


def test_a_foreign_number_is_never_translated_into_a_copy() -> None:
    assert classify_typed("134567890123456789", BINZHOU) == (UnusableCode("code.payment"), "")


@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
    st.sampled_from(sorted(LAYOUTS)),
)
def test_a_layout_is_undone_key_by_key(text: str, layout: str) -> None:
    assert translated(garbled(text, layout), layout) == text


def test_staff_are_shown_that_a_scanner_types_in_a_wrong_layout_and_that_it_no_longer_does() -> None:
    posted: list[object] = []
    sight = ScanSight(0, posted.append, BINZHOU)
    for label in (garbled("BZ-00001", "german"), garbled("BZ-00002", "german"), "BZ-00003"):
        sight.typed(label)
    assert [event.code for event in posted if isinstance(event, ScannerChanged)] == [
        "scanner.wrong_layout",
        "",
    ]
    copies = [event.code for event in posted if isinstance(event, CodeSeen)]
    assert copies == [CopyBarcode("BZ-00001"), CopyBarcode("BZ-00002"), CopyBarcode("BZ-00003")]
