"""Lines as the bytes of ESC/POS: text in the printer's character set, lines it cannot set as dots (``GS v
0``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import qrcode

from config.printer_profiles import DOTS_PER_COLUMN, PrinterProfile
from drivers.printers.charset import holds, written
from drivers.printers.layout import Line, QrLine, TextLine
from drivers.printers.library import command_buffer

if TYPE_CHECKING:
    from drivers.printers.drawing import Bitmap

RASTER = b"\x1dv0\x00"
"""GS v 0, normal density: bytes of a row and rows follow, two bytes each, the low one first."""
LARGEST_MODULE = 8
QUIET_ZONE = 8
"""Modules left free beside a QR code, both sides together (ISO/IEC 18004, 6.3.8)."""


def encode(lines: tuple[Line, ...], columns: int, profile: PrinterProfile) -> bytes:
    """One whole job: reset, character set, lines, feed, cut."""
    printer = command_buffer()
    printer.hw("INIT")
    printer._raw(profile.select)
    for line in lines:
        match line:
            case TextLine(text=text) if all(holds(profile.charset, one) for one in text):
                printer.set(
                    align="left", bold=line.strong, custom_size=True, width=1, height=2 if line.tall else 1
                )
                printer._raw(written(profile.charset, text) + b"\n")
            case TextLine():
                printer.set(align="left")
                printer._raw(drawn(line))
            case QrLine(content=content):
                printer.set(align="center")
                printer.qr(content, size=module_size(content, columns), native=True)
                printer._raw(b"\n")
    printer.cut(mode="PART")
    return _output(printer)


def drawn(line: TextLine) -> bytes:
    """The line as a bitmap. A whole line and not one character: every printer takes ``GS v 0``, and not every
    one takes dots between letters (``ESC *``), or doubles them in a tall line."""
    # Late, as the library is: Pillow takes its time, and most slips need no drawing.
    from drivers.printers.drawing import draw

    return _raster(draw(line.text, strong=line.strong, tall=line.tall))


def _raster(bitmap: Bitmap) -> bytes:
    size = bitmap.width_bytes.to_bytes(2, "little") + bitmap.height.to_bytes(2, "little")
    return RASTER + size + bitmap.rows


def _output(printer: Any) -> bytes:
    return bytes(printer.output)


def module_size(content: str, columns: int) -> int:
    """Dots of one module, as large as the paper allows."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(content.encode())
    code.make(fit=True)
    room = columns * DOTS_PER_COLUMN
    return max(1, min(LARGEST_MODULE, room // (int(code.modules_count) + QUIET_ZONE)))
