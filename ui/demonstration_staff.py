"""Staff of a demonstration: a clerk and an operator whose PINs stand on its tray, new ones at every start."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from terminal.staff.account import Role, fit_pin
from terminal.staff.faults import AccountUnfit
from terminal.staff.store import StaffStore

NAMES = {Role.CLERK: "演示柜员", Role.OPERATOR: "演示运维"}
BY = "demonstration"


@dataclass(frozen=True, slots=True)
class Account:
    """Number and PIN for trying the staff pages."""

    number: int
    name: str
    pin: str


def random_pin(below: Callable[[int], int] = secrets.randbelow) -> str:
    """Six digits that are fit for an account."""
    while True:
        try:
            return fit_pin(f"{below(10**6):06}")
        except AccountUnfit:
            continue


def demonstration_staff(data: Path, now: datetime) -> tuple[Account, ...]:
    """Both accounts, made or given a new PIN. ``data`` is the terminal's. Raises ``StaffFault``."""
    store = StaffStore(data)
    try:
        known = {member.name: member.number for member in store.members()}
        accounts = []
        for role, name in NAMES.items():
            pin = random_pin()
            if number := known.get(name):
                store.change_pin(number, pin, now, BY)
                store.unlock(number, now, BY)
            else:
                number = store.add(name, role, pin, now, BY).number
            accounts.append(Account(number, name, pin))
        return tuple(accounts)
    finally:
        store.close()
