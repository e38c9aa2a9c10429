"""Rider categories, and eligibility for concessions."""

from __future__ import annotations

from datetime import date, datetime

from domain.fares.city import Concession, Eligibility
from domain.fares.ride import RideHistory, Rider
from domain.fares.tariff import Tariff


def age(birth_date: date, today: date) -> int:
    """Full years; who was born on 29 February is a year older on 1 March of a common year."""
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def is_meant(rule: Eligibility, rider: Rider, today: date) -> bool:
    """Age and entitlement must both hold where both are named; what is not known of a rider does not."""
    if rule.entitlement is not None and not any(
        entitlement.kind == rule.entitlement and (entitlement.until is None or today <= entitlement.until)
        for entitlement in rider.entitlements
    ):
        return False
    if rule.age_from is None and rule.age_to is None:
        return True
    if rider.birth_date is None or rider.birth_date > today:
        return False
    years = age(rider.birth_date, today)
    return (rule.age_from is None or years >= rule.age_from) and (rule.age_to is None or years <= rule.age_to)


def categories_of(tariff: Tariff, rider: Rider, today: date) -> frozenset[str]:
    """Every rider category whose products this rider may use; the default one always, and no category."""
    anybody = frozenset(("", tariff.default_category))
    if rider.birth_date is None and not rider.entitlements:
        return anybody
    return anybody.union(
        category.rider_category_id for category in tariff.city.category if is_meant(category, rider, today)
    )


def concession_for(
    tariff: Tariff,
    rider: Rider,
    where: tuple[str, str],
    local: datetime,
    day: date,
    history: RideHistory,
) -> Concession | None:
    """The one that leaves least to pay; of equal ones the first. ``where`` is network and fare medium."""
    mine = [
        concession
        for concession in tariff.city.concession
        if is_meant(concession, rider, local.date())
        and concession.holds(*where, local, tariff.calendar)
        and _rides_left(concession, day, history)
    ]
    return min(mine, key=lambda concession: concession.pays_percent, default=None)


def _rides_left(concession: Concession, day: date, history: RideHistory) -> bool:
    if concession.rides_per_day is None:
        return True
    used = [ride for ride in history.rides if ride.concession_id == concession.id and ride.fare_day == day]
    return len(used) < concession.rides_per_day
