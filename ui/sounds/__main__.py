"""Write the sounds: each result has its own tune, recognisable without seeing the screen."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
TUNES = {
    "seen": ((1318.5, 0.09),),
    "confirmed": ((784.0, 0.12), (1046.5, 0.12), (1318.5, 0.22)),
    "accepted": ((784.0, 0.16), (784.0, 0.16)),
    "refused": ((392.0, 0.22), (293.7, 0.34)),
    "warning": ((880.0, 0.14), (0.0, 0.08), (880.0, 0.14)),
    "soft": ((523.3, 0.07),),
}
"""Notes as (hertz, seconds); 0 hertz is a rest."""


def samples(hertz: float, seconds: float) -> list[int]:
    """One note with a soft beginning and end, so that it does not click."""
    count = int(RATE * seconds)
    edge = int(RATE * 0.012)
    values = []
    for position in range(count):
        loud = min(1.0, position / edge, (count - position) / edge)
        wave_ = math.sin(2 * math.pi * hertz * position / RATE) + 0.3 * math.sin(
            4 * math.pi * hertz * position / RATE
        )
        values.append(int(9000 * loud * wave_))
    return values


def main() -> None:
    for name, tune in TUNES.items():
        with wave.open(str(Path(__file__).parent / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            for hertz, seconds in tune:
                note = samples(hertz, seconds)
                file.writeframes(struct.pack(f"<{len(note)}h", *note))


if __name__ == "__main__":
    main()
