"""Machine readable zones: published specimens, an independent writer, and every damaged digit."""

from __future__ import annotations

import string
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lodging.faults import ZoneWrong
from domain.lodging.zone import Zone, parse_zone

TODAY = date(2026, 11, 28)
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
LONG = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
SPECIMENS = (TD3, TD1, TD2, LONG)
"""Of ICAO Doc 9303 parts 4, 5 and 6; the last is the card with a number of twelve characters (9303-5 B)."""


@pytest.mark.parametrize("text", [TD3, TD1, TD2])
def test_the_published_specimens_are_read(text: str) -> None:
    """FC-33."""
    zone = parse_zone(text, TODAY)
    assert (zone.name, zone.issuer, zone.nationality) == ("ERIKSSON ANNA MARIA", "UTO", "UTO")
    assert (zone.born, zone.sex, zone.expires) == (date(1974, 8, 12), "female", date(2012, 4, 15))
    assert zone.number == ("L898902C3" if text == TD3 else "D23145890")


def test_a_number_longer_than_its_field_goes_on_in_the_optional_data() -> None:
    zone = parse_zone(LONG, TODAY)
    assert (zone.number, zone.born, zone.optional) == ("D23145890734", date(1934, 7, 12), "")


@pytest.mark.parametrize("text", SPECIMENS)
def test_typing_is_forgiven_in_blanks_and_case(text: str) -> None:
    typed = "\n\n".join(f"  {line.lower()[:10]} {line.lower()[10:]} " for line in text.split("\n")) + "\r\n"
    assert parse_zone(typed, TODAY) == parse_zone(text, TODAY)


@pytest.mark.parametrize("text", SPECIMENS)
def test_no_single_wrong_digit_passes(text: str) -> None:
    """Each digit under a check digit, changed to each other digit: weights 7, 3 and 1 are coprime to ten."""
    for place, character in enumerate(text):
        if not character.isdecimal():
            continue
        for other in set(string.digits) - {character}:
            with pytest.raises(ZoneWrong):
                parse_zone(text[:place] + other + text[place + 1 :], TODAY)


@given(st.text(max_size=200) | st.text(alphabet=string.ascii_uppercase + string.digits + "<\n", max_size=140))
def test_no_text_of_strangers_breaks_the_parser(text: str) -> None:
    with suppress(ZoneWrong):
        assert isinstance(parse_zone(text, TODAY), Zone)


LETTERS = st.text(alphabet=string.ascii_uppercase, min_size=1, max_size=12)


def digit(field: str) -> str:
    """Independent model: the table of Doc 9303-3 written as one string."""
    table = string.digits + string.ascii_uppercase
    return str(sum((table.find(c) if c != "<" else 0) * (7, 3, 1)[i % 3] for i, c in enumerate(field)) % 10)


@given(
    surname=LETTERS,
    given=LETTERS,
    number=st.text(alphabet=string.ascii_uppercase + string.digits, min_size=1, max_size=9),
    state=st.sampled_from(["D", "GBR", "USA", "RKS", "XXA", "UNO", "CHN"]),
    born=st.dates(date(1927, 1, 1), TODAY),
    expires=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    sex=st.sampled_from(["M", "F", "<"]),
    personal=st.text(alphabet=string.digits, max_size=14),
    empty_digit=st.booleans(),
)
def test_what_a_writer_wrote_is_read(
    surname: str,
    given: str,
    number: str,
    state: str,
    born: date,
    expires: date,
    sex: str,
    personal: str,
    empty_digit: bool,
) -> None:
    first = f"P<{state:<3}{surname}<<{given}".replace(" ", "<").ljust(44, "<")
    whole = number.ljust(9, "<")
    b, e, p = f"{born:%y%m%d}", f"{expires:%y%m%d}", personal.ljust(14, "<")
    last = "<" if empty_digit and not personal else digit(p)
    second = f"{whole}{digit(whole)}{state.ljust(3, '<')}{b}{digit(b)}{sex}{e}{digit(e)}{p}{last}"
    second += digit(second[:10] + second[13:20] + second[21:43])
    zone = parse_zone(f"{first}\n{second}", TODAY)
    assert (zone.name, zone.number, zone.issuer) == (f"{surname} {given}", number, state)
    assert (zone.born, zone.expires, zone.optional) == (born, expires, personal)


@pytest.mark.parametrize(
    "text", ["", TD3.split("\n")[0], TD3 + "\n" + TD3, TD3.replace("2F", "2Q"), "é" * 44 + "\n" + "é" * 44]
)
def test_what_is_no_zone_is_named(text: str) -> None:
    with pytest.raises(ZoneWrong):
        parse_zone(text, TODAY)
