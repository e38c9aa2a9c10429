"""The departments' side of the demonstration's city: accounts, what is due, bills, tickets."""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from central.city_of import city_of
from central.departments import tables
from central.departments.bus_tables import holder_entitlement, transport_card
from central.departments.hotel_tables import hotel_house, hotel_reservation, hotel_room
from config.catalogue.loading import catalogue

ORDINARY_FEN = 100_000


def opaque(persona: str, use: str) -> str:
    """A stable name that tells nothing: the same for every run, so that a demonstration can be repeated."""
    return hashlib.sha256(f"demonstration:{use}:{persona}".encode()).hexdigest()[:24]


def seed_departments(connection: Connection, now: datetime) -> None:
    """Fills the tables of the departments behind the catalogue."""
    content = city_of(connection).file("departments.toml") or b""
    told: dict[str, Any] = defaultdict(list, tomllib.loads(content.decode("utf-8")))
    _accounts(connection, told["account"])
    for each in told["due"]:
        _add(connection, tables.due, fund=each["fund"], fen=each["fen"], period=each["period"], **_due(each))
    for persona in sorted({each["persona"] for each in told["due"] if each["fund"] == "pension"}):
        until = city_of(connection).day(now + timedelta(days=180))
        values = {"valid_until": until, "by": f"seed-{persona}", "at": now}
        _add(connection, tables.certification, subject=opaque(persona, "subject"), **values)
    for each in told["fund"]:
        values = {"fund": each["fund"], "balance_fen": each["balance_fen"]}
        _add(connection, tables.fund_balance, subject=_subject(each), **values)
    for each in told["bill"]:
        _add(
            connection,
            tables.bill,
            number=each["number"],
            subject=_subject(each),
            biller=each["biller"],
            fen=each["fen"],
            fee_fen=each.get("fee_fen", 0),
            due_date=city_of(connection).day(now + timedelta(days=each["due_in_days"])),
            **_title(each),
        )
    for each in told["medical_bill"]:
        amounts = {"total_fen": each["total_fen"], "excluded_fen": each["excluded_fen"]}
        _add(connection, tables.medical_bill, subject=_subject(each), **amounts, **_title(each))
    for each in told["contribution"]:
        values = {"year": each["year"], "fen": each["fen"]}
        _add(connection, tables.contribution, subject=_subject(each), **values, **_title(each))
    for each in told["gathering"]:
        starts = now + timedelta(minutes=each["starts_in_minutes"])
        ends = starts + timedelta(minutes=each["lasts_minutes"])
        _add(
            connection, tables.gathering, place=each["place"], starts_at=starts, ends_at=ends, **_title(each)
        )
    _venues(connection, told, now)
    _hotels(connection, told, now)
    for card in city_of(connection).transport_cards.values():
        if card.holder:
            _add(connection, transport_card, number=card.number, subject=opaque(card.holder, "subject"))
    for each in told["entitlement"]:
        _add(connection, holder_entitlement, subject=_subject(each), kind=each["kind"])
    for each in told["category"]:
        for category in each["categories"]:
            _add(connection, tables.holder_category, subject=_subject(each), category=category)
    for each in told["staff"]:
        _add(connection, tables.staff, subject=_subject(each), role=each["role"])


def _accounts(connection: Connection, told: list[dict[str, Any]]) -> None:
    bank = city_of(connection).said.issuers.bank
    named = {each["persona"]: each for each in told}
    for id, person in city_of(connection).personas.items():
        mine = named.get(id, {})
        _add(
            connection,
            tables.account,
            id=opaque(id, "account"),
            subject=opaque(id, "subject"),
            ending=person.card_number[-4:],
            active=mine.get("active", True),
            balance_fen=mine.get("balance_fen", ORDINARY_FEN),
            bank_zh=bank.zh,
            bank_en=bank.en,
        )


def _venues(connection: Connection, told: dict[str, Any], now: datetime) -> None:
    for each in told["slot"]:
        for day in range(each["days"]):
            for name in each["names"]:
                when = {"day": city_of(connection).day(now + timedelta(days=day)), "name": name}
                _add(connection, tables.slot, venue=each["venue"], quota=each["quota"], **when)
    for each in told["ticket"]:
        _add(
            connection,
            tables.ticket,
            venue=each["venue"],
            day=city_of(connection).day(now),
            slot=each["slot"],
            subject=_subject(each),
            booked_by="",
        )


def _hotels(connection: Connection, told: dict[str, Any], now: datetime) -> None:
    for each in told.get("hotel_house", ()):
        _add(connection, hotel_house, hotel=each["hotel"], closing=each["closing"])
    for each in told["hotel_room"]:
        for room in each["rooms"]:
            values = {"hotel": each["hotel"], "beds": each["beds"], "wifi": each["wifi"]}
            _add(connection, hotel_room, room=room, **values)
    for each in told["hotel_reservation"]:
        _add(
            connection,
            hotel_reservation,
            number=each["number"],
            hotel=each["hotel"],
            subject=_subject(each),
            room=each["room"],
            from_day=city_of(connection).day(now),
            to_day=city_of(connection).day(now + timedelta(days=each["nights"])),
            guests=each["guests"],
        )


def _due(each: dict[str, Any]) -> dict[str, Any]:
    """A subsidy is named by the catalogue, anything else by itself."""
    subject = {"subject": _subject(each)}
    if subsidy := each.get("subsidy"):
        name = catalogue().subsidies[subsidy].name
        return {**subject, "subsidy": subsidy, "title_zh": name.zh, "title_en": name.en}
    return {**subject, **_title(each)}


def _subject(each: dict[str, Any]) -> str:
    return opaque(each["persona"], "subject")


def _title(each: dict[str, Any]) -> dict[str, str]:
    return {"title_zh": each["title"]["zh"], "title_en": each["title"]["en"]}


def _add(connection: Connection, table: Any, **values: Any) -> None:
    connection.execute(insert(table).values(**values))
