"""The invented people: whole, consistent, and never to be taken for real ones."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from config.personas import Persona
from domain.cards.numbers import card_number_is_plausible, parse_social_security_number
from tests.cities import personas

PEOPLE = tuple(personas().values())
each_person = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id)


def test_each_story_has_its_people() -> None:
    by_story = Counter(person.story for person in PEOPLE if person.story)
    assert by_story == {f"S{number}": 1 for number in range(1, 11)} | {"S7": 2}


def test_no_two_people_share_a_number() -> None:
    for key in ("id", "card_number", "identification_code", "social_security_number"):
        assert len({getattr(person, key) for person in PEOPLE}) == len(PEOPLE)


@each_person
def test_numbers_are_well_formed_and_agree_with_each_other(person: Persona) -> None:
    number = parse_social_security_number(person.social_security_number)
    assert number[6:14] == f"{person.birth_date:%Y%m%d}"
    assert int(number[16]) % 2 == int(person.sex) % 2
    assert card_number_is_plausible(person.card_number)


@each_person
def test_numbers_show_that_they_are_invented(person: Persona) -> None:
    assert person.social_security_number.startswith("371600")
    assert person.card_number.startswith("T")
    assert person.identification_code[16:18] == "5E"


@each_person
def test_only_the_expired_card_is_out_of_date_before_2041(person: Persona) -> None:
    assert (person.expiry_date < date(2041, 1, 1)) == (person.id == "expired")


def test_the_family_at_the_hotel_has_a_child() -> None:
    ages = sorted(2026 - person.birth_date.year for person in PEOPLE if person.story == "S7")
    assert ages[0] < 14 <= 18 <= ages[1]


def test_the_longest_name_fills_both_of_its_records() -> None:
    person = personas()["long-name"]
    assert len(person.name.encode("gbk")) == 30
    assert len(person.name_extension.encode("gbk")) == 20


@each_person
def test_a_person_does_not_print(person: Persona) -> None:
    assert person.name not in repr(person)
    assert person.social_security_number not in repr(person)
