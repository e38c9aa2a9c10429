"""Whose cards ride on what right: from the registers to a vehicle out of coverage, and back with the ride."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from central.codes.blocking import fingerprint
from central.departments.bus import senior_age
from central.departments.bus_tables import holder_entitlement
from central.departments.tariffs import CityTariffs
from central.fleet import entitlements, register_looks
from central.fleet.fleet import Fleet
from central.seeding import seed
from central.tables import holder
from domain.messages.entitlements import (
    FINGERPRINT_BYTES,
    KINDS,
    EntitlementDelta,
    Entry,
    apart,
    joined,
    packed,
)
from domain.messages.signed_documents import opened
from terminal.provisioning.access import to_city
from terminal.ticketing.entitlements.refresh import EntitlementRefresh
from terminal.ticketing.entitlements.store import EntitlementFault, EntitlementList, kept_state
from tests.cities import personas, shipped_tariffs
from tests.integration.central.conftest import NOW
from tests.integration.central.fleet.city import City
from tests.integration.central.fleet.test_a_running_terminal import settings

SENIOR = 60
DISABLED, VETERAN, OLD = "li-xinhua", "long-name", "liu-shunli"


def card_key(persona: str) -> str:
    return f"card:{personas()[persona].identification_code}"


def renew(fleet: Fleet, now: datetime = NOW) -> int:
    return entitlements.renew(fleet.database, SENIOR, now)


def delta(fleet: Fleet, since: int = 0) -> EntitlementDelta:
    with fleet.database.read() as connection:
        return entitlements.delta(connection, since, NOW)


def told_of(said: EntitlementDelta, persona: str) -> list[Entry]:
    mine = fingerprint(card_key(persona))
    return [entry for entry in apart(said.entries) if entry.fingerprint == mine]


def change(fleet: Fleet, *statements: Any) -> None:
    fleet.database.write(lambda c: [c.execute(each) for each in statements])


def subject_of(persona: str) -> Any:
    return select(holder.c.subject).where(holder.c.persona == persona).scalar_subquery()


@pytest.fixture
def registered(fleet: Fleet) -> Fleet:
    fleet.database.write(lambda c: seed(c, NOW))
    return fleet


def test_the_list_has_rights_and_the_old_and_nobody_else(registered: Fleet) -> None:
    assert renew(registered) > 0
    said = delta(registered)
    assert (said.base, said.version, said.newest) == (0, 1, 1)
    ((disabled,), (old,)) = told_of(said, DISABLED), told_of(said, OLD)
    assert disabled.kinds == ("disabled",)
    assert (old.kinds, old.born) == ((), personas()[OLD].birth_date)
    assert told_of(said, "rider") == []
    assert renew(registered) == 0
    assert delta(registered, 1).entries == ""


def test_what_changes_is_told_alone_and_what_ends_is_told_as_ended(registered: Fleet) -> None:
    renew(registered)
    gone = delete(holder_entitlement).where(holder_entitlement.c.subject == subject_of(VETERAN))
    new = insert(holder_entitlement).values(
        subject=subject_of("rider"), kind="student", until=date(2027, 1, 1)
    )
    change(registered, gone, new)
    changed = renew(registered)
    said = delta(registered, 1)
    assert changed == len(apart(said.entries))
    (veteran,), (rider,) = told_of(said, VETERAN), told_of(said, "rider")
    assert veteran.kinds == ()
    assert (rider.kinds, rider.until) == (("student",), date(2027, 1, 1))
    assert told_of(delta(registered), VETERAN) == []


def test_the_registers_are_looked_through_again_after_an_hour(registered: Fleet) -> None:
    def due(at: datetime) -> bool:
        with registered.database.read() as connection:
            return entitlements.due(connection, at)

    assert due(NOW)
    renew(registered)
    assert not due(NOW + timedelta(minutes=59))
    assert due(NOW + timedelta(minutes=60))


def test_after_a_restored_database_every_vehicle_begins_anew(registered: Fleet) -> None:
    renew(registered)
    registered.database.write(entitlements.begin_anew)
    renew(registered)
    said = delta(registered, 1)
    assert said.base == 0
    assert told_of(said, DISABLED)


def test_what_an_older_list_said_of_a_card_is_known_only_where_it_was_told_otherwise_since(
    registered: Fleet,
) -> None:
    def once(version: int) -> frozenset[str]:
        with registered.database.read() as connection:
            return entitlements.kinds_once_told(connection, card_key(DISABLED), version)

    renew(registered)
    assert once(1) == frozenset()
    change(registered, delete(holder_entitlement).where(holder_entitlement.c.subject == subject_of(DISABLED)))
    renew(registered)
    assert once(1) == {"disabled"}
    assert once(2) == frozenset()


@given(
    st.lists(
        st.builds(
            Entry,
            st.binary(min_size=FINGERPRINT_BYTES, max_size=FINGERPRINT_BYTES),
            st.sets(st.sampled_from(KINDS)).map(lambda some: tuple(kind for kind in KINDS if kind in some)),
            st.none() | st.dates(date(2000, 1, 2), date(2170, 1, 1)),
            st.none() | st.dates(date(1900, 1, 2), date(2070, 1, 1)),
        )
    )
)
def test_an_entry_comes_back_as_it_was_sent(entries: list[Entry]) -> None:
    assert apart(joined(map(packed, entries))) == entries


def test_a_vehicle_knows_its_riders_without_the_centre_until_the_list_is_too_old(
    city: City, tmp_path: Path
) -> None:
    city.enrolled("data")
    access = to_city(settings(city), city.directory / "data", {})
    path = tmp_path / "rights" / "entitlements.db"
    now = datetime.now(UTC)

    def refreshed(into: EntitlementList) -> None:
        EntitlementRefresh(into, access.client(), access.authority, lambda: now, lambda: 0.5, 600).step()

    with closing(EntitlementList(path, good_days=30)) as rights:
        assert rights.of(card_key(DISABLED), now) is None
        refreshed(rights)
        version = rights.state.version
    with closing(EntitlementList(path, good_days=30)) as rights:
        found = rights.of(card_key(DISABLED), now)
        assert found is not None
        assert (found.kinds, found.version) == (("disabled",), version)
        assert rights.of(card_key("rider"), now) is None
        assert rights.of(card_key(DISABLED), now + timedelta(days=31)) is None
        change(
            city.fleet,
            update(holder_entitlement)
            .where(holder_entitlement.c.subject == subject_of(DISABLED))
            .values(until=now.date() + timedelta(days=2)),
        )
        entitlements.renew(city.fleet.database, SENIOR, now)
        refreshed(rights)
        assert rights.state.version == version + 1
        soon = rights.of(card_key(DISABLED), now + timedelta(days=1))
        ended = rights.of(card_key(DISABLED), now + timedelta(days=4))
        assert soon is not None
        assert ended is not None
        assert (soon.kinds, ended.kinds) == (("disabled",), ())
    state = kept_state(path)
    assert state is not None
    assert state.entries == len(apart(city_delta(city).entries))


def city_delta(city: City) -> EntitlementDelta:
    document = to_city(settings(city), city.directory / "data", {}).client().entitlements(0, 5_000)
    return opened(document, EntitlementDelta, city.fleet.authority.certificate)


def test_a_delta_that_does_not_follow_is_refused_and_the_list_stays(tmp_path: Path) -> None:
    with closing(EntitlementList(tmp_path / "list.db", good_days=30)) as rights:
        rights.apply(0, 3, [Entry(b"a" * 16, ("student",))], NOW)
        with pytest.raises(EntitlementFault):
            rights.apply(2, 4, [], NOW)
        with pytest.raises(EntitlementFault):
            rights.apply(0, 2, [], NOW)
        assert rights.state.version == 3
        rights.apply(3, 4, [Entry(b"a" * 16)], NOW)
        assert rights.state.entries == 0


def test_a_damaged_list_stops_no_bus_and_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "list.db"
    with closing(EntitlementList(path, good_days=30)) as rights:
        rights.apply(0, 1, [Entry(fingerprint("card:1"), ("student",))], NOW)
        assert rights.of("card:1", NOW) is not None
    path.write_bytes(b"no database at all" * 600)
    with closing(EntitlementList(path, good_days=30)) as anew:
        assert anew.state.version == 0
        anew.apply(0, 1, [Entry(fingerprint("card:1"), ("student",))], NOW)
    assert anew.of("card:1", NOW) is None


def test_the_age_that_rides_for_less_is_the_tariffs() -> None:
    assert senior_age(shipped_tariffs()) == SENIOR
    assert senior_age({}) is None


def test_the_centres_own_thread_looks_before_a_vehicle_would_have_to_wait_for_it(registered: Fleet) -> None:
    tariffs = CityTariffs()
    register_looks.renew_when_due(registered.database, tariffs, NOW, register_looks.BEFORE)
    soon = NOW + timedelta(seconds=entitlements.EVERY_S) - register_looks.BEFORE
    with registered.database.read() as connection:
        assert not entitlements.due(connection, soon - timedelta(seconds=1) + register_looks.BEFORE)
        assert entitlements.due(connection, soon + register_looks.BEFORE)
    register_looks.renew_when_due(registered.database, tariffs, soon, register_looks.BEFORE)
    with registered.database.read() as connection:
        assert not entitlements.due(connection, soon + register_looks.BEFORE)
