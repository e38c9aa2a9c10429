"""Fonts that draw what a printer's own font lacks: files of Debian packages, the first that has the
character."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path("/usr/share/fonts")
CJK = "Noto Sans Mono CJK SC"
"""In this family ASCII takes half of a Chinese character, as on the printer."""
REGULAR = ROOT / "opentype/noto/NotoSansCJK-Regular.ttc"
BOLD = ROOT / "opentype/noto/NotoSansCJK-Bold.ttc"
OTHERS = (
    ROOT / "truetype/babelstone/BabelStoneHan.ttf",
    ROOT / "truetype/tibetan/DDC_Uchen.ttf",
    ROOT / "truetype/dejavu/DejaVuSans.ttf",
    ROOT / "truetype/nuosusil/NuosuSIL-Regular.ttf",
)
"""Rare ideographs (extensions B to H), Tibetan, Arabic script with the letters of Uyghur and Kazakh, Yi."""
SAMPLE_SIZE = 24
UNASSIGNED = "\U0010ffff"
"""Every font answers it with its sign for a missing glyph."""


@cache
def font_files(strong: bool) -> tuple[tuple[Path, int], ...]:
    """Path and index of each font that is installed, in order of preference."""
    first = BOLD if strong and BOLD.exists() else REGULAR
    files = [(first, _index(first))] if first.exists() else []
    return (*files, *((path, 0) for path in OTHERS if path.exists()))


@cache
def _index(collection: Path) -> int:
    for index in range(32):
        try:
            if ImageFont.truetype(str(collection), SAMPLE_SIZE, index).getname()[0] == CJK:
                return index
        except OSError:
            break
    return 0


@cache
def font(path: Path, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, index)


def font_for(text: str, strong: bool) -> tuple[Path, int] | None:
    """The first font that has every character of ``text``, or None."""
    for path, index in font_files(strong):
        if all(character in " ·" or _has(path, index, character) for character in text):
            return path, index
    return None


@cache
def _missing(path: Path, index: int) -> bytes:
    return _shape(path, index, UNASSIGNED)


def _shape(path: Path, index: int, character: str) -> bytes:
    # The basic engine: the shaping one would compose a letter the font lacks of two others.
    face = ImageFont.truetype(str(path), SAMPLE_SIZE, index, layout_engine=ImageFont.Layout.BASIC)
    mask = face.getmask(character)
    return bytes(repr(mask.size), "ascii") + bytes(mask)


@cache
def _has(path: Path, index: int, character: str) -> bool:
    return _shape(path, index, character) != _missing(path, index)
