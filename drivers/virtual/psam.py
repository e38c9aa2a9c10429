"""A virtual PSAM with test keys: what a terminal asks of a real one, and nothing that earns money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.cards.aid import MASTER_FILE, PSAM_APPLICATION, PSAM_DIRECTORY, SSSE
from domain.cards.algorithms import Algorithm
from domain.cards.keys import derived, enciphered
from drivers.cards.psam import BLOCK, KeyUse, PsamKeys, PsamLevel, derivation_factors
from drivers.cards.status_word import StatusWord
from drivers.virtual.answer_times import INSTANT, AnswerTimes
from drivers.virtual.card_system import CardSystem, Command, Directory, File, Refused, Verb
from drivers.virtual.test_keys import MASTER_KEYS

ATR = bytes.fromhex("3B6D0000") + b"TEST PSAM" + bytes.fromhex("00005A01")


@dataclass(frozen=True, slots=True)
class PsamMake:
    """Which PSAM it is. ``uses`` it holds keys for; ``region`` its keys are derived for, by its level."""

    region: str
    level: PsamLevel = PsamLevel.COUNTY
    algorithms: frozenset[Algorithm] = frozenset((Algorithm.TRIPLE_DES, Algorithm.SM4))
    uses: frozenset[KeyUse] = frozenset(KeyUse)
    terminal_number: str = ""
    """12 digits; empty: the first of the region."""
    selects_by_name: bool = True
    times: AnswerTimes = INSTANT

    def __post_init__(self) -> None:
        if not self.terminal_number:
            object.__setattr__(self, "terminal_number", f"{self.region}000001")


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key in the PSAM, already derived for the PSAM's own level; ``usage`` is P1 of a derivation."""

    algorithm: Algorithm
    usage: int
    value: bytes = field(repr=False)


class VirtualPsam(CardSystem):
    """Derives, enciphers 8 bytes, forgets: no key ever leaves it."""

    def __init__(self, make: PsamMake) -> None:
        super().__init__(ATR, directories(make), random=bytes, t0=True, selects_by_name=make.selects_by_name)
        self._keys = held_keys(make)
        self._times = make.times
        self._working: tuple[Algorithm, bytes, bytes] | None = None
        """Algorithm, key of one card and seed, between deriving and enciphering."""

    def power_on(self) -> bytes:
        self._working = None
        return super().power_on()

    def verbs(self) -> Mapping[int, Verb]:
        return {**super().verbs(), 0xDE: self._derive, 0xFA: self._encipher}

    def answer_time_ms(self, command: bytes, answer: bytes) -> float:
        return self._times.of(command, answer)

    def _derive(self, command: Command) -> bytes:
        """BF DE: P1 usage (levels in the top three bits), P2 key; factors, nearest first, then the seed."""
        self._in_application(command, 0xBF)
        key = self._keys.get(command.p2)
        if key is None or key.usage != command.p1:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        if len(command.data) != BLOCK * ((command.p1 >> 5) + 1):
            raise Refused(StatusWord.WRONG_LENGTH)
        *factors, seed = (command.data[at : at + BLOCK] for at in range(0, len(command.data), BLOCK))
        self._working = (key.algorithm, derived(key.algorithm, key.value, reversed(factors)), seed)
        return b""

    def _encipher(self, command: Command) -> bytes:
        self._in_application(command, 0x80)
        if self._working is None:
            raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
        if len(command.data) != BLOCK:
            raise Refused(StatusWord.WRONG_LENGTH)
        (algorithm, key, seed), self._working = self._working, None
        return enciphered(algorithm, key, seed, command.data)

    def _in_application(self, command: Command, cla: int) -> None:
        if command.cla != cla:
            raise Refused(StatusWord.CLASS_UNKNOWN)
        if self.session.directory.identifier != PSAM_DIRECTORY:
            raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)


def directories(make: PsamMake) -> tuple[Directory, ...]:
    number = bytes.fromhex(make.terminal_number)
    shared = (
        File(0xEF15, content=b"TEST" + bytes(4) + number),
        File(0xEF16, content=number),
        File(0xEF17, content=b"\x01"),
    )
    return (Directory(MASTER_FILE, SSSE, files=shared), Directory(PSAM_DIRECTORY, PSAM_APPLICATION))


def held_keys(make: PsamMake) -> dict[int, HeldKey]:
    """The keys by their identifiers, derived from the master keys down to the level of this PSAM."""
    keys = {}
    for (algorithm, use), reference in PsamKeys().references.items():
        if algorithm in make.algorithms and use in make.uses:
            value = derived(algorithm, MASTER_KEYS[algorithm, use], _down_to(make))
            keys[reference.identifier] = HeldKey(algorithm, make.level.value << 5 | reference.type, value)
    return keys


def _down_to(make: PsamMake) -> tuple[bytes, ...]:
    """The factors already spent: the widest first, none for the ministry's own PSAM."""
    _, city, province = derivation_factors(PsamLevel.MINISTRY, make.region, bytes(BLOCK))
    return (province, city)[: PsamLevel.MINISTRY.value - make.level.value]
