"""The centre's HSM proves cards for a terminal without a PSAM: real HTTP, virtual cards, test keys."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from central.allowance import MINUTE_S, Allowance
from central.database import Database
from central.hsm import MOST_A_MINUTE
from config.test_card_keys import TEST_CARD_KEYS
from domain.cards.faults import CardNotGenuine
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import HsmAuthenticator
from drivers.cards.psam import KeyUse
from drivers.cards.social_security import Authentication
from drivers.central.client import CentralClient
from drivers.virtual.personas import make_of
from drivers.virtual.social_security_card import VirtualSocialSecurityCard
from terminal.identification.central_hsm import CentralHsm
from tests.cities import card_of, personas
from tests.integration.central.served import served
from tests.unit.drivers.cards.conftest import DirectConnection

CARDS = ("liu-zhiyong", "patient", "closed-holder-file")
BUDGET_MS = 5_000
QUESTION = {
    "terminal": "BZ-TEST-0001",
    "identification_code": "371600" + "0" * 26,
    "algorithm": "3DES",
    "factor": "00" * 8,
    "challenges": [{"use": "internal", "seed": "01" * 8, "content": "02" * 8}],
}


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[str]:
    database = Database(f"sqlite:///{tmp_path / 'central.db'}")
    with served(database, demonstration=True) as url:
        yield url
    database.close()


def reading(url: str, *, online: bool = True) -> AuthenticatedReading:
    hsm = CentralHsm(CentralClient(url), "BZ-TEST-0001", BUDGET_MS, lambda: online)
    return AuthenticatedReading(HsmAuthenticator(hsm.ask), secrets.token_bytes)


@pytest.mark.parametrize("person", CARDS)
def test_cards_of_every_version_are_proved_and_opened(centre: str, person: str) -> None:
    card = reading(centre).read(DirectConnection(card_of(person)))
    assert (card.authentication, card.authentication_fault) == (Authentication.HSM, "")
    assert card.holder is not None


def copy_of(person: str, keys: dict[KeyUse, bytes]) -> DirectConnection:
    persona = personas()[person]
    return DirectConnection(VirtualSocialSecurityCard(persona, make_of(persona), keys=keys))


def test_a_copy_of_a_card_is_not_genuine(centre: str) -> None:
    with pytest.raises(CardNotGenuine):
        reading(centre).read(copy_of("liu-zhiyong", dict.fromkeys(KeyUse, bytes(16))))


def test_a_copy_that_has_no_key_is_read_and_proves_nothing(centre: str) -> None:
    card = reading(centre).read(copy_of("liu-zhiyong", {}))
    assert card.authentication is Authentication.NONE
    assert card.authentication_fault == "card.not_proved"


def test_a_centre_out_of_reach_is_named_and_the_card_read_all_the_same(centre: str) -> None:
    away = reading(centre, online=False).read(DirectConnection(card_of("liu-zhiyong")))
    assert (away.authentication, away.authentication_fault) == (
        Authentication.NONE,
        "sam.hsm_unreachable",
    )
    assert away.holder is not None
    nobody = reading("http://127.0.0.1:9").read(DirectConnection(card_of("liu-zhiyong")))
    assert nobody.authentication_fault == "sam.hsm_unreachable"


def test_a_centre_without_an_hsm_says_so(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'central.db'}")
    with served(database, demonstration=False) as url:
        card = reading(url).read(DirectConnection(card_of("liu-zhiyong")))
    database.close()
    assert card.authentication_fault == "sam.missing"


@pytest.mark.parametrize(
    "wrong",
    [
        {"identification_code": "37160"},
        {"factor": "00"},
        {"algorithm": "AES"},
        {"challenges": []},
        {"challenges": [{"use": "pin", "seed": "00" * 8, "content": "00" * 8}]},
        {"challenges": [{"use": "read", "seed": "00" * 8, "content": "00" * 8}] * 3},
        {"holder": "somebody"},
    ],
)
def test_what_is_no_question_about_a_card_is_refused(centre: str, wrong: dict[str, object]) -> None:
    answer = requests.post(f"{centre}/v1/cryptograms", json=QUESTION | wrong, timeout=30)
    assert answer.status_code == 422
    assert answer.json()["code"] == "central.malformed"


def test_ssf33_is_refused_by_name_and_no_key_is_ever_in_an_answer(centre: str) -> None:
    answer = requests.post(f"{centre}/v1/cryptograms", json=QUESTION | {"algorithm": "SSF33"}, timeout=30)
    assert answer.json() == {"results": [{"cryptogram": None, "code": "sam.algorithm"}]}
    made = requests.post(f"{centre}/v1/cryptograms", json=QUESTION, timeout=30).content
    for key in TEST_CARD_KEYS.values():
        assert key.hex().upper().encode() not in made
        assert key not in made


def test_one_terminal_may_not_collect_answers(centre: str) -> None:
    for _ in range(MOST_A_MINUTE):
        assert requests.post(f"{centre}/v1/cryptograms", json=QUESTION, timeout=30).status_code == 200
    refused = requests.post(f"{centre}/v1/cryptograms", json=QUESTION, timeout=30)
    assert (refused.status_code, refused.json()["code"]) == (429, "central.try_later")
    assert int(refused.headers["Retry-After"]) >= 1


def test_the_allowance_comes_back_as_time_passes() -> None:
    allowance = Allowance(most=2)
    assert [allowance.wait_s("a", 0.0), allowance.wait_s("a", 1.0)] == [0, 0]
    assert allowance.wait_s("a", 2.0) == round(MINUTE_S - 2)
    assert allowance.wait_s("b", 2.0) == 0
    assert allowance.wait_s("a", MINUTE_S + 0.5) == 0
