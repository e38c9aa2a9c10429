"""Line and stop as a vehicle tells them, over a real serial line and a real socket."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.vehicle.position_feed import LONGEST_LINE, PositionFeed, VehiclePosition, parse_position

PATIENCE_S = 10
RAILWAY = b'{"route_id": "1", "stop_id": "railway"}\n'


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def listening(source: str, time: Time) -> Iterator[PositionFeed]:
    feed = PositionFeed(source, 60, time)
    feed.start()
    try:
        yield feed
    finally:
        feed.stop()


def told_until_heard(tell: Callable[[], object], feed: PositionFeed) -> bool:
    """A vehicle tells its position every second or so: what it says before the line is open is lost."""
    for _ in range(PATIENCE_S * 10):
        tell()
        if feed.wait(0.1):
            return True
    return False


def test_a_serial_line_tells_line_and_stop_and_grows_old() -> None:
    ours, theirs = os.openpty()
    time = Time()
    with listening(os.ttyname(theirs), time) as feed:
        assert feed.position is None
        noise = b"no position\n" + b"x" * 2000 + b"\n"
        assert told_until_heard(lambda: os.write(ours, noise + RAILWAY), feed)
        assert feed.position == VehiclePosition("1", "railway")
        time.now = 60
        assert feed.position is not None
        time.now = 61
        assert feed.position is None
    os.close(ours)
    os.close(theirs)


def test_a_vehicle_over_tcp_is_heard_again_after_it_went_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE_S)
        time = Time()
        with listening(f"socket://127.0.0.1:{server.getsockname()[1]}", time) as feed:
            first, _ = server.accept()
            assert told_until_heard(lambda: first.sendall(RAILWAY), feed)
            feed._heard.clear()
            first.close()
            second, _ = server.accept()
            coach = b'{"route_id": "601", "stop_id": "coach"}\n'
            assert told_until_heard(lambda: second.sendall(coach), feed)
            assert feed.position == VehiclePosition("601", "coach")
            second.close()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"null",
        b'{"stop_id": "railway"}',
        b'{"route_id": ""}',
        b'{"route_id": 1}',
        b'{"route_id": "1", "stop_id": null}',
        b'{"route_id": "1\\u0000"}',
        b'{"route_id": "' + b"1" * 65 + b'"}',
        b"[" * 500,
        b" " * (LONGEST_LINE + 1),
    ],
)
def test_what_is_no_position_is_none(line: bytes) -> None:
    assert parse_position(line) is None


@given(st.binary(max_size=600))
def test_any_bytes_are_a_position_or_none(line: bytes) -> None:
    told = parse_position(line)
    assert told is None or told.route_id


@given(st.text(max_size=30).filter(lambda text: text.isprintable() and text))
def test_every_printable_id_is_understood(name: str) -> None:
    line = json.dumps({"route_id": name, "stop_id": ""}).encode()
    assert len(line) > LONGEST_LINE or parse_position(line) == VehiclePosition(name, "")
