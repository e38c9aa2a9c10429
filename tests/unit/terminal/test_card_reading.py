"""A card in a reader becomes a credential of the visit, or a named failure."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from config.faults import Fault
from domain.cards.keys import enciphered
from domain.credential import SocialSecurityCard
from domain.messages.contract import TrustLevel
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import Cryptogram, HsmAuthenticator
from drivers.cards.connection import Connection
from drivers.cards.psam_faults import SamFault, SamMissing, SamRemoved
from drivers.cards.social_security import read_card
from drivers.pcsc.faults import ReaderMissing
from drivers.virtual.personas import make_of
from drivers.virtual.social_security_card import card_keys
from terminal.identification.card_reading import PresentedCards, Read
from terminal.visit.events import CardFailed, CardRead
from tests.cities import card_of, personas
from tests.unit.drivers.cards.conftest import DirectConnection

T = TypeVar("T")
LIU = personas()["liu-zhiyong"]


class OneReader:
    """A reader with this person's card in it; work is done at once."""

    def __init__(self, person: str) -> None:
        self._person = person

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def run(self, reader: str, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        if reader != "Desk":
            reply(ReaderMissing(reader))
            return
        try:
            reply(work(DirectConnection(card_of(self._person))))
        except Fault as fault:
            reply(fault)


def outcome(person: str, reader: str = "Desk", read: Read = read_card) -> CardRead | CardFailed:
    posted: list[CardRead | CardFailed] = []
    PresentedCards(
        OneReader(person), read, posted.append, lambda: date(2026, 11, 23), lambda _: None, "4660"
    ).read(reader)
    assert len(posted) == 1
    return posted[0]


def test_a_card_that_was_read_is_a_credential_trusted_as_read() -> None:
    event = outcome("liu-zhiyong")
    assert isinstance(event, CardRead)
    assert (event.card.name, event.card.social_security_number) == ("刘志勇", LIU.social_security_number)
    assert (event.card.card_number, event.card.identification_code) == (
        LIU.card_number,
        LIU.identification_code,
    )
    assert event.card.trust is TrustLevel.READ
    assert event.elapsed_ms >= 0


def test_a_card_that_keeps_its_holder_closed_is_a_credential_without_a_name() -> None:
    event = outcome("rider")
    assert isinstance(event, CardRead)
    assert event.card.name is None
    assert event.card.social_security_number is None


def test_a_card_that_was_proved_genuine_is_verified() -> None:
    own = card_keys(LIU, make_of(LIU))
    hsm = HsmAuthenticator(
        lambda keys, asked: tuple(enciphered(keys.algorithm, own[c.use], c.seed, c.content) for c in asked)
    )
    event = outcome("liu-zhiyong", read=AuthenticatedReading(hsm, secrets.token_bytes).read)
    assert isinstance(event, CardRead)
    assert event.card.trust is TrustLevel.VERIFIED


@pytest.mark.parametrize(
    ("fault", "trust"), [(SamMissing("gone"), TrustLevel.READ), (SamRemoved("torn"), TrustLevel.READ)]
)
def test_a_module_that_fails_is_named_in_the_log_and_in_the_visit(
    fault: SamFault, trust: TrustLevel, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> tuple[Cryptogram, ...]:
        raise fault

    event = outcome(
        "liu-zhiyong", read=AuthenticatedReading(HsmAuthenticator(fail), secrets.token_bytes).read
    )
    assert isinstance(event, CardRead)
    assert isinstance(event.card, SocialSecurityCard)
    assert (event.card.trust, event.card.proof_fault) == (trust, fault.code)
    assert fault.code in caplog.text
    assert LIU.identification_code not in caplog.text


def test_a_card_read_without_a_module_by_the_settings_has_no_proof_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    event = outcome("liu-zhiyong")
    assert isinstance(event, CardRead)
    assert isinstance(event.card, SocialSecurityCard)
    assert event.card.proof_fault == ""
    assert "not proved" not in caplog.text


@pytest.mark.parametrize(
    ("person", "reader", "code"),
    [
        ("locked", "Desk", "card.locked"),
        ("expired", "Desk", "card.expired"),
        ("liu-zhiyong", "Other", "reader.missing"),
    ],
)
def test_what_fails_is_posted_by_its_code(person: str, reader: str, code: str) -> None:
    assert outcome(person, reader) == CardFailed(reader, code)
