"""The centre's hotlist: what changed since when, and numbers that only grow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.fleet import configurations, hotlist
from central.fleet.fleet import Fleet
from central.fleet.refusals import FingerprintMalformed
from domain.messages.signed_documents import Configuration, HotlistDelta, apart, opened
from terminal.identification.hotlist.store import fingerprint
from tests.integration.central.conftest import NOW


def test_published_settings_are_told_in_their_newest_version(fleet: Fleet) -> None:
    for text in ("a = 1", "a = 2"):
        fleet.database.write(
            lambda c, t=text: configurations.publish(c, fleet.signer, "library", {"profile.toml": t}, NOW)
        )
    with fleet.database.read() as connection:
        said = opened(
            configurations.newest(connection, "library"), Configuration, fleet.authority.certificate
        )
    assert (said.version, said.files) == (2, {"profile.toml": "a = 2"})


def entries(*numbers: int) -> list[bytes]:
    return [fingerprint(f"card:{number}") for number in numbers]


def change(fleet: Fleet, blocked: list[bytes], released: list[bytes] | None = None) -> int:
    return fleet.database.write(lambda c: hotlist.change(c, blocked, released or []))


def delta(fleet: Fleet, since: int) -> HotlistDelta:
    with fleet.database.read() as connection:
        return hotlist.delta(connection, since, NOW)


def test_a_delta_tells_what_changed_since_a_version_and_nothing_twice(fleet: Fleet) -> None:
    assert delta(fleet, 0).newest == 0
    change(fleet, entries(1, 2))
    change(fleet, entries(3), entries(1))
    everything = delta(fleet, 0)
    assert (everything.base, everything.version, everything.newest) == (0, 2, 2)
    assert set(apart(everything.added)) == set(entries(2, 3))
    assert apart(everything.removed) == ()
    since = delta(fleet, 1)
    assert (apart(since.added), apart(since.removed)) == (tuple(entries(3)), tuple(entries(1)))
    nothing = delta(fleet, 2)
    assert (nothing.base, nothing.version, nothing.added, nothing.removed) == (2, 2, "", "")


def test_a_version_that_was_never_given_begins_anew(fleet: Fleet) -> None:
    change(fleet, entries(1))
    ahead = delta(fleet, 99)
    assert (ahead.base, ahead.version, apart(ahead.added)) == (0, 1, tuple(entries(1)))


def test_what_is_blocked_and_released_at_once_is_blocked(fleet: Fleet) -> None:
    change(fleet, entries(1), entries(1))
    assert apart(delta(fleet, 0).added) == tuple(entries(1))


def test_a_change_that_is_no_fingerprint_changes_nothing(fleet: Fleet) -> None:
    with pytest.raises(FingerprintMalformed):
        change(fleet, [*entries(1), b"short"])
    assert change(fleet, []) == 0


def test_a_large_change_is_told_in_whole_versions(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hotlist, "VERSION_LIMIT", 10)
    monkeypatch.setattr(hotlist, "DELTA_LIMIT", 25)
    assert change(fleet, entries(*range(63))) == 7
    versions, known = [], set()
    at = 0
    while (answer := delta(fleet, at)).version != at:
        assert len(apart(answer.added)) <= 25
        assert answer.base == at
        at = answer.version
        versions.append(at)
        known |= set(apart(answer.added))
    assert versions == [2, 4, 7]
    assert known == set(entries(*range(63)))


@given(untrusted=st.text(max_size=200))
def test_no_text_whatever_is_taken_for_fingerprints_unless_it_is_some(untrusted: str) -> None:
    fields = {"base": 0, "version": 1, "newest": 1, "issued_at": NOW.isoformat(), "removed": ""}
    try:
        said = HotlistDelta.model_validate({**fields, "added": untrusted})
    except ValueError:
        return
    assert all(len(each) == 16 for each in apart(said.added))
