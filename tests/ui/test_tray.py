"""The demonstration's tray: who tries the staff pages finds there what to type."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from terminal.staff.account import Role
from terminal.staff.store import StaffStore
from ui.demonstration_staff import demonstration_staff, random_pin

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_both_accounts_of_a_demonstration_sign_in_also_after_it_was_started_again(tmp_path: Path) -> None:
    first, second = demonstration_staff(tmp_path, NOW), demonstration_staff(tmp_path, NOW)
    assert [account.number for account in first] == [account.number for account in second] == [1, 2]
    store = StaffStore(tmp_path)
    try:
        roles = [store.sign_in(account.number, account.pin, NOW).role for account in second]
    finally:
        store.close()
    assert roles == [Role.CLERK, Role.OPERATOR]


def test_a_pin_that_would_be_guessed_first_is_never_given() -> None:
    drawn = iter((123456, 111111, 654321, 11, 482913))
    assert random_pin(lambda _: next(drawn)) == "482913"
