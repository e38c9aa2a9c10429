"""The departments of this centre, as its environment chooses their backends."""

from __future__ import annotations

from collections.abc import Mapping

from central.departments.department import Department
from central.departments.registry import DEPARTMENTS
from central.departments.sip2.library import Sip2Library
from central.departments.sip2.settings import settings_from


def departments_from(environment: Mapping[str, str]) -> Mapping[str, Department]:
    """The built-in ones, and the library's own system where one is named. Raises ``SettingsFault``."""
    sip2 = settings_from(environment)
    return DEPARTMENTS if sip2 is None else {**DEPARTMENTS, "library": Sip2Library(sip2)}
