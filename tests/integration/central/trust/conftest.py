"""A fleet over each database."""

from __future__ import annotations

from tests.integration.central.fleet.conftest import fleet

__all__ = ["fleet"]
