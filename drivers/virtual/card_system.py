"""A card operating system in process: files, records, challenges, PINs and keys (ISO/IEC 7816-4).

It answers as strictly as a chip does. With T=0 an answer to a command with data waits behind ``61xx``,
and a wrong expected length is answered by ``6Cxx``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from drivers.cards.status_word import StatusWord
from drivers.cards.tlv import encode_ber

OUTGOING = frozenset((0xB0, 0xB2, 0x84))
"""Instructions that carry no data and ask for some: their fifth byte is ``Le``, never ``Lc``."""


@dataclass(frozen=True, slots=True)
class File:
    """An elementary file. ``read_key`` is the key that must have authenticated the terminal, or None."""

    identifier: int
    records: tuple[bytes, ...] = ()
    content: bytes = b""
    read_key: int | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """A dedicated file with the files below it. ``invalidated`` answers SELECT with 6283."""

    identifier: int
    name: bytes = b""
    proprietary: bytes = b""
    files: tuple[File, ...] = ()
    invalidated: bool = False

    def control_information(self) -> bytes:
        name = encode_ber(0x84, self.name) if self.name else b""
        proprietary = encode_ber(0xA5, self.proprietary) if self.proprietary else b""
        return encode_ber(0x6F, name + proprietary)


@dataclass(frozen=True, slots=True)
class Command:
    """A command APDU taken apart; ``expected`` is 0 to 256, or None where ``Le`` is absent."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    expected: int | None


class Refused(Exception):
    """The command ends with this status word."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def parse_command(raw: bytes, t0: bool) -> Command:
    """A short command APDU; on T=0 one of case 4 arrives without its ``Le`` (ISO/IEC 7816-3, 12.2.5)."""
    if len(raw) < 4:
        raise Refused(StatusWord.WRONG_LENGTH)
    cla, ins, p1, p2 = raw[:4]
    if len(raw) == 4:
        return Command(cla, ins, p1, p2, b"", None)
    if len(raw) == 5:
        return Command(cla, ins, p1, p2, b"", raw[4] or 256)
    length = raw[4]
    data, rest = raw[5 : 5 + length], raw[5 + length :]
    if not length or len(data) != length or len(rest) > (0 if t0 else 1):
        raise Refused(StatusWord.WRONG_LENGTH)
    return Command(cla, ins, p1, p2, data, (rest[0] or 256) if rest else None)


@dataclass(slots=True)
class Session:
    """State of a card between two resets."""

    directory: Directory
    file: File | None = None
    record: int = 0
    pending: bytes = b""
    challenge: bytes = b""
    opened_by: frozenset[int] = field(default_factory=frozenset)
    pin_verified: bool = False


Verb = Callable[[Command], bytes]


class CardSystem:
    """A card of directories and files; the first directory is the master file.

    ``random(size)`` gives the card's challenges. ``reads_by_tag`` and ``reads_by_number`` say how records
    can be asked for, ``selects_below`` and ``selects_by_name`` whether SELECT knows P1 = 02 and 04.
    Fulfils ``VirtualCard``, with ``answer_time_ms`` left to the card that is made from it.
    """

    def __init__(
        self,
        atr: bytes,
        directories: tuple[Directory, ...],
        random: Callable[[int], bytes],
        *,
        t0: bool = True,
        reads_by_tag: bool = True,
        reads_by_number: bool = True,
        selects_below: bool = True,
        selects_by_name: bool = True,
    ) -> None:
        self.atr = atr
        self._directories = directories
        self._random = random
        self._t0 = t0
        self._reads_by_tag = reads_by_tag
        self._reads_by_number = reads_by_number
        self._selects_below = selects_below
        self._selects_by_name = selects_by_name
        self.session = Session(directories[0])

    def verbs(self) -> Mapping[int, Verb]:
        """Instruction byte to what the card does; a card with more to say adds to it."""
        return {
            0xA4: self._select,
            0xB0: self._read_binary,
            0xB2: self._read_record,
            0x84: self._get_challenge,
        }

    def power_on(self) -> bytes:
        self.session = Session(self._directories[0])
        return self.atr

    def power_off(self) -> None:
        self.session = Session(self._directories[0])

    def exchange(self, command: bytes) -> bytes:
        try:
            parsed = parse_command(command, self._t0)
            return self._answer(parsed)
        except Refused as refused:
            return refused.status.to_bytes(2, "big")

    def _answer(self, command: Command) -> bytes:
        if command.ins == 0xC0 and self._t0:
            return self._get_response(command)
        self.session.pending = b""
        verb = self.verbs().get(command.ins)
        if verb is None:
            raise Refused(StatusWord.INSTRUCTION_UNKNOWN)
        return self._deliver(command, verb(command))

    def _deliver(self, command: Command, answer: bytes) -> bytes:
        """Hand the answer over as the transmission protocol wants it."""
        ok = StatusWord.OK.to_bytes(2, "big")
        if not answer:
            return ok
        if self._t0 and command.ins not in OUTGOING:
            self.session.pending = answer
            return bytes((0x61, len(answer) & 0xFF))
        if command.expected is None:
            return ok
        return self._measured(command, answer) + ok

    def _measured(self, command: Command, answer: bytes) -> bytes:
        """Exactly the requested length; ``Le`` of 00 takes all outside T=0, and is answered by the length on
        it.
        """
        takes_all = command.expected == 256 and not self._t0
        if command.expected != len(answer) and not takes_all:
            raise Refused(0x6C00 | len(answer) & 0xFF)
        return answer

    def _select(self, command: Command) -> bytes:
        if command.cla != 0x00:
            raise Refused(StatusWord.CLASS_UNKNOWN)
        information = self._selected(command)
        return b"" if command.p2 & 0x0C == 0x0C else information

    def _selected(self, command: Command) -> bytes:
        match command.p1, command.data:
            case 0x04, name if self._selects_by_name:
                return self._enter(next((d for d in self._directories if d.name == name), None))
            case 0x02, identifier if self._selects_below:
                return self._open(int.from_bytes(identifier, "big"))
            case 0x00, identifier:
                number = int.from_bytes(identifier, "big")
                directory = next((d for d in self._directories if d.identifier == number), None)
                return self._enter(directory) if directory else self._open(number)
        raise Refused(StatusWord.WRONG_PARAMETERS)

    def _enter(self, directory: Directory | None) -> bytes:
        if directory is None:
            raise Refused(StatusWord.FILE_NOT_FOUND)
        self.session.directory, self.session.file = directory, None
        self.session.opened_by = frozenset()
        if directory.invalidated:
            raise Refused(StatusWord.INVALIDATED)
        return directory.control_information()

    def _open(self, identifier: int) -> bytes:
        self.session.file = self._file(identifier)
        return b""

    def _file(self, identifier: int) -> File:
        for file in self.session.directory.files:
            if file.identifier == identifier:
                return file
        raise Refused(StatusWord.FILE_NOT_FOUND)

    def _readable(self, file: File | None) -> File:
        if file is None:
            raise Refused(StatusWord.NO_CURRENT_FILE)
        if file.read_key is not None and file.read_key not in self.session.opened_by:
            raise Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        return file

    def _read_record(self, command: Command) -> bytes:
        file = self._readable(self.session.file)
        if not file.records:
            raise Refused(StatusWord.INCOMPATIBLE_FILE)
        return self._record(file, command)

    def _record(self, file: File, command: Command) -> bytes:
        if command.p2 == 0x00 and self._reads_by_tag:
            found = [record for record in file.records if record[0] == command.p1]
        elif command.p2 == 0x04 and self._reads_by_number:
            found = list(file.records[command.p1 - 1 : command.p1]) if command.p1 else []
        else:
            raise Refused(StatusWord.WRONG_PARAMETERS)
        if not found:
            raise Refused(StatusWord.RECORD_NOT_FOUND)
        return found[0]

    def _read_binary(self, command: Command) -> bytes:
        """By short identifier (P1 8x) or at an offset of the current file; never beyond what is there."""
        by_name = bool(command.p1 & 0x80)
        number = command.p1 & 0x1F
        current = self._file(self._short(number)) if by_name else self.session.file
        file = self._readable(current)
        if file.records:
            raise Refused(StatusWord.INCOMPATIBLE_FILE)
        self.session.file = file
        offset = command.p2 if by_name else command.p1 << 8 | command.p2
        if offset >= len(file.content):
            raise Refused(StatusWord.OUTSIDE_FILE)
        return file.content[offset : offset + (command.expected or 0)]

    def _short(self, number: int) -> int:
        """The identifier of the file below the current directory whose last five bits are ``number``."""
        for file in self.session.directory.files:
            if file.identifier & 0x1F == number:
                return file.identifier
        raise Refused(StatusWord.FILE_NOT_FOUND)

    def _get_challenge(self, command: Command) -> bytes:
        if command.expected not in (4, 8):
            raise Refused(StatusWord.WRONG_LENGTH)
        self.session.challenge = self._random(command.expected)
        return self.session.challenge

    def _get_response(self, command: Command) -> bytes:
        """All waiting bytes, or their first part with the rest announced by another ``61xx``."""
        waiting, wanted = self.session.pending, command.expected or 256
        if not waiting:
            raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
        if wanted > len(waiting):
            raise Refused(0x6C00 | len(waiting) & 0xFF)
        self.session.pending = rest = waiting[wanted:]
        status = 0x6100 | len(rest) & 0xFF if rest else StatusWord.OK
        return waiting[:wanted] + status.to_bytes(2, "big")
