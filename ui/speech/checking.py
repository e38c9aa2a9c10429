"""Whether every public sentence is read and spoken right, by the engine's own word for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from drivers.system.voices import MANDARIN, SYLLABLES, installed_voices, phonemes, voices_folder
from ui.speech.recorded_pack import RecordedPack, bare
from ui.speech.reference import compared, reference
from ui.speech.sentences import public_sentences
from ui.speech.syllable_pack import SyllablePack, third_tones_changed
from ui.speech.syllables import PAUSES, syllables

GROUP = re.compile(r"[^\s|]+")
SLOT = re.compile(r"\{\w+\}")
ESPEAK_TONES = {
    "55": "1",
    "35": "2",
    "214": "3",
    "21": "3",
    "51": "4",
    "11": "5",
    "22": "5",
    "33": "5",
    "44": "5",
}
"""Tone figures of espeak-ng's phonemes; 21 is the half third tone."""
LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class VoiceReport:
    """``wrong``: read or spoken otherwise than the reference; ``missing``: without a reference or a sound."""

    engine: str
    sentences: int
    wrong: tuple[str, ...]
    missing: tuple[str, ...]


def checked(data: Path, engine: str = "") -> VoiceReport:
    """Compare readings with the reference, then ask the engine, the best one without ``engine``."""
    sentences = public_sentences()
    engine = engine or installed_voices(data).best
    found = compared(sentences, reference(), syllables)
    wrong = [each.text for each in found.wrong]
    missing = list(found.missing)
    if engine == "espeak":
        wrong += spoken_wrong(sentences)
    elif engine == SYLLABLES:
        syllable_pack = SyllablePack(voices_folder(data) / SYLLABLES)
        missing += [each for each in sentences if syllable_pack.missing(said_of(each))]
    elif engine:
        recorded = RecordedPack(voices_folder(data) / engine)
        missing += [each for each in sentences if not all(map(recorded.covered, parts_of(each)))]
    else:
        missing = list(sentences)
    return VoiceReport(engine, len(sentences), tuple(dict.fromkeys(wrong)), tuple(dict.fromkeys(missing)))


def said_of(sentence: str) -> tuple[str, ...]:
    """Syllables without pauses and slots, third tones as they are spoken."""
    said = (each for each in syllables(sentence) if each not in PAUSES and not SLOT.fullmatch(each))
    return third_tones_changed(said)


def parts_of(sentence: str) -> list[str]:
    return [text for part in SLOT.split(sentence) if (text := bare(part))]


def spoken_wrong(sentences: Iterable[str]) -> tuple[str, ...]:
    """Sentences whose phonemes of espeak-ng are not one group a syllable, each with its tone."""
    asked = {each: said_of(each) for each in sentences}
    # One process for all of them: a full stop ends a line of phonemes.
    lines = phonemes(MANDARIN, " .\n".join(map(" ".join, asked.values())) + " .\n", LIMIT_S).splitlines()
    if len(lines) != len(asked):
        return tuple(asked)
    pairs = zip(asked.items(), lines, strict=True)
    return tuple(text for (text, said), line in pairs if tones_of(line) != tuple(one[-1] for one in said))


def tones_of(heard: str) -> tuple[str, ...]:
    if "(en)" in heard:
        return ()
    found = (re.search(r"\d+", group) for group in GROUP.findall(heard.replace("_", " ")))
    return tuple(ESPEAK_TONES.get(each[0], "?") if each else "?" for each in found)
