from __future__ import annotations

import pytest

from tests.unit.terminal.visit.counter_desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()
