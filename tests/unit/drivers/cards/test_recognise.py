"""Telling a social-security card from any other, by SELECT alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.cards.aid import SSSE
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardFault, CardLocked, NotSocialSecurityCard
from drivers.cards.connection import Response
from drivers.cards.recognise import Environment, parse_algorithm, parse_environment, select_environment
from drivers.cards.social_security import read_card
from drivers.cards.tlv import encode_ber
from drivers.virtual.social_security_card import ORDINARY, VirtualSocialSecurityCard
from tests.cities import personas


class Answers:
    """A card that answers SELECT by P1 with these status words, in turn by name, 3F00 and DDF1."""

    atr = bytes.fromhex("3B6D000000FE56495286FE3716") + bytes(4)

    def __init__(self, *answers: int | bytes) -> None:
        self._answers = list(answers)

    def transmit(self, command: bytes) -> Response:
        assert command[1] == 0xA4
        answer = self._answers.pop(0)
        return Response(b"", answer) if isinstance(answer, int) else Response(answer, 0x9000)


def fci(name: bytes = SSSE, proprietary: bytes = b"") -> bytes:
    return encode_ber(0x6F, encode_ber(0x84, name) + encode_ber(0xA5, proprietary))


@pytest.mark.parametrize(
    "answers",
    [
        (0x6A82, 0x6A82, 0x6A82),
        (0x6A82, 0x9000, 0x6A82),
        (0x6D00, 0x6D00, 0x6D00),
        (0x6A81, 0x9000, 0x6A82),
        (0x6E00, 0x6E00, 0x6F00),
        (0x6A82, 0x6A81, 0x6A81),
        (0x6A81, 0x6A81, 0x6A81),
        (0x6A81, 0x6A82, 0x6A82),
        (0x6A82, 0x6283, 0x6A82),
        (0x6985, 0x6985, 0x6985),
        (0x6999, 0x9000, 0x6A86),
        (fci(bytes.fromhex("325041592E5359532E4444463031")),),
    ],
)
def test_another_card_is_told_as_such(answers) -> None:
    """FC-6: cards of GlobalPlatform answer 6A81 and 6A82 to what they do not have."""
    with pytest.raises(NotSocialSecurityCard):
        select_environment(Answers(*answers))


@pytest.mark.parametrize(
    "answers",
    [(0x6283,), (0x9303,), (0x6A82, 0x9000, 0x9303), (0x6A81, 0x9000, 0x6283), (0x6A81, 0x6A81, 0x9303)],
)
def test_a_locked_card_is_told_as_such(answers) -> None:
    with pytest.raises(CardLocked):
        select_environment(Answers(*answers))


def test_a_card_without_any_fci_is_3des() -> None:
    assert select_environment(Answers(b"")).algorithm is Algorithm.TRIPLE_DES


@pytest.mark.parametrize(
    ("discretionary", "algorithm"),
    [
        (None, Algorithm.TRIPLE_DES),
        ("860101", Algorithm.TRIPLE_DES),
        ("860102", Algorithm.SSF33),
        ("860103", Algorithm.SM4),
        ("03860103", Algorithm.SM4),
        ("860104", Algorithm.UNKNOWN),
        ("8601", Algorithm.UNKNOWN),
        ("", Algorithm.UNKNOWN),
        ("0102", Algorithm.UNKNOWN),
    ],
)
def test_the_algorithm_is_read_from_9f0c(discretionary: str | None, algorithm: Algorithm) -> None:
    content = None if discretionary is None else bytes.fromhex(discretionary)
    assert parse_algorithm(content) is algorithm


@pytest.mark.parametrize("broken", [fci() + b"\x84\x05", fci() * 13, fci() + b"\xde\xad", b"\0" + fci()])
def test_a_broken_fci_is_read_as_far_as_it_goes(broken: bytes) -> None:
    assert parse_environment(broken) == Environment(Algorithm.TRIPLE_DES)


@pytest.mark.parametrize("answer", [b"\x11\x01\x22", b"\x6f\x10\x84", b"\x84"])
def test_what_is_no_fci_leaves_the_files_to_decide(answer: bytes, connect) -> None:
    assert select_environment(Answers(answer)).doubt is NotSocialSecurityCard
    with pytest.raises(NotSocialSecurityCard):
        read_card(Answers(answer, *[0x6A82] * 2))


def test_6a81_is_locked_only_where_the_directory_is_there_and_its_files_are_closed(connect) -> None:
    """FC-6: 6A81 with DDF1 found."""
    with pytest.raises(CardLocked):
        read_card(Answers(0x6A81, 0x9000, fci(), 0x6A81, 0x6A81))
    by_directory_only = replace(ORDINARY, environment_is_master=False, name_selects=False)
    assert read_card(connect(VirtualSocialSecurityCard(personas()["liu-zhiyong"], by_directory_only))).holder


def test_a_card_that_takes_no_le_in_select_is_asked_without() -> None:
    assert select_environment(Answers(0x6700, fci())).algorithm is Algorithm.TRIPLE_DES


def test_every_refusal_is_a_card_fault_with_words_for_the_log() -> None:
    with pytest.raises(CardFault, match="6A82 file not found, 9000 done, 6A82 file not found"):
        select_environment(Answers(0x6A82, 0x9000, 0x6A82))
