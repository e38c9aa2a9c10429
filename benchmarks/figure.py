"""Result of a benchmark: a figure, its unit, and the figures of its peers in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypedDict


class Figure(TypedDict):
    value: float
    unit: str
    peer: dict[str, float]


class Timings:
    """Durations in ms."""

    def __init__(self) -> None:
        self._values: list[float] = []

    def add(self, ms: float) -> None:
        self._values.append(ms)

    def at(self, percentile: int) -> float:
        ordered = sorted(self._values)
        return ordered[min(len(ordered) - 1, len(ordered) * percentile // 100)]


def timed(work: Callable[[], object]) -> float:
    """How many ms it took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def figure(value: float, unit: str, peer: dict[str, float] | None = None) -> Figure:
    rounded = {name: round(figure, 2) for name, figure in (peer or {}).items()}
    return Figure(value=round(value, 2), unit=unit, peer=rounded)
