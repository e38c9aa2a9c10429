"""A thread that does one thing again and again."""

from __future__ import annotations

import queue
import threading

from terminal.periodic import Periodic

LONG_S = 3600.0
"""Longer than a test may take."""


def named(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_the_first_round_is_at_once_and_a_hurry_brings_the_next() -> None:
    rounds: queue.SimpleQueue[None] = queue.SimpleQueue()

    def step() -> float:
        rounds.put(None)
        return LONG_S

    periodic = Periodic("hurried", step)
    periodic.start()
    rounds.get(timeout=30)
    periodic.hurry()
    rounds.get(timeout=30)
    periodic.stop()
    for thread in named("hurried"):
        thread.join(30)
    assert not named("hurried")


def test_a_round_that_says_so_is_the_last() -> None:
    done = threading.Event()

    def step() -> None:
        done.set()

    periodic = Periodic("brief", step)
    periodic.start()
    assert done.wait(30)
    for thread in named("brief"):
        thread.join(30)
    assert not named("brief")
    periodic.stop()


def test_one_that_never_began_can_be_stopped() -> None:
    Periodic("idle", lambda: LONG_S).stop()
