"""A fleet over each database."""

from __future__ import annotations

from tests.unit.central.fleet.conftest import fleet

__all__ = ["fleet"]
