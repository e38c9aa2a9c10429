"""The right reading of every public sentence, reviewed by people: ``reference.tsv``, one sentence a line.

A sentence that is not in it, or that is read otherwise, is named by the build and by ``onecard voice check``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

Reading = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    text: str
    read: Reading
    wanted: Reading


@dataclass(frozen=True, slots=True)
class Comparison:
    missing: tuple[str, ...]
    wrong: tuple[Difference, ...]
    stale: tuple[str, ...]


@cache
def reference() -> Mapping[str, Reading]:
    """Readings by sentence; slots as ``{name}``."""
    content = (resources.files("ui.speech") / "reference.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in content.splitlines() if line)
    return {text: tuple(reading.split()) for text, reading in rows}


def compared(
    sentences: Iterable[str], known: Mapping[str, Reading], read: Callable[[str], Reading]
) -> Comparison:
    sentences = tuple(sentences)
    readings = {each: read(each) for each in sentences}
    return Comparison(
        tuple(each for each in sentences if each not in known),
        tuple(
            Difference(each, readings[each], known[each])
            for each in sentences
            if each in known and readings[each] != known[each]
        ),
        tuple(each for each in known if each not in readings),
    )


def proposed() -> tuple[str, ...]:
    """Lines for the sentences that have none, as the rules read them, to be reviewed and added."""
    from ui.speech.sentences import public_sentences
    from ui.speech.syllables import syllables

    found = compared(public_sentences(), reference(), syllables)
    return tuple(f"{text}\t{' '.join(syllables(text))}" for text in found.missing)


if __name__ == "__main__":
    print("\n".join(proposed()))  # noqa: T201
