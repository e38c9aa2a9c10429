"""Which department answers for which service."""

from __future__ import annotations

from collections.abc import Mapping

from central.departments.department import Department
from central.departments.library import Library

DEPARTMENTS: Mapping[str, Department] = {"library": Library()}
