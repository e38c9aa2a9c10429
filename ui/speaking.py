"""Which sentences of a screen are spoken when it appears. All of them stand on it, too."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenter import Screen

SAID_BY_THE_VISIT = ("result", "failed")
"""Their sentences come as effects of the visit, after their sound."""
QUIET = ("idle", "stopped", "busy")
"""Not spoken to an empty hall, nor while a card is read; in easy mode they are."""
WITH_DETAIL = ("form", "pin", "photograph")
"""Where the detail says what was wrong with what was typed, or what to do with a paper."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Identity of one appearance of a screen; while it stays equal no text is spoken again."""

    kind: str = ""
    language: str = ""
    easy: bool = False
    sentences: tuple[str, ...] = ()
    afterwards: tuple[str, ...] = ()
    """In easy mode what there is to choose, for who cannot read it."""


MOST_ROWS = 20
"""Of a long list the first are read out: a voice that goes on for minutes is not listened to."""


def everything(screen: Screen) -> tuple[str, ...]:
    """Texts spoken when a person asks to hear a screen again: all of them, from the top."""
    rows = (part for row in screen.rows[:MOST_ROWS] for part in (row.title, row.note))
    options = (option.label for option in screen.options)
    return tuple(one for one in (screen.title, screen.largest, screen.detail, *rows, *options) if one)


def spoken(screen: Screen, language: str, *, easy: bool) -> Spoken:
    """One sentence a screen; in easy mode also what can be chosen."""
    if screen.kind in SAID_BY_THE_VISIT or (screen.kind in QUIET and not easy):
        return Spoken(screen.kind, language, easy)
    sentences = (screen.title, screen.detail) if screen.kind in WITH_DETAIL else (screen.title,)
    chosen = tuple(option.label for option in screen.options) if easy else ()
    return Spoken(screen.kind, language, easy, tuple(one for one in sentences if one), chosen)
