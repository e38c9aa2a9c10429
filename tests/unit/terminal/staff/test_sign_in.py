"""Signing in: against people who guess, and against plugs that are pulled."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from domain.lockout import FREE_TRIES, LONGEST_LOCK, Tries, locked_for
from terminal.staff.account import Member, Permission, Role, fit_name, fit_pin
from terminal.staff.audit import Act
from terminal.staff.faults import (
    AccountUnfit,
    AccountUnknown,
    CardUnknown,
    LockedOut,
    NotLetIn,
    StaffUnreadable,
)
from terminal.staff.store import FILE_NAME, StaffStore, key_of, staff_directory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PIN = "274951"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def store(tmp_path: Path):
    opened = StaffStore(tmp_path, CHEAP)
    yield opened
    opened.close()


@pytest.fixture
def clerk(store: StaffStore) -> Member:
    return store.add("王芳", Role.CLERK, PIN, NOW, "root")


def acts(store: StaffStore) -> list[str]:
    return [deed.act for deed in store.deeds(100)]


def test_number_and_pin_let_in_and_it_is_on_record(store: StaffStore, clerk: Member) -> None:
    assert store.sign_in(clerk.number, PIN, NOW) == clerk
    assert store.deeds(1)[0].act == Act.SIGNED_IN
    assert store.deeds(1)[0].name == "王芳"


def test_a_wrong_pin_and_a_number_nobody_has_are_answered_alike(store: StaffStore, clerk: Member) -> None:
    """Five tries each, then the lock, at the same try and for the same time."""
    told = {}
    for number in (clerk.number, 77, 0, 123456):
        told[number] = []
        for _ in range(FREE_TRIES + 3):
            with pytest.raises((NotLetIn, LockedOut)) as caught:
                store.sign_in(number, "111222", NOW)
            told[number].append(str(caught.value))
            if isinstance(caught.value, LockedOut):
                break
    assert told[clerk.number] == told[77]
    assert len(told[clerk.number]) == FREE_TRIES + 2


def test_the_right_pin_does_not_open_a_locked_number(store: StaffStore, clerk: Member) -> None:
    fail(store, clerk.number, FREE_TRIES + 1, NOW)
    with pytest.raises(LockedOut) as caught:
        store.sign_in(clerk.number, PIN, NOW + timedelta(seconds=59))
    assert caught.value.left_s == 1
    assert store.sign_in(clerk.number, PIN, NOW + timedelta(seconds=60)) == clerk


def test_a_lock_outlives_a_restart_and_a_clock_put_back(tmp_path: Path) -> None:
    first = StaffStore(tmp_path, CHEAP)
    clerk = first.add("王芳", Role.CLERK, PIN, NOW, "root")
    fail(first, clerk.number, FREE_TRIES + 1, NOW)
    first.close()
    again = StaffStore(tmp_path, CHEAP)
    earlier = NOW - timedelta(days=400)
    with pytest.raises(LockedOut):
        again.sign_in(clerk.number, PIN, NOW)
    with pytest.raises(LockedOut):
        again.sign_in(clerk.number, PIN, earlier)
    assert again.sign_in(clerk.number, PIN, earlier + timedelta(minutes=1)) == clerk
    again.close()


def test_a_try_counts_although_the_plug_is_pulled_before_its_answer(
    store: StaffStore, clerk: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is thrown stands for the power: it leaves while the PIN is being looked at."""

    def pulled(_stored: str, _pin: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(store._hashing, "is_pin", pulled)
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(KeyboardInterrupt):
            store.sign_in(clerk.number, "111222", NOW)
    with pytest.raises(LockedOut):
        store.sign_in(clerk.number, PIN, NOW)


def test_success_forgets_the_failures_before_it(store: StaffStore, clerk: Member) -> None:
    for _ in range(5):
        fail(store, clerk.number, FREE_TRIES, NOW)
        store.sign_in(clerk.number, PIN, NOW)


def test_who_guesses_for_a_month_without_rest_gets_less_than_a_thousand_tries(
    store: StaffStore, clerk: Member
) -> None:
    now, tried = NOW, 0
    while now < NOW + timedelta(days=30):
        try:
            store.sign_in(clerk.number, f"{tried:06d}", now)
        except NotLetIn:
            tried += 1
        except LockedOut as locked:
            now += timedelta(seconds=locked.left_s)
    assert tried < 1000
    assert store.broken_deeds() == []


def test_guessing_from_many_threads_at_once_gives_no_more_tries(tmp_path: Path) -> None:
    first = StaffStore(tmp_path, CHEAP)
    clerk = first.add("王芳", Role.CLERK, PIN, NOW, "root")
    looked = []

    def guess() -> None:
        own = StaffStore(tmp_path, CHEAP)
        for number in range(20):
            try:
                own.sign_in(clerk.number, f"1112{number:02d}", NOW)
            except NotLetIn:
                looked.append(number)
            except LockedOut:
                break
        own.close()

    threads = [threading.Thread(target=guess) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == FREE_TRIES + 1
    assert first.broken_deeds() == []
    first.close()


def test_the_operator_unlocks_on_record(store: StaffStore, clerk: Member) -> None:
    fail(store, clerk.number, FREE_TRIES + 1, NOW)
    store.unlock(clerk.number, NOW, "root")
    assert store.sign_in(clerk.number, PIN, NOW) == clerk
    assert Act.UNLOCKED in acts(store)


def test_a_staff_card_names_its_owner_and_nothing_on_disk_names_the_card(
    tmp_path: Path, store: StaffStore, clerk: Member
) -> None:
    store.give_card(clerk.number, "A00000016", NOW, "root")
    assert store.sign_in_with_card("A00000016", NOW).number == clerk.number
    with pytest.raises(CardUnknown):
        store.sign_in_with_card("A00000017", NOW)
    other = store.add("李强", Role.OPERATOR, PIN, NOW, "root")
    with pytest.raises(AccountUnfit):
        store.give_card(other.number, "A00000016", NOW, "root")
    for file in staff_directory(tmp_path).iterdir():
        assert b"A00000016" not in file.read_bytes()
        assert PIN.encode() not in file.read_bytes()


def test_a_member_who_was_removed_is_out_and_the_number_is_not_given_again(
    store: StaffStore, clerk: Member
) -> None:
    store.give_card(clerk.number, "A00000016", NOW, "root")
    store.remove(clerk.number, NOW, "root")
    with pytest.raises(NotLetIn):
        store.sign_in(clerk.number, PIN, NOW)
    with pytest.raises(NotLetIn):
        store.sign_in(clerk.number, "", NOW)
    with pytest.raises(CardUnknown):
        store.sign_in_with_card("A00000016", NOW)
    with pytest.raises(AccountUnknown):
        store.change_pin(clerk.number, PIN, NOW, "root")
    assert store.add("王芳", Role.CLERK, PIN, NOW, "root").number == clerk.number + 1


def test_the_record_cannot_be_changed_and_shows_when_it_was_all_the_same(
    tmp_path: Path, store: StaffStore, clerk: Member
) -> None:
    store.sign_in(clerk.number, PIN, NOW)
    store.note(NOW, Act.SIGNED_OUT, clerk)
    database = sqlite3.connect(staff_directory(tmp_path) / FILE_NAME)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute("UPDATE deed SET name = '李强'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute("DELETE FROM deed")
    database.execute("DROP TRIGGER deed_is_not_changed")
    database.execute("DROP TRIGGER deed_is_not_removed")
    database.execute("UPDATE deed SET name = '李强' WHERE sequence = 2")
    database.commit()
    assert store.broken_deeds() == [2]
    database.execute("UPDATE deed SET name = '王芳' WHERE sequence = 2")
    database.execute("DELETE FROM deed WHERE sequence = 2")
    database.commit()
    database.close()
    assert store.broken_deeds() == [3]


def test_a_copied_database_without_its_key_opens_nothing(tmp_path: Path) -> None:
    first = StaffStore(tmp_path, CHEAP)
    first.add("王芳", Role.CLERK, PIN, NOW, "root")
    first.close()
    key_of(tmp_path).unlink()
    with pytest.raises(StaffUnreadable, match="lost"):
        StaffStore(tmp_path, CHEAP)
    key_of(tmp_path).write_bytes(bytes(32))
    key_of(tmp_path).chmod(0o600)
    other = StaffStore(tmp_path, CHEAP)
    with pytest.raises(NotLetIn):
        other.sign_in(1, PIN, NOW)
    other.close()
    key_of(tmp_path).chmod(0o644)
    with pytest.raises(StaffUnreadable, match="others"):
        StaffStore(tmp_path, CHEAP)


def test_files_are_for_their_owner_only(tmp_path: Path, store: StaffStore) -> None:
    assert (staff_directory(tmp_path) / FILE_NAME).stat().st_mode & 0o077 == 0
    assert key_of(tmp_path).stat().st_mode & 0o077 == 0


def test_pins_are_kept_as_argon2id_with_the_costs_of_rfc_9106(tmp_path: Path) -> None:
    store = StaffStore(tmp_path)
    store.add("王芳", Role.CLERK, PIN, NOW, "root")
    (stored,) = store._database.execute("SELECT pin FROM member").fetchone()
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    store.close()


def test_a_clerk_may_not_do_what_is_the_operators() -> None:
    assert not Member(1, "王芳", Role.CLERK).may(Permission.SELF_TESTS)
    assert Member(2, "李强", Role.OPERATOR).may(Permission.SELF_TESTS)
    assert Member(2, "李强", Role.OPERATOR).may(Permission.INBOX)


@pytest.mark.parametrize(
    "pin",
    ["12345", "1234567890123", "123456", "890123", "654321", "111111", "112211", "12 456", "１２３４７９"],
)
def test_pins_that_are_guessed_first_are_refused(pin: str) -> None:
    with pytest.raises(AccountUnfit):
        fit_pin(pin)


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_refused(untrusted: str) -> None:
    try:
        name = fit_name(untrusted)
    except AccountUnfit:
        return
    assert name == fit_name(name)
    assert name.isprintable() or " " in name


@given(st.integers(0, 10_000), st.integers(0, 10_000_000))
def test_a_lock_never_shrinks_with_another_failure_and_ends_within_an_hour(count: int, after_s: int) -> None:
    now = NOW + timedelta(seconds=after_s)
    lock, longer = locked_for(Tries(count, NOW), now), locked_for(Tries(count + 1, NOW), now)
    assert timedelta(0) <= lock <= longer <= LONGEST_LOCK


def fail(store: StaffStore, number: int, times: int, now: datetime) -> None:
    for _ in range(times):
        with pytest.raises(NotLetIn):
            store.sign_in(number, "111222", now)
