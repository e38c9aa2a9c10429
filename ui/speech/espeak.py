"""espeak-ng as the last resort: Chinese as pinyin in its Mandarin voice, English in its English one.

A machine listener understands under half of its Mandarin syllables (``docs/speech.md``), which is why a
pack goes first and the self-test asks for one.
"""

from __future__ import annotations

import subprocess
from functools import cached_property

import numpy as np

from drivers.system.voices import ENGLISH, ESPEAK, LIMIT_S, MANDARIN, espeak_has_mandarin
from ui.locale_forms import aloud
from ui.speech.engine import CHINESE, Sound
from ui.speech.syllables import syllables

HEADER = 44
RATE_AT = 24
VARIANT = "+f2"
"""Of all variants the one a recogniser understood best, at 120 to 150 words a minute (facts of 2026-11)."""
CHINESE_SPEED, ENGLISH_SPEED = "130", "150"
AMPLITUDE = "80"
"""The default peaks at 0.996 of full scale."""


class Espeak:
    name = "espeak"

    @cached_property
    def _mandarin(self) -> bool:
        return espeak_has_mandarin()

    def render(self, sentence: str, language: str) -> Sound | None:
        if language == CHINESE:
            # Without the right voice Chinese stays silent: never read by a voice of another language.
            return (
                self._said(" ".join(syllables(sentence)), MANDARIN + VARIANT, CHINESE_SPEED)
                if self._mandarin
                else None
            )
        return self._said(aloud(sentence), ENGLISH, ENGLISH_SPEED)

    def _said(self, text: str, voice: str, speed: str) -> Sound | None:
        command = [ESPEAK, "-v", voice, "-s", speed, "-a", AMPLITUDE, "--stdin", "--stdout"]
        try:
            done = subprocess.run(
                command, input=text.encode(), capture_output=True, timeout=LIMIT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        if done.returncode or len(done.stdout) <= HEADER:
            return None
        # The sizes in the header of a stream are not true; only its rate is read.
        rate = int.from_bytes(done.stdout[RATE_AT : RATE_AT + 4], "little")
        whole = done.stdout[HEADER : HEADER + (len(done.stdout) - HEADER) // 2 * 2]
        return Sound(np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(32768), rate)
