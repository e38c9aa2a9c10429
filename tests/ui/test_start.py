"""The programs that are measured from start to ready still get there."""

from __future__ import annotations

import pytest

from benchmarks.start_to_ready import EMPTY, OURS, until_ready


@pytest.mark.parametrize("program", [OURS, EMPTY], ids=["counter", "empty window"])
def test_it_says_ready(program: str) -> None:
    assert until_ready(program) > 0
