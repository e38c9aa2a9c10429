"""Whatever a card, a code or the centre says, a screen shows it letter by letter: no text is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ui

QML = sorted((Path(ui.__file__).parent / "qml").rglob("*.qml"))
OPENS = re.compile(r"(?<![A-Za-z.])(?:Text|TextEdit|TextArea)\s*\{")


def elements(source: str) -> Iterator[tuple[int, str]]:
    """Each element that shows text: its line, and all between its braces."""
    for opening in OPENS.finditer(source):
        end, depth = opening.end(), 1
        while depth:
            depth += {"{": 1, "}": -1}.get(source[end], 0)
            end += 1
        yield source.count("\n", 0, opening.start()) + 1, source[opening.end() : end]


@pytest.mark.parametrize("file", QML, ids=lambda file: file.name)
def test_no_text_is_read_as_markup(file: Path) -> None:
    for line, body in elements(file.read_text(encoding="utf-8")):
        plain = "textFormat: Text.PlainText" in body or "textFormat: TextEdit.PlainText" in body
        assert plain, f"{file.name}:{line} shows markup where a text holds some"


def test_the_labels_of_the_own_style_are_plain() -> None:
    (label,) = (each for each in QML if each.stem == "Label")
    assert "textFormat: Text.PlainText" in label.read_text(encoding="utf-8")
