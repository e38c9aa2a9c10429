"""``python -m ui.speech [DATA]``: the voice, in a process of its own. Orders come as lines, each is answered.

What renders speech (dictionaries, decoders, a sound card that hangs) must hold up neither Qt's thread nor its
process. Ends with its standard input.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from drivers.system.memory import close_memory
from drivers.system.voices import ESPEAK
from ui.speech.orders import DONE, LOST, NO_ENGINE
from ui.speech.playback import Playback
from ui.speech.speaker import Speaker, engines_in


def obey(order: dict[str, str], speaker: Speaker) -> None:
    if "say" in order:
        speaker.say(order["say"], order["language"], int(order["volume"]))
    else:
        speaker.cancel()


def main() -> int:
    close_memory()
    data = Path(sys.argv[1]) if sys.argv[1:] else None
    engines = engines_in(data)
    if len(engines) == 1 and not shutil.which(ESPEAK):
        return NO_ENGINE
    speaker = Speaker(engines, Playback())
    answer(speaker)
    for line in sys.stdin:
        obey(json.loads(line), speaker)
        answer(speaker)
    speaker.close()
    return 0


def answer(speaker: Speaker) -> None:
    sys.stdout.write(f"{LOST if speaker.lost else DONE}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
