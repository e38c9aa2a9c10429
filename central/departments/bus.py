"""Buses: rides that have happened, rated again by the same engine, settled by day, line, product, funder.

A ride is never refused for its price: the ride has already happened. From what the terminal knew, the
centre must come to the same fen, else an alarm is raised; from all it knows itself (rides on other
vehicles, what the holder is entitled to) it may come to less, and then less is charged. It never charges
more than the price that was rightly shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, case, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central import alarms
from central.city_of import city_of
from central.departments.bus_tables import bus_ride, bus_saving, holder_entitlement, promotion_spent
from central.departments.department import Business, Decision, Enquiry, Visitor, confirmed, refused
from central.departments.money import Bank, BankRefused, BuiltInBank
from central.departments.tariffs import CityTariffs
from central.fleet.entitlements import kinds_once_told
from central.tables import holder
from config.catalogue.entries import Name
from config.faults import Fault
from domain.fares import (
    ANYONE,
    Because,
    Entitlement,
    Fare,
    FareLine,
    RideHistory,
    Rider,
    Standing,
    Tap,
    TapKind,
    Tariff,
    rate,
)
from domain.fares.keeping import KEPT, as_json, from_json
from domain.messages.contract import (
    CredentialMessage,
    SocialSecurityCardPresented,
    Transaction,
    TUnionCardPresented,
)

TITLE = Name(zh="公交乘车", en="Bus ride")


class Bus:
    """See ``central.departments.department.Department``."""

    def __init__(self, tariffs: Mapping[str, Tariff] | None = None, bank: Bank | None = None) -> None:
        self._tariffs = tariffs
        self._city = CityTariffs()
        self._bank = bank or BuiltInBank()

    def apply(self, connection: Connection, business: Business) -> Decision:
        transaction = business.transaction
        if transaction.action != "ride":
            return refused("central.action_unknown")
        if not business.subject:
            return refused("holder.not_presented")
        body = transaction.body
        tariffs = self._city.known(connection) if self._tariffs is None else self._tariffs
        tariff = tariffs.get(str(body.get("tariff")))
        try:
            tap = tap_of(body.get("tap"))
        except (TypeError, ValueError, KeyError):
            return refused("central.malformed")
        if tariff is None:
            self._alarm(connection, transaction, "unknown tariff", business.now)
            return confirmed(charged_fen=0)
        known = self._rides(connection, business.subject, tap.at)
        here = RideHistory(tuple(ride for ride in known.rides if ride.validator == tap.validator))
        told = body.get("amount_fen")
        told_fen = told if isinstance(told, int) and not isinstance(told, bool) else 0
        day = city_of(connection).day(tap.at)
        rider = self._rider(connection, business, day)
        whole = self._whole_rider(connection, business.subject, day)
        spent = body.get("spent")
        try:
            again = rate(tariff, tap, rider, here, _amounts(spent))
            fare = rate(tariff, tap, whole, known, self._spent(connection))
        except Fault as fault:
            self._alarm(connection, transaction, fault.code, business.now)
            return confirmed(charged_fen=0)
        if asked_fen(again, tap) != told_fen:
            detail = f"told {told_fen}, rated {asked_fen(again, tap)}"
            self._alarm(connection, transaction, detail, business.now)
        else:
            fare = not_above_told(fare, tap, told_fen)
        if fare.standing is Standing.SAME_RIDE:
            return confirmed(charged_fen=0, same_ride=True)
        return self._book(connection, business, tap, fare, told_fen)

    def apply_replayed(self, connection: Connection, business: Business) -> Decision:
        """The holder of a copied code pays for one ride, the first one submitted."""
        return confirmed(charged_fen=0, replayed=True)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """A ride that has happened stands."""
        return False

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]:
        """Facts a fare may depend on, for holders whose card or code does not carry them."""
        today = city_of(connection).day(visitor.now)
        born = connection.execute(
            select(holder.c.birth_date).where(holder.c.subject == visitor.subject)
        ).scalar()
        kinds = [each.kind for each in entitlements_of(connection, visitor.subject, today)]
        return {"born": born.isoformat() if born else None, "entitlements": list[JsonValue](kinds)}

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``budgets``: fen each promotion has paid so far, over all vehicles."""
        if enquiry.name != "budgets":
            return None
        return {"spent": dict[str, JsonValue](self._spent(connection))}

    def _book(
        self, connection: Connection, business: Business, tap: Tap, fare: Fare, told_fen: int
    ) -> Decision:
        fen = asked_fen(fare, tap)
        charged = self._charge(connection, business, fen)
        told_by = str(business.transaction.body.get("tariff"))
        ride = fare.ride
        if tap.kind is TapKind.ALIGHT:
            connection.execute(
                update(bus_ride)
                .where(bus_ride.c.id == ride.id)
                .values(
                    fen=fare.fen,
                    full_fen=fare.full_fen,
                    told_fen=bus_ride.c.told_fen + told_fen,
                    ride=as_json(ride),
                )
            )
            connection.execute(delete(bus_saving).where(bus_saving.c.ride == ride.id))
        else:
            connection.execute(
                insert(bus_ride).values(
                    id=ride.id,
                    by=str(business.transaction.id),
                    terminal=business.transaction.terminal,
                    subject=business.subject,
                    boarded=ride.boarded,
                    day=ride.fare_day,
                    line=ride.route_id,
                    product=ride.fare_product_id,
                    riders=ride.riders,
                    told_fen=told_fen,
                    fen=fen,
                    full_fen=fare.full_fen,
                    promotion=ride.promotion_id,
                    ride=as_json(ride),
                    charged=charged,
                    tariff=told_by,
                    outdated=self._outdated(connection, told_by, tap.at),
                )
            )
        for funder, saved in fare.saving_by_funder.items():
            connection.execute(
                insert(bus_saving).values(ride=ride.id, funder=funder, day=ride.fare_day, fen=saved)
            )
        if ride.promotion_id:
            self._spend(connection, ride.promotion_id, ride.promotion_fen)
        return confirmed(charged_fen=fen, paid=charged)

    def _outdated(self, connection: Connection, version: str, at: datetime) -> bool:
        return self._tariffs is None and version not in self._city.in_force(connection, at)

    def _charge(self, connection: Connection, business: Business, fen: int) -> bool:
        """Charge the fare; an amount that cannot be charged is owed, and stands in the settlement as such."""
        if fen == 0:
            return True
        by, now = str(business.transaction.id), business.now
        try:
            self._bank.move(connection, business.subject, -fen, "bus", TITLE, by, now)
        except BankRefused:
            return False
        return True

    def _rides(self, connection: Connection, subject: str, at: datetime) -> RideHistory:
        rows = connection.execute(
            select(bus_ride.c.ride).where(
                bus_ride.c.subject == subject,
                bus_ride.c.boarded >= at - KEPT,
                bus_ride.c.boarded <= at + KEPT,
            )
        )
        return RideHistory(tuple(from_json(ride) for (ride,) in rows))

    def _rider(self, connection: Connection, business: Business, day: date) -> Rider:
        """Rider as the terminal knew the holder: from the register now, or at the version of the list that
        the vehicle decided by. Both sides must decide from the same facts.
        """
        told, subject = business.transaction.body, business.subject
        born = None
        if told.get("born"):
            found = select(holder.c.birth_date).where(holder.c.subject == subject)
            born = connection.execute(found).scalar()
        named = told.get("entitlements")
        kinds = {str(each) for each in named} if isinstance(named, list) else set()
        known = entitlements_of(connection, subject, day) if kinds else ()
        entitled = tuple(each for each in known if each.kind in kinds)
        version = told.get("entitlement_list")
        if kinds and isinstance(version, int) and not isinstance(version, bool):
            card = subject_key_of(business.transaction.credential)
            missing = kinds - {each.kind for each in entitled}
            once = kinds_once_told(connection, card, version) & missing if missing and card else frozenset()
            entitled += tuple(Entitlement(kind) for kind in sorted(once))
        return Rider(born, entitled) if born or entitled else ANYONE

    def _whole_rider(self, connection: Connection, subject: str, day: date) -> Rider:
        """Rider with everything the register has of the holder, including rights unknown to card, code and
        vehicle.
        """
        found = connection.execute(select(holder.c.birth_date).where(holder.c.subject == subject)).scalar()
        return Rider(found, entitlements_of(connection, subject, day))

    def _spent(self, connection: Connection) -> dict[str, int]:
        return {row.promotion: row.fen for row in connection.execute(select(promotion_spent))}

    def _spend(self, connection: Connection, promotion: str, fen: int) -> None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        first = dialect.insert(promotion_spent).values(promotion=promotion, fen=fen)
        more = {"fen": promotion_spent.c.fen + fen}
        connection.execute(first.on_conflict_do_update(index_elements=["promotion"], set_=more))

    def _alarm(self, connection: Connection, transaction: Transaction, detail: str, now: datetime) -> None:
        alarms.raise_alarm(connection, transaction.terminal, "fare", transaction.sequence, detail[:200], now)


def senior_age(tariffs: Mapping[str, Tariff]) -> int | None:
    """The youngest age that rides for less by any of these tariffs; None where none asks for an age."""
    ages = [
        rule.age_from
        for tariff in tariffs.values()
        for rule in (*tariff.city.concession, *tariff.city.category)
        if rule.age_from is not None
    ]
    return min(ages, default=None)


def subject_key_of(credential: CredentialMessage | None) -> str:
    """As vehicles name a card; empty for what is none."""
    match credential:
        case SocialSecurityCardPresented(identification_code=code):
            return f"card:{code}"
        case TUnionCardPresented(number=number):
            return f"t_union:{number}"
    return ""


def entitlements_of(connection: Connection, subject: str, day: date) -> tuple[Entitlement, ...]:
    """Entitlements that the register certifies on this day."""
    valid = (holder_entitlement.c.until.is_(None)) | (holder_entitlement.c.until >= day)
    query = select(holder_entitlement).where(holder_entitlement.c.subject == subject, valid)
    return tuple(Entitlement(each.kind, each.until) for each in connection.execute(query))


def asked_fen(fare: Fare, tap: Tap) -> int:
    """Amount that this tap moves, in fen: a tap off settles the amount that was held."""
    return fare.fen - fare.held_fen if tap.kind is TapKind.ALIGHT else fare.fen


def not_above_told(fare: Fare, tap: Tap, told_fen: int) -> Fare:
    """A rider who was rightly shown a price on board pays no more, whatever the centre knows better (a
    promotion's budget that is used up, a third ride on another vehicle): the operator bears the difference.
    """
    over = asked_fen(fare, tap) - told_fen
    if over <= 0 or fare.standing is Standing.SAME_RIDE:
        return fare
    line = FareLine(Because.AS_TOLD, "docs/fares.md", -over)
    ride = replace(fare.ride, fen=fare.ride.fen - over, holder_fen=max(0, fare.ride.holder_fen - over))
    return replace(fare, fen=fare.fen - over, lines=(*fare.lines, line), ride=ride)


def tap_of(untrusted: JsonValue) -> Tap:
    """Raises ``TypeError``, ``ValueError``, ``KeyError`` for what is no tap."""
    if not isinstance(untrusted, dict):
        raise TypeError("not a tap")
    return Tap(
        id=str(untrusted["id"])[:36],
        at=datetime.fromisoformat(str(untrusted["at"])),
        validator=str(untrusted["validator"])[:64],
        route_id=str(untrusted["route_id"]),
        fare_media_id=str(untrusted["fare_media_id"]),
        stop_id=str(untrusted.get("stop_id") or ""),
        kind=TapKind(str(untrusted["kind"])),
        riders=int(str(untrusted["riders"])),
        one_more=untrusted.get("one_more") is True,
    )


def _amounts(untrusted: JsonValue) -> dict[str, int]:
    found = untrusted if isinstance(untrusted, dict) else {}
    return {name: fen for name, fen in found.items() if isinstance(fen, int) and not isinstance(fen, bool)}


def settlement(connection: Connection, first: date, last: date) -> list[dict[str, Any]]:
    """By day, line, product: rides, what riders pay, what is owed, what each funder takes over."""
    savings = (
        select(bus_saving.c.ride, bus_saving.c.funder, bus_saving.c.fen)
        .where(bus_saving.c.day.between(first, last))
        .subquery()
    )
    grouped = (bus_ride.c.day, bus_ride.c.line, bus_ride.c.product, savings.c.funder)
    rows = connection.execute(
        select(
            *grouped,
            func.count().label("rides"),
            func.sum(bus_ride.c.full_fen).label("full_fen"),
            func.sum(bus_ride.c.fen).label("paid_fen"),
            func.sum(case((bus_ride.c.charged, 0), else_=bus_ride.c.fen)).label("owed_fen"),
            func.coalesce(func.sum(savings.c.fen), 0).label("funded_fen"),
        )
        .select_from(bus_ride.outerjoin(savings, savings.c.ride == bus_ride.c.id))
        .where(bus_ride.c.day.between(first, last))
        .group_by(*grouped)
        .order_by(*grouped)
    )
    return [dict(row._mapping) for row in rows]
