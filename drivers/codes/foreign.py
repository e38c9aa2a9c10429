"""Codes of other systems that citizens carry, recognised by the shapes in ``config/foreign_codes.toml``.

A kind is named to the person and refused; nothing of the code is kept, sent or parsed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from drivers.codes.check_digits import CHECKS


@dataclass(frozen=True, slots=True)
class ForeignKind:
    """``code`` names it to the person; ``personal``: never a copy, whatever the library's pattern says."""

    code: str
    pattern: re.Pattern[str]
    check: str
    personal: bool

    def covers(self, text: str) -> bool:
        return bool(self.pattern.fullmatch(text)) and CHECKS[self.check](text)


@cache
def foreign_kinds() -> tuple[ForeignKind, ...]:
    written = (resources.files("config") / "foreign_codes.toml").read_text(encoding="utf-8")
    return tuple(
        ForeignKind(kind["code"], re.compile(kind["pattern"]), kind.get("check", "none"), kind["personal"])
        for kind in tomllib.loads(written)["kind"]
    )


def foreign_kind(text: str) -> ForeignKind | None:
    """The first kind whose shape and check digit fit."""
    upper = text.upper()
    return next((kind for kind in foreign_kinds() if kind.covers(upper)), None)
