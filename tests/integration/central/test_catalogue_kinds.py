"""Kinds of service at the centre, each with what goes well and what is refused, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from central.database import Database
from central.departments.tables import bill
from domain.messages.contract import Outcome
from tests.integration.central.catalogue_desk import CatalogueDesk


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


def test_a_bill_goes_to_the_biller_and_its_fee_to_the_bank(desk: CatalogueDesk) -> None:
    result = desk.do("pay-electricity", "pay", "yang-ying", number="E20261100001", amount_fen=12_885)
    assert (result.data["amount_fen"], result.data["fee_fen"]) == (12_835, 50)
    assert desk.movements("yang-ying") == [-12_835, -50]
    again = desk.do("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=12_885)
    assert again.code == "payment.already_paid"


@pytest.mark.parametrize(
    ("service", "number", "amount", "reason"),
    [
        ("pay-water", "W20261199999", 4_680, "payment.no_such_bill"),
        ("pay-gas", "W20261100001", 4_680, "payment.no_such_bill"),
        ("pay-water", "W20261100001", 4_679, "payment.amount_changed"),
        ("pay-water", None, 4_680, "payment.no_such_bill"),
        ("pay-water", "W20261100001", None, "payment.amount_changed"),
    ],
)
def test_a_bill_that_is_not_there_or_not_that_is_not_paid(
    desk: CatalogueDesk, service: str, number: Any, amount: Any, reason: str
) -> None:
    assert desk.do(service, "pay", "liu-zhiyong", number=number, amount_fen=amount).code == reason
    assert desk.movements("liu-zhiyong") == []


def test_too_little_on_the_account_takes_neither_bill_nor_fee(desk: CatalogueDesk) -> None:
    dear = update(bill).where(bill.c.number == "E20261100001").values(fen=100_000)
    desk.database.write(lambda connection: connection.execute(dear))
    result = desk.do("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=100_050)
    assert result.code == "payment.too_little"
    assert desk.movements("liu-zhiyong") == []


def test_a_withdrawn_payment_gives_bill_and_fee_back(desk: CatalogueDesk) -> None:
    made = desk.make("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=12_885)
    desk.send(made)
    assert desk.send(made, withdrawn=True).outcome is Outcome.WITHDRAWN
    assert sum(desk.movements("liu-zhiyong")) == 0
    assert (
        desk.do("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=12_885).code == ""
    )


def test_a_patient_registers_settles_and_gets_the_own_part_back(desk: CatalogueDesk) -> None:
    first = desk.do("hospital-registration", "register", "patient", clinic="Surgery")
    assert (first.data["number"], first.data["zh"]) == (1, "外科")
    again = desk.do("hospital-registration", "register", "patient", clinic="Surgery")
    assert (again.code, again.data["number"]) == ("medical.already_registered", 1)
    assert desk.do("hospital-registration", "register", "visitor", clinic="Surgery").data["number"] == 2
    (shown,) = rows(desk, "hospital-settlement", "open")
    assert (shown["insured_fen"], shown["own_fen"]) == (24_832, 13_808)
    number = int(shown["bill"])
    settle = desk.do("hospital-settlement", "settle", "patient", bill=number, amount_fen=13_808)
    assert settle.outcome is Outcome.CONFIRMED
    assert desk.do("hospital-settlement", "settle", "patient", bill=number, amount_fen=13_808).code == (
        "medical.already_settled"
    )
    assert desk.do("hospital-refund", "refund", "patient", bill=number, amount_fen=13_808).code == ""
    assert desk.do("hospital-refund", "refund", "patient", bill=number).code == "medical.already_refunded"
    assert desk.movements("patient") == [-13_808, 13_808]


def rows(desk: CatalogueDesk, service: str, question: str) -> list[dict[str, Any]]:
    found = desk.ask(service, question, "patient")["rows"]
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, dict)]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"bill": 99, "amount_fen": 13_808}, "medical.no_such_bill"),
        ({"bill": True, "amount_fen": 13_808}, "medical.no_such_bill"),
        ({"bill": 1, "amount_fen": 13_807}, "payment.amount_changed"),
    ],
)
def test_another_bill_or_another_amount_is_not_settled(
    desk: CatalogueDesk, more: dict[str, Any], reason: str
) -> None:
    assert desk.do("hospital-settlement", "settle", "patient", **more).code == reason


def test_nobody_settles_the_bill_of_somebody_else(desk: CatalogueDesk) -> None:
    result = desk.do("hospital-settlement", "settle", "visitor", bill=1, amount_fen=13_808)
    assert result.code == "medical.no_such_bill"
