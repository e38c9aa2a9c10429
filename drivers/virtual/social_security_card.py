"""A virtual social-security card: the real files behind a real command set, for an invented person.

It differs from issuer to issuer as real cards do; ``Make`` says how.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from config.personas import Persona
from domain.cards.aid import MASTER_FILE, SSSE, SSSE_DIRECTORY
from domain.cards.algorithms import Algorithm
from domain.cards.keys import derived, enciphered
from drivers.cards import social_security_files as files
from drivers.cards.atr import historical_bytes
from drivers.cards.authentication import READ_KEY
from drivers.cards.psam import BLOCK, KeyUse, PsamLevel, derivation_factors
from drivers.cards.social_security_files import Padding
from drivers.cards.status_word import StatusWord
from drivers.cards.tlv import encode_ber
from drivers.virtual.answer_times import INSTANT, AnswerTimes
from drivers.virtual.card_system import CardSystem, Command, Directory, File, Refused, Verb
from drivers.virtual.test_keys import MASTER_KEYS

READ_KEY_TRIES = 10
UPDATE_KEY = 0x04
"""No terminal holds it: fingerprint and photo stay closed."""
PIN_TRIES = 3
DEMONSTRATION_PIN = "123456"
ALGORITHM_CODES = {"3DES": 0x01, "SSF33": 0x02, "SM4": 0x03}


@dataclass(frozen=True, slots=True)
class Make:
    """How one issuer's cards are made.

    ``named_algorithm``: the FCI carries data object 9F0C; old 3DES cards leave it out.
    ``environment_is_master``: the environment is the master file, else directory DDF1 below it.
    ``name_selects``: SELECT finds the environment by its name (else only by file identifier).
    """

    contactless: bool = False
    named_algorithm: bool = True
    environment_is_master: bool = True
    name_selects: bool = True
    selects_below: bool = True
    reads_by_tag: bool = True
    reads_by_number: bool = True
    padding: Padding = Padding.RIGHT_00
    times: AnswerTimes = INSTANT


ORDINARY = Make()
Random = Callable[[int], bytes]


class VirtualSocialSecurityCard(CardSystem):
    """The card of one persona. ``random(size)`` gives its challenges.

    ``keys`` are its own secrets; a copy of somebody's card has none, or others.
    """

    def __init__(
        self,
        persona: Persona,
        make: Make = ORDINARY,
        random: Random = secrets.token_bytes,
        keys: Mapping[KeyUse, bytes] | None = None,
    ) -> None:
        super().__init__(
            reset_answer(persona, make),
            directories(persona, make),
            random,
            t0=not make.contactless,
            reads_by_tag=make.reads_by_tag,
            reads_by_number=make.reads_by_number,
            selects_below=make.selects_below,
            selects_by_name=make.name_selects,
        )
        self.persona = persona
        self._times = make.times
        self._keys = card_keys(persona, make) if keys is None else keys
        self._pin_tries = PIN_TRIES
        self._read_key_tries = READ_KEY_TRIES

    def verbs(self) -> Mapping[int, Verb]:
        more = {0x20: self._verify, 0x82: self._external_authenticate, 0x88: self._internal_authenticate}
        return {**super().verbs(), **more}

    def answer_time_ms(self, command: bytes, answer: bytes) -> float:
        return self._times.of(command, answer)

    def _verify(self, command: Command) -> bytes:
        """Six digits as three BCD bytes; the count of wrong tries outlives a reset, as on a chip."""
        if not self._pin_tries:
            raise Refused(StatusWord.AUTHENTICATION_BLOCKED)
        if len(command.data) != 3:
            raise Refused(StatusWord.WRONG_LENGTH)
        if command.data != bytes.fromhex(DEMONSTRATION_PIN):
            self._pin_tries -= 1
            raise Refused(0x63C0 | self._pin_tries)
        self._pin_tries = PIN_TRIES
        self.session.pin_verified = True
        return b""

    def _internal_authenticate(self, command: Command) -> bytes:
        """Eight bytes of seed and eight of content; a key version may follow."""
        if len(command.data) not in (2 * BLOCK, 2 * BLOCK + 1):
            raise Refused(StatusWord.WRONG_LENGTH)
        return self._enciphered(KeyUse.INTERNAL, command.data[:BLOCK], command.data[BLOCK : 2 * BLOCK])

    def _external_authenticate(self, command: Command) -> bytes:
        """The terminal's cryptogram over the challenge given last; each wrong one costs a try of the key."""
        if command.p2 != READ_KEY:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        if len(command.data) != 2 * BLOCK:
            raise Refused(StatusWord.WRONG_LENGTH)
        challenge, self.session.challenge = self.session.challenge, b""
        if len(challenge) != BLOCK:
            raise Refused(StatusWord.DATA_INVALIDATED)
        if not self._read_key_tries:
            raise Refused(StatusWord.AUTHENTICATION_BLOCKED)
        if command.data[:BLOCK] != self._enciphered(KeyUse.READ, challenge, command.data[BLOCK:]):
            self._read_key_tries -= 1
            raise Refused(0x63C0 | self._read_key_tries)
        self._read_key_tries = READ_KEY_TRIES
        self.session.opened_by |= {READ_KEY}
        return b""

    def _enciphered(self, use: KeyUse, seed: bytes, content: bytes) -> bytes:
        if use not in self._keys:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        return enciphered(Algorithm(self.persona.algorithm), self._keys[use], seed, content)


def card_keys(persona: Persona, make: Make) -> dict[KeyUse, bytes]:
    """The keys its issuer derived for this card; none for SSF33, whose cipher is not public."""
    algorithm = Algorithm(persona.algorithm)
    if algorithm is Algorithm.SSF33:
        return {}
    region, factor = persona.identification_code[:6], card_factor(persona, make)
    downwards = derivation_factors(PsamLevel.MINISTRY, region, factor)[::-1]
    return {use: derived(algorithm, MASTER_KEYS[algorithm, use], downwards) for use in KeyUse}


def card_factor(persona: Persona, make: Make) -> bytes:
    if persona.version >= "3":
        return bytes.fromhex(persona.identification_code)[-BLOCK:]
    return historical_bytes(reset_answer(persona, make))[-BLOCK:]


def reset_answer(persona: Persona, make: Make) -> bytes:
    """The ATR: 3B 6D 00 00 and 13 historical bytes, or the one PC/SC constructs for a contactless card.

    Historical bytes: chip maker 2, card system 3, card maker 2, region 2, serial 4. The chip and card
    makers here are invented.
    """
    serial = bytes.fromhex(persona.identification_code)[8:12]
    region = bytes.fromhex(persona.identification_code)[:2]
    history = bytes.fromhex("00FE 564952 86FE") + region + serial
    if not make.contactless:
        return bytes.fromhex("3B6D0000") + history
    body = bytes((0x80 | len(history), 0x80, 0x01)) + history
    check = 0
    for byte in body:
        check ^= byte
    return b"\x3b" + body + bytes((check,))


def directories(persona: Persona, make: Make) -> tuple[Directory, ...]:
    """The master file and, where the environment is not itself the master file, DDF1 below it."""
    environment = Directory(
        identifier=MASTER_FILE if make.environment_is_master else SSSE_DIRECTORY,
        name=SSSE,
        proprietary=_proprietary(persona, make),
        files=_files(persona, make),
        invalidated=persona.locked,
    )
    if make.environment_is_master:
        return (environment,)
    return (Directory(MASTER_FILE, name=b"1PAY.SYS.DDF01"), environment)


def _proprietary(persona: Persona, make: Make) -> bytes:
    short_file = encode_ber(0x88, b"\x01")
    if not make.named_algorithm:
        return short_file
    code = bytes((0x86, 0x01, ALGORITHM_CODES[persona.algorithm]))
    return short_file + encode_ber(0x9F0C, code)


def _files(persona: Persona, make: Make) -> tuple[File, ...]:
    holder_key = READ_KEY if persona.version >= "3" else None
    return (
        File(files.ISSUER_FILE, _records(files.ISSUER_FILE, persona, make)),
        File(files.HOLDER_FILE, _records(files.HOLDER_FILE, persona, make), read_key=holder_key),
        File(files.FINGERPRINT_FILE, content=bytes(0x300), read_key=UPDATE_KEY),
        File(files.PHOTO_FILE, content=bytes(0x1000), read_key=UPDATE_KEY),
    )


def _records(file: int, persona: Persona, make: Make) -> tuple[bytes, ...]:
    """Version 1.00 cards have no name extension, so that later records move up."""
    values = field_values(persona)
    return tuple(
        files.encode(field, values[field.name], make.padding)
        for field in files.FIELDS
        if field.file == file and not (field is files.NAME_EXTENSION and persona.version < "2")
    )


def field_values(persona: Persona) -> dict[str, str]:
    """Values on this person's card, by field name."""
    return {
        "identification_code": persona.identification_code,
        "card_class": "1",
        "version": persona.version,
        "initialising_organisation": persona.birthplace.ljust(24, "0"),
        "issue_date": f"{persona.issue_date:%Y%m%d}",
        "expiry_date": f"{persona.expiry_date:%Y%m%d}",
        "card_number": persona.card_number,
        "social_security_number": persona.social_security_number,
        "name": persona.name,
        "name_extension": persona.name_extension,
        "sex": persona.sex,
        "ethnic_group": persona.ethnic_group,
        "birthplace": persona.birthplace,
        "birth_date": f"{persona.birth_date:%Y%m%d}",
    }
