"""One socket to a library's system: one message at a time, an answer in time or a named fault."""

from __future__ import annotations

import contextlib
import logging
import socket
import time
from typing import TypeVar

from central.departments.sip2.codec import decode, encode, split
from central.departments.sip2.faults import (
    LoginRefused,
    Malformed,
    NotTaken,
    OutOfService,
    Silent,
    Sip2Fault,
)
from central.departments.sip2.messages import (
    AcsStatus,
    EndPatronSession,
    EndSessionResponse,
    Login,
    LoginResponse,
    Message,
    RequestAcsResend,
    RequestScResend,
    ScStatus,
)
from central.departments.sip2.settings import Sip2Settings

RESENDS = 2
"""How often one message is asked for again, or sent again where nothing is booked by it."""
PASSED_OVER = 16
"""Answers to earlier questions that are passed over while one's own is waited for."""
CHUNK = 4096

A = TypeVar("A", bound=Message)

log = logging.getLogger(__name__)


class Line:
    """Made by ``open_line``. ``alive``: the connection stands; ``clean``: nothing is owed on it any more."""

    def __init__(self, connection: socket.socket, settings: Sip2Settings) -> None:
        self._socket = connection
        self._settings = settings
        self._sequence = -1
        self._rest = b""
        self._lines: list[bytes] = []
        self._patron: EndPatronSession | None = None
        self.alive = True
        self.clean = True
        self.used_at = time.monotonic()

    def exchange(self, message: Message, kind: type[A], timeout_ms: int | None = None) -> A:
        """The answer of that kind to this message. Raises ``NotSendable`` (nothing was sent) and ``Silent``.

        After ``Silent`` a line that is still ``alive`` may be asked what became of it, and then ends.
        """
        self._sequence = (self._sequence + 1) % 10
        wire = encode(message, self._sequence, self._settings.dialect)
        limit_ms = self._settings.answer_ms if timeout_ms is None else timeout_ms
        deadline = time.monotonic() + limit_ms / 1000
        try:
            self._send(wire, deadline)
            answer = self._answer(message, wire, kind, deadline)
        except (OSError, Malformed) as error:
            self.close()
            raise Silent(f"after {message.command}: {type(error).__name__}") from error
        except Silent:
            self.clean = False
            raise
        self.used_at = time.monotonic()
        return answer

    def _answer(self, message: Message, wire: bytes, kind: type[A], deadline: float) -> A:
        resends = 0
        for _ in range(PASSED_OVER):
            line = self._next_line(deadline)
            try:
                received = decode(line, self._settings.dialect)
            except Malformed as fault:
                log.warning("answer to %s: %s", message.command, fault)
                resends = self._counted(resends, message)
                self._send(encode(RequestAcsResend(), 0, self._settings.dialect), deadline)
                continue
            if isinstance(received.message, RequestScResend):
                if message.books:
                    raise NotTaken(f"asked for {message.command} again")
                resends = self._counted(resends, message)
                self._send(wire, deadline)
            elif isinstance(received.message, kind) and received.sequence in (None, self._sequence):
                return received.message
            else:
                log.warning("passed over an answer that is none to %s", message.command)
        raise Silent(f"only other answers after {message.command}")

    def _counted(self, resends: int, message: Message) -> int:
        if resends >= RESENDS:
            raise Silent(f"no whole answer to {message.command}")
        return resends + 1

    def _send(self, wire: bytes, deadline: float) -> None:
        self._socket.settimeout(self._left(deadline))
        self._socket.sendall(wire)

    def _next_line(self, deadline: float) -> bytes:
        while not self._lines:
            self._socket.settimeout(self._left(deadline))
            try:
                arrived = self._socket.recv(CHUNK)
            except TimeoutError as error:
                raise Silent("no answer in time") from error
            if not arrived:
                raise ConnectionResetError
            self._lines, self._rest = split(self._rest + arrived)
        return self._lines.pop(0)

    def _left(self, deadline: float) -> float:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Silent("no answer in time")
        return left

    def serve(self, patron: EndPatronSession | None) -> None:
        """Says good-bye to the reader before, so that a system that remembers one never mixes two up."""
        before, self._patron = self._patron, patron
        if before is None or (patron and before.patron_identifier == patron.patron_identifier):
            return
        self.exchange(before, EndSessionResponse)

    def status(self) -> AcsStatus:
        """Raises ``OutOfService`` when the system says that it is off-line."""
        status = self.exchange(ScStatus(), AcsStatus)
        if not status.online_status:
            raise OutOfService("the system says it is off-line")
        return status

    def close(self) -> None:
        self.alive = self.clean = False
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def open_line(settings: Sip2Settings) -> Line:
    """Connected, logged in and found in order. Raises ``OutOfService``; nothing was booked by then."""
    try:
        connection = socket.create_connection((settings.host, settings.port), settings.connect_ms / 1000)
    except OSError as error:
        raise OutOfService(f"no connection: {type(error).__name__}") from error
    line = Line(connection, settings)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if settings.login:
            _log_in(line, settings)
        line.status()
    except (OSError, Sip2Fault) as error:
        line.close()
        if isinstance(error, OutOfService):
            raise
        raise OutOfService(f"no greeting: {error}") from error
    return line


def _log_in(line: Line, settings: Sip2Settings) -> None:
    login = Login(
        login_user_id=settings.login, login_password=settings.password, location_code=settings.location
    )
    if not line.exchange(login, LoginResponse).ok:
        raise LoginRefused("login or password")
