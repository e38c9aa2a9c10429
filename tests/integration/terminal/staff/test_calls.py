"""A call reaches the house's program over HTTP, the staff record and the next report to the centre."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any

import pytest

from drivers.notices.webhook import NotRung, StaffCall, ring
from terminal.staff.account import Member
from terminal.staff.audit import Act
from terminal.staff.calls import StaffCalls
from terminal.visit.events import StaffAnswered

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CALL = StaffCall("BZ-LIB-0001", "滨州市图书馆", NOW)
PATIENCE_S = 20


@dataclass
class House:
    """The house's program: ``status`` and ``answer`` of each call; ``heard`` are the calls."""

    status: int = 200
    answer: bytes = b""
    heard: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def listening(self) -> Iterator[str]:
        house = self

        class Program(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                house.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(house.status)
                self.send_header("Content-Length", str(len(house.answer)))
                self.end_headers()
                self.wfile.write(house.answer)

            def log_message(self, *_: object) -> None: ...

        server = HTTPServer(("127.0.0.1", 0), Program)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/calls"
        finally:
            server.shutdown()
            server.server_close()


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ('{"answered_by": "王芳"}'.encode(), "王芳"),
        (b"", ""),
        (b"ok", ""),
        (b"[]", ""),
        (b'{"answered_by": 7}', ""),
        ('{"answered_by": " \\u0007王芳\\u202e "}'.encode(), "王芳"),
        (b'{"answered_by": "' + b"x" * 90 + b'"}', "x" * 40),
        (b'{"answered_by": "' + b"x" * 9000 + b'"}', ""),
    ],
)
def test_the_house_names_who_answered_or_nobody_did(answer: bytes, name: str) -> None:
    house = House(answer=answer)
    with house.listening() as url:
        assert ring(url, CALL, PATIENCE_S) == name
    assert house.heard == [
        {"terminal": "BZ-LIB-0001", "counter": "滨州市图书馆", "called_at": "2026-11-23T10:00:00+00:00"}
    ]


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_house_that_does_not_take_the_call_is_a_fault(status: int) -> None:
    with House(status=status).listening() as url, pytest.raises(NotRung):
        ring(url, CALL, PATIENCE_S)


class Record:
    def __init__(self) -> None:
        self.deeds: list[tuple[Act, str]] = []

    def note(self, act: Act, member: Member, detail: str = "") -> None:
        self.deeds.append((act, detail))


def test_a_call_is_on_record_hurries_the_report_and_is_answered_by_name() -> None:
    """FC-64."""
    posted: Queue[StaffAnswered] = Queue()
    record, hurried = Record(), list[int]()
    with House(answer='{"answered_by": "王芳"}'.encode()).listening() as url:
        calls = StaffCalls(
            lambda at: ring(url, CALL, PATIENCE_S), record, lambda: NOW, posted.put, lambda: hurried.append(1)
        )
        calls.start()
        try:
            calls.call()
            assert calls.since == NOW
            assert posted.get(timeout=PATIENCE_S) == StaffAnswered("王芳")
            calls.end("王芳")
        finally:
            calls.stop()
    assert record.deeds == [(Act.STAFF_CALLED, ""), (Act.STAFF_ANSWERED, "王芳")]
    assert (calls.since, len(hurried)) == (None, 2)


def test_without_an_answer_nobody_is_said_to_come() -> None:
    posted: Queue[StaffAnswered] = Queue()
    record = Record()
    for house in (House(), House(status=500)):
        with house.listening() as url:
            calls = StaffCalls(
                lambda at, url=url: ring(url, CALL, PATIENCE_S),  # type: ignore[misc]
                record,
                lambda: NOW,
                posted.put,
                lambda: None,
            )
            calls.start()
            calls.call()
            calls.end("")
            calls.stop()
    assert posted.empty()
    assert record.deeds == [(Act.STAFF_CALLED, ""), (Act.STAFF_CALL_ENDED, "")] * 2
