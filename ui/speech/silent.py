"""A voice that says nothing, where there is none: the captions stand on the screen anyway."""

from __future__ import annotations


class SilentVoice:
    def say(self, sentence: str, language: str) -> None: ...

    def cancel(self) -> None: ...

    def set_volume(self, volume: int) -> None: ...
