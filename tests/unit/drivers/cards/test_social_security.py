"""Reading a social-security card: what comes out, and with how many exchanges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.personas import Persona
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardDataInvalid, CardExpired, CardLocked, PinBlocked, PinWrong
from drivers.cards.social_security import (
    SocialSecurityApplication,
    read_card,
    read_identity,
    refuse_expired,
)
from drivers.cards.social_security_files import HOLDER_FILE, ISSUER_FILE, Padding
from drivers.virtual.social_security_card import (
    DEMONSTRATION_PIN,
    ORDINARY,
    VirtualSocialSecurityCard,
    field_values,
)
from tests.cities import card_of, personas

LIU = personas()["liu-zhiyong"]
NOBODY_NAMED = [person for person in personas().values() if person.version == "3.00"]
NAMED = [person for person in personas().values() if person.version < "3" and not person.locked]


@pytest.mark.parametrize("person", NAMED, ids=lambda person: person.id)
def test_a_readable_card_tells_who_holds_it(person: Persona, connect) -> None:
    card = read_card(connect(card_of(person.id)))
    assert card.holder is not None
    assert card.holder.name == person.full_name
    assert card.holder.social_security_number == person.social_security_number
    assert card.card_number == person.card_number
    assert card.identification_code == person.identification_code
    assert (card.version, card.algorithm.value) == (person.version, person.algorithm)
    assert (card.issue_date, card.expiry_date) == (person.issue_date, person.expiry_date)
    assert card.warnings == ()


@pytest.mark.parametrize("person", NOBODY_NAMED, ids=lambda person: person.id)
def test_a_version_3_card_tells_what_it_is_and_keeps_its_holder_closed(person: Persona, connect) -> None:
    card = read_card(connect(card_of(person.id)))
    assert card.holder is None
    assert card.card_number == person.card_number
    assert card.algorithm is Algorithm.SM4


MAKES = {
    "environment as directory DDF1": replace(ORDINARY, environment_is_master=False),
    "found by file identifier only": replace(ORDINARY, environment_is_master=False, name_selects=False),
    "contactless": replace(ORDINARY, contactless=True),
    "no algorithm named": replace(ORDINARY, named_algorithm=False),
    "by tag only": replace(ORDINARY, reads_by_number=False),
    "by number only": replace(ORDINARY, reads_by_tag=False),
    "SELECT by P1 00 only": replace(ORDINARY, selects_below=False),
    **{f"padded {padding.name}": replace(ORDINARY, padding=padding) for padding in Padding},
}


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES.keys())
@pytest.mark.parametrize("person", ["liu-zhiyong", "patient", "long-name"])
def test_the_same_is_read_however_the_issuer_made_the_card(person: str, make, connect) -> None:
    ordinary = read_card(connect(VirtualSocialSecurityCard(personas()[person])))
    assert read_card(connect(VirtualSocialSecurityCard(personas()[person], make))) == ordinary


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize("person", ["liu-zhiyong", "patient", "long-name"])
def test_both_files_can_be_read_whole(person: str, by_tag: bool, connect) -> None:
    make = replace(ORDINARY, reads_by_tag=by_tag, reads_by_number=not by_tag)
    application = SocialSecurityApplication.open(connect(VirtualSocialSecurityCard(personas()[person], make)))
    read = application.read_file(ISSUER_FILE) | application.read_file(HOLDER_FILE)
    assert read == field_values(personas()[person])


EXCHANGES = [
    ("liu-zhiyong", read_identity, 7),
    ("liu-zhiyong", read_card, 10),
    ("long-name", read_card, 11),
    ("closed-holder-file", read_card, 9),
]


@pytest.mark.parametrize(("person", "read", "count"), EXCHANGES)
def test_no_exchange_is_made_that_is_not_needed(person: str, read, count: int, connect) -> None:
    connection = connect(card_of(person))
    read(connection)
    assert len(connection.commands) == count
    assert len(set(connection.commands)) == count


def test_a_card_that_reads_by_number_only_costs_one_exchange_more(connect) -> None:
    connection = connect(VirtualSocialSecurityCard(LIU, replace(ORDINARY, reads_by_tag=False)))
    read_card(connection)
    assert len(connection.commands) == 11


def test_expected_lengths_are_those_the_field_uses(connect) -> None:
    connection = connect(card_of("long-name"))
    read_card(connection)
    lengths = [command[4] for command in connection.commands if command[1] == 0xB2]
    assert lengths == [0x12, 0x06, 0x06, 0x06, 0x0B, 0x14, 0x20, 0x16]


def test_a_locked_card_is_named_so(connect) -> None:
    with pytest.raises(CardLocked, match="6283"):
        read_card(connect(card_of("locked")))


def test_an_expired_card_can_be_read_and_is_refused_by_date(connect) -> None:
    card = read_card(connect(card_of("expired")))
    refuse_expired(card, card.expiry_date)
    with pytest.raises(CardExpired):
        refuse_expired(card, card.expiry_date + timedelta(days=1))


def test_an_issue_date_that_lies_ahead_refuses_nobody(connect) -> None:
    person = LIU.model_copy(update={"issue_date": date(2040, 1, 1)})
    card = read_card(connect(VirtualSocialSecurityCard(person)))
    refuse_expired(card, date(2026, 11, 28))


def test_a_card_that_expires_before_it_was_issued_is_read_with_a_warning(connect) -> None:
    person = LIU.model_copy(update={"expiry_date": date(2001, 1, 1)})
    card = read_card(connect(VirtualSocialSecurityCard(person)))
    assert [str(warning) for warning in card.warnings] == ["expiry_date: before the issue date"]


def test_an_odd_card_number_is_a_hint_and_no_refusal(connect) -> None:
    person = LIU.model_copy(update={"card_number": "A12345678"})
    card = read_card(connect(VirtualSocialSecurityCard(person)))
    assert card.card_number == "A12345678"
    assert [warning.field for warning in card.warnings] == ["card_number"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("identification_code", "371600D1560000015E00000159277F20"),
        ("identification_code", "AB1600D1560000055E00000159277F20"),
        ("card_number", "a b"),
    ],
)
def test_a_value_that_cannot_be_is_named_and_not_repeated(field: str, value: str, connect) -> None:
    person = LIU.model_copy(update={field: value})
    with pytest.raises(CardDataInvalid) as caught:
        read_card(connect(VirtualSocialSecurityCard(person)))
    assert field in str(caught.value)
    assert not value or value not in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("social_security_number", "371600198504170017"),
        ("social_security_number", "371600198513170016"),
        ("social_security_number", "991600198504170016"),
        ("version", "two!"),
        ("name", ""),
        ("identification_code", "661600D1560000055E00000159277F20"),
    ],
)
def test_a_value_that_the_visit_does_not_need_is_a_warning(field: str, value: str, connect) -> None:
    person = LIU.model_copy(update={field: value})
    card = read_card(connect(VirtualSocialSecurityCard(person)))
    assert field in {warning.field for warning in card.warnings}
    assert not value or value not in repr(card.warnings)


def test_what_was_read_does_not_print_the_person(connect) -> None:
    printed = repr(read_card(connect(card_of("liu-zhiyong"))))
    assert "刘志勇" not in printed
    assert LIU.social_security_number not in printed
    assert LIU.card_number not in printed
    assert "刘*勇" in printed


@pytest.fixture
def application(connect) -> SocialSecurityApplication:
    return SocialSecurityApplication.open(connect(card_of("liu-zhiyong")))


def test_the_right_pin_is_accepted(application: SocialSecurityApplication) -> None:
    application.verify_pin(DEMONSTRATION_PIN)


def test_a_wrong_pin_says_how_many_tries_are_left_until_it_is_blocked(
    application: SocialSecurityApplication,
) -> None:
    for left in (2, 1):
        with pytest.raises(PinWrong) as caught:
            application.verify_pin("000000")
        assert caught.value.tries_left == left
    with pytest.raises(PinBlocked):
        application.verify_pin("000000")
    with pytest.raises(PinBlocked):
        application.verify_pin(DEMONSTRATION_PIN)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６"])
def test_what_is_no_pin_costs_no_try_and_is_not_repeated(
    pin: str, application: SocialSecurityApplication
) -> None:
    with pytest.raises(ValueError, match="6 digits") as caught:
        application.verify_pin(pin)
    assert not pin or pin not in str(caught.value)
    with pytest.raises(PinWrong) as wrong:
        application.verify_pin("000000")
    assert wrong.value.tries_left == 2
