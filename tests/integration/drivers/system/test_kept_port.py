"""A port stays ours while nobody listens on it, and whoever is told it may listen."""

from __future__ import annotations

import socket

import pytest

from drivers.system.kept_port import HOST, KeptPort


def test_calls_are_refused_until_somebody_who_was_told_the_number_listens_there_again_and_again() -> None:
    with KeptPort() as kept:
        for _ in range(2):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((HOST, kept.number))
            with (
                socket.create_server((HOST, kept.number)) as listening,
                socket.create_connection((HOST, kept.number)) as calling,
            ):
                answering, _ = listening.accept()
                with answering:
                    calling.sendall(b"x")
                    assert answering.recv(1) == b"x"


def test_nobody_else_keeps_it_and_afterwards_anybody_may() -> None:
    with KeptPort() as kept:
        with pytest.raises(OSError, match="in use"):
            KeptPort(kept.number)
        with socket.create_server((HOST, kept.number)), pytest.raises(OSError, match="in use"):
            KeptPort(kept.number)
    KeptPort(kept.number).close()


def test_what_is_left_of_its_last_calls_is_no_obstacle_to_having_it_again() -> None:
    with KeptPort() as kept:
        listening = socket.create_server((HOST, kept.number))
        calling = socket.create_connection((HOST, kept.number))
        answering, _ = listening.accept()
        answering.close()
        assert calling.recv(1) == b""
        calling.close()
        listening.close()
    with pytest.raises(OSError, match="in use"):
        KeptPort(kept.number)
    KeptPort(kept.number, again=True).close()
