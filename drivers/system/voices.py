"""Voices of this machine: espeak-ng's Mandarin, packs in the data folder, and the player of sound."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ESPEAK = "espeak-ng"
PLAYER = "aplay"
MANDARIN = "cmn-latn-pinyin"
"""The only voice of espeak-ng 1.51 that reads pinyin as Mandarin. Its ``cmn`` reads it as English."""
ENGLISH = "en-us"
PROBE, PROBE_TONES = "huan2 shu1", ("35", "55")
LIMIT_S = 5.0
RECORDED, SYLLABLES = "recorded", "syllables"
MANIFEST = "manifest.json"
VOICES = "voices"


@dataclass(frozen=True, slots=True)
class InstalledVoices:
    """``best``: the engine that Chinese is spoken with; empty where Mandarin cannot be spoken."""

    best: str
    player: bool


def phonemes(voice: str, text: str, limit_s: float = LIMIT_S) -> str:
    """What espeak-ng would say, in its own phonemes; empty where it or the voice is missing."""
    try:
        done = subprocess.run(
            [ESPEAK, "-v", voice, "-q", "-x", "--stdin"],
            input=text.encode(),
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def espeak_has_mandarin() -> bool:
    """Whether pinyin comes out as Mandarin: asked, not guessed from names of voices."""
    said = phonemes(MANDARIN, PROBE)
    return tuple(re.findall(r"\d+", said)) == PROBE_TONES and "(en)" not in said


def voices_folder(data: Path) -> Path:
    return data / VOICES


def has_pack(data: Path, kind: str) -> bool:
    """Whether a whole pack of this kind is installed: its manifest is written last."""
    try:
        manifest = json.loads((voices_folder(data) / kind / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("kind") == kind


def installed_voices(data: Path, kinds: Sequence[str] = (RECORDED, SYLLABLES)) -> InstalledVoices:
    packs = [kind for kind in kinds if has_pack(data, kind)]
    espeak = "espeak" if espeak_has_mandarin() else ""
    return InstalledVoices(packs[0] if packs else espeak, shutil.which(PLAYER) is not None)
