"""A slip set in lines for one width of paper. Pure: no printer, no bytes.

Receipt printers set text in cells: a Chinese character takes two columns, a letter one
(``charset.columns_of``; ESC/POS font A is 12 dots wide, a Chinese character 24)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from drivers.printers.charset import columns_of
from drivers.printers.slip import Block, Heading, Paragraph, QrCode, Row, Rule, Slip

MISSING = "〓"
"""Typesetters' mark for a missing character (GB 2312, row 1)."""

_SETTABLE = str.maketrans({"¥": "￥", "✓": "√", "✗": "×", "\u00a0": " ", "\u2007": " ", "\u202f": " "})
"""Characters no GBK printer has, and the ones it has that mean the same."""
_CLOSING = frozenset("，。、；：？！）》」』】〉”’…·,.;:?!)]}%％")
"""May not begin a line (GB/T 15834, 5.1.10)."""
_OPENING = frozenset("（《「『【〈“‘([{￥＄€£")
"""May not end a line."""
_UNITS = "年月日号时点分秒元角万亿天次册本张件人岁个周"
_TOKEN = re.compile(
    rf"(?:[A-Z]{{3}} ?)?[+\-−－]?(?:[￥＄$€£] ?)?[+\-−－]?"  # CNY, sign and currency before a number
    rf"[0-9０-９][0-9０-９.,:/：．，\-]*(?: ?[{_UNITS}%％℃]+[0-9０-９.,:]*)*"  # 1,234.56; 12月24日; 3元5角
)
"""An amount, a number with its unit, a date or a time: never divided where it fits on a line."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line, already padded on the left; never wider than the paper."""

    text: str
    strong: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class QrLine:
    content: str


Line = TextLine | QrLine


def clean(text: str) -> str:
    """The text as a printer may see it: no control character reaches the paper or commands the printer."""
    kept = []
    for character in unicodedata.normalize("NFC", text).translate(_SETTABLE):
        match unicodedata.category(character):
            case "Cc" | "Zs" | "Zl" | "Zp":
                kept.append("　" if character == "　" else " ")
            case "Cf":
                pass
            case "Cs" | "Co" | "Cn":
                kept.append(MISSING)
            case _:
                kept.append(character)
    return "".join(kept)


def width(text: str) -> int:
    """Columns a cleaned text takes on paper."""
    return sum(map(columns_of, text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``: broken at spaces and between Chinese characters, else where it must.

    Closing punctuation does not begin a line and opening brackets do not end one, where there is room.
    """
    if columns < 2:
        raise ValueError("no room for one character")
    lines: list[str] = []
    line = ""
    for piece in _pieces(clean(text)):
        if width(line) + width(piece.rstrip(" ")) <= columns:
            line += piece
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        line = ""
        for character in piece.lstrip(" "):
            if width(line) + width(character) > columns:
                if line.strip(" "):
                    lines.append(line.rstrip(" "))
                line = ""
            line += character
    if line.strip(" "):
        lines.append(line.rstrip(" "))
    return lines


def _pieces(text: str) -> list[str]:
    """Unbreakable pieces: a Latin word with the spaces after it, a Chinese character with its marks, an
    amount, a date."""
    inside = {at for token in _TOKEN.finditer(text) for at in range(token.start() + 1, token.end())}
    pieces: list[str] = []
    for at, character in enumerate(text):
        if pieces and (at in inside or _joined(pieces[-1], character)):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _joined(piece: str, character: str) -> bool:
    last = piece[-1]
    if character == " ":
        return True
    if last == " ":
        return False
    if character in _CLOSING or last in _OPENING or unicodedata.combining(character):
        return True
    return character.isascii() and last.isascii()


def row(left: str, right: str, columns: int) -> list[str]:
    """Left and right on one line where both fit; else the right side stands alone on the last line.

    A long left side is wrapped before the right side's column, so that amounts stand under each other; where
    a date or an amount in it needs more room, over the whole width.
    """
    value = wrap(right, columns)
    room = columns - sum(map(width, value)) - 1
    if len(value) != 1 or room < max(7, _widest(left)):
        return [*wrap(left, columns), *(_right(part, columns) for part in value)]
    name = wrap(left, room)
    if not name:
        return [_right(value[0], columns)]
    *before, last = name
    return [*before, last + " " * (columns - width(last) - width(value[0])) + value[0]]


def _widest(text: str) -> int:
    return max((width(piece.rstrip(" ")) for piece in _pieces(clean(text))), default=0)


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text


def _centred(text: str, columns: int) -> str:
    return " " * ((columns - width(text)) // 2) + text


def lay_out(slip: Slip, columns: int) -> tuple[Line, ...]:
    """The slip in lines of at most ``columns``; a reprint carries its mark first and last."""
    mark = [
        TextLine(_centred(text, columns), strong=True, tall=True)
        for text in wrap(slip.copy_mark and f"*** {slip.copy_mark} ***", columns)
    ]
    body = [line for block in slip.blocks for line in _set(block, columns)]
    return (*mark, *body, *mark)


def _set(block: Block, columns: int) -> list[Line]:
    match block:
        case Heading(text=text):
            return [TextLine(_centred(part, columns), strong=True, tall=True) for part in wrap(text, columns)]
        case Paragraph(text=text, strong=strong, centred=centred):
            parts = wrap(text, columns)
            return [TextLine(_centred(part, columns) if centred else part, strong) for part in parts]
        case Row(left=left, right=right, strong=strong):
            return [TextLine(part, strong) for part in row(left, right, columns)]
        case Rule():
            return [TextLine("-" * columns)]
        case QrCode(content=content):
            return [QrLine(content)]
