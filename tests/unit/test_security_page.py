"""The page on security promises a test for each attack: each is there, under the name the page gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| ([^|]+) \| `(\w+\.py)::(\w+)` \|$", (ROOT / "docs" / "security.md").read_text("utf-8"), re.M
)


def test_there_are_attacks_on_the_page() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize(("attack", "file", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_each_attack_has_its_test(attack: str, file: str, name: str) -> None:
    found = [path for path in (ROOT / "tests").rglob(file) if f"def {name}(" in path.read_text("utf-8")]
    assert found, f"{attack}: no {file} has {name}"
