"""Command APDUs as bytes (ISO/IEC 7816-4, 5.2), and the commands the social-security card understands."""

from __future__ import annotations

SHORT_LIMIT = 256
EXTENDED_LIMIT = 65_536
ALL = 256
"""As an expected length: whatever there is, up to 256 bytes (short ``Le`` of 00)."""


def command(cla: int, ins: int, p1: int, p2: int, data: bytes = b"", expected: int = 0) -> bytes:
    """One command APDU.

    ``expected`` is the number of answer bytes asked for, 0 for none (no ``Le``). Lengths beyond the
    short form (255 bytes of data, 256 expected) switch both fields to the extended form.
    Raises ``ValueError`` for what no APDU can carry.
    """
    if not (len(data) < EXTENDED_LIMIT and 0 <= expected <= EXTENDED_LIMIT):
        raise ValueError(f"no APDU carries {len(data)} bytes or asks for {expected}")
    header = bytes((cla, ins, p1, p2))
    if len(data) < SHORT_LIMIT and expected <= SHORT_LIMIT:
        return header + _short(data, expected)
    return header + _extended(data, expected)


def _short(data: bytes, expected: int) -> bytes:
    lc = bytes((len(data),)) + data if data else b""
    le = bytes((expected % SHORT_LIMIT,)) if expected else b""
    return lc + le


def _extended(data: bytes, expected: int) -> bytes:
    lc = b"\0" + len(data).to_bytes(2, "big") + data if data else b""
    le = (expected % EXTENDED_LIMIT).to_bytes(2, "big") if expected else b""
    return lc + le if data else b"\0" + le


def select_name(name: bytes, expected: int = 0) -> bytes:
    """SELECT by DF name. On T=0 the connection leaves ``Le`` out and fetches the answer after ``61xx``."""
    return command(0x00, 0xA4, 0x04, 0x00, name, expected)


def select_below(file: int) -> bytes:
    """SELECT an EF below the current DF: what most drivers in the field send."""
    return command(0x00, 0xA4, 0x02, 0x00, file.to_bytes(2, "big"))


def select_file(file: int, expected: int = 0) -> bytes:
    """SELECT by file identifier, wherever it is allowed to be."""
    return command(0x00, 0xA4, 0x00, 0x00, file.to_bytes(2, "big"), expected)


def select_master_file() -> bytes:
    """SELECT the master file without asking for its control information: some cards have none to give."""
    return command(0x00, 0xA4, 0x00, 0x0C, b"\x3f\x00")


def read_record(number: int, expected: int) -> bytes:
    """READ RECORD by number in the current EF."""
    return command(0x00, 0xB2, number, 0x04, expected=expected)


def read_record_by_tag(tag: int, expected: int) -> bytes:
    """READ RECORD by identifier: the record of the current EF whose first byte is ``tag``."""
    return command(0x00, 0xB2, tag, 0x00, expected=expected)


def read_record_of(short_file: int, number: int, expected: int) -> bytes:
    """READ RECORD by number in an EF by its short identifier (SFI, 1 to 30)."""
    return command(0x00, 0xB2, number, short_file << 3 | 0x04, expected=expected)


def update_record(number: int, record: bytes) -> bytes:
    """UPDATE RECORD by number in the current EF (ISO/IEC 7816-4): replaces the whole record."""
    return command(0x00, 0xDC, number, 0x04, record)


def read_binary(offset: int, expected: int) -> bytes:
    """READ BINARY of the current EF; offsets reach 7FFF."""
    return command(0x00, 0xB0, offset >> 8 & 0x7F, offset & 0xFF, expected=expected)


def read_binary_of(short_file: int, expected: int) -> bytes:
    """READ BINARY from the start of an EF by its short identifier (SFI, 1 to 30)."""
    return command(0x00, 0xB0, 0x80 | short_file, 0x00, expected=expected)


def get_balance(part: int) -> bytes:
    """GET BALANCE of an electronic purse (80 5C, JR/T 0025): four bytes of fen."""
    return command(0x80, 0x5C, part, 0x02, expected=4)


def get_challenge(size: int = 8) -> bytes:
    return command(0x00, 0x84, 0x00, 0x00, expected=size)


def verify(pin_digits: str) -> bytes:
    """VERIFY a PIN of an even number of digits, sent as packed BCD."""
    return command(0x00, 0x20, 0x00, 0x00, bytes.fromhex(pin_digits))


def internal_authenticate(session_factor: bytes, challenge: bytes) -> bytes:
    """INTERNAL AUTHENTICATE: 8 bytes to make the session key from, 8 bytes to encipher under it."""
    return command(0x00, 0x88, 0x00, 0x00, session_factor + challenge, ALL)


def external_authenticate(key: int, cryptogram: bytes, plain: bytes) -> bytes:
    """EXTERNAL AUTHENTICATE with the card's key number ``key``; 8 + 8 bytes."""
    return command(0x00, 0x82, 0x00, key, cryptogram + plain)
