"""The face of a counter in a window: screens, sounds, voice. See ``terminal.app.face.Face``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from config.settings import Settings
from terminal.visit.states import USUAL_VOLUME, Counter
from terminal.visit.steps import ServiceSet, Text
from ui.kiosk_model import KioskModel
from ui.presenter import frame_of, screen_of
from ui.speaking import Spoken, everything, spoken
from ui.texts import Texts


class Voice(Protocol):
    def say(self, sentence: str, language: str) -> None: ...

    def cancel(self) -> None: ...

    def set_volume(self, volume: int) -> None:
        """0 to ``LOUDEST``, of what is said from now on."""
        ...


class Sounds(Protocol):
    def play(self, name: str) -> None: ...

    def set_volume(self, volume: int) -> None: ...


class Retranslated(Protocol):
    def retranslate(self) -> None: ...


class WindowFace:
    """Belongs to Qt's thread."""

    def __init__(
        self,
        model: KioskModel,
        settings: Settings,
        services: ServiceSet,
        texts: Texts,
        voice: Voice,
        sounds: Sounds,
    ) -> None:
        self._model = model
        self._settings = settings
        self._services = services
        self._texts = texts
        self._voice = voice
        self._sounds = sounds
        self._spoken = Spoken()
        self._everything: tuple[str, ...] = ()
        self._volume = USUAL_VOLUME
        self.window: Retranslated | None = None
        self.also_forget: Callable[[], None] = lambda: None
        """Another owner of personal data: the camera's last picture."""

    def show(self, counter: Counter) -> None:
        if self._texts.speak_in(counter.language) and self.window:
            self.window.retranslate()
        say = self._texts.say
        screen = screen_of(counter, self._services, say)
        screen = replace(screen, scrambled=self._settings.screen.scrambled_pin_pad and screen.kind == "pin")
        self._model.present(screen, frame_of(counter, self._settings, say))
        self._everything = everything(screen)
        if counter.volume != self._volume:
            self._volume = counter.volume
            self._voice.set_volume(counter.volume)
            self._sounds.set_volume(counter.volume)
        self._speak(spoken(screen, self._texts.language, easy=counter.easy_mode))

    def _speak(self, wanted: Spoken) -> None:
        """A new screen cuts off what was said of the last one."""
        if wanted == self._spoken:
            return
        self._spoken = wanted
        self._voice.cancel()
        for sentence in (*wanted.sentences, *wanted.afterwards):
            self._voice.say(sentence, wanted.language)

    def offers(self, services: ServiceSet) -> None:
        self._services = services

    def say(self, text: Text) -> str:
        return self._texts.say(text)

    def speak(self, text: Text) -> None:
        self._voice.say(self._texts.say(text), self._texts.language)

    def speak_again(self) -> None:
        self._voice.cancel()
        for sentence in self._everything:
            self._voice.say(sentence, self._texts.language)

    def play(self, sound: str) -> None:
        self._sounds.play(sound)

    def forget(self) -> None:
        self._voice.cancel()
        self.also_forget()
