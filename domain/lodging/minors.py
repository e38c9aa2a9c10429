"""Children in a house: none stays or sleeps without an adult, unless the guardian is on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ADULT = 18
"""Age of majority (Civil Code art. 17). Records for minors: 公安部, the five musts (五必须), 2021."""


@dataclass(frozen=True, slots=True)
class Sleeper:
    """One guest of a room until a day. ``born`` is None where it is unknown, which counts as adult.
    ``guarded``: guardian, phone and relation are on record."""

    stay: int
    room: str
    born: date | None
    until: date
    guarded: bool = False


def age(born: date, day: date) -> int:
    """Full years of age. Somebody born on 29 February is a year older from 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def unattended(sleepers: Iterable[Sleeper], day: date) -> frozenset[int]:
    """Stays of the minors without a guardian on record and without an adult who stays in the same room at
    least as long."""
    everybody = tuple(sleepers)
    adults: dict[str, date] = {}
    for each in everybody:
        if _is_adult(each, day):
            adults[each.room] = max(each.until, adults.get(each.room, each.until))
    return frozenset(
        each.stay
        for each in everybody
        if not _is_adult(each, day)
        and not each.guarded
        and (each.room not in adults or adults[each.room] < each.until)
    )


def newly_unattended(before: Iterable[Sleeper], after: Iterable[Sleeper], day: date) -> frozenset[int]:
    """Children whom an action leaves alone; those who were alone before refuse no other guest."""
    return unattended(after, day) - unattended(before, day)


def guardian_on_record(record: Mapping[str, object]) -> bool:
    """Whether name, phone and relation of a minor's guardian are all there."""
    phone = str(record.get("phone") or "")
    digits = sum(character.isdecimal() for character in phone)
    named = all(_said(record.get(name)) for name in ("name", "relation"))
    return named and 7 <= digits <= 15 and len(phone) <= 24


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable() and len(value) <= 40


def _is_adult(sleeper: Sleeper, day: date) -> bool:
    return sleeper.born is None or age(sleeper.born, day) >= ADULT
