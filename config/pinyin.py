"""Chinese by pinyin, for staff who write a reason on the screen; from ``pinyin.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

MOST = 60
LONGEST_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """``text`` stands for the first so many ``letters`` of what was typed."""

    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    syllables: tuple[str, ...]

    @property
    def reading(self) -> str:
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)


@dataclass(frozen=True, slots=True)
class Pinyin:
    words: tuple[Word, ...]
    syllables: dict[str, str]
    """The characters of a syllable, the frequent ones first."""


@cache
def pinyin() -> Pinyin:
    content = tomllib.loads(resources.files("config").joinpath("pinyin.toml").read_text("utf-8"))
    rows = (row.split() for row in content["words"])
    return Pinyin(tuple(Word(row[0], tuple(row[1:])) for row in rows), dict(content["syllables"]))


def candidates(typed: str) -> tuple[Candidate, ...]:
    """Candidates, likeliest first: words that take all letters, then words and characters that take the first
    of them. Empty where the letters begin no syllable.
    """
    letters = "".join(letter for letter in typed.lower() if "a" <= letter <= "z")
    found = dict[str, Candidate]()
    for candidate in (*_words(letters), *_characters(letters)) if letters else ():
        found.setdefault(candidate.text, candidate)
    return tuple(found.values())[:MOST]


def _words(letters: str) -> Iterator[Candidate]:
    words = pinyin().words
    yield from (Candidate(word.text, len(letters)) for word in words if word.reading == letters)
    if len(letters) > 1:
        yield from (Candidate(word.text, len(letters)) for word in words if word.initials == letters)
        yield from (Candidate(word.text, len(letters)) for word in words if word.reading.startswith(letters))
    begun = (word for word in words if letters.startswith(word.reading))
    for word in sorted(begun, key=lambda word: -len(word.reading)):
        yield Candidate(word.text, len(word.reading))


def _characters(letters: str) -> Iterator[Candidate]:
    """Of the longest syllable the letters begin with, then of those they are the beginning of."""
    syllables = pinyin().syllables
    for length in range(min(LONGEST_SYLLABLE, len(letters)), 0, -1):
        yield from (Candidate(character, length) for character in syllables.get(letters[:length], ""))
    for syllable, characters in syllables.items():
        if syllable.startswith(letters):
            yield from (Candidate(character, len(letters)) for character in characters[:3])
