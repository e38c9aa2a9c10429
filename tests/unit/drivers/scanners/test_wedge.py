"""Keys of a hand scanner are told from keys of a hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanners.wedge import LAYOUTS, LONGEST, Verdict, Wedge, press, wrong_layout


def typed(
    text: str, every_ms: float, start_ms: float = 0, wedge: Wedge | None = None
) -> tuple[Wedge, list[Verdict], str]:
    wedge = wedge or Wedge()
    verdicts, scan = [], ""
    for position, key in enumerate(text):
        wedge, verdict, done = press(wedge, key, start_ms + position * every_ms)
        verdicts.append(verdict)
        scan = done or scan
    return wedge, verdicts, scan


def test_a_scan_is_whole_and_its_keys_reach_no_button() -> None:
    _, verdicts, scan = typed("BZ-00001\r", 8)
    assert scan == "BZ-00001"
    assert verdicts[1:] == [Verdict.KEEP] * 7 + [Verdict.DONE]


def test_a_person_who_types_and_presses_enter_is_let_alone() -> None:
    _, verdicts, scan = typed("2371\r", 90)
    assert scan == ""
    assert set(verdicts) == {Verdict.PASS}


def test_enter_alone_presses_the_button_that_has_the_focus() -> None:
    assert press(Wedge(), "\r", 10_000)[1] is Verdict.PASS


def test_a_drummed_hand_is_no_scan() -> None:
    assert typed("abc\r", 20)[2] == ""


def test_two_scans_on_end_are_two() -> None:
    wedge, _, first = typed("BZ-00001\r", 5)
    _, _, second = typed("BZ-00002\r", 5, start_ms=400, wedge=wedge)
    assert (first, second) == ("BZ-00001", "BZ-00002")


def test_a_scanner_that_never_ends_keeps_no_more_than_the_longest_code() -> None:
    wedge, _, _ = typed("A" * (LONGEST * 3), 1)
    assert len(wedge.typed) <= LONGEST + 1


@pytest.mark.parametrize(("layout", "text"), [("german", "bz-[']"), ("french", "2371600000010")])
def test_a_scanner_left_in_another_layout_is_named(layout: str, text: str) -> None:
    garbled = "".join(LAYOUTS[layout].get(key, key) for key in text)
    assert wrong_layout(garbled) == layout
    assert wrong_layout("BZ-00001") == ""


@given(st.text(min_size=4, max_size=60, alphabet=st.characters(codec="ascii", categories=("L", "N", "P"))))
def test_any_printable_scan_comes_through_unchanged(text: str) -> None:
    assert typed(text + "\r", 10)[2] == text
