"""One line of text drawn in dots, for characters the printer's own font lacks.

Each character stands in the columns that the layout gave it, so amounts stay under each other; a word of a
script whose letters join or stack (Arabic script, Tibetan) is drawn as one piece, shaped, inside the columns
of its letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from config.printer_profiles import DOTS_PER_COLUMN
from drivers.printers.charset import columns_of
from drivers.printers.fonts import font, font_for
from drivers.printers.layout import MISSING, width

SIZE = 24
"""Dots of a Chinese character, both ways."""
HEIGHT = 32
"""Dots of a line: the character, and the gap the printer leaves (ESC 2: 1/6 inch)."""
BASELINE = 25
INK = 112
"""Grey above which a dot is printed, of 255: thin strokes stay."""
SMALLEST = 8


@dataclass(frozen=True, slots=True)
class Bitmap:
    """``rows``: ``height`` rows of ``width_bytes`` bytes each, most significant bit left, 1 is black."""

    width_bytes: int
    height: int
    rows: bytes


def draw(text: str, *, strong: bool = False, tall: bool = False) -> Bitmap:
    """``text`` in cells of 12 dots by 32 dots (64 when ``tall``), cut behind its last dot."""
    picture = Image.new("L", (max(1, width(text)) * DOTS_PER_COLUMN, HEIGHT), 0)
    column = 0
    for piece in pieces(text):
        room = width(piece) * DOTS_PER_COLUMN
        _draw_piece(picture, column, room, piece, strong)
        column += room
    if tall:
        picture = picture.resize((picture.width, 2 * HEIGHT), Image.Resampling.NEAREST)
    return _bitmap(picture.point(lambda grey: 255 if grey >= INK else 0))


def pieces(text: str) -> list[str]:
    """Characters with their marks, and whole words where letters join: two such words stay one piece, because
    they may run from right to left."""
    kinds = "".join("j" if _joins(character) else "m" if _is_mark(character) else "." for character in text)
    return [
        text[one.start() : one.end()] for one in re.finditer(r"j[jm]*(?:\.[jm]+)*|.m*", _between(text, kinds))
    ]


def _between(text: str, kinds: str) -> str:
    """Only a space or a middle dot joins two words; any other ordinary character ends a piece."""
    return "".join(
        "x" if kind == "." and one not in " ·" else kind for one, kind in zip(text, kinds, strict=True)
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Mc")


def _joins(character: str) -> bool:
    """A letter or mark outside Latin, Greek, Cyrillic and the wide scripts."""
    if character.isascii() or columns_of(character) == 2:
        return False
    named = unicodedata.name(character, "")
    return named.startswith(
        ("ARABIC", "TIBETAN", "MONGOLIAN", "DEVANAGARI", "THAI", "HEBREW", "SYRIAC", "LAO")
    )


def _draw_piece(picture: Image.Image, left: int, room: int, piece: str, strong: bool) -> None:
    if not piece.strip():
        return
    file = font_for(piece, strong)
    if file is None:
        piece = MISSING * (room // SIZE) or "?"
        file = font_for(piece, strong)
    if file is None:
        _box(picture, left, room)
        return
    face = _fitting(file, piece, room)
    top, bottom = _extent(face, piece)
    baseline = min(max(BASELINE, -top), HEIGHT - bottom) if bottom - top <= HEIGHT else -top
    ImageDraw.Draw(picture).text((left, baseline), piece, fill=255, font=face, anchor="ls")


def _box(picture: Image.Image, left: int, room: int) -> None:
    """No font at all on this machine: an empty box says that something stood here."""
    ImageDraw.Draw(picture).rectangle((left + 1, 5, left + room - 2, BASELINE), outline=255)


def _fitting(file: tuple[Path, int], piece: str, room: int) -> ImageFont.FreeTypeFont:
    """The face in the largest size up to 24 whose piece stays in its columns and in the line."""
    for size in range(SIZE, SMALLEST, -1):
        face = font(*file, size)
        top, bottom = _extent(face, piece)
        if face.getlength(piece) <= room + 1 and bottom - top <= HEIGHT:
            return face
    return font(*file, SMALLEST)


def _extent(face: ImageFont.FreeTypeFont, piece: str) -> tuple[int, int]:
    """Dots above (negative) and below the baseline."""
    _left, top, _right, bottom = face.getbbox(piece, anchor="ls")
    return int(top), int(bottom)


def _bitmap(picture: Image.Image) -> Bitmap:
    ink = picture.getbbox()
    across = max(1, -(-(ink[2] if ink else 1) // 8))
    cut = picture.crop((0, 0, across * 8, picture.height)).convert("1", dither=Image.Dither.NONE)
    return Bitmap(across, picture.height, cut.tobytes())
