"""A printer at the other end of a socket or a line: it records what it is sent, and answers or stays mute."""

from __future__ import annotations

import os
import pty
import queue
import select
import socket
import threading
import tty
from collections.abc import Callable
from types import TracebackType

WELL = {1: 0x12, 2: 0x12, 4: 0x12}


class Brain:
    """Answers DLE EOT as ``status`` says and GS r with what paper there is; an empty ``status`` is mute."""

    def __init__(self, status: dict[int, int], *, finishes: bool = True) -> None:
        self.status = status
        self.finishes = finishes
        self.sent = bytearray()
        self._looked = 0

    def hear(self, received: bytes) -> bytes:
        self.sent += received
        answer = bytearray()
        while (at := self._next()) is not None:
            self._looked = at + 3
            command, asked = bytes(self.sent[at : at + 2]), self.sent[at + 2]
            if command == b"\x10\x04" and asked in self.status:
                answer.append(self.status[asked])
            elif command == b"\x1dr" and self.status and self.finishes:
                answer.append(0x00)
        return bytes(answer)

    def _next(self) -> int | None:
        found = [self.sent.find(command, self._looked) for command in (b"\x10\x04", b"\x1dr")]
        whole = [at for at in found if at >= 0 and at + 2 < len(self.sent)]
        return min(whole, default=None)


class TcpPrinter:
    """Listens on loopback; ``slips`` gets the bytes of each connection when it ends."""

    def __init__(self, status: dict[int, int] | None = None, *, finishes: bool = True) -> None:
        self.status = status or {}
        self.finishes = finishes
        self.slips: queue.Queue[bytes] = queue.Queue()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> TcpPrinter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join(30)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            brain = Brain(self.status, finishes=self.finishes)
            with connection:
                try:
                    while received := connection.recv(4096):
                        if answer := brain.hear(received):
                            connection.sendall(answer)
                except ConnectionError:
                    pass
            self.slips.put(bytes(brain.sent))


class SerialPrinterEnd:
    """The other end of a pseudo-terminal; ``device`` is what the driver opens."""

    def __init__(self, brain: Brain) -> None:
        self.brain = brain
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.device = os.ttyname(self._slave)
        self._wake, self._woken = os.pipe()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> SerialPrinterEnd:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What was written is read to its end first."""
        os.close(self._woken)
        self._thread.join(30)
        for descriptor in (self._master, self._slave, self._wake):
            os.close(descriptor)

    def _serve(self) -> None:
        answer: Callable[[bytes], bytes] = self.brain.hear
        while True:
            ready, _, _ = select.select([self._master, self._wake], [], [])
            if self._master in ready:
                os.write(self._master, answer(os.read(self._master, 4096)))
            elif self._wake in ready:
                return
