"""Codes of electronic cards: a minute, one use, one terminal; and nothing kept that could be shown again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from central.database import Database
from central.departments.registry import DEPARTMENTS
from central.e_cards import LIFE, issue, wallets
from central.holders import REPEATED_WITHIN, identify
from central.tables import e_card, e_card_token
from central.unidentified import Unidentified
from domain.codes.code import ECardToken
from domain.messages.contract import ECardTokenPresented, Holder, IdentificationRequest, TrustLevel
from drivers.codes.classify import classify
from tests.integration.central.conftest import NOW


@pytest.fixture
def wallet(database: Database) -> str:
    with database.read() as connection:
        return next(each.id for each in wallets(connection) if each.persona == "liu-zhiyong")


def issued(database: Database, wallet: str) -> str:
    numbers = iter(range(1000))
    token = database.write(
        lambda connection: issue(connection, wallet, lambda limit: next(numbers) % limit, NOW)
    )
    assert token is not None
    return token.token


def shown(
    database: Database, token: str, after: timedelta = timedelta(0), terminal: str = "BZ-LIB-0001"
) -> Holder:
    request = IdentificationRequest(
        terminal=terminal, trust=TrustLevel.NONE, credential=ECardTokenPresented(token=token)
    )
    return database.write(lambda connection: identify(connection, request, DEPARTMENTS, NOW + after))


def test_a_code_names_its_holder_masked_and_verified(database: Database, wallet: str) -> None:
    holder = shown(database, issued(database, wallet))
    assert holder.masked_name == "刘*勇"
    assert holder.trust is TrustLevel.VERIFIED
    assert "刘志勇" not in holder.model_dump_json()
    assert "198504170016" not in holder.model_dump_json()


def test_a_code_is_what_the_terminals_take_for_one(database: Database, wallet: str) -> None:
    token = issued(database, wallet)
    assert classify("QRCode", token, token.encode()) == ECardToken(token)


def refusal(database: Database, token: str, after: timedelta, terminal: str = "BZ-LIB-0001") -> str:
    with pytest.raises(Unidentified) as refused:
        shown(database, token, after, terminal)
    return refused.value.reason


def test_a_screenshot_after_its_minute_is_refused(database: Database, wallet: str) -> None:
    assert refusal(database, issued(database, wallet), LIFE) == "e_card.expired"


def test_a_code_is_used_once(database: Database, wallet: str) -> None:
    token = issued(database, wallet)
    shown(database, token)
    assert shown(database, token, REPEATED_WITHIN).masked_name == "刘*勇"
    late = REPEATED_WITHIN + timedelta(seconds=1)
    assert refusal(database, token, late) == "e_card.already_used"
    assert refusal(database, token, timedelta(seconds=1), "BZ-LIB-0002") == "e_card.already_used"


def test_an_invented_code_is_unknown(database: Database) -> None:
    assert refusal(database, "OC1:" + "A" * 40, timedelta(0)) == "e_card.unknown"


def test_a_locked_card_serves_nobody(database: Database, wallet: str) -> None:
    token = issued(database, wallet)
    database.write(lambda connection: connection.execute(update(e_card).values(locked=True)))
    assert refusal(database, token, timedelta(0)) == "holder.reported_lost"


def test_the_database_holds_no_code_that_could_be_shown(database: Database, wallet: str) -> None:
    token = issued(database, wallet)
    with database.read() as connection:
        rows = connection.execute(select(e_card_token)).all()
    assert rows
    assert token not in repr(rows)
    assert token[4:] not in repr(rows)
