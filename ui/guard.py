"""Filter for keys and touches before they reach the screens. Pure.

In public mode the screen cannot be left: every key that means something to a window or a desktop is dropped,
and so is the wish to close the window. While the screen is cleaned, nothing gets through; a resting screen
takes the first touch as a wish to wake.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt

CLEANING_S = 30
_MODIFIER = Qt.KeyboardModifier
_HELD = _MODIFIER.ControlModifier | _MODIFIER.AltModifier | _MODIFIER.MetaModifier
CLEANING_CHORD = (
    Qt.Key.Key_C,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)
STAFF_CHORD = (
    Qt.Key.Key_S,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)
"""Opens the sign-in of staff, in public mode too: what lies behind it asks for a PIN."""
_PLAIN_SPECIAL = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Shift,
    }
)
_SPECIAL_FROM = 0x01000000
"""Keys from here on have no letter: function keys, menus, media, power, sleep."""


class Verdict(Enum):
    """``PASS`` it on, ``DROP`` it, ``WAKE`` the screen with it, or start to ``CLEAN``."""

    PASS = auto()
    DROP = auto()
    WAKE = auto()
    CLEAN = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """State of the screen at a key or a touch. ``waiting``: no visit."""

    public: bool = False
    waiting: bool = True
    resting: bool = False
    cleaning: bool = False


def judge_key(key: Qt.Key, held: Qt.KeyboardModifier, standing: Standing) -> Verdict:
    """A key that was pressed, with the modifiers held."""
    if standing.cleaning:
        return Verdict.DROP
    chord = (key, held & _HELD)
    if chord == CLEANING_CHORD:
        return Verdict.CLEAN if standing.waiting else Verdict.DROP
    if standing.public and not _harmless(chord):
        return Verdict.DROP
    return Verdict.WAKE if standing.resting else Verdict.PASS


def judge_touch(standing: Standing) -> Verdict:
    """A finger or a mouse."""
    if standing.cleaning:
        return Verdict.DROP
    return Verdict.WAKE if standing.resting else Verdict.PASS


def _harmless(chord: tuple[Qt.Key, Qt.KeyboardModifier]) -> bool:
    """Letters and what moves a focus; nothing with Control, Alt or Meta but the way in for staff."""
    if chord == STAFF_CHORD:
        return True
    key, held = chord
    if held != Qt.KeyboardModifier.NoModifier:
        return False
    return int(key) < _SPECIAL_FROM or key in _PLAIN_SPECIAL
