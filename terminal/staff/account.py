"""Staff members and what they may do. Pure.

A number (1, 2, …) is what a clerk types before the PIN: names are not shown at the counter.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from terminal.staff.faults import AccountUnfit

LONGEST_NAME = 40
SHORTEST_PIN = 6
LONGEST_PIN = 12
HIGHEST_NUMBER = 9_999
FEWEST_DIFFERENT_DIGITS = 3


class Role(StrEnum):
    CLERK = "clerk"
    OPERATOR = "operator"
    INSPECTOR = "inspector"


class Permission(StrEnum):
    INBOX = "inbox"
    SELF_TESTS = "self_tests"
    INSPECT = "inspect"
    CLEAN = "clean"


_MAY = {
    Role.CLERK: frozenset({Permission.INBOX, Permission.INSPECT, Permission.CLEAN}),
    Role.OPERATOR: frozenset(Permission),
    Role.INSPECTOR: frozenset({Permission.INSPECT, Permission.CLEAN}),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One staff member, without anything secret."""

    number: int
    name: str
    role: Role
    has_card: bool = False

    def may(self, permission: Permission) -> bool:
        return permission in _MAY[self.role]


def fit_name(untrusted: str) -> str:
    """The name as it goes on record. Raises ``AccountUnfit``."""
    name = " ".join(unicodedata.normalize("NFC", untrusted[: 4 * LONGEST_NAME]).split())
    if not name or len(name) > LONGEST_NAME:
        raise AccountUnfit(f"a name has 1 to {LONGEST_NAME} characters")
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        raise AccountUnfit("a name has no control characters")
    return name


def fit_pin(untrusted: str) -> str:
    """A PIN that is not among the first to be guessed. Raises ``AccountUnfit``.

    Six to twelve digits, at least three different ones, no straight run up or down.
    """
    if not (SHORTEST_PIN <= len(untrusted) <= LONGEST_PIN and untrusted.isascii() and untrusted.isdigit()):
        raise AccountUnfit(f"a PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits")
    if len(set(untrusted)) < FEWEST_DIFFERENT_DIGITS:
        raise AccountUnfit(f"a PIN has at least {FEWEST_DIFFERENT_DIGITS} different digits")
    digits = [int(digit) for digit in untrusted]
    steps = {(later - earlier) % 10 for earlier, later in pairwise(digits)}
    if steps <= {1} or steps <= {9}:
        raise AccountUnfit("a PIN is not a run of digits")
    return untrusted


def may_be_pin(untrusted: str) -> bool:
    """Whether it has the form of a PIN at all: nothing else is worth hashing."""
    return SHORTEST_PIN <= len(untrusted) <= LONGEST_PIN and untrusted.isascii() and untrusted.isdigit()
