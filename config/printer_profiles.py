"""Kinds of receipt printers, from ``printer_profiles.toml``: dots across, character set and its command."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

DEFAULT = "chinese"
"""GBK characters as text, all others drawn: never garbage on a printer with any Chinese font."""
WIDTHS_MM = (58, 80)
DOTS_PER_COLUMN = 12
"""Width of font A; a Chinese character takes two columns."""


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """``select``: bytes that choose the character set; ``dots``: of one line, by width of the paper in mm."""

    name: str
    charset: str
    select: bytes
    dots: dict[int, int]

    def columns(self, width_mm: int) -> int:
        return self.dots[width_mm] // DOTS_PER_COLUMN


@cache
def printer_profiles() -> dict[str, PrinterProfile]:
    written = (resources.files("config") / "printer_profiles.toml").read_text(encoding="utf-8")
    return {
        name: PrinterProfile(
            name,
            entry["charset"],
            bytes.fromhex(entry["select"]),
            {int(width): dots for width, dots in entry["dots"].items()},
        )
        for name, entry in tomllib.loads(written).items()
    }


def printer_profile(name: str) -> PrinterProfile:
    """Raises ``KeyError`` for a name that is not shipped; settings are checked before."""
    return printer_profiles()[name or DEFAULT]
