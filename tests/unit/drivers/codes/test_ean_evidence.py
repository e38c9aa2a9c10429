"""The bars in the picture speak for one number (FC-14)."""

from __future__ import annotations

import barcode
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.codes.agreement import NEEDED, UNCLEAR
from drivers.codes.decoding import LIVE, FrameDecoder, decode, look
from drivers.codes.ean_evidence import fit, modules_of, points
from drivers.codes.place import Place
from drivers.codes.views import Picture
from drivers.virtual.phone import Hand, book_with

numbers = st.text("0123456789", min_size=12, max_size=12).map(lambda digits: digits + check_digit(digits))


def check_digit(digits: str) -> str:
    return str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10)


def drawn(number: str, module: float = 2.4, blur: float = 1.2) -> tuple[Picture, Place]:
    """The label as python-barcode draws its modules, and its place."""
    modules = barcode.get_barcode_class("ean13")(number).build()[0]
    bars = np.repeat([255 - 255 * int(module) for module in modules], 4).astype(np.uint8)
    height = 120
    picture = cv2.resize(
        bars[None].repeat(height, 0), (round(95 * module), height), interpolation=cv2.INTER_AREA
    )
    picture = cv2.copyMakeBorder(picture, 40, 40, 60, 60, cv2.BORDER_CONSTANT, value=255)
    seen = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), dtype=np.uint8)
    left, right = 60.0, 60 + 95 * module
    return seen, Place((left, 80.0), (right, 80.0), (right, 110.0), (left, 110.0))


def near(number: str, first: int, second: int, other: int) -> str:
    """Another valid number that differs at two or three places."""
    digits = list(number[:12])
    digits[first] = str((int(digits[first]) + other) % 10)
    digits[second] = str((int(digits[second]) + 3 * other) % 10)
    return "".join(digits) + check_digit("".join(digits))


@given(numbers)
def test_the_bars_are_those_another_program_draws(number: str) -> None:
    assert modules_of(number) == barcode.get_barcode_class("ean13")(number).build()[0]


@settings(max_examples=15, deadline=None)
@given(numbers, st.integers(0, 11), st.integers(0, 11), st.integers(1, 9))
def test_the_number_that_is_there_is_proved_and_no_other(
    number: str, first: int, second: int, other: int
) -> None:
    picture, place = drawn(number)
    assert points(fit(picture, number, place)) == NEEDED
    wrong = near(number, first, second, other)
    if wrong != number:
        assert points(fit(picture, wrong, place)) <= UNCLEAR


def test_a_reflection_on_one_line_proves_nothing() -> None:
    """A white streak over the decoded line makes another number of it; the lines beside it do not agree."""
    there = "690123456789" + check_digit("690123456789")
    shown = "690123456755" + check_digit("690123456755")
    picture, place = drawn(there)
    picture[88:104] = drawn(shown)[0][88:104]
    assert points(fit(picture, shown, place)) < NEEDED


MISREAD = [
    ("8333478868011", Hand(tilt=0.04, blur=1.0, glare=0.3, noise=12, size=0.36), 650493),
    ("1252507663861", Hand(tilt=0.04, blur=1.1, glare=0.5, noise=5, size=0.54), 146810),
    ("1725957594059", Hand(tilt=0.05, blur=0.9, glare=0.2, noise=6, size=0.57, moved=5), 459338),
    ("2378904876235", Hand(tilt=0.01, blur=1.1, glare=0.4, noise=10, size=0.37), 211965),
]
"""Rendered labels that zxing-cpp 3.1.1 reads wrong at first sight, each with a right check digit."""


@pytest.mark.parametrize(("number", "hand", "seed"), MISREAD)
def test_a_misread_label_is_never_believed(number: str, hand: Hand, seed: int) -> None:
    picture = np.asarray(cv2.cvtColor(book_with(number, hand, seed), cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    assert {code.untrusted_text for code in look(picture, LIVE[0])} - {number}, "read right: proves nothing"
    decoder = FrameDecoder()
    live = {code.untrusted_text for _ in range(10) for code in decoder.decode(picture)}
    assert live <= {number}
    assert {code.untrusted_text for code in decode(picture)} <= {number}


def test_a_sharp_label_is_believed_in_its_first_frame() -> None:
    picture, _ = drawn("9787501359417", blur=0.6)
    assert [code.untrusted_text for code in FrameDecoder().decode(picture)] == ["9787501359417"]
