"""What each role may see and do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    DEPARTMENT = "department"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    FIGURES = "figures"
    EXPORTS = "exports"
    ACCOUNTS = "accounts"
    AUDIT = "audit"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.FIGURES}),
    Role.DEPARTMENT: frozenset({Right.FIGURES, Right.EXPORTS}),
    Role.ADMINISTRATOR: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Official:
    """Who is signed in. ``department`` limits exports; empty for every department.

    ``must_choose``: nothing but a new password until it is chosen.
    """

    name: str
    role: Role
    department: str = ""
    must_choose: bool = False

    def may(self, right: Right) -> bool:
        return not self.must_choose and right in RIGHTS[self.role]

    def may_export(self, department: str) -> bool:
        if not self.may(Right.EXPORTS):
            return False
        return self.role is Role.ADMINISTRATOR or department == self.department
