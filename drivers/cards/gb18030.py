"""Text of cards: GB 18030-2022, which contains GBK, read without ever refusing a name.

Python's codec maps 25 two-byte codes to Unicode's private use area, as GB 18030-2000 did. The 2005 and 2022
editions give these characters their own code points; ``PRIVATE_USE`` puts them there.
"""

from __future__ import annotations

import unicodedata

PADDING = b"\x00 \xff"
"""Bytes that fill short values, on either side: sources disagree on byte and side. None of them is part of a
GB 18030 character or a letter."""
IDEOGRAPHIC_SPACE = "\u3000"
IDEOGRAPHIC_SPACE_BYTES = IDEOGRAPHIC_SPACE.encode("gb18030")
INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Categories that no name needs: controls, and format characters that turn text around."""

PRIVATE_USE = {
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
    0xE7C7: 0x1E3F,
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC,
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7,
    0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
"""Code points of GB 18030-2000 to those of GB 18030-2022 (annex D)."""


def trimmed(value: bytes) -> bytes:
    """A value without its padding. Bytes after a first 00 are remains of an earlier, longer value."""
    value = value.strip(PADDING)
    while value.startswith(IDEOGRAPHIC_SPACE_BYTES):
        value = value[2:].lstrip(PADDING)
    return value.partition(b"\0")[0].rstrip(PADDING)


def decoded(value: bytes) -> tuple[str, str]:
    """Text of a trimmed value as far as it can be shown, and what was odd about it (empty when nothing was).

    Undecodable bytes become U+FFFD. A value that is UTF-8 and no GB 18030 is read as UTF-8.
    """
    try:
        text, oddity = value.decode("gb18030"), ""
    except UnicodeDecodeError:
        text, oddity = _decoded_otherwise(value)
    text = text.translate(PRIVATE_USE)
    visible = "".join(each for each in text if unicodedata.category(each) not in INVISIBLE)
    if visible != text:
        oddity = oddity or "control characters in the text"
    return visible.strip(IDEOGRAPHIC_SPACE + " "), oddity


def _decoded_otherwise(value: bytes) -> tuple[str, str]:
    try:
        return value.decode("utf-8"), "UTF-8 instead of GBK"
    except UnicodeDecodeError:
        return value.decode("gb18030", errors="replace"), "not GBK text"
