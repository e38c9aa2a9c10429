"""Lines as the bytes of ESC/POS, Chinese in GB 18030 in the printer's kanji mode (``FS &``)."""

from __future__ import annotations

from typing import Any

import qrcode

from drivers.printers.layout import MISSING, Line, QrLine, TextLine
from drivers.printers.library import command_buffer

KANJI_MODE = b"\x1c&"
"""FS &: two bytes are one Chinese character from here on."""
DOTS_PER_COLUMN = 12
LARGEST_MODULE = 8
QUIET_ZONE = 8
"""Modules left free beside a QR code, both sides together (ISO/IEC 18004, 6.3.8)."""


def encode(lines: tuple[Line, ...], columns: int, encoding: str = "gb18030") -> bytes:
    """One whole job: reset, lines, feed, cut."""
    printer = command_buffer()
    printer.hw("INIT")
    for line in lines:
        match line:
            case TextLine(text=text, strong=strong, tall=tall):
                printer.set(align="left", bold=strong, custom_size=True, width=1, height=2 if tall else 1)
                printer._raw(KANJI_MODE + chinese(text, encoding) + b"\n")
            case QrLine(content=content):
                printer.set(align="center")
                printer.qr(content, size=module_size(content, columns), native=True)
                printer._raw(b"\n")
    printer.cut(mode="PART")
    return _output(printer)


def _output(printer: Any) -> bytes:
    return bytes(printer.output)


def chinese(text: str, encoding: str = "gb18030") -> bytes:
    """In the printer's character set; what it lacks is a 〓, and a control character never gets through."""
    return "".join(one if _writable(one, encoding) else MISSING for one in text).encode(encoding)


def _writable(character: str, encoding: str) -> bool:
    if not character.isprintable() and character != "　":
        return False
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def module_size(content: str, columns: int) -> int:
    """Dots of one module, as large as the paper allows."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(content.encode())
    code.make(fit=True)
    room = columns * DOTS_PER_COLUMN
    return max(1, min(LARGEST_MODULE, room // (int(code.modules_count) + QUIET_ZONE)))
