"""The bars in the picture speak for one number (FC-14).

``misread/``: rendered labels with their number as the file name, read wrong through at least one view.
"""

from __future__ import annotations

from pathlib import Path

import barcode
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.codes.decoding import LIVE, FrameDecoder, decode, look
from drivers.codes.ean_evidence import PROVED, fit, modules_of, points
from drivers.codes.place import Place
from drivers.codes.views import Picture


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
    assert points(fit(picture, number, place)) == PROVED
    wrong = near(number, first, second, other)
    if wrong != number:
        assert points(fit(picture, wrong, place)) == 1


def test_a_reflection_on_one_line_proves_nothing() -> None:
    """A white streak over the decoded line makes another number of it; the lines beside it do not agree."""
    there = "690123456789" + check_digit("690123456789")
    shown = "690123456755" + check_digit("690123456755")
    picture, place = drawn(there)
    picture[88:104] = drawn(shown)[0][88:104]
    assert points(fit(picture, shown, place)) < PROVED


@pytest.mark.parametrize("path", MISREAD, ids=lambda path: path.stem)
def test_a_misread_label_is_never_believed(path: Path) -> None:
    picture = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    texts = {code.untrusted_text for rung in LIVE for code in look(picture, rung)}
    assert texts - {path.stem}, "the decoder reads it right now: the picture proves nothing any more"
    decoder = FrameDecoder()
    live = {code.untrusted_text for _ in range(24) for code in decoder.decode(picture)}
    assert live <= {path.stem}
    assert {code.untrusted_text for code in decode(picture)} == {path.stem}


def test_a_sharp_label_is_believed_in_its_first_frame() -> None:
    picture, _ = drawn("9787501359417", blur=0.6)
    assert [code.untrusted_text for code in FrameDecoder().decode(picture)] == ["9787501359417"]
