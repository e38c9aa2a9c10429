"""Sound by aplay, a process for each: begun in about 20 ms, ended at once by a signal.

A missing or hanging sound card ends or holds up that process only. Measured against pw-cat, paplay and
sounddevice: ``docs/speech.md``.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable

from drivers.system.voices import PLAYER
from ui.speech.engine import Sound

SLACK_S = 5.0
"""Beyond its own length a sound may take this long; then the card hangs and the player is ended."""


class Playback:
    """``play`` blocks until the sound has ended; ``cancel`` may come from any thread."""

    def __init__(self, command: tuple[str, ...] = (PLAYER,)) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = False

    def play(self, sound: Sound, loudness: float, wanted: Callable[[], bool] = lambda: True) -> bool:
        """Whether the sound card took it; true of a sound that is cancelled or not ``wanted``."""
        rate = str(sound.rate)
        command = [*self._command, "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", rate]
        try:
            with self._lock:
                # Asked under the lock: a cancel that came before it is not missed.
                if not wanted():
                    return True
                self._cancelled = False
                self._process = process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
        except OSError:
            return False
        try:
            process.communicate(sound.pcm(loudness), len(sound.samples) / sound.rate + SLACK_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return False
        finally:
            with self._lock:
                self._process = None
        return process.returncode == 0 or self._cancelled

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._process:
                self._process.kill()
