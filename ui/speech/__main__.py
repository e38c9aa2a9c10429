"""``python -m ui.speech``: the voice, in a process of its own. Orders come in as lines, each is answered.

A speech service answers late or not at all (a sound card that hangs), and its library waits for it for ever:
that must not be Qt's thread of a counter. Ends with its standard input.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from drivers.system.memory import close_memory
from ui.voice import SystemVoice

NO_ENGINE = 3
DONE = "done"
LOST = "lost"
READ_BYTES = 65536


class Orders:
    """Carries out what stands on the lines; a last line that is not whole waits for its rest."""

    def __init__(self, voice: SystemVoice, application: QCoreApplication) -> None:
        self._voice = voice
        self._application = application
        self._rest = b""

    def come(self) -> None:
        """Something can be read."""
        read = os.read(sys.stdin.fileno(), READ_BYTES)
        if not read:
            self._application.exit()
            return
        *lines, self._rest = (self._rest + read).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))

    def _obey(self, order: dict[str, str]) -> None:
        if "say" in order:
            self._voice.be_loud(int(order["volume"]))
            self._voice.say(order["say"], order["language"])
        else:
            self._voice.hush()
        self.answer()

    def answer(self) -> None:
        sys.stdout.write(f"{LOST if self._voice.lost else DONE}\n")
        sys.stdout.flush()


def main() -> int:
    close_memory()
    application = QCoreApplication(["speech"])
    try:
        voice = SystemVoice(tuple(sys.argv[1:])) if sys.argv[1:] else SystemVoice()
    except (ImportError, LookupError):
        return NO_ENGINE
    orders = Orders(voice, application)
    orders.answer()
    coming = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    coming.activated.connect(orders.come)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
