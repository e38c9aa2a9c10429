"""The port behind which a voice is made, and the sound that comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel; ``samples`` from -1 to 1, ``rate`` a second."""

    samples: Samples
    rate: int

    def pcm(self, loudness: float) -> bytes:
        """Little-endian 16-bit samples. ``loudness`` from 0 to 1."""
        scaled = np.clip(self.samples * loudness, -1.0, 1.0) * 32767
        return bytes(scaled.astype("<i2").tobytes())


class Engine(Protocol):
    """A voice. ``None`` means that it cannot say this sentence: the next engine is asked."""

    name: str

    def render(self, sentence: str, language: str) -> Sound | None: ...


LOUDNESS = (0.0, 0.35, 0.6, 0.8, 1.0)
"""By the volume a person sets: ``terminal.visit.states.LOUDEST`` is the last."""
CHINESE = "zh_CN"
SHORT_PAUSE_S, LONG_PAUSE_S = 0.18, 0.35


def silence(seconds: float, rate: int) -> Samples:
    return np.zeros(int(seconds * rate), np.float32)


def joined(parts: Sequence[Samples], overlap: int) -> Samples:
    """Parts one after the other, each faded into the next over ``overlap`` samples."""
    if not parts:
        return np.zeros(0, np.float32)
    whole = np.zeros(sum(map(len, parts)) + overlap, np.float32)
    end = 0
    for part in parts:
        fade = min(overlap, len(part) // 2, end)
        ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
        begin = end - fade
        whole[begin:end] *= 1.0 - ramp
        shaped = part.copy()
        shaped[:fade] *= ramp
        whole[begin : begin + len(part)] += shaped
        end = begin + len(part)
    return whole[:end]
