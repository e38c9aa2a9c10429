"""The databases of the centre's tests, for accounts of officials too."""

from __future__ import annotations

from tests.unit.central.conftest import database, postgresql_url

__all__ = ["database", "postgresql_url"]
