"""Listings of other machines, from public threads and lists of drivers, are classified without settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from drivers.pcsc.monitor import matching
from drivers.pcsc.roles import classify

Row = tuple[str, str, str]
LISTINGS: dict[str, list[Row]] = {
    each["source"]: [(name, kind, role) for name, kind, role in each["slots"]]
    for each in tomllib.loads(Path(__file__).with_name("reader_listings.toml").read_text("utf-8"))["listing"]
}


def test_there_are_forty_listings() -> None:
    assert len(LISTINGS) >= 40


@pytest.mark.parametrize("rows", LISTINGS.values(), ids=LISTINGS)
def test_each_slot_has_its_kind_and_role(rows: list[Row]) -> None:
    """FC-8: a SAM slot is never shown to the public."""
    found = [(slot.name, slot.kind.value, slot.role.value) for slot in classify(name for name, _, _ in rows)]
    assert found == rows


@pytest.mark.parametrize("rows", LISTINGS.values(), ids=LISTINGS)
def test_a_pattern_for_all_chooses_the_public_slots(rows: list[Row]) -> None:
    names = [name for name, _, _ in rows]
    assert matching(names, "*") == tuple(name for name, _, role in rows if role == "public")


@pytest.mark.parametrize("rows", LISTINGS.values(), ids=LISTINGS)
def test_a_slot_chosen_by_its_name_is_that_slot(rows: list[Row]) -> None:
    """Brackets in a name are no pattern; a SAM slot can be named as one."""
    for name, _, role in rows:
        assert matching([row[0] for row in rows], name) == (() if role == "virtual" else (name,))
