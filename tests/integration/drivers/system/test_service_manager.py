"""What the service manager hears, over a real datagram socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.system.service_manager import ServiceManager, manager_in


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(5)
        yield ear


def test_it_hears_ready_alive_and_stopping(listening: socket.socket) -> None:
    environment = {"NOTIFY_SOCKET": listening.getsockname(), "WATCHDOG_USEC": "20000000", "LANG": "C"}
    manager = manager_in(environment)
    manager.tell_ready()
    manager.tell_alive()
    manager.tell_status("idle\nREADY=1")
    manager.tell_stopping()
    heard = [listening.recv(512) for _ in range(4)]
    assert heard == [b"READY=1", b"WATCHDOG=1", b"STATUS=idle READY=1", b"STOPPING=1"]
    assert environment == {"LANG": "C"}, "a child would speak in our name"


def test_an_abstract_socket_is_reached() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("\0onecard-notify-test")
        ear.settimeout(5)
        ServiceManager("@onecard-notify-test").tell_ready()
        assert ear.recv(64) == b"READY=1"


@pytest.mark.parametrize(
    ("variables", "limit"),
    [
        ({}, 0),
        ({"WATCHDOG_USEC": "5000000"}, 5_000_000),
        ({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "71"}, 5_000_000),
        ({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "72"}, 0),
        ({"WATCHDOG_USEC": "soon"}, 0),
        ({"WATCHDOG_USEC": "²"}, 0),
    ],
)
def test_only_a_watchdog_meant_for_this_process_is_fed(variables: dict[str, str], limit: int) -> None:
    environment = {"NOTIFY_SOCKET": "/run/notify", **variables}
    assert manager_in(environment, 71).watchdog_us == limit


@pytest.mark.parametrize("address", ["", "relative/path", "vsock:2:3"])
def test_started_by_hand_it_tells_nobody(address: str) -> None:
    manager = manager_in({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1000"})
    assert manager == ServiceManager()
    manager.tell_ready()


def test_a_service_manager_that_is_gone_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ServiceManager(str(tmp_path / "nobody"), 1000).tell_alive()
    assert "does not hear WATCHDOG" in caplog.text


def test_a_full_socket_is_not_waited_for(listening: socket.socket) -> None:
    manager = ServiceManager(listening.getsockname(), 1000)
    for _ in range(2000):
        manager.tell_alive()
    assert listening.recv(64) == b"WATCHDOG=1"
