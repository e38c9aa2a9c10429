"""The counter's side of the voice: orders to a process that speaks, which is ended when it does not answer.

Nothing here waits on Qt's thread. While nothing can be heard the captions stand on the screen, as always.
"""

from __future__ import annotations

import json
import logging
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from terminal.visit.states import USUAL_VOLUME
from ui.speech.orders import DONE, NO_ENGINE

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "ui.speech")
AFTER_START_S = 1.0
"""The first screen is not held up by a second of listing voices."""
OPENING_LIMIT_S = 20.0
ANSWER_LIMIT_S = 5.0
TRY_AGAIN_S = 60.0
ENDING_S = 0.5
MOST_WAITING = 50
"""Orders to a process that is slow; more would be said to the wrong person."""
Order = Mapping[str, str]
CANCEL: Order = {"cancel": ""}


@dataclass(frozen=True, slots=True)
class VoiceFound:
    """Whether anything is heard here, from now on."""

    heard: bool


class SpeechProcess:
    """One plain thread with a queue, and a child process. ``say`` and ``cancel`` return at once.

    ``told`` is called on that thread when a voice is found or lost.
    """

    def __init__(
        self,
        command: tuple[str, ...] = COMMAND,
        after_start_s: float = AFTER_START_S,
        answer_limit_s: float = ANSWER_LIMIT_S,
        try_again_s: float = TRY_AGAIN_S,
        told: Callable[[VoiceFound], None] = lambda _: None,
    ) -> None:
        self._command = command
        self._after_start_s = after_start_s
        self._answer_limit_s = answer_limit_s
        self._try_again_s = try_again_s
        self._told = told
        self._heard: bool | None = None
        self._volume = USUAL_VOLUME
        self._orders: queue.Queue[Order | None] = queue.Queue(MOST_WAITING)
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()
        self._tried_at = float("-inf")
        self.lost = True
        """Nothing is heard at the moment."""
        self.none = False
        """No speech engine is installed here."""
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def say(self, sentence: str, language: str) -> None:
        """Speak a sentence at the volume set last: each sentence carries its volume."""
        self._put({"say": sentence, "language": language, "volume": str(self._volume)})

    def set_volume(self, volume: int) -> None:
        self._volume = volume

    def cancel(self) -> None:
        self._put(CANCEL)

    def close(self) -> None:
        """Ends the process and the thread, within a second."""
        self._ended.set()
        process = self._process
        if process:
            process.kill()
        self._put(None)
        self._thread.join(1)

    def _put(self, order: Order | None) -> None:
        try:
            self._orders.put_nowait(order)
        except queue.Full:
            self._forget_orders()

    def _forget_orders(self) -> None:
        while not self._orders.empty():
            try:
                self._orders.get_nowait()
            except queue.Empty:
                return

    def _run(self) -> None:
        if self._ended.wait(self._after_start_s):
            return
        self._begin()
        while not self._ended.is_set() and not self.none:
            order = self._orders.get()
            if order is None:
                break
            self._carry_out(order)
        self._finish()

    def _carry_out(self, order: Order) -> None:
        if self._process is None:
            if order is not CANCEL or time.monotonic() - self._tried_at < self._try_again_s:
                return
            self._begin()
        self._exchange(lambda pipe: pipe(json.dumps(order).encode() + b"\n"), self._answer_limit_s)

    def _begin(self) -> None:
        """Starts the process and waits for its first word."""
        self._tried_at = time.monotonic()
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._exchange(lambda _: None, OPENING_LIMIT_S)

    def _exchange(self, send: Callable[[Callable[[bytes], object]], object], limit_s: float) -> None:
        """One order and its answer; without an answer the process is ended and orders are forgotten."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        answer = b""
        try:
            send(process.stdin.write)
            if select.select([process.stdout], [], [], limit_s)[0]:
                answer = process.stdout.readline().strip()
        except OSError as error:
            log.warning("the voice is gone: %s", error)
        was_lost, self.lost = self.lost, answer.decode("ascii", "replace") != DONE
        if not answer:
            self._finish()
            self._forget_orders()
        if self.lost and not was_lost:
            log.warning("nothing is heard: %s", "the voice does not answer" if not answer else "no service")
        if self._heard is self.lost or self._heard is None:
            self._heard = not self.lost
            self._told(VoiceFound(self._heard))

    def _finish(self) -> None:
        process = self._process
        if process is None:
            return
        self.lost = True
        with suppress(subprocess.TimeoutExpired):
            self.none = process.wait(ENDING_S) == NO_ENGINE
        process.kill()
        process.wait()
        self._process = None
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        if self.none:
            log.info("no voice: no speech engine")
