"""A counter that takes signed codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.drivers.codes_signed.samples import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    counter = Terminal(tmp_path / "codes.sqlite3")
    yield counter
    counter.table.close()
