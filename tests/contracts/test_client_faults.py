"""Whatever stands between terminal and centre may answer: each answer becomes what to do next."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from domain.messages.contract import Delivery, PendingWork, Transaction, TransactionBatch, TrustLevel
from drivers.central.client import CentralClient, retry_after_ms
from drivers.central.faults import Conflict, Final, OutcomeUnknown, Revoked, TryLater, Unreachable

PROBLEM = '{{"type":"about:blank","title":"t","status":{status},"code":"{code}","detail":""}}'


class Answering:
    """A server that reads a request and answers these bytes, whatever was asked."""

    def __init__(self, answer: bytes, after_s: float = 0) -> None:
        self._answer = answer
        self._after_s = after_s
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                self._stopping.wait(self._after_s)
                try:
                    connection.sendall(self._answer)
                except OSError:
                    continue

    def stop(self) -> None:
        self._stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(2)


@pytest.fixture
def answering() -> Iterator[Callable[..., Answering]]:
    servers: list[Answering] = []

    def start(answer: bytes, after_s: float = 0) -> Answering:
        servers.append(Answering(answer, after_s))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def answer(status: int, body: str, kind: str = "application/json", headers: str = "") -> bytes:
    content = body.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{headers}\r\n"
    return head.encode() + content


def problem(status: int, code: str, headers: str = "") -> bytes:
    return answer(status, PROBLEM.format(status=status, code=code), "application/problem+json", headers)


def batch() -> TransactionBatch:
    made = Transaction(
        id=uuid4(),
        terminal="BZ-LIB-0001",
        sequence=1,
        previous="0" * 64,
        service="library",
        action="return",
        occurred_at=datetime.now(UTC),
        trust=TrustLevel.NONE,
    )
    return TransactionBatch(
        terminal="BZ-LIB-0001", pending=PendingWork(count=0), deliveries=(Delivery(transaction=made),)
    )


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        (problem(422, "central.malformed"), Final),
        (problem(403, "holder.unknown"), Final),
        (problem(403, "central.revoked"), Revoked),
        (problem(409, "central.conflict"), Conflict),
        (problem(409, "central.running", "Retry-After: 2\r\n"), TryLater),
        (problem(503, "central.busy", "Retry-After: 1\r\n"), TryLater),
        (answer(429, "slow down", "text/plain", "Retry-After: 3\r\n"), TryLater),
        (answer(502, "<html>Bad Gateway</html>", "text/html"), OutcomeUnknown),
        (answer(404, "<html>no such host here</html>", "text/html"), OutcomeUnknown),
        (problem(500, "central.fault"), OutcomeUnknown),
        (answer(200, "<html>log in to the hotel's network</html>", "text/html"), OutcomeUnknown),
        (answer(200, '{"server_time": "now"}'), OutcomeUnknown),
        (answer(200, '{"server_time":"2026-11-23T00:00:00Z","results":[]}'), OutcomeUnknown),
        (answer(302, "", "text/html", "Location: http://127.0.0.1:1/\r\n"), OutcomeUnknown),
        (answer(200, "{")[:-1], OutcomeUnknown),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", OutcomeUnknown),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 1000, OutcomeUnknown),
        (b"SSH-2.0-OpenSSH\r\n", OutcomeUnknown),
        (b"", OutcomeUnknown),
    ],
)
def test_every_answer_is_named(
    answering: Callable[..., Answering], sent: bytes, fault: type[Exception]
) -> None:
    with pytest.raises(fault) as raised:
        CentralClient(answering(sent).url).deliver(batch(), 2000)
    assert not isinstance(raised.value, Unreachable)


def test_a_slow_centre_costs_no_more_than_the_budget(answering: Callable[..., Answering]) -> None:
    server = answering(problem(422, "central.malformed"), after_s=5)
    began = datetime.now(UTC)
    with pytest.raises(OutcomeUnknown):
        CentralClient(server.url).deliver(batch(), 300)
    assert (datetime.now(UTC) - began).total_seconds() < 2


def test_where_nobody_listens_nothing_can_have_happened() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable):
        CentralClient(f"http://127.0.0.1:{port}").health(500)


def test_what_the_centre_asks_to_wait_is_bounded() -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert retry_after_ms({"Retry-After": "2"}, now) == 2000
    assert retry_after_ms({"retry-after": "Mon, 23 Nov 2026 12:00:05 GMT"}, now) == 5000
    assert retry_after_ms({"Retry-After": "Mon, 23 Nov 2026 11:00:00 GMT"}, now) == 0
    assert retry_after_ms({"Retry-After": "99999999"}, now) == 3_600_000
    assert retry_after_ms({"Retry-After": "soon"}, now) is None
    assert retry_after_ms({}, now) is None
