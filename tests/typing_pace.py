"""The pace at which the keys of tests are pressed: a person's, never a scanner's (``ui.wedge_keys``)."""

from __future__ import annotations

from PySide6.QtCore import Qt

PRINTING_MS = 250
"""A key that prints, as Space, is held back this long at the most, until it is known to be a person's."""
OTHER_MS = 45
"""Slower than a scanner types."""


def pause_after_ms(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    printing = key < Qt.Key.Key_Escape and modifiers == Qt.KeyboardModifier.NoModifier
    return PRINTING_MS if printing else OTHER_MS
