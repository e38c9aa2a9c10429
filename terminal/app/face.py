"""Port of a visit's display: a window, a test, anything that can show, speak and forget."""

from __future__ import annotations

from typing import Protocol

from terminal.visit.states import Counter
from terminal.visit.steps import ServiceSet, Text


class Face(Protocol):
    """Called on the thread that runs the visit; none of these may block or raise."""

    def show(self, counter: Counter) -> None: ...

    def offers(self, services: ServiceSet) -> None:
        """Services offered from now on, shown by the next ``show``."""
        ...

    def say(self, text: Text) -> str:
        """The sentence in the language of the visit."""
        ...

    def speak(self, text: Text) -> None: ...

    def speak_again(self) -> None:
        """All that stands on the screen, from its beginning, as loud as the counter's volume now is."""
        ...

    def play(self, sound: str) -> None: ...

    def forget(self) -> None: ...
