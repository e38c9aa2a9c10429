"""Keyboard layouts of scanners that type: name a wrong one and translate it back. Pure.

A scanner presses the keys of a US keyboard; a terminal set to another layout makes other characters of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from domain.codes.code import Code, UnusableCode
from drivers.codes.check_digits import gtin
from drivers.codes.classify import classify
from drivers.codes.copies import CopyRules

DOUBTFUL = {"code.unknown", "code.binary", "code.not_a_copy", "code.url"}
"""Answers after which a scan is read in other layouts; what was recognised is never translated."""


@cache
def layouts() -> dict[str, dict[str, str]]:
    """For each layout but the US one: the character of a US key to the one it makes."""
    written = (resources.files("config") / "keyboard_layouts.toml").read_text(encoding="utf-8")
    rows = {name: keys["plain"] + keys["shift"] for name, keys in tomllib.loads(written).items()}
    us = rows.pop("us")
    return {name: dict(zip(us, row, strict=True)) for name, row in rows.items()}


@cache
def _marks() -> dict[str, frozenset[str]]:
    """Characters of a layout that no US keyboard makes."""
    return {
        name: frozenset(made for made in keys.values() if not made.isascii())
        for name, keys in layouts().items()
    }


def wrong_layout(scan: str) -> str:
    """The layout a scan was typed in by mistake, as far as its letters show; ``unknown`` where they show only
    that it is wrong, "" where nothing is."""
    letters = {each for each in scan if not each.isascii()}
    if not letters:
        return ""
    return next((name for name, marks in _marks().items() if letters <= marks), "unknown")


def translated(scan: str, layout: str) -> str:
    """The scan as a US keyboard makes it."""
    back = {made: us for us, made in layouts()[layout].items()}
    return "".join(back.get(each, each) for each in scan)


def classify_typed(scan: str, copies: CopyRules) -> tuple[Code, str]:
    """The code of a typed scan and the wrong layout it was typed in, "" where it is right.

    A translation counts where it is a code of a person or a copy and the scan shows the layout: by letters no
    code has, by a right check digit, or by the library's pattern.
    """
    code = _classified(scan, copies)
    if not (isinstance(code, UnusableCode) and code.code in DOUBTFUL):
        return code, ""
    for layout, reading in _readings(scan):
        read = _classified(reading, copies)
        if not isinstance(read, UnusableCode) and (wrong_layout(scan) or copies.rules or _sure(reading)):
            return read, layout
    named = wrong_layout(scan)
    return (UnusableCode("scanner.wrong_layout"), named) if named else (code, "")


def _readings(scan: str) -> Iterator[tuple[str, str]]:
    yield "caps_lock", scan.swapcase()
    for layout in layouts():
        reading = translated(scan, layout)
        yield layout, reading
        yield layout, reading.swapcase()
        yield layout, translated(scan.swapcase(), layout)


def _sure(reading: str) -> bool:
    """A checked number, or the head of a phone's code."""
    return (len(reading) in (12, 13) and gtin(reading)) or reading.startswith(("OC1:", "OC2:"))


def _classified(scan: str, copies: CopyRules) -> Code:
    return classify("", scan, scan.encode("utf-8", "replace"), copies)


LAYOUTS = layouts()
"""For tests and demonstrations: the characters a scanner in a wrong layout types."""
