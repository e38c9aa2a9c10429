from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cards.cards_page import renewed
from drivers.cards.social_security_files import FIELDS

PAGE = Path(__file__).parents[4] / "docs" / "cards.md"


def test_the_page_of_cards_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page), "write it anew: .venv/bin/python -m drivers.cards.cards_page"


def test_the_page_tells_of_every_field() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{field.name}` | {field.title}" in page for field in FIELDS)


def test_a_page_without_a_place_for_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for files"):
        renewed("# empty")
