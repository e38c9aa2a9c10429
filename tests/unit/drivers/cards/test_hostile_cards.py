"""Cards that answer nonsense: whatever they say, the outcome is a card read or a named card fault."""

from __future__ import annotations

import contextlib
from contextlib import nullcontext

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.cards.faults import CardFault, CardNotGenuine
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.connection import Response
from drivers.cards.psam import PsamKeys
from drivers.cards.social_security import (
    Authentication,
    SocialSecurityApplication,
    SocialSecurityCardFiles,
    read_card,
)
from drivers.cards.social_security_files import HOLDER_FILE, ISSUER_FILE
from drivers.cards.status_word import StatusWord
from tests.cities import VirtualPsam, card_of

from .conftest import DirectConnection

statuses = st.one_of(
    st.just(0x9000),
    st.just(0x9000),
    st.sampled_from([int(word) for word in StatusWord]),
    st.integers(0, 0xFFFF),
)
answers = st.builds(Response, st.binary(max_size=300), statuses)


class Nonsense:
    """A card of the given answers, which says 6F00 when they are used up."""

    def __init__(self, answers: list[Response], atr: bytes = b"\x3b\x00") -> None:
        self.atr = atr
        self._answers = iter(answers)

    def transmit(self, command: bytes) -> Response:
        return next(self._answers, Response(b"", 0x6F00))


class Tampering:
    """A good card, one of whose answers is replaced."""

    def __init__(self, person: str, place: int, answer: Response) -> None:
        self._card = DirectConnection(card_of(person))
        self.atr = self._card.atr
        self._place = place
        self._answer = answer

    def transmit(self, command: bytes) -> Response:
        response = self._card.transmit(command)
        self._place -= 1
        return self._answer if self._place == -1 else response


@given(st.lists(answers, max_size=25), st.sampled_from([b"", b"\x3b\x00", bytes.fromhex("3B8D8001")]))
@example([Response(bytes(65_536), 0x9000)] * 25, b"")
@example([Response(b"\x6f\x81" * 32_768, 0x9000)] * 25, b"")
def test_random_answers_end_in_a_card_or_a_card_fault(answers: list[Response], atr: bytes) -> None:
    outcome(Nonsense(answers, atr))


people = st.sampled_from(["liu-zhiyong", "patient", "long-name", "closed-holder-file"])


@settings(max_examples=300)
@given(people, st.integers(0, 14), answers)
@example("liu-zhiyong", 3, Response(bytes(65_536), 0x9000))
@example("long-name", 10, Response(b"\x4e\x02\xc1\xff", 0x9000))
def test_one_wrong_answer_among_good_ones_ends_in_a_card_or_a_card_fault(
    person: str, place: int, answer: Response
) -> None:
    outcome(Tampering(person, place, answer))


@given(people, st.integers(0, 14), st.integers(0, 300), st.binary(min_size=1, max_size=3))
def test_a_torn_or_changed_answer_ends_in_a_card_or_a_card_fault(
    person: str, place: int, at: int, change: bytes
) -> None:
    good = DirectConnection(card_of(person))
    read_card(good)
    command = good.commands[place % len(good.commands)]
    untouched = DirectConnection(card_of(person))
    for earlier in good.commands[: good.commands.index(command)]:
        untouched.transmit(earlier)
    data = untouched.transmit(command).data
    at = at % (len(data) + 1)
    for changed in (data[:at], data[:at] + change, data[:at] + change + data[at + len(change) :]):
        outcome(Tampering(person, place % len(good.commands), Response(changed, 0x9000)))


@given(st.lists(answers, max_size=40))
def test_reading_files_whole_is_as_safe(answers: list[Response]) -> None:
    with contextlib.suppress(CardFault):
        application = SocialSecurityApplication.open(Nonsense(answers))
        application.read_file(ISSUER_FILE)
        application.read_file(HOLDER_FILE)


@given(st.lists(answers, max_size=30), st.binary(max_size=40))
def test_a_card_of_nonsense_before_a_good_psam_is_never_proved(answers: list[Response], atr: bytes) -> None:
    psam = PsamAuthenticator(lambda: nullcontext(DirectConnection(VirtualPsam())), PsamKeys())
    with contextlib.suppress(CardFault):
        card = AuthenticatedReading(psam, bytes).read(Nonsense(answers, atr))
        assert card.authentication is Authentication.NONE


@given(people, st.lists(answers, max_size=30))
def test_a_psam_of_nonsense_proves_no_card_and_keeps_none_from_being_read(
    person: str, answers: list[Response]
) -> None:
    psam = PsamAuthenticator(lambda: nullcontext(Nonsense(answers)), PsamKeys())
    with contextlib.suppress(CardNotGenuine):
        card = AuthenticatedReading(psam, bytes).read(DirectConnection(card_of(person)))
        assert card.authentication is Authentication.NONE
        assert card.authentication_fault.startswith("sam.")


def outcome(connection) -> None:
    """Read, and demand that nothing else than a whole card or a card fault comes of it."""
    with contextlib.suppress(CardFault):
        card = read_card(connection)
        assert isinstance(card, SocialSecurityCardFiles)
        assert len(card.identification_code) == 32
        assert card.card_number.isalnum()
        assert card.holder is None or card.holder.name or card.holder.social_security_number
