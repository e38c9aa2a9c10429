"""Sounds and the system's voice; both are left out in silence where the machine has none."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLocale, QUrl

log = logging.getLogger(__name__)

SOUNDS = Path(__file__).parent / "sounds"
NAMES = ("seen", "confirmed", "accepted", "refused", "warning", "soft")
VOLUME = 0.8
REAL_ENGINES = ("speechd", "flite")


class SilentVoice:
    """Where nothing can speak: the captions stand on the screen anyway."""

    def say(self, sentence: str, language: str) -> None: ...

    def hush(self) -> None: ...


class SilentSounds:
    def play(self, name: str) -> None: ...


class SystemVoice:
    """Speaks through the system's speech service; each person gets the same volume."""

    def __init__(self) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        engines = QTextToSpeech.availableEngines()
        engine = next((name for name in REAL_ENGINES if name in engines), None)
        if engine is None:
            raise LookupError("no speech engine")
        self._speech = QTextToSpeech(engine)
        self._speech.setVolume(VOLUME)

    def say(self, sentence: str, language: str) -> None:
        self._speech.setLocale(QLocale(language))
        self._speech.enqueue(sentence)

    def hush(self) -> None:
        self._speech.stop()
        self._speech.setVolume(VOLUME)


class SystemSounds:
    def __init__(self) -> None:
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        if QMediaDevices.defaultAudioOutput().isNull():
            raise LookupError("no sound device")
        self._effects = {}
        for name in NAMES:
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(SOUNDS / f"{name}.wav")))
            effect.setVolume(VOLUME)
            self._effects[name] = effect

    def play(self, name: str) -> None:
        if effect := self._effects.get(name):
            effect.play()


def ready_voice() -> SystemVoice | SilentVoice:
    try:
        return SystemVoice()
    except (ImportError, LookupError) as error:
        log.info("no voice: %s", error)
        return SilentVoice()


def ready_sounds() -> SystemSounds | SilentSounds:
    try:
        return SystemSounds()
    except (ImportError, LookupError) as error:
        log.info("no sounds: %s", error)
        return SilentSounds()
