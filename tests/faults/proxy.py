"""A network between terminal and centre that does everything a network can do to a request."""

from __future__ import annotations

import json
import random
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from enum import StrEnum

from tests.faults.library_model import Order, orders_of

HEADERS_END = b"\r\n\r\n"
PATIENCE_S = 10.0
PAGE = b"<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"


class Trouble(StrEnum):
    NONE = "none"
    SLOW = "slow"
    """Arrives, and is answered, after the terminal has stopped waiting."""
    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    """Arrives; the answer is lost."""
    TWICE = "twice"
    LATE = "late"
    """Overtaken: arrives after a later request did, and after the terminal gave it up."""
    STATUS_500 = "status 500"
    PAGE_502 = "page 502"
    """Arrives; a proxy's page comes back."""
    STATUS_429 = "status 429"
    STATUS_409 = "status 409"
    HALF_BODY = "half a body"


class FaultProxy:
    """Listens on loopback and forwards to ``upstream``. ``choose`` says what befalls the next batch of
    transactions; other requests pass. ``slow_s`` is longer than the terminal waits."""

    def __init__(self, upstream: Callable[[], int], choose: Callable[[], Trouble], slow_s: float) -> None:
        self._upstream = upstream
        self._choose = choose
        self._slow_s = slow_s
        self._turn = threading.Lock()
        self._arrived = threading.Condition()
        self._arrivals = 0
        self.befell: dict[Trouble, int] = dict.fromkeys(Trouble, 0)
        self.orders: dict[str, Order] = {}
        """Every order that was sent, by id."""
        self._listener: socket.socket | None = None
        self.port = 0
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Reachable again, at the same port."""
        if self._listener:
            return
        listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def close(self) -> None:
        """An outage: connections are refused."""
        if self._listener:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE_S)
        with closing(connection), suppress(OSError):
            while request := _message(connection):
                if self._listener is None:
                    return
                trouble = Trouble.NONE
                if request.startswith(b"POST /v1/transactions"):
                    with self._turn:
                        sent = orders_of(request.partition(HEADERS_END)[2])
                        self.orders |= {order.id: order for order in sent}
                        trouble = self._choose()
                        self.befell[trouble] += 1
                answer = self._befall(request, trouble)
                if not answer:
                    return
                connection.sendall(answer)
                if trouble is Trouble.HALF_BODY:
                    return

    def _befall(self, request: bytes, trouble: Trouble) -> bytes:
        match trouble:
            case Trouble.CUT_BEFORE:
                return b""
            case Trouble.STATUS_500:
                return _answer("500 Internal Server Error", b"oops", "text/plain")
            case Trouble.STATUS_429:
                return _problem("429 Too Many Requests", "central.busy", "Retry-After: 0\r\n")
            case Trouble.STATUS_409:
                return _problem("409 Conflict", "central.running", "Retry-After: 0\r\n")
            case Trouble.SLOW:
                threading.Event().wait(self._slow_s)
            case Trouble.LATE:
                self._let_another_pass()
            case Trouble.TWICE:
                self._forward(request)
        answer = self._forward(request)
        match trouble:
            case Trouble.CUT_AFTER:
                return b""
            case Trouble.PAGE_502:
                return _answer("502 Bad Gateway", PAGE, "text/html")
            case Trouble.HALF_BODY:
                return answer[: len(answer) - len(answer.partition(HEADERS_END)[2]) // 2]
        return answer

    def _let_another_pass(self) -> None:
        with self._arrived:
            seen = self._arrivals
            self._arrived.wait_for(lambda: self._arrivals > seen, timeout=self._slow_s * 3)
        threading.Event().wait(self._slow_s)

    def _forward(self, request: bytes) -> bytes:
        try:
            with closing(socket.create_connection(("127.0.0.1", self._upstream()), PATIENCE_S)) as upstream:
                upstream.sendall(request)
                return _message(upstream)
        except OSError:
            return b""
        finally:
            with self._arrived:
                self._arrivals += 1
                self._arrived.notify_all()


def choosing(dice: random.Random, share: float) -> Callable[[], Trouble]:
    """Any trouble, for this share of the requests."""
    troubles = [trouble for trouble in Trouble if trouble is not Trouble.NONE]
    return lambda: dice.choice(troubles) if dice.random() < share else Trouble.NONE


def _message(connection: socket.socket) -> bytes:
    """One HTTP message with its body; empty when the other side ended."""
    received = b""
    while HEADERS_END not in received:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        received += chunk
    headers, _, body = received.partition(HEADERS_END)
    length = 0
    for line in headers.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        body += chunk
    return headers + HEADERS_END + body


def _answer(status: str, body: bytes, kind: str, headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


def _problem(status: str, code: str, headers: str) -> bytes:
    body = {"title": code, "status": int(status[:3]), "code": code}
    return _answer(status, json.dumps(body).encode(), "application/problem+json", headers)
