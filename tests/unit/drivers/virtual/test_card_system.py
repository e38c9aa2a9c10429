"""The virtual card is as strict as a chip, so that a terminal that works with it works with one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.aid import SSSE
from drivers.cards import apdu
from drivers.virtual.answer_times import CONTACT_9600, CONTACT_38400, CONTACTLESS, INSTANT
from drivers.virtual.social_security_card import ORDINARY, PIN_TRIES, VirtualSocialSecurityCard
from tests.cities import card_of, personas

LIU = personas()["liu-zhiyong"]
SELECT = apdu.select_name(SSSE)
NAME = bytes.fromhex("091EC1F5D6BED3C2") + bytes(24)


def card(**made) -> VirtualSocialSecurityCard:
    card = VirtualSocialSecurityCard(LIU, replace(ORDINARY, **made), lambda size: b"\x5a" * size)
    card.power_on()
    return card


def say(card: VirtualSocialSecurityCard, *commands: str | bytes) -> list[str]:
    raw = (bytes.fromhex(command) if isinstance(command, str) else command for command in commands)
    return [card.exchange(command).hex().upper() for command in raw]


def test_on_t0_an_answer_to_select_waits_behind_61xx() -> None:
    fci = "6F1A840F7378312E73682EC9E7BBE1B1A3D5CFA507880101" + "9F0C03860101"
    assert say(card(), SELECT, "00C000001E")[0] == "611E"
    assert (
        say(card(), SELECT, "00C000001E")[1] == fci.replace("6F1A", "6F1C").replace("A507", "A509") + "9000"
    )


def test_an_answer_can_be_fetched_in_parts() -> None:
    virtual = card()
    first, *rest = say(virtual, SELECT, "00C0000010", "00C000000E", "00C0000000")
    assert first == "611E"
    assert [answer[-4:] for answer in rest] == ["610E", "9000", "6985"]


def test_asking_for_more_than_waits_tells_the_length_and_keeps_the_answer() -> None:
    assert [answer[-4:] for answer in say(card(), SELECT, "00C00000FF", "00C000001E")] == [
        "611E",
        "6C1E",
        "9000",
    ]


def test_another_command_forgets_a_waiting_answer() -> None:
    assert say(card(), SELECT, "00A4020002EF05", "00C000001E")[-1] == "6985"


def test_a_wrong_expected_length_is_told() -> None:
    answers = say(card(), SELECT, "00A4020002EF06", "00B2020400", "00B2020421", "00B2020420")
    assert answers[2:4] == ["6C20", "6C20"]
    assert answers[4] == NAME.hex().upper() + "9000"


def test_t0_knows_no_length_after_data() -> None:
    assert say(card(), SELECT + b"\x00") == ["6700"]


def test_a_contactless_card_answers_in_one_exchange_when_asked() -> None:
    virtual = card(contactless=True)
    assert say(virtual, SELECT) == ["9000"]
    assert say(virtual, SELECT + b"\x00")[0].startswith("6F")
    assert say(virtual, "00A4020002EF06", "00B2090000") == ["9000", NAME.hex().upper() + "9000"]


REFUSALS = [
    ("no such instruction", "00FF0000", "6D00"),
    ("a foreign class", "80A4040001AA", "6E00"),
    ("too short", "00A4", "6700"),
    ("less data than told", "00A4040005AABB", "6700"),
    ("no such application", "00A4040002AABB", "6A82"),
    ("no such file", "00A4020002EF99", "6A82"),
    ("strange P1", "00A4080002EF05", "6A86"),
    ("no current file", "00B2010412", "6986"),
    ("a challenge of no known size", "0084000005", "6700"),
]


@pytest.mark.parametrize(("command", "word"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_a_wrong_command_is_refused_by_its_word(command: str, word: str) -> None:
    assert say(card(), command) == [word]


def test_records_are_found_by_number_and_by_tag() -> None:
    answers = say(card(), SELECT, "00A4020002EF06", "00B2020420", "00B2090020", "00B2090420", "00B2990020")
    assert answers[2] == answers[3] == NAME.hex().upper() + "9000"
    assert answers[4:] == ["6A83", "6A83"]


def test_photo_and_fingerprint_stay_closed() -> None:
    assert say(card(), SELECT, "00A4020002EF08", "00B0000010")[-1] == "6982"
    assert say(card(), SELECT, "00A4020002EF07", "00B0000010")[-1] == "6982"


def test_the_holders_file_of_a_version_3_card_opens_its_directory_but_no_record() -> None:
    virtual = card_of("closed-holder-file")
    virtual.power_on()
    assert say(virtual, SELECT + b"\x00", "00A4020002EF06", "00B2080014")[1:] == ["9000", "6982"]


def test_wrong_pins_count_down_through_a_reset_and_then_block() -> None:
    virtual = card()
    assert say(virtual, *[apdu.verify("999999")] * 2) == ["63C2", "63C1"]
    virtual.power_on()
    assert say(virtual, apdu.verify("999999"), apdu.verify("123456")) == ["63C0", "6983"]


def test_the_right_pin_gives_all_tries_back() -> None:
    assert say(card(), apdu.verify("999999"), apdu.verify("123456"), apdu.verify("999999")) == [
        "63C2",
        "9000",
        f"63C{PIN_TRIES - 1}",
    ]


def test_a_challenge_is_the_cards_own_random() -> None:
    assert say(card(), apdu.get_challenge(8), apdu.get_challenge(4)) == ["5A" * 8 + "9000", "5A" * 4 + "9000"]


def test_a_reset_forgets_what_was_selected() -> None:
    virtual = card()
    say(virtual, SELECT, "00A4020002EF05")
    virtual.power_off()
    virtual.power_on()
    assert say(virtual, "00B2010412") == ["6986"]


def test_the_atr_has_the_form_of_a_real_one_and_the_serial_in_it() -> None:
    atr = card().power_on()
    assert atr.hex().upper() == "3B6D0000" + "00FE56495286FE" + "3716" + "5E000001"
    contactless = card(contactless=True).power_on()
    assert contactless[:4].hex().upper() == "3B8D8001"
    check = 0
    for byte in contactless[1:]:
        check ^= byte
    assert check == 0


@given(st.lists(st.binary(max_size=40), max_size=8), st.booleans())
def test_no_bytes_make_the_card_fall_over(commands: list[bytes], contactless: bool) -> None:
    virtual = card(contactless=contactless)
    assert all(len(virtual.exchange(command)) >= 2 for command in commands)


def test_answer_times_are_those_of_real_lines() -> None:
    record, answer = apdu.read_record(1, 0x12), bytes(20)
    assert card(times=INSTANT).answer_time_ms(record, answer) == 0
    assert card(times=CONTACT_9600).answer_time_ms(record, answer) == pytest.approx(34.5)
    assert card(times=CONTACT_38400).answer_time_ms(record, answer) == pytest.approx(10.1, abs=0.1)
    assert 3 <= card(times=CONTACTLESS).answer_time_ms(record, answer) <= 8
