"""The published contract, asked everything its own description allows and much that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings

from central.database import Database
from central.seeding import seed
from domain.messages.contract import Problem
from terminal.app.embedded import EmbeddedCentral
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import card
from tests.integration.central.served import served


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('central') / 'central.db'}")
    database.write(lambda connection: seed(connection, NOW))
    yield database
    database.close()


@pytest.fixture(scope="module")
def demonstration(database: Database) -> Iterator[str]:
    with served(database, demonstration=True) as url:
        yield url


@pytest.fixture(scope="module")
def city(database: Database) -> Iterator[str]:
    with served(database, demonstration=False) as url:
        yield url


def test_no_message_whatever_makes_the_centre_fail(demonstration: str) -> None:
    contract = schemathesis.openapi.from_url(f"{demonstration}/openapi.json")
    operations = [result.ok() for result in contract.get_all_operations()]
    assert len(operations) >= 6
    for operation in operations:

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def any_message(case: schemathesis.Case) -> None:
            response = case.call()
            assert response.status_code < 500
            if response.status_code >= 400:
                Problem.model_validate(response.json())

        any_message()


def test_a_mistake_is_named_by_its_place_and_never_repeated(city: str) -> None:
    secret = "371600198504170016"
    message = {
        "terminal": "T-1",
        "trust": "read",
        "credential": {**card("liu-zhiyong").model_dump(), "card_number": secret},
    }
    response = requests.post(f"{city}/v1/identifications", json=message, timeout=30)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert "card_number" in response.json()["detail"]
    assert secret not in response.text


def test_a_city_has_no_demonstration_phones(city: str) -> None:
    assert requests.get(f"{city}/v1/wallets", timeout=30).status_code == 404
    assert requests.get(f"{city}/wallet", timeout=30).status_code == 404


def test_a_phone_shows_its_code_on_a_page_that_loads_nothing_from_elsewhere(demonstration: str) -> None:
    wallet = requests.get(f"{demonstration}/v1/wallets", timeout=30).json()["wallets"][0]["id"]
    page = requests.get(f"{demonstration}/wallet/{wallet}", timeout=30)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "371600" not in page.text
    for name in ("wallet.js", "wallet_code.js", "wallet.css"):
        file = requests.get(f"{demonstration}/wallet/files/{name}", timeout=30)
        assert file.status_code == 200
        assert "://" not in file.text.replace("http://www.w3.org/2000/svg", "")
    assert requests.get(f"{demonstration}/wallet/files/__init__.py", timeout=30).status_code == 404


def test_an_embedded_centre_answers_within_seconds_and_ends_with_its_terminal(tmp_path: Path) -> None:
    central = EmbeddedCentral(tmp_path, demonstration=True)
    central.start()
    assert requests.get(f"{central.url}/v1/health", timeout=10).json()["contract"] == "1.0"
    url = central.url
    central.kill()
    central.start()
    assert central.url == url
    assert len(requests.get(f"{url}/v1/wallets", timeout=10).json()["wallets"]) > 10
    central.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/v1/health", timeout=30)
