"""Where a printer is, from the one line of the setting ``printer.address``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from config.faults import Fault

RAW_PORT = 9100
"""Port that receipt printers listen on (IANA: pdl-datastream)."""
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
EXAMPLES = "tcp://192.0.2.7:9100, serial:/dev/ttyS0?baud=9600, usb:04b8:0202, file:/dev/usb/lp0"


class WrongAddress(Fault):
    """The setting names no printer. Found when settings are read, so that none with it is ever adopted."""

    code = "printer.wrong_address"


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    host: str
    port: int = RAW_PORT


@dataclass(frozen=True, slots=True)
class SerialPrinter:
    device: str
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """By vendor and product as four hex digits each, as ``lsusb`` shows them."""

    vendor: str
    product: str


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """A device file of the kernel, or a plain file that collects what would be printed."""

    path: Path


Address = NetworkPrinter | SerialPrinter | UsbPrinter | FilePrinter


def parse_address(written: str) -> Address:
    """Raises ``WrongAddress`` with examples."""
    try:
        return _parsed(urlsplit(written))
    except ValueError as error:
        raise WrongAddress(f"{written!r} ({error}); examples: {EXAMPLES}") from error


def _parsed(parts: SplitResult) -> Address:
    match parts.scheme:
        case "tcp" if parts.hostname and not parts.path.strip("/") and not parts.query:
            return NetworkPrinter(parts.hostname, parts.port or RAW_PORT)
        case "serial" if parts.path.startswith("/") and not parts.netloc:
            return SerialPrinter(parts.path, _baud(parts.query))
        case "usb" if not parts.query:
            vendor, product = parts.path.split(":")
            return UsbPrinter(_four_hex(vendor), _four_hex(product))
        case "file" if parts.path.startswith("/") and not parts.netloc and not parts.query:
            return FilePrinter(Path(parts.path))
        case _:
            raise ValueError("no kind of printer")


def _baud(query: str) -> int:
    if not query:
        return 9600
    name, _, value = query.partition("=")
    if name != "baud" or not value.isascii() or not value.isdigit() or int(value) not in BAUDS:
        raise ValueError(f"baud is one of {', '.join(map(str, BAUDS))}")
    return int(value)


def _four_hex(text: str) -> str:
    if len(text) != 4 or not set(text.lower()) <= set("0123456789abcdef"):
        raise ValueError("vendor and product are four hex digits each")
    return text.lower()
