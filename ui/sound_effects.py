"""Short sounds of the screens, left out in silence where the machine has no player.

Each is a process of aplay: Qt's thread never waits for a sound card.
"""

from __future__ import annotations

import io
import logging
import os
import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np

from drivers.system.voices import PLAYER
from terminal.visit.states import USUAL_VOLUME
from ui.speech.engine import LOUDNESS

log = logging.getLogger(__name__)

SOUNDS = Path(__file__).parent / "sounds"
NAMES = ("seen", "confirmed", "accepted", "refused", "warning", "soft")
MOST_AT_ONCE = 4


class SilentSounds:
    def play(self, name: str) -> None: ...

    def set_volume(self, volume: int) -> None: ...


def scaled(file: Path, loudness: float) -> bytes:
    """A 16-bit WAV file, louder or softer."""
    with wave.open(str(file)) as source:
        parameters, frames = source.getparams(), source.readframes(source.getnframes())
    made = io.BytesIO()
    with wave.open(made, "wb") as target:
        target.setparams(parameters)
        target.writeframes((np.frombuffer(frames, "<i2") * loudness).astype("<i2").tobytes())
    return made.getvalue()


class SystemSounds:
    """Raises ``LookupError`` where no player is installed."""

    def __init__(self, command: tuple[str, ...] = (PLAYER, "-q")) -> None:
        if not shutil.which(command[0]):
            raise LookupError("no player of sounds")
        self._command = command
        self._playing: list[subprocess.Popen[bytes]] = []
        self.set_volume(USUAL_VOLUME)

    def set_volume(self, volume: int) -> None:
        """Of what is played from now on."""
        self._volume = volume
        self._files = {name: scaled(SOUNDS / f"{name}.wav", LOUDNESS[volume]) for name in NAMES}

    def play(self, name: str) -> None:
        self._playing = [each for each in self._playing if each.poll() is None]
        if name not in self._files or not self._volume or len(self._playing) >= MOST_AT_ONCE:
            return
        # A file in memory: a pipe could block this thread.
        memory = os.memfd_create(name)
        try:
            os.write(memory, self._files[name])
            self._playing.append(
                subprocess.Popen(
                    [*self._command, f"/dev/fd/{memory}"],
                    pass_fds=(memory,),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        except OSError as error:
            log.warning("no sound: %s", error)
        finally:
            os.close(memory)

    def close(self) -> None:
        for each in self._playing:
            each.kill()
            each.wait()
        self._playing = []


def ready_sounds() -> SystemSounds | SilentSounds:
    try:
        return SystemSounds()
    except LookupError as error:
        log.info("no sounds: %s", error)
        return SilentSounds()
