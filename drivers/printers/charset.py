"""Characters a printer's own font holds, by its character set, and their bytes.

Printers with a "GB 18030" font hold the two-byte characters and extension A (the mandatory part of GB
18030-2000); its other four-byte characters come out as pairs of digits and signs. They count as missing here.
"""

from __future__ import annotations

import unicodedata

CHINESE_SETS = ("gbk", "gb18030", "gb2312")
"""Text of these is written after FS &."""


def holds(charset: str, character: str) -> bool:
    """True when the printer's font has ``character`` in as many columns as ``columns_of`` says."""
    if character.isascii():
        return character.isprintable()
    if not character.isprintable() and character != "　":
        return False
    match charset:
        case "gbk":
            return in_gbk(character)
        case "gb2312":
            return _in_gb2312(character)
        case "gb18030":
            return in_gbk(character) or "\u3400" <= character <= "\u4dbf"
        case "utf-8":
            return in_gbk(character) and unicodedata.east_asian_width(character) in "WF"
        case _:
            return columns_of(character) == 1 and _in_page(charset, character)


def columns_of(character: str) -> int:
    """Columns of a character on paper: 2 for what Chinese fonts set full width, else 1."""
    if character.isascii():
        return 1
    return 2 if unicodedata.east_asian_width(character) in "WF" or in_gbk(character) else 1


def in_gbk(character: str) -> bool:
    return _in_page("gbk", character)


def _in_gb2312(character: str) -> bool:
    """By the bytes: Python's codec of that name gives · and — other characters than printers do."""
    if not in_gbk(character):
        return False
    try:
        character.encode("gbk").decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _in_page(charset: str, character: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def written(charset: str, text: str) -> bytes:
    """Bytes of a text whose every character the set holds."""
    return text.encode("gbk" if charset == "gb2312" else charset)
