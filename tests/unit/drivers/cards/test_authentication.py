"""Cards proved genuine, and every way a copy, a wrong module or a missing one can be met."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from config.personas import Persona
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardNotGenuine, CardRemoved
from domain.cards.keys import enciphered
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import (
    Authenticator,
    CardKeys,
    Challenge,
    Cryptogram,
    HsmAuthenticator,
    NoAuthenticator,
    PsamAuthenticator,
)
from drivers.cards.connection import Connection, Response
from drivers.cards.psam import DEFAULT_KEYS, KeyReference, KeyUse, PsamKeys, PsamLevel
from drivers.cards.psam_faults import HsmUnreachable
from drivers.cards.social_security import Authentication
from drivers.pcsc.faults import ReaderMissing
from drivers.virtual.card import VirtualCard
from drivers.virtual.personas import make_of
from drivers.virtual.social_security_card import READ_KEY_TRIES, VirtualSocialSecurityCard, card_keys
from tests.cities import PsamMake, VirtualPsam, card_of, personas

from .conftest import DirectConnection

LIU = personas()["liu-zhiyong"]
VALID = [person for person in personas().values() if not person.locked]
each_valid_card = pytest.mark.parametrize("person", VALID, ids=lambda person: person.id)


class Slot:
    """The PSAM's slot: ``card`` sits in it, or nothing. ``opened`` counts how often it was connected to.

    After ``answers_left`` answers the PSAM is pulled: that connection is dead for good.
    """

    def __init__(self, card: VirtualCard | None) -> None:
        self.card = card
        self.opened = 0
        self.commands: list[bytes] = []
        self.answers_left: int | None = None

    @contextmanager
    def open(self) -> Iterator[Connection]:
        if self.card is None:
            raise ReaderMissing("no such reader")
        self.opened += 1
        yield SlotConnection(self, self.card)


class SlotConnection(DirectConnection):
    def __init__(self, slot: Slot, card: VirtualCard) -> None:
        super().__init__(card)
        self._slot = slot
        self._dead = False

    def transmit(self, command: bytes) -> Response:
        if self._slot.answers_left == 0:
            self._dead = True
        if self._dead:
            raise CardRemoved("pulled")
        if self._slot.answers_left is not None:
            self._slot.answers_left -= 1
        self._slot.commands.append(command)
        return super().transmit(command)


def counted() -> Callable[[int], bytes]:
    """Random bytes that a test can foretell; no two alike."""
    numbers = itertools.count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


def reading(authenticator: Authenticator) -> AuthenticatedReading:
    return AuthenticatedReading(authenticator, counted())


def with_psam(
    make: PsamMake | None = None, keys: PsamKeys | None = None
) -> tuple[AuthenticatedReading, Slot]:
    slot = Slot(VirtualPsam(make or PsamMake()))
    return reading(PsamAuthenticator(slot.open, keys or PsamKeys())), slot


@each_valid_card
def test_a_genuine_card_is_proved_so_and_its_holder_is_read(person: Persona, connect) -> None:
    card = with_psam()[0].read(connect(card_of(person.id)))
    assert (card.authentication, card.authentication_fault) == (Authentication.PSAM, "")
    assert card.holder is not None
    assert card.holder.name == person.full_name
    assert card.holder.social_security_number == person.social_security_number


@pytest.mark.parametrize("level", PsamLevel)
@pytest.mark.parametrize("person", ["liu-zhiyong", "patient", "rider"])
def test_psams_of_every_level_reach_the_same_card_keys(level: PsamLevel, person: str, connect) -> None:
    read, slot = with_psam(PsamMake(level=level), PsamKeys(level=level))
    assert read.read(connect(card_of(person))).authentication is Authentication.PSAM
    derive = next(command for command in slot.commands if command[:2] == b"\xbf\xde")
    assert derive[2] == {1: 0x27, 2: 0x47, 3: 0x67}[level.value]
    assert derive[4] == {1: 0x10, 2: 0x18, 3: 0x20}[level.value]


def test_the_psam_is_asked_in_the_published_form(connect) -> None:
    read, slot = with_psam(PsamMake(level=PsamLevel.PROVINCE), PsamKeys(level=PsamLevel.PROVINCE))
    read.read(connect(card_of("liu-zhiyong")))
    factor = card_of("liu-zhiyong").power_on()[-8:]
    asked = [command.hex().upper() for command in slot.commands]
    assert asked == [
        "00B0960006",
        "00A4040006D1560000059000",
        "BFDE470118" + factor.hex().upper() + b"371600sx".hex().upper() + "0000000000000001",
        "80FA0000080000000000000002" + "00",
    ]


@pytest.mark.parametrize(
    ("person", "of_card", "of_psam"),
    [("liu-zhiyong", 10 + 1, 2 + 2), ("patient", 10 + 1, 2 + 2), ("closed-holder-file", 10 + 3, 2 + 4)],
)
def test_no_exchange_is_made_that_the_proof_does_not_need(
    person: str, of_card: int, of_psam: int, connect
) -> None:
    read, slot = with_psam()
    connection = connect(card_of(person))
    read.read(connection)
    assert (len(connection.commands), len(slot.commands)) == (of_card, of_psam)


def test_the_psam_stays_open_from_card_to_card(connect) -> None:
    read, slot = with_psam()
    for _ in range(3):
        read.read(connect(card_of("liu-zhiyong")))
    assert slot.opened == 1
    assert len(slot.commands) == 2 + 3 * 2


# Copies ---------------------------------------------------------------------------------------------


@each_valid_card
def test_a_card_without_the_key_is_read_and_not_proved(person: Persona, connect) -> None:
    """FC-10: 6A88 says that the key is missing, not that the card is a copy."""
    keyless = VirtualSocialSecurityCard(person, make_of(person), keys={})
    card = with_psam()[0].read(connect(keyless))
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "card.not_proved")
    assert card.card_number == person.card_number


@pytest.mark.parametrize(
    "status",
    [
        0x6A88,
        0x6D00,
        0x6985,
        0x6982,
        0x6A80,
        0x6A81,
        0x6A86,
        0x6E00,
        0x6700,
        0x6300,
        0x9403,
        0x6F00,
        0x6581,
        0x6283,
    ],
)
def test_any_refusal_to_authenticate_is_not_proved_and_never_a_copy(status: int, connect) -> None:
    """FC-10."""

    class Refusing(DirectConnection):
        def transmit(self, command: bytes) -> Response:
            return Response(b"", status) if command[1] == 0x88 else super().transmit(command)

    card = with_psam()[0].read(Refusing(card_of("liu-zhiyong")))
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "card.not_proved")
    assert card.holder is not None


@each_valid_card
def test_a_copy_with_another_key_is_refused(person: Persona, connect) -> None:
    copy = VirtualSocialSecurityCard(person, make_of(person), keys=dict.fromkeys(KeyUse, bytes(16)))
    with pytest.raises(CardNotGenuine, match="another answer"):
        with_psam()[0].read(connect(copy))


def test_a_copy_with_the_key_of_another_persons_card_is_refused(connect) -> None:
    own = personas()["yang-ying"]
    copy = VirtualSocialSecurityCard(LIU, keys=card_keys(own, make_of(own)))
    with pytest.raises(CardNotGenuine):
        with_psam()[0].read(connect(copy))


def test_a_recorded_answer_proves_nothing_the_second_time(connect) -> None:
    read, _ = with_psam()
    genuine = connect(card_of("liu-zhiyong"))
    read.read(genuine)
    proof = next(command for command in genuine.commands if command[1] == 0x88)
    answer = genuine.transmit(proof)

    class Replay(DirectConnection):
        def transmit(self, command: bytes) -> Response:
            return answer if command[1] == 0x88 else super().transmit(command)

    with pytest.raises(CardNotGenuine):
        read.read(Replay(VirtualSocialSecurityCard(LIU, keys={})))


class Forger(DirectConnection):
    answer = b""

    def transmit(self, command: bytes) -> Response:
        return Response(self.answer, 0x9000) if command[1] == 0x88 else super().transmit(command)


def test_a_wrong_cryptogram_is_refused(connect) -> None:
    forger = Forger(card_of("liu-zhiyong"))
    forger.answer = bytes(8)
    with pytest.raises(CardNotGenuine):
        with_psam()[0].read(forger)


@pytest.mark.parametrize("answer", [b"", b"\x00", bytes(300)])
def test_an_answer_that_is_no_cryptogram_proves_nothing(answer: bytes, connect) -> None:
    forger = Forger(card_of("liu-zhiyong"))
    forger.answer = answer
    assert with_psam()[0].read(forger).authentication_fault == "card.not_proved"


# Modules that are missing, removed, wrong -----------------------------------------------------------


def test_without_any_module_cards_are_read_and_trusted_no_further(connect) -> None:
    card = reading(NoAuthenticator()).read(connect(card_of("liu-zhiyong")))
    assert card.holder is not None
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "")


def test_a_missing_psam_leaves_the_card_read_and_the_next_card_finds_it_again(connect) -> None:
    slot = Slot(None)
    read = reading(PsamAuthenticator(slot.open, PsamKeys()))
    card = read.read(connect(card_of("liu-zhiyong")))
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "sam.missing")
    assert card.holder is not None
    slot.card = VirtualPsam()
    assert read.read(connect(card_of("liu-zhiyong"))).authentication is Authentication.PSAM


@pytest.mark.parametrize("answers", range(6))
def test_a_psam_pulled_at_any_command_is_named_and_the_next_card_works(answers: int, connect) -> None:
    read, slot = with_psam()
    slot.answers_left = answers
    card = read.read(connect(card_of("closed-holder-file")))
    assert card.authentication_fault == "sam.removed"
    assert (card.holder, card.authentication) == (None, Authentication.NONE)
    slot.answers_left = None
    again = read.read(connect(card_of("closed-holder-file")))
    assert (again.authentication, again.authentication_fault) == (Authentication.PSAM, "")


def test_a_psam_lost_between_two_cards_is_opened_again_within_the_visit(connect) -> None:
    """FC-9: pcscd restarted; the line to the PSAM is dead, the PSAM is there."""
    slot = Slot(VirtualPsam())
    opened: list[SlotConnection] = []

    @contextmanager
    def open_reader() -> Iterator[Connection]:
        with slot.open() as connection:
            assert isinstance(connection, SlotConnection)
            opened.append(connection)
            yield connection

    read = reading(PsamAuthenticator(open_reader, PsamKeys()))
    assert read.read(connect(card_of("liu-zhiyong"))).authentication is Authentication.PSAM
    opened[-1]._dead = True
    card = read.read(connect(card_of("closed-holder-file")))
    assert (card.authentication, card.authentication_fault) == (Authentication.PSAM, "")
    assert card.holder is not None
    assert len(opened) == 2


def test_another_card_in_the_psams_slot_is_named(connect) -> None:
    slot = Slot(card_of("yang-ying"))
    card = reading(PsamAuthenticator(slot.open, PsamKeys())).read(connect(card_of("liu-zhiyong")))
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "sam.not_psam")


def test_the_psam_of_another_city_proves_no_card_of_this_one(connect) -> None:
    with pytest.raises(CardNotGenuine):
        with_psam(PsamMake(region="371700"))[0].read(connect(card_of("liu-zhiyong")))


def test_a_psam_that_selects_by_directory_only_works_too(connect) -> None:
    read, _ = with_psam(PsamMake(selects_by_name=False))
    assert read.read(connect(card_of("liu-zhiyong"))).authentication is Authentication.PSAM


def test_a_psam_without_sm4_says_so_and_still_proves_older_cards(connect) -> None:
    read, _ = with_psam(PsamMake(algorithms=frozenset((Algorithm.TRIPLE_DES,))))
    card = read.read(connect(card_of("rider")))
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "sam.key_missing")
    assert read.read(connect(card_of("liu-zhiyong"))).authentication is Authentication.PSAM


def test_a_psam_without_the_read_key_proves_the_card_and_leaves_its_holder_closed(connect) -> None:
    read, _ = with_psam(PsamMake(uses=frozenset((KeyUse.INTERNAL,))))
    card = read.read(connect(card_of("closed-holder-file")))
    assert (card.authentication, card.authentication_fault) == (Authentication.PSAM, "sam.key_missing")
    assert card.holder is None


def test_a_card_refusing_the_read_key_is_the_last_one_it_is_tried_on(connect) -> None:
    wrong = {**DEFAULT_KEYS, (Algorithm.SM4, KeyUse.READ): KeyReference(0x41)}
    read, _ = with_psam(keys=PsamKeys(references=wrong))
    first, second = connect(card_of("closed-holder-file")), connect(card_of("rider"))
    for connection in (first, second):
        card = read.read(connection)
        assert (card.authentication, card.authentication_fault) == (Authentication.PSAM, "sam.refused")
        assert card.holder is None
    assert [sum(command[1] == 0x82 for command in card.commands) for card in (first, second)] == [1, 0]


def test_ssf33_is_recognised_and_refused_by_name(connect) -> None:
    person = LIU.model_copy(update={"algorithm": "SSF33"})

    class Ssf33Card(DirectConnection):
        """Its cipher is not public, so that it answers anything."""

        def transmit(self, command: bytes) -> Response:
            return Response(bytes(8), 0x9000) if command[1] == 0x88 else super().transmit(command)

    card = with_psam()[0].read(Ssf33Card(VirtualSocialSecurityCard(person)))
    assert card.algorithm is Algorithm.SSF33
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "sam.algorithm")


# The centre's HSM -----------------------------------------------------------------------------------


class Hsm:
    """The centre's side: master keys, and what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[CardKeys, tuple[Challenge, ...]]] = []

    def __call__(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        self.asked.append((keys, challenges))
        person = next(p for p in VALID if p.identification_code == keys.identification_code)
        own = card_keys(person, make_of(person))
        return tuple(enciphered(keys.algorithm, own[c.use], c.seed, c.content) for c in challenges)


@each_valid_card
def test_the_centres_hsm_proves_and_opens_a_card_with_one_question(person: Persona, connect) -> None:
    hsm = Hsm()
    card = reading(HsmAuthenticator(hsm)).read(connect(card_of(person.id)))
    assert (card.authentication, card.authentication_fault) == (Authentication.HSM, "")
    assert card.holder is not None
    assert len(hsm.asked) == 1
    assert hsm.asked[0][0].region == "371600"


def test_an_hsm_out_of_reach_leaves_the_card_read(connect) -> None:
    def out_of_reach(keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        raise HsmUnreachable("timeout")

    card = reading(HsmAuthenticator(out_of_reach)).read(connect(card_of("liu-zhiyong")))
    assert (card.authentication, card.authentication_fault) == (Authentication.NONE, "sam.hsm_unreachable")


# The card's own side --------------------------------------------------------------------------------


def test_a_card_does_not_open_without_a_challenge_and_blocks_after_wrong_tries(connect) -> None:
    connection = connect(card_of("closed-holder-file"))
    prove = bytes.fromhex("0082000A10") + bytes(16)
    assert connection.transmit(prove).status == 0x6984
    for left in range(READ_KEY_TRIES - 1, -1, -1):
        connection.transmit(bytes.fromhex("0084000008"))
        assert connection.transmit(prove).status == 0x63C0 | left
    connection.transmit(bytes.fromhex("0084000008"))
    assert connection.transmit(prove).status == 0x6983


def test_an_opened_file_closes_again_with_the_environment(connect) -> None:
    connection = connect(card_of("closed-holder-file"))
    assert with_psam()[0].read(connection).holder is not None
    assert reading(NoAuthenticator()).read(connection).holder is None


def test_keys_of_tests_are_visibly_that() -> None:
    from drivers.virtual.test_keys import MASTER_KEYS

    assert all(key.startswith(b"TEST KEY ") and len(key) == 16 for key in MASTER_KEYS.values())
    assert len(set(MASTER_KEYS.values())) == len(MASTER_KEYS)
