"""A pack of toned syllables, each recorded once, glued into sentences.

The operator imports one from a folder of recordings named by their syllable (``cmn-huan2.mp3``,
``shu1.wav``), with the file that states licence and attribution; both travel with the pack.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from drivers.system.voices import SYLLABLES, voices_folder
from ui.speech.engine import CHINESE, LONG_PAUSE_S, SHORT_PAUSE_S, Samples, Sound, joined, silence
from ui.speech.packs import RATE, VoiceFault, read_manifest, read_take, trimmed, write_manifest, write_take
from ui.speech.syllables import END, PAUSES, syllables

NAMED = re.compile(r"(?:^|[-_ ])([a-zü:]{1,7})([1-5])$")
SOUND_FILES = (".mp3", ".wav", ".flac", ".ogg", ".opus", ".oga")
LICENCE_NAMES = re.compile(r"licen[cs]e|copying|readme|attribution", re.IGNORECASE)
CROSS_FADE = int(0.02 * RATE)
NEUTRAL_SHARE, NEUTRAL_GAIN = 0.6, 0.7
KEPT = 600


class SyllablePack:
    name = SYLLABLES

    def __init__(self, folder: Path) -> None:
        """Raises ``VoiceFault`` where ``folder`` holds no pack."""
        manifest = read_manifest(folder, SYLLABLES)
        if manifest is None:
            raise VoiceFault(f"{folder}: no syllable pack")
        self._folder = folder
        self._there = frozenset(manifest["syllables"])
        self._take = lru_cache(KEPT)(self._read)

    def missing(self, said: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in said if each not in PAUSES and not self._file_of(each))

    def render(self, sentence: str, language: str) -> Sound | None:
        if language != CHINESE:
            return None
        said = third_tones_changed(syllables(sentence))
        if not said or self.missing(said):
            return None
        return Sound(joined([self._part(each) for each in said], CROSS_FADE), RATE)

    def _part(self, syllable: str) -> Samples:
        if syllable in PAUSES:
            return silence(LONG_PAUSE_S if syllable == END else SHORT_PAUSE_S, RATE)
        return self._take(syllable)

    def _file_of(self, syllable: str) -> str:
        """A neutral tone without a recording is a shortened first tone."""
        if syllable in self._there:
            return syllable
        near = syllable[:-1] + "1"
        return near if syllable.endswith("5") and near in self._there else ""

    def _read(self, syllable: str) -> Samples:
        name = self._file_of(syllable)
        samples = read_take(self._folder / f"{name}.flac").sound.samples
        if name == syllable:
            return samples
        short = samples[: int(len(samples) * NEUTRAL_SHARE)].copy()
        fade = len(short) // 3
        if fade:
            short[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
        return short * np.float32(NEUTRAL_GAIN)


def third_tones_changed(said: Iterable[str]) -> tuple[str, ...]:
    """Of third tones in a row all but the last are spoken as second ones."""
    changed = list(said)
    for at in range(len(changed) - 1):
        if changed[at].endswith("3") and changed[at + 1].endswith("3"):
            changed[at] = changed[at][:-1] + "2"
    return tuple(changed)


def syllable_named(stem: str) -> str:
    """The syllable of a file's name, ü as v; empty where it names none. ``jv4`` is the same as ``ju4``."""
    found = NAMED.search(stem.lower())
    if not found:
        return ""
    name = found[1].replace("u:", "v").replace("ü", "v")
    return re.sub(r"^([jqxy])v", r"\1u", name) + found[2]


def import_syllables(source: Path, data: Path, attribution: str = "") -> int:
    """Make the pack from ``source``; returns the number of syllables. Raises ``VoiceFault``."""
    if not source.is_dir():
        raise VoiceFault(f"{source}: no such folder")
    papers = sorted(each for each in source.iterdir() if each.is_file() and LICENCE_NAMES.search(each.name))
    if not papers:
        raise VoiceFault(f"{source}: no licence file; put one there, with the name of the speaker")
    named = {
        syllable: each
        for each in sorted(source.iterdir())
        if each.suffix.lower() in SOUND_FILES and (syllable := syllable_named(each.stem))
    }
    if not named:
        raise VoiceFault(f"{source}: no recording is named by a syllable, like huan2.wav")
    folder = voices_folder(data) / SYLLABLES
    made = folder.with_name(folder.name + ".new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for paper in papers:
        shutil.copyfile(paper, made / paper.name)
    good = [syllable for syllable, path in named.items() if _imported(path, made / f"{syllable}.flac")]
    if not good:
        raise VoiceFault(f"{source}: every recording is silent")
    write_manifest(
        made,
        {
            "kind": SYLLABLES,
            "licence": [each.name for each in papers],
            "attribution": attribution or papers[0].read_text("utf-8", "replace")[:2000],
            "syllables": sorted(good),
        },
    )
    shutil.rmtree(folder, ignore_errors=True)
    made.replace(folder)
    return len(good)


def _imported(path: Path, target: Path) -> bool:
    take = read_take(path)
    if take.fault == "silent":
        return False
    write_take(target, trimmed(take.sound.samples))
    return True
