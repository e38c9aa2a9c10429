"""How long store and forward waits before it asks again. Times in ms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waits:
    """``probe``: while the link is down. ``steady_after``: a link that fails sooner than this after it came
    back is asked less and less often. ``batch``: after a delivery failed. ``item``: for one item alone."""

    first_probe_ms: float = 500
    longest_probe_ms: float = 30_000
    steady_after_ms: float = 30_000
    first_batch_ms: float = 500
    longest_batch_ms: float = 60_000
    first_item_ms: float = 2_000
    longest_item_ms: float = 900_000


WAITS = Waits()
