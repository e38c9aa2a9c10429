"""Blocked cards: never missed, never blocked by mistake, updated whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.identification.hotlist.filter import FingerprintFilter, bits_for
from terminal.identification.hotlist.store import Delta, Hotlist, HotlistFault, fingerprint

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def hotlist(tmp_path: Path) -> Iterator[Hotlist]:
    hotlist = Hotlist(tmp_path / "hotlist.sqlite")
    yield hotlist
    hotlist.close()


def keys(*numbers: int) -> tuple[bytes, ...]:
    return tuple(fingerprint(f"card:{number}") for number in numbers)


@given(st.sets(st.binary(min_size=16, max_size=16), max_size=200))
def test_what_was_added_is_always_found(fingerprints: set[bytes]) -> None:
    one_by_one, at_once = (FingerprintFilter(bits_for(len(fingerprints))) for _ in range(2))
    for entry in fingerprints:
        one_by_one.add(entry)
    if fingerprints:
        at_once.add_many(np.frombuffer(b"".join(fingerprints), dtype=np.uint8).reshape(-1, 16))
    for entry in fingerprints:
        assert entry in one_by_one
        assert entry in at_once


def test_at_most_one_stranger_in_a_hundred_needs_the_exact_check() -> None:
    full = FingerprintFilter(bits_for(20_000))
    for number in range(20_000):
        full.add(fingerprint(f"card:{number}"))
    strangers = sum(fingerprint(f"stranger:{number}") in full for number in range(20_000))
    assert strangers < 200


def test_the_filter_of_four_million_entries_fits_in_sixteen_mebibytes() -> None:
    assert bits_for(4_000_000) // 8 <= 16 * 1024 * 1024


def test_a_blocked_card_is_found_and_a_strangers_is_not(hotlist: Hotlist) -> None:
    hotlist.apply(Delta(0, 1, keys(1, 2, 3), ()), NOW)
    assert hotlist.blocked("card:2")
    assert not any(hotlist.blocked(f"card:{number}") for number in range(4, 5_000))


def test_nobody_is_blocked_by_the_filter_alone(hotlist: Hotlist) -> None:
    hotlist.apply(Delta(0, 1, keys(1), ()), NOW)
    hotlist.apply(Delta(1, 2, keys(2, 3, 4, 5, 6), keys(1)), NOW)
    assert not hotlist.blocked("card:1")


def test_the_list_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "hotlist.sqlite"
    first = Hotlist(path)
    first.apply(Delta(0, 7, keys(*range(50)), ()), NOW)
    first.close()
    second = Hotlist(path)
    assert second.state.version == 7
    assert all(second.blocked(f"card:{number}") for number in range(50))
    second.close()


@pytest.mark.parametrize(
    "delta",
    [
        Delta(5, 6, keys(9), ()),
        Delta(2, 1, keys(9), ()),
        Delta(0, 1, keys(9), ()),
        Delta(2, 3, (b"short",), ()),
    ],
    ids=["a gap", "backwards", "an older whole list", "not fingerprints"],
)
def test_a_delta_that_does_not_fit_changes_nothing(hotlist: Hotlist, delta: Delta) -> None:
    hotlist.apply(Delta(0, 2, keys(1), ()), NOW)
    with pytest.raises(HotlistFault):
        hotlist.apply(delta, NOW)
    assert hotlist.state.version == 2
    assert hotlist.blocked("card:1")
    assert not hotlist.blocked("card:9")


@given(
    st.lists(
        st.tuples(st.sets(st.integers(0, 40), max_size=8), st.sets(st.integers(0, 40), max_size=8)),
        max_size=12,
    )
)
def test_any_deltas_leave_exactly_the_list_they_describe(changes: list[tuple[set[int], set[int]]]) -> None:
    with TemporaryDirectory() as directory, closing(Hotlist(Path(directory) / "hotlist.sqlite")) as hotlist:
        expected: set[int] = set()
        for version, (added, removed) in enumerate(changes):
            hotlist.apply(Delta(version, version + 1, keys(*added), keys(*removed)), NOW)
            expected = (expected - removed) | added
        assert {number for number in range(41) if hotlist.blocked(f"card:{number}")} == expected


def test_a_list_nobody_confirmed_for_a_day_is_stale(hotlist: Hotlist) -> None:
    assert hotlist.state.stale(NOW, timedelta(days=1))
    hotlist.apply(Delta(0, 1, (), ()), NOW)
    assert not hotlist.state.stale(NOW + timedelta(hours=23), timedelta(days=1))
    assert hotlist.state.stale(NOW + timedelta(hours=25), timedelta(days=1))
