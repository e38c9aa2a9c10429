"""Rights of each role. Pure."""

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
    APPLICATIONS = "applications"
    ACCOUNTS = "accounts"
    AUDIT = "audit"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.FIGURES}),
    Role.DEPARTMENT: frozenset({Right.FIGURES, Right.EXPORTS, Right.APPLICATIONS}),
    Role.ADMINISTRATOR: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Official:
    """Signed-in official. ``department`` limits exports and applications; empty for every department.

    ``must_choose``: nothing but a new password until it is chosen.
    """

    name: str
    role: Role
    department: str = ""
    must_choose: bool = False

    def may(self, right: Right) -> bool:
        return not self.must_choose and right in RIGHTS[self.role]

    def may_export(self, department: str) -> bool:
        return self.may(Right.EXPORTS) and self._of(department)

    def may_decide(self, department: str) -> bool:
        """Whether applications to this department, and their papers, are theirs to look at and answer."""
        return self.may(Right.APPLICATIONS) and self._of(department)

    def _of(self, department: str) -> bool:
        return self.role is Role.ADMINISTRATOR or (bool(department) and department == self.department)
