"""Bytes to and from a printer over any connection; no call waits longer than its limit."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from pathlib import Path

import serial

from config.printer_address import Address, FilePrinter, NetworkPrinter, SerialPrinter, UsbPrinter
from drivers.printers.faults import Interrupted, NotReached

CONNECT_S = 2.0
HANG_UP_S = 0.3
SYSFS = Path("/sys/class/usbmisc")
DEVICES = Path("/dev/usb")


class Wire:
    """An open way to a printer. ``answers`` is False where nothing can ever come back (a plain file)."""

    def __init__(self, descriptor: int, close: Callable[[], None], *, answers: bool = True) -> None:
        self._descriptor = descriptor
        self._close = close
        self.answers = answers
        os.set_blocking(descriptor, False)

    def send(self, content: bytes, within_s: float) -> None:
        """All of it. Raises ``Interrupted`` when the printer stops taking bytes or goes away."""
        ends = time.monotonic() + within_s
        left = memoryview(content)
        while left:
            self._wait(select.POLLOUT, ends)
            try:
                left = left[os.write(self._descriptor, left) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Interrupted(os.strerror(error.errno or 0)) from error

    def receive(self, ends: float) -> bytes:
        """Received bytes, at most 64; empty when nothing came until ``ends`` (monotonic seconds).

        Raises ``Interrupted`` when the other side has gone.
        """
        while True:
            try:
                self._wait(select.POLLIN, ends)
            except Interrupted:
                if time.monotonic() >= ends:
                    return b""
                raise
            try:
                received = os.read(self._descriptor, 64)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Interrupted(os.strerror(error.errno or 0)) from error
            if not received:
                raise Interrupted("the other side hung up")
            return received

    def close(self) -> None:
        self._close()

    def _wait(self, for_what: int, ends: float) -> None:
        poll = select.poll()
        poll.register(self._descriptor, for_what)
        ready = poll.poll(max(0.0, ends - time.monotonic()) * 1000)
        if not ready:
            raise Interrupted("no answer in time")
        if not ready[0][1] & for_what:
            raise Interrupted("the other side hung up")


def open_wire(address: Address) -> Wire:
    """Raises ``NotReached``."""
    try:
        match address:
            case NetworkPrinter(host=host, port=port):
                connection = socket.create_connection((host, port), CONNECT_S)
                return Wire(connection.fileno(), lambda: _hang_up(connection))
            case SerialPrinter(device=device, baud=baud):
                line = serial.Serial(device, baud)
                return Wire(line.fileno(), line.close)
            case UsbPrinter():
                return _open_file(usb_device(address))
            case FilePrinter(path=path):
                return _open_file(path)
    except (OSError, serial.SerialException) as error:
        raise NotReached(type(error).__name__) from error


def _hang_up(connection: socket.socket) -> None:
    """Says that no more comes and reads what is left: closing over unread bytes would reset the connection,
    and the printer would lose the end of the slip (RFC 9293, 3.10.4)."""
    try:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(HANG_UP_S)
        while connection.recv(64):
            pass
    except OSError:
        pass
    finally:
        connection.close()


def _open_file(path: Path) -> Wire:
    if path.is_char_device():
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        return Wire(descriptor, lambda: os.close(descriptor))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o600)
    return Wire(descriptor, lambda: os.close(descriptor), answers=False)


def usb_device(address: UsbPrinter, sysfs: Path = SYSFS, devices: Path = DEVICES) -> Path:
    """The device file the kernel's usblp driver gave this printer. Raises ``NotReached``."""
    for entry in sorted(sysfs.glob("lp*")):
        try:
            above = (entry / "device").resolve().parent
            found = tuple((above / name).read_text().strip().lower() for name in ("idVendor", "idProduct"))
        except OSError:
            continue
        if found == (address.vendor, address.product):
            return devices / entry.name
    raise NotReached(f"no USB printer {address.vendor}:{address.product}")
