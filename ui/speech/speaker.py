"""Says sentences one after the other with the best voice there is; a cancelled one stops at once."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.system.voices import RECORDED, SYLLABLES, voices_folder
from ui.speech.engine import LOUDNESS, Engine, Sound, silence
from ui.speech.espeak import Espeak
from ui.speech.packs import VoiceFault
from ui.speech.playback import Playback
from ui.speech.recorded_pack import RecordedPack
from ui.speech.syllable_pack import SyllablePack

log = logging.getLogger(__name__)

PROBE = Sound(silence(0.05, 24_000), 24_000)


@dataclass(frozen=True, slots=True)
class Utterance:
    sentence: str
    language: str
    volume: int
    turn: int


def engines_in(data: Path | None) -> tuple[Engine, ...]:
    """Every voice that is installed, the best first. A damaged pack is left out and logged."""
    found: list[Engine] = []
    packs = ((RECORDED, RecordedPack), (SYLLABLES, SyllablePack))
    for kind, opened in packs if data else ():
        folder = voices_folder(data or Path()) / kind
        if folder.exists():
            try:
                found.append(opened(folder))
            except VoiceFault as fault:
                log.warning("%s", fault)
    return (*found, Espeak())


class Speaker:
    """``say`` and ``cancel`` return at once; one thread renders and plays."""

    def __init__(self, engines: Sequence[Engine], playback: Playback) -> None:
        self._engines = engines
        self._playback = playback
        self._waiting: queue.SimpleQueue[Utterance | None] = queue.SimpleQueue()
        self._turn = 0
        self.lost = not playback.play(PROBE, 0.0)
        """The sound card does not take what is played."""
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    def say(self, sentence: str, language: str, volume: int) -> None:
        self._waiting.put(Utterance(sentence, language, volume, self._turn))

    def cancel(self) -> None:
        """Nothing that was ordered before is said any more."""
        self._turn += 1
        self._playback.cancel()
        if self.lost and self._waiting.empty():
            self._waiting.put(Utterance("", "", 0, self._turn))

    def close(self) -> None:
        self.cancel()
        self._waiting.put(None)
        self._thread.join(1)

    def _run(self) -> None:
        while (utterance := self._waiting.get()) is not None:
            try:
                self._speak(utterance)
            except Exception:  # the voice goes on after any damaged recording
                log.exception("not said")

    def _speak(self, utterance: Utterance) -> None:
        loudness = LOUDNESS[utterance.volume]
        if utterance.turn != self._turn or not (loudness or self.lost):
            return
        sound = self.rendered(utterance.sentence, utterance.language) if utterance.sentence else PROBE
        if sound is not None:
            self.lost = not self._playback.play(sound, loudness, lambda: utterance.turn == self._turn)

    def rendered(self, sentence: str, language: str) -> Sound | None:
        sounds = (engine.render(sentence, language) for engine in self._engines)
        return next((sound for sound in sounds if sound is not None), None)
