"""A slot of the virtual PC/SC reader with a virtual card in it.

vsmartcard's vpcd listens on a TCP port a slot; the client is the card. Messages both ways are a
two-byte big-endian length and the body. One-byte bodies from the reader are 0 power off, 1 power on,
2 reset, 4 "give your ATR" (the only one answered); every longer body is a command APDU.

vpcd sends length and body apart: without TCP_QUICKACK each exchange waits 44 ms for a delayed
acknowledgement.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

from drivers.virtual.card import VirtualCard
from drivers.virtual.disturbance import Disturbance, Torn

POWER_OFF = 0
POWER_ON = 1
RESET = 2
GIVE_ATR = 4
NO_ATR = b"\x00"
FIRST_PAUSE_S = 0.01
LONGEST_PAUSE_S = 0.25


class VpcdSlot:
    """One slot; ``insert`` and ``remove`` may be called from any thread.

    The slot keeps trying to reach vpcd while a card is in it, so that it outlives a restarted daemon.

    ``change_s`` is how long a hand takes from one card to the next: pcscd looks every 400 ms whether a
    card is there, and a change within that time would never have happened.
    """

    def __init__(self, port: int, host: str = "127.0.0.1", change_s: float = 0) -> None:
        self._address = (host, port)
        self._change_s = change_s
        self._taken_at = float("-inf")
        self._lock = threading.Lock()
        self._insertion: _Insertion | None = None

    def insert(self, card: VirtualCard, disturbance: Disturbance | None = None) -> None:
        """Puts a card in; one already there is taken out first."""
        self.remove()
        with self._lock:
            wait_s = max(0.0, self._taken_at + self._change_s - time.monotonic())
            self._insertion = _Insertion(self._address, card, disturbance or Disturbance(), wait_s)

    def remove(self) -> None:
        """Takes the card out, in the middle of an exchange if need be."""
        with self._lock:
            insertion, self._insertion = self._insertion, None
        if insertion:
            insertion.end()
            self._taken_at = time.monotonic()

    stop = remove


class _Insertion:
    """One card in one slot, from insertion to removal: a thread that is the card.

    vpcd takes no answer for an empty slot, so that a mute card must answer something: a byte that is no ATR.
    """

    def __init__(
        self, address: tuple[str, int], card: VirtualCard, disturbance: Disturbance, wait_s: float
    ) -> None:
        self._wait_s = wait_s
        self._address = address
        self._card = card
        self._disturbance = disturbance
        self._atr = b""
        self._ended = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name=f"virtual card {address[1]}", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        if connected := self._socket:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
        if threading.current_thread() is not self._thread:
            self._thread.join(1)

    def _run(self) -> None:
        self._ended.wait(self._wait_s)
        pause = FIRST_PAUSE_S
        while not self._ended.is_set():
            with suppress(OSError), socket.create_connection(self._address, 1) as connected:
                self._socket = connected
                pause = FIRST_PAUSE_S
                connected.settimeout(None)
                connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._serve(connected)
            self._socket = None
            self._ended.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def _serve(self, connected: socket.socket) -> None:
        """Answers until the reader hangs up, the card is taken out or the disturbance tears it."""
        while not self._ended.is_set() and (body := receive(connected)) is not None:
            if len(body) == 1:
                answer = self._control(body[0])
            else:
                try:
                    answer = self._exchange(body)
                except Torn:
                    self._ended.set()
                    return
            if answer is not None:
                connected.sendall(len(answer).to_bytes(2, "big") + answer)

    def _control(self, code: int) -> bytes | None:
        if code == GIVE_ATR:
            return self._answer_to_reset()
        if code == POWER_OFF:
            self._card.power_off()
            self._atr = b""
        elif code in (POWER_ON, RESET):
            self._atr = self._card.power_on()
        return None

    def _answer_to_reset(self) -> bytes:
        """Asked for every 400 ms to see whether the card is still there: that must not reset it."""
        if self._disturbance.mute:
            return NO_ATR
        self._atr = self._atr or self._card.power_on()
        return self._atr

    def _exchange(self, command: bytes) -> bytes:
        began = time.monotonic()
        self._disturbance.before(command)
        answer = self._card.exchange(command)
        lasts_s = (self._card.answer_time_ms(command, answer) + self._disturbance.slower_ms) / 1000
        left = lasts_s - (time.monotonic() - began)
        if left > 0:
            self._ended.wait(left)
        return self._disturbance.garble(answer)


def receive(connected: socket.socket) -> bytes | None:
    """One message from vpcd, or None when it hung up."""
    length = _exactly(connected, 2)
    return None if length is None else _exactly(connected, int.from_bytes(length, "big"))


def _exactly(connected: socket.socket, size: int) -> bytes | None:
    received = b""
    while len(received) < size:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = connected.recv(size - len(received))
        if not part:
            return None
        received += part
    return received
