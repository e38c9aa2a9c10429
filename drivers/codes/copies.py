"""What counts as the barcode of a copy here: the patterns and check digits of a library's profile. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from config.settings import CopySettings
from drivers.codes.check_digits import CHECKS

ANY = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-/+$%:]{1,30}[0-9A-Za-z]")
"""Where no pattern is set: 3 to 32 characters that labels have."""


@dataclass(frozen=True, slots=True)
class CopyRule:
    pattern: re.Pattern[str]
    check: str = "none"

    def covers(self, text: str) -> bool:
        return bool(self.pattern.fullmatch(text)) and CHECKS[self.check](text)


@dataclass(frozen=True, slots=True)
class CopyRules:
    """Of one library; none: any barcode may be a copy's."""

    rules: tuple[CopyRule, ...] = ()

    def barcode(self, candidates: Sequence[str]) -> str:
        """The first of a scan's readings that is a copy's barcode here; empty where none is."""
        for text in candidates:
            if any(rule.covers(text) for rule in self.rules or (CopyRule(ANY),)):
                return text
        return ""


def copy_rules(settings: Sequence[CopySettings]) -> CopyRules:
    return CopyRules(tuple(CopyRule(re.compile(each.pattern), each.check) for each in settings))


ANY_COPY = CopyRules()
