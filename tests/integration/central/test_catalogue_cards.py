"""Cards reported lost, certificates, accounts and queries at the centre, on both databases."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from central.database import Database
from central.departments.catalogue.activation import DemonstrationVault
from central.departments.catalogue.kinds import departments_of
from central.departments.catalogue.query import QueryDepartment
from central.departments.registry import DEPARTMENTS
from central.departments.tables import account
from central.fleet import hotlist
from central.tables import card, e_card
from config.catalogue.loading import catalogue
from domain.messages.contract import Outcome, Question, TransactionResult, TrustLevel
from domain.messages.sealed_pin import seal_pin
from tests.cities import personas
from tests.integration.central.catalogue_desk import CatalogueDesk, said
from tests.integration.central.served import served


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


def test_a_lost_card_is_on_the_hotlist_the_moment_it_is_reported(desk: CatalogueDesk) -> None:
    def version() -> int:
        with desk.database.read() as connection:
            return hotlist.delta(connection, 0, desk.now).newest

    before, ending = version(), "0022"
    for wrong in ("", "2", "022", "9999", None):
        result = desk.do("report-lost", "report-lost", "yang-ying", card=wrong)
        assert result.code == "card_management.no_such_card"
    known = desk.make("report-lost", "report-lost", "yang-ying", card=ending)
    assert desk.send(known).outcome is Outcome.CONFIRMED
    assert version() == before + 1
    assert desk.do("my-cards", "ask", "yang-ying").code == "holder.reported_lost"


def test_an_electronic_card_is_named_by_four_characters_not_by_fewer(desk: CatalogueDesk) -> None:
    (mine,) = desk.rows(select(e_card.c.id).where(e_card.c.subject == desk.subject("yang-ying")))
    for wrong in (mine.id[-1:], mine.id[-3:], mine.id[-5:], mine.id):
        result = desk.do("report-lost", "report-lost", "yang-ying", card=wrong)
        assert result.code == "card_management.no_such_card"
    assert (
        desk.do("report-lost", "report-lost", "yang-ying", card=mine.id[-4:]).data["ending"] == mine.id[-4:]
    )


def locked(desk: CatalogueDesk, persona: str) -> tuple[set[bool], set[bool]]:
    """What is locked of this holder's cards and of the electronic ones."""
    subject = desk.subject(persona)
    cards = desk.rows(select(card.c.locked).where(card.c.subject == subject))
    e_cards = desk.rows(select(e_card.c.locked).where(e_card.c.subject == subject))
    return {bool(row.locked) for row in cards}, {bool(row.locked) for row in e_cards}


def reported(desk: CatalogueDesk, by: str, **typed: Any) -> TransactionResult:
    lost = personas()["yang-ying"]
    body = {"number": lost.social_security_number, "name": lost.name, **typed}
    return desk.do("report-lost-for", "report-lost-for", by, **body)


def test_a_clerk_reports_the_cards_of_somebody_with_nothing_to_show(desk: CatalogueDesk) -> None:
    with desk.database.read() as connection:
        before = hotlist.delta(connection, 0, desk.now)
    first = reported(desk, "liu-zhiyong", e_cards=False)
    assert first.data["endings"] == ["0022"]
    assert locked(desk, "yang-ying") == ({True}, {False})
    second = reported(desk, "liu-zhiyong", e_cards=True)
    assert isinstance(second.data["endings"], list)
    assert len(second.data["endings"]) == 1
    assert locked(desk, "yang-ying") == ({True}, {True})
    assert said(reported(desk, "liu-zhiyong", e_cards=True)) == "card_management.already_lost"
    with desk.database.read() as connection:
        assert hotlist.delta(connection, 0, desk.now).newest > before.newest
    assert locked(desk, "liu-zhiyong")[0] == {False}


@pytest.mark.parametrize(
    ("by", "typed", "reason"),
    [
        ("visitor", {}, "card_management.clerk_only"),
        ("yang-ying", {}, "card_management.clerk_only"),
        ("liu-zhiyong", {"name": "杨影"}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"name": ""}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"name": None}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"number": "371600198504170016x"}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"number": ["%"]}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"trust": TrustLevel.VERIFIED}, "trust.too_low"),
    ],
)
def test_nothing_is_locked_for_anybody_else(
    desk: CatalogueDesk, by: str, typed: dict[str, Any], reason: str
) -> None:
    assert said(reported(desk, by, **typed)) == reason
    assert locked(desk, "yang-ying") == ({False}, {False})


def test_a_pensioner_is_certified_for_a_year_and_only_a_pensioner_for_longer(desk: CatalogueDesk) -> None:
    result = desk.do("life-certification", "certify", "liu-shunli")
    assert result.data["valid_until"] == "2027-11-23"


def test_an_account_is_activated_once_with_a_pin_the_bank_can_read(database: Database) -> None:
    desk = CatalogueDesk(database, departments_of(catalogue(), DemonstrationVault()))
    told = desk.ask("activate-account", "account", "li-peijun")
    sealed = seal_pin("271828", str(told["key"]), str(told["account"]))
    for body, reason in (
        ({"agreed": False, "sealed_pin": sealed}, "activation.not_agreed"),
        ({"agreed": True, "sealed_pin": "nonsense"}, "activation.pin_unreadable"),
        (
            {"agreed": True, "sealed_pin": seal_pin("271828", str(told["key"]), "other")},
            "activation.pin_unreadable",
        ),
        ({"agreed": True, "sealed_pin": sealed}, ""),
        ({"agreed": True, "sealed_pin": sealed}, "activation.already_active"),
    ):
        assert desk.do("activate-account", "activate", "li-peijun", **body).code == reason


def test_without_a_vault_no_pin_is_sealed_and_no_account_opened(desk: CatalogueDesk) -> None:
    """FC-47, also for a PIN sealed for the key pair that stands in the source."""
    assert desk.ask("activate-account", "account", "li-peijun") == {"refusal": "activation.no_bank"}
    mine = select(account.c.id, account.c.active).where(account.c.subject == desk.subject("li-peijun"))
    (before,) = desk.rows(mine)
    sealed = seal_pin("271828", DemonstrationVault().public_key, before.id)
    result = desk.do("activate-account", "activate", "li-peijun", agreed=True, sealed_pin=sealed)
    assert (result.outcome, result.code) == (Outcome.REFUSED, "activation.no_bank")
    assert desk.rows(mine) == [before]


@pytest.mark.parametrize("demonstration", [False, True])
def test_the_test_key_of_a_bank_is_served_in_a_demonstration_alone(
    database: Database, demonstration: bool
) -> None:
    """FC-47, over HTTP as a terminal asks."""
    desk = CatalogueDesk(database)
    question = Question(
        terminal=desk.terminal,
        subject=desk.seen("li-peijun"),
        service="activate-account",
        name="account",
        body={},
    )
    with served(database, demonstration=demonstration, now=lambda: desk.now) as url:
        answered = httpx.post(f"{url}/v1/questions", json=question.model_dump(mode="json"))
    data = answered.raise_for_status().json()["data"]
    refusal = None if demonstration else "activation.no_bank"
    assert ("key" in data, data.get("refusal")) == (demonstration, refusal)


def test_a_query_books_nothing_whatever_it_is_sent(desk: CatalogueDesk) -> None:
    assert desk.do("my-bills", "pay", "liu-zhiyong").code == "central.action_unknown"


def test_every_query_of_the_catalogue_has_an_answer_for_everybody(desk: CatalogueDesk) -> None:
    for service, department in DEPARTMENTS.items():
        if isinstance(department, QueryDepartment):
            for persona in ("liu-zhiyong", "li-xinhua", "hotel-child"):
                assert "rows" in desk.ask(service, "list", persona), service
