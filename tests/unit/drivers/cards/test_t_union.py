"""Transport cards: read with the exchanges a ride needs, in full when asked, and never believed blindly."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.faults import (
    CardDataInvalid,
    CardExpired,
    CardFault,
    NotSocialSecurityCard,
    NotTUnionCard,
    TransportDisabled,
    TransportNotHere,
)
from drivers.cards.connection import Response
from drivers.cards.presented import reading_transport_too
from drivers.cards.social_security import SocialSecurityCardFiles, read_card
from drivers.cards.t_union import TUnionCardFiles, parse_public, read_for_ride, read_whole, refuse_unusable
from drivers.virtual.card import VirtualCard
from drivers.virtual.t_union_card import VirtualTUnionCard, public_of
from tests.cities import card_of, transport_cards

from .conftest import DirectConnection

Connect = Callable[[VirtualCard], DirectConnection]
BINZHOU = "4660"
TODAY = date(2026, 11, 24)


def virtual(name: str, *, tells_at_selection: bool = True) -> VirtualTUnionCard:
    return VirtualTUnionCard(transport_cards()[name], tells_at_selection=tells_at_selection)


def test_a_card_of_the_city_needs_one_exchange(connect: Connect) -> None:
    connection = connect(virtual("transport-card"))
    card = read_for_ride(connection, BINZHOU)
    assert (card.number, card.city, card.enabled) == ("3104931300000000019", BINZHOU, True)
    assert (card.start_date, card.expiry_date) == (date(2022, 1, 1), date(2041, 12, 31))
    assert len(connection.commands) == 1


def test_a_card_that_does_not_tell_at_selection_is_asked(connect: Connect) -> None:
    connection = connect(virtual("transport-card", tells_at_selection=False))
    assert read_for_ride(connection, BINZHOU).number == "3104931300000000019"
    assert [command.hex() for command in connection.commands[1:]] == ["00b095001e"]


def test_only_another_citys_card_is_asked_whether_it_is_good_elsewhere(connect: Connect) -> None:
    connection = connect(virtual("transport-visitor"))
    assert read_for_ride(connection, BINZHOU).interoperable is True
    assert [command.hex() for command in connection.commands[1:]] == ["00b097003c"]


def test_everything_is_read_without_a_key(connect: Connect) -> None:
    card = read_whole(connect(virtual("transport-student")))
    assert (card.kind, card.interoperable, card.balance_fen) == (2, True, 800)
    (loaded,) = card.purchases
    assert (loaded.sequence, loaded.kind, loaded.fen) == (1, 0x02, 2000)
    (ride,) = card.rides
    assert (ride.industry, ride.fen, ride.balance_fen, ride.city) == (2, 200, 800, BINZHOU)
    assert ride.at == datetime.fromisoformat("2026-11-20T07:30:00")


def test_an_overdrawn_purse_is_below_zero(connect: Connect) -> None:
    overdrawn = transport_cards()["transport-card"].model_copy(update={"balance_fen": -350})
    assert read_whole(connect(VirtualTUnionCard(overdrawn))).balance_fen == -350


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("transport-not-enabled", TransportDisabled),
        ("transport-expired", CardExpired),
        ("transport-jinan-only", TransportNotHere),
    ],
)
def test_what_may_not_ride_is_named(name: str, fault: type[CardFault], connect: Connect) -> None:
    card = read_for_ride(connect(virtual(name)), BINZHOU)
    with pytest.raises(fault):
        refuse_unusable(card, TODAY, BINZHOU)


@pytest.mark.parametrize("name", ["transport-card", "transport-visitor"])
def test_what_may_ride_passes(name: str, connect: Connect) -> None:
    refuse_unusable(read_for_ride(connect(virtual(name)), BINZHOU), TODAY, BINZHOU)


def test_the_social_security_card_goes_first(connect: Connect) -> None:
    read = reading_transport_too(read_card, BINZHOU)
    assert isinstance(read(connect(card_of("liu-zhiyong"))), SocialSecurityCardFiles)
    connection = connect(virtual("transport-card"))
    assert isinstance(read(connection), TUnionCardFiles)
    assert len(connection.commands) == 4


def test_a_card_of_neither_kind_is_no_social_security_card() -> None:
    class Bank:
        atr = b"\x3b\x00"

        def transmit(self, command: bytes) -> Response:
            return Response(b"", 0x6A82)

    with pytest.raises(NotSocialSecurityCard):
        reading_transport_too(read_card, BINZHOU)(Bank())


@given(st.binary(max_size=60))
def test_any_bytes_are_a_card_or_named(untrusted: bytes) -> None:
    with contextlib.suppress(CardDataInvalid):
        parse_public(untrusted)


@given(st.integers(0, 29), st.integers(0, 255))
def test_a_changed_byte_is_a_card_or_named(place: int, value: int) -> None:
    public = bytearray(public_of(transport_cards()["transport-card"]))
    public[place] = value
    with contextlib.suppress(CardDataInvalid):
        parse_public(bytes(public))


class Scripted:
    atr = b"\x3b\x00"

    def __init__(self, answers: list[tuple[bytes, int]]) -> None:
        self._answers = iter(answers)

    def transmit(self, command: bytes) -> Response:
        return Response(*next(self._answers, (b"", 0x6F00)))


@given(
    st.lists(
        st.tuples(st.binary(max_size=300), st.sampled_from([0x9000, 0x9000, 0x6A82, 0x6A83, 0x6B00])),
        max_size=20,
    )
)
def test_random_answers_end_in_a_card_or_a_card_fault(answers: list[tuple[bytes, int]]) -> None:
    with contextlib.suppress(CardFault):
        read_whole(Scripted(answers))


def test_another_application_is_not_taken_for_the_purse() -> None:
    other = bytes.fromhex("6F0A8408A000000333010106")
    with pytest.raises(NotTUnionCard):
        read_for_ride(Scripted([(other, 0x9000)]), BINZHOU)


class Refusing(DirectConnection):
    """A transport card that answers ``status`` to each command that ``refuses`` names."""

    def __init__(self, card: VirtualCard, refuses: Callable[[bytes], bool], status: int) -> None:
        super().__init__(card)
        self._refuses, self._status = refuses, status

    def transmit(self, command: bytes) -> Response:
        return Response(b"", self._status) if self._refuses(command) else super().transmit(command)


OPTIONAL = {
    "0017": lambda command: command[:3] == b"\x00\xb0\x97",
    "balance": lambda command: command[1] == 0x5C,
    "0018": lambda command: command[1] == 0xB2 and command[3] >> 3 == 0x18,
    "001E": lambda command: command[1] == 0xB2 and command[3] >> 3 == 0x1E,
}


@pytest.mark.parametrize("status", [0x6982, 0x6A82, 0x6A81, 0x6985, 0x6D00, 0x6E00, 0x6B00, 0x6986, 0x9303])
@pytest.mark.parametrize("name", OPTIONAL)
def test_a_file_kept_closed_leaves_the_rest_read(name: str, status: int) -> None:
    """FC-12."""
    card = read_whole(Refusing(virtual("transport-student"), OPTIONAL[name], status))
    assert card.number
    assert (card.balance_fen is None) == (name == "balance")
    assert bool(card.rides) == (name != "001E")
    assert bool(card.purchases) == (name != "0018")
    assert card.local_status_unknown == (name == "0017")


@pytest.mark.parametrize("status", [0x6982, 0x6A82])
def test_another_citys_card_that_does_not_tell_its_status_rides(status: int) -> None:
    """FC-12."""
    card = read_for_ride(Refusing(virtual("transport-visitor"), OPTIONAL["0017"], status), BINZHOU)
    assert card.local_status_unknown
    refuse_unusable(card, TODAY, BINZHOU)


@pytest.mark.parametrize(
    ("place", "change", "rides"),
    [
        (9, b"\x81", True),
        (9, b"\x03", True),
        (9, b"\x00", False),
        (9, b"\xff", False),
        (20, b"\x00\x00\x00\x00", True),
        (20, b"\x20\x99\x01\x01", True),
        (24, b"\x00\x00\x00\x00", True),
        (24, b"\xff\xff\xff\xff", True),
        (24, b"\x20\x30\x13\x45", True),
        (28, b"\xaa\xbb", True),
        (2, b"\x10\x00", True),
    ],
)
def test_odd_public_data_refuse_a_ride_only_where_the_card_says_so(
    place: int, change: bytes, rides: bool
) -> None:
    public = public_of(transport_cards()["transport-card"])
    card = replace(parse_public(public[:place] + change + public[place + len(change) :]), interoperable=True)
    if rides:
        refuse_unusable(card, TODAY, BINZHOU)
    else:
        with pytest.raises(TransportDisabled):
            refuse_unusable(card, TODAY, BINZHOU)


def test_the_sign_bit_of_the_balance_is_no_money() -> None:
    class Flagged(DirectConnection):
        def transmit(self, command: bytes) -> Response:
            flagged = command[1] == 0x5C and command[2] == 1
            return Response(b"\x80\x00\x01\x5e", 0x9000) if flagged else super().transmit(command)

    empty = transport_cards()["transport-card"].model_copy(update={"balance_fen": 0})
    assert read_whole(Flagged(VirtualTUnionCard(empty))).balance_fen == -350


def test_numbers_do_not_print() -> None:
    card = parse_public(public_of(transport_cards()["transport-card"]))
    assert card.number not in repr(card)
