"""Characters for entering Chinese names on the screen, from ``characters.toml``.

Surnames and the characters of given names with the frequent ones first (written down by hand after the
usual statistics), and characters by a part of theirs that can be seen, for people who use neither pinyin
nor strokes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Component:
    """A part that can be seen in a character, and the characters it is seen in."""

    part: str
    characters: str


@dataclass(frozen=True, slots=True)
class Characters:
    surnames: tuple[str, ...]
    """Compound surnames, of two characters, stand at the end."""
    frequent: tuple[str, ...]
    components: tuple[Component, ...]

    @property
    def every(self) -> frozenset[str]:
        """Each single character that can be chosen."""
        chosen = "".join((*self.surnames, *self.frequent, *(each.characters for each in self.components)))
        return frozenset(chosen)


@cache
def characters() -> Characters:
    content = tomllib.loads(resources.files("config").joinpath("characters.toml").read_text("utf-8"))
    return Characters(
        tuple(content["surnames"]),
        tuple(content["frequent"]),
        tuple(Component(each["part"], each["characters"]) for each in content["components"]),
    )
