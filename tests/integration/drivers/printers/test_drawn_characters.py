"""FC-24: dots on the paper are the characters of the name, judged by another renderer.

Qt's own font engine draws the expected character and characters that look like it; the dots must resemble the
expected one most. Nothing of the drawing code is used to judge it.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter

from config.printer_profiles import printer_profile
from drivers.printers.encoding import encode
from drivers.printers.layout import lay_out
from drivers.printers.slip import Heading, Paragraph, Slip
from tests.unit.drivers.printers.paper import Dots, read_paper

Ink = NDArray[np.float32]
RARE = "𠮷㐀𰻞𬹼䶮㛃𪚥龘"
ALIKE = "𠮷吉𠮟士㐀丘北丠𰻞邊迼遍𬹼龜齊䶮龚垄㛃㛂姊𪚥龘龖籠"
LETTERS = "ÜUÖÄŁLłIźzžŐŰ®"
WORDS = ("བསྟན་འཛིན", "བསོད་ནམས", "ཚེ་རིང", "ئابلىز", "مەمەت", "گۈلنار", "ꀀꑭ", "ꆈꌠ")


@pytest.mark.parametrize("character", RARE)
@pytest.mark.parametrize("profile", ["chinese", "drawn", "cp437"])
def test_rare_ideographs_are_themselves_and_not_their_neighbours(
    character: str, profile: str, qapp: QGuiApplication
) -> None:
    assert recognised(dots(f"刘{character}𠮷", profile), 24, 24, ALIKE) == character


@pytest.mark.parametrize("letter", "ÜÖŁźŐ")
def test_letters_keep_their_marks(letter: str, qapp: QGuiApplication) -> None:
    assert recognised(dots(f"𠮷{letter}", "drawn"), 24, 24, LETTERS) == letter


@pytest.mark.parametrize("word", WORDS)
def test_words_of_joined_and_stacked_letters_are_shaped(word: str, qapp: QGuiApplication) -> None:
    assert recognised(dots(word, "chinese"), 0, 384, WORDS) == word


def test_a_tall_line_is_twice_as_high(qapp: QGuiApplication) -> None:
    printed = read_paper(
        encode(lay_out(Slip((Heading("𠮷" * 16),)), 32), 32, printer_profile("chinese"))
    ).printed
    assert isinstance(printed[0], Dots)
    assert len(printed[0].rows) == 64


def dots(text: str, profile: str) -> Ink:
    printed = read_paper(encode(lay_out(Slip((Paragraph(text),)), 32), 32, printer_profile(profile))).printed[
        0
    ]
    assert isinstance(printed, Dots), "drawn, not written"
    return np.array([[float(dot) for dot in row] for row in printed.rows], np.float32)


def recognised(line: Ink, left: int, across: int, candidates: str | tuple[str, ...]) -> str:
    seen = trimmed(line[:, left : left + across])
    return max(candidates, key=lambda one: likeness(seen, trimmed(rendered(one))))


def rendered(text: str) -> Ink:
    picture = QImage(480, 60, QImage.Format.Format_Grayscale8)
    picture.fill(QColor("black"))
    font = QFont(["Noto Sans Mono CJK SC", "BabelStone Han", "DDC Uchen", "DejaVu Sans", "Nuosu SIL"])
    font.setPixelSize(24)
    painter = QPainter(picture)
    painter.setPen(QColor("white"))
    painter.setFont(font)
    painter.drawText(QPointF(20, 40), text)
    painter.end()
    shape = (picture.height(), picture.bytesPerLine())
    ink: Ink = np.frombuffer(picture.constBits(), np.uint8).reshape(shape)[:, :480].astype(np.float32)
    return ink / np.float32(255)


def trimmed(ink: Ink) -> Ink:
    """Cut to its ink, with the proportions kept."""
    rows, columns = np.where(ink.max(1) > 0.4)[0], np.where(ink.max(0) > 0.4)[0]
    assert len(rows), "no ink"
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def likeness(seen: Ink, expected: Ink) -> float:
    """Correlation of the two, blurred by a dot, in one size; less for other proportions."""
    size = (seen.shape[1] * 2, seen.shape[0] * 2)
    one, other = (cv2.GaussianBlur(cv2.resize(ink, size), (3, 3), 0).ravel() for ink in (seen, expected))
    proportions = (seen.shape[1] / seen.shape[0]) / (expected.shape[1] / expected.shape[0])
    return float(np.corrcoef(one, other)[0, 1]) - abs(math.log(proportions)) / 2


def test_the_fonts_are_installed(qapp: QGuiApplication) -> None:
    assert {"Noto Sans Mono CJK SC", "BabelStone Han", "DDC Uchen", "DejaVu Sans"} <= set(
        QFontDatabase.families()
    )
