from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.terminal.counter_with_journal import JournalledCounter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[JournalledCounter]:
    counter = JournalledCounter(tmp_path)
    yield counter
    counter.close()
