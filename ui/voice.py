"""Sounds and the system's voice; both are left out in silence where the machine has none.

Everything spoken also stands on the screen: without a voice nothing is missing but the sound.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QUrl

from terminal.visit.states import USUAL_VOLUME
from ui.locale_forms import aloud

log = logging.getLogger(__name__)

SOUNDS = Path(__file__).parent / "sounds"
NAMES = ("seen", "confirmed", "accepted", "refused", "warning", "soft")
LOUDNESS = (0.0, 0.35, 0.6, 0.8, 1.0)
"""Of the engine and of sounds, by the volume a person sets: ``terminal.visit.states.LOUDEST`` is the last."""
VOLUME = LOUDNESS[USUAL_VOLUME]
REAL_ENGINES = ("speechd", "flite")
TRY_AGAIN_S = 60.0
"""A speech service that is gone is asked for again between two visits, not oftener: it takes 50 ms."""
STARTED_IN = ("en_US", "zh_CN")
"""An engine fails in a locale it has no voice for. espeak has English, and its Mandarin is found there."""
UNNAMED = {"zh_CN": ("Chinese (Mandarin", "Mandarin", "cmn", "普通话")}
"""How voices begin whose language Qt has no locale for: espeak's Mandarin is "cmn", of no language to Qt."""


class SilentVoice:
    """Where nothing can speak: the captions stand on the screen anyway."""

    def say(self, sentence: str, language: str) -> None: ...

    def hush(self) -> None: ...

    def be_loud(self, volume: int) -> None: ...


class SilentSounds:
    def play(self, name: str) -> None: ...

    def be_loud(self, volume: int) -> None: ...


class SystemVoice:
    """Speaks through the system's speech service, at the volume set last.

    A language without a voice stays silent, rather than read out by a voice of another. A service that
    goes away is found again. The service may take seconds, or never answer: see ``ui.speech_process``. Raises
    ``LookupError`` where no engine is installed.
    """

    def __init__(
        self, engines: tuple[str, ...] = REAL_ENGINES, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        available = QTextToSpeech.availableEngines()
        engine = next((name for name in engines if name in available), None)
        if engine is None:
            raise LookupError("no speech engine")
        self._make = QTextToSpeech
        self._engine = engine
        self._monotonic = monotonic
        self._language = ""
        self._spoken_in = ""
        self._loudness = VOLUME
        self._open()

    @property
    def lost(self) -> bool:
        """Nothing is heard at the moment."""
        return self.speech.state() == self._make.State.Error

    def _open(self) -> None:
        """The engine starts in the default locale and fails where it has no voice for it ("C" on a kiosk):
        it is started in one it has."""
        self._tried_at = self._monotonic()
        before = QLocale()
        for name in STARTED_IN:
            QLocale.setDefault(QLocale(name))
            try:
                self.speech = self._make(self._engine)
            finally:
                QLocale.setDefault(before)
            if not self.lost:
                break
        self._language = ""
        self.speech.setVolume(self._loudness)
        if self.lost:
            log.warning("no voice: %s", self.speech.errorString())

    def say(self, sentence: str, language: str) -> None:
        """After what is being said."""
        if self.lost or not self._loudness or not self._speaks(language):
            return
        self.speech.enqueue(aloud(sentence))

    def hush(self) -> None:
        """At once."""
        if self.lost:
            if self._monotonic() - self._tried_at >= TRY_AGAIN_S:
                self._open()
            return
        self.speech.stop()

    def be_loud(self, volume: int) -> None:
        """Of what is said from now on."""
        self._loudness = LOUDNESS[volume]
        self.speech.setVolume(self._loudness)

    def _speaks(self, language: str) -> bool:
        if language != self._language:
            self._language = language
            self._spoken_in = language if self._found_voice(language) else ""
            if not self._spoken_in:
                log.warning("no voice for %s", language)
        return self._spoken_in == language

    def _found_voice(self, language: str) -> bool:
        """By the locale; else by its name among the voices whose language Qt does not know. A locale the
        service has not is not asked for: the engine would call that an error and fall silent."""
        wanted, there = QLocale(language), self.speech.availableLocales()
        near = [locale for locale in there if locale.language() == wanted.language()]
        if near:
            self.speech.setLocale(wanted if wanted in near else near[0])
            return True
        beginnings = UNNAMED.get(language)
        if not beginnings or QLocale.c() not in there:
            return False
        self.speech.setLocale(QLocale.c())
        for voice in self.speech.availableVoices():
            if voice.name().startswith(beginnings):
                self.speech.setVoice(voice)
                return True
        return False


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

    def be_loud(self, volume: int) -> None:
        for effect in self._effects.values():
            effect.setVolume(LOUDNESS[volume])


def ready_sounds() -> SystemSounds | SilentSounds:
    try:
        return SystemSounds()
    except (ImportError, LookupError) as error:
        log.info("no sounds: %s", error)
        return SilentSounds()
