"""The fixtures of the journal's unit tests."""

from __future__ import annotations

from tests.unit.terminal.journal.conftest import counter as counter
