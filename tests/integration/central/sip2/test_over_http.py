"""From the terminal's contract over HTTP to a library's own system on a socket, as a setting chooses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from central.database import Database
from central.departments.chosen import departments_from
from central.departments.library import Library
from central.departments.sip2.library import Sip2Library
from config.settings import SettingsFault
from domain.messages.contract import (
    Delivery,
    IdentificationRequest,
    Outcome,
    PendingWork,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
)
from drivers.central.client import CentralClient
from tests.integration.central.desk import Desk, card
from tests.integration.central.served import served
from tests.integration.central.sip2.acs import Acs, Shelf, drop_after
from tests.integration.central.sip2.conftest import READER, number_of

BUDGET_MS = 5_000


@pytest.fixture
def client(sqlite: Database, acs: Acs, monkeypatch: pytest.MonkeyPatch) -> Iterator[CentralClient]:
    """A centre that read where the library's system is from its environment, as it does when it starts."""
    monkeypatch.setenv("ONECARD_LIBRARY_SIP2", f"127.0.0.1:{acs.port}")
    monkeypatch.setenv("ONECARD_LIBRARY_SIP2_ANSWER_MS", "300")
    with served(sqlite, demonstration=True) as url:
        yield CentralClient(url)


def deliver(client: CentralClient, *made: Transaction) -> tuple[TransactionResult, ...]:
    deliveries = tuple(Delivery(transaction=each, accepted_offline=False, withdrawn=False) for each in made)
    batch = TransactionBatch(terminal=made[0].terminal, pending=PendingWork(count=0), deliveries=deliveries)
    return client.deliver(batch, BUDGET_MS).results


def test_without_a_setting_the_library_is_the_built_in_one(sqlite: Database) -> None:
    assert isinstance(departments_from({}, sqlite)["library"], Library)


def test_one_setting_puts_the_librarys_own_system_in_its_place(sqlite: Database) -> None:
    chosen = departments_from({"ONECARD_LIBRARY_SIP2": "ils.example:6001"}, sqlite)
    assert isinstance(chosen["library"], Sip2Library)
    assert chosen["hotel"] is departments_from({}, sqlite)["hotel"]


@pytest.mark.parametrize(
    "environment",
    [
        {"ONECARD_LIBRARY_SIP2": "ils.example"},
        {"ONECARD_LIBRARY_SIP2": "ils.example:0"},
        {"ONECARD_LIBRARY_SIP2": "ils.example:6001", "ONECARD_LIBRARY_SIP2_CODE_PAGE": "ebcdic"},
        {"ONECARD_LIBRARY_SIP2": "ils.example:6001", "ONECARD_LIBRARY_SIP2_SOKETS": "4"},
        {"ONECARD_LIBRARY_SIP2": "ils.example:6001", "ONECARD_LIBRARY_SIP2_ZONE": "Asia/Binzhou"},
        {"ONECARD_LIBRARY_SIP2": "ils.example:6001", "ONECARD_LIBRARY_SIP2_PASSWORD_FILE": "/nonexistent"},
    ],
)
def test_a_setting_that_makes_no_sense_keeps_the_centre_from_starting(
    environment: dict[str, str], sqlite: Database
) -> None:
    with pytest.raises(SettingsFault):
        departments_from(environment, sqlite)


def test_a_borrow_at_a_terminal_is_a_loan_in_the_librarys_own_system(
    sqlite: Database, client: CentralClient, acs: Acs, shelf: Shelf
) -> None:
    (result,) = deliver(client, Desk(sqlite).make("borrow", "B1", READER))
    assert (result.outcome, result.data["title"]) == (Outcome.CONFIRMED, "红楼梦")
    assert shelf.loans["B1"].reader == number_of(READER)
    assert shelf.done("check-out") == 1


def test_a_borrow_whose_answer_was_lost_is_told_once_and_booked_once(
    sqlite: Database, client: CentralClient, acs: Acs, shelf: Shelf
) -> None:
    acs.next("11", drop_after)
    (result,) = deliver(client, Desk(sqlite).make("borrow", "B1", READER))
    assert result.outcome is Outcome.CONFIRMED
    assert shelf.diary == [("check-out", "B1")]


def test_the_reader_is_identified_with_what_the_librarys_own_system_knows(
    sqlite: Database, client: CentralClient
) -> None:
    desk = Desk(sqlite)
    deliver(client, desk.make("borrow", "B1", READER))
    request = IdentificationRequest(
        terminal=desk.terminal, trust=TrustLevel.READ, credential=card(READER), services=("library",)
    )
    known = client.identify(request, BUDGET_MS).services["library"]
    assert (known["status"], known["loans"]) == ("active", 1)
