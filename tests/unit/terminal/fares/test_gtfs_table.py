from __future__ import annotations

from tests.unit.terminal.fares.gtfs_table import PAGE, page


def test_the_page_of_the_reference_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: .venv/bin/python -m tests.unit.terminal.fares.gtfs_table"
    )


def test_nothing_of_the_reference_failed() -> None:
    assert "**failed**" not in page()
