"""The rules of the look: contrast from the tokens, no colour or size outside them, no text in code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ui.texts import compiled

UI = Path(__file__).parents[2] / "ui"
QML = sorted((UI / "qml").rglob("*.qml"))
TOKENS = (UI / "qml" / "Onecard" / "Tokens.qml").read_text(encoding="utf-8")
PAIRS = (
    ("pale", "ground"),
    ("pale", "groundDeep"),
    ("paleSoft", "ground"),
    ("ink", "surface"),
    ("ink", "surfaceSoft"),
    ("inkSoft", "surface"),
    ("inkSoft", "surfaceSoft"),
    ("accentInk", "accent"),
    ("accentInk", "accentPressed"),
    ("accent", "surface"),
    ("confirmed", "surfaceSoft"),
    ("accepted", "surfaceSoft"),
    ("refused", "surfaceSoft"),
    ("pale", "confirmed"),
    ("pale", "accepted"),
    ("pale", "refused"),
    ("focus", "ground"),
    ("focus", "groundDeep"),
    ("pale", "groundRaised"),
    ("accentBright", "ground"),
    ("accentBrightInk", "accentBright"),
    ("accentBrightInk", "accentBrightPressed"),
    ("ink", "surfacePressed"),
    ("accent", "surfaceSoft"),
    ("nightInk", "night"),
)


def colour(name: str, *, high_contrast: bool) -> tuple[float, float, float]:
    found = re.search(rf'color {name}: (?:highContrast \? "(#\w+)" : )?"(#\w+)"', TOKENS)
    assert found, name
    text = (found[1] if high_contrast and found[1] else found[2]).removeprefix("#")
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("high_contrast", "least"), [(False, 4.5), (True, 7.0)])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_pair_of_ink_and_ground_can_be_read(
    ink: str, ground: str, high_contrast: bool, least: float
) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.6."""
    light, dark = sorted(
        (luminance(colour(name, high_contrast=high_contrast)) for name in (ink, ground)), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= least


@pytest.mark.parametrize("high_contrast", [False, True])
@pytest.mark.parametrize("ground", ["focusEdge", "ground", "groundRaised", "confirmed", "refused"])
def test_the_ring_of_the_focus_is_seen_on_everything(ground: str, high_contrast: bool) -> None:
    """WCAG 2.2, 1.4.11 and 2.4.13: its bright line on dark grounds, its dark line on white."""
    rings = [("focus", ground), ("focusEdge", "surface")]
    for line, beside in rings:
        light, dark = sorted(
            (luminance(colour(name, high_contrast=high_contrast)) for name in (line, beside)), reverse=True
        )
        assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("path", [path for path in QML if path.name not in ("Tokens.qml", "Tray.qml")])
def test_no_screen_has_a_colour_or_a_letter_size_of_its_own(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert not re.search(r'"#[0-9A-Fa-f]{3,8}"', content)
    assert not re.search(r"pixelSize: *\d|pointSize", content)
    assert not re.search(r'color: *"(?!transparent)', content)


@pytest.mark.parametrize("path", QML)
def test_no_screen_has_a_sentence_of_its_own(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert not re.search("[\u4e00-\u9fff]", content)
    assert not re.search(r'\btext: *"[A-Za-z]', content)


def messages(language: str) -> dict[str, str]:
    tree = ET.parse(UI / "translations" / f"{language}.ts")  # noqa: S314 (our own file)
    return {str(each.get("id")): each.findtext("translation") or "" for each in tree.iter("message")}


def test_both_languages_say_everything() -> None:
    chinese, english = messages("zh_CN"), messages("en")
    assert chinese.keys() == english.keys()
    assert all(chinese.values())
    assert all(english.values())
    for id, sentence in chinese.items():
        assert set(re.findall(r"\{\w+\}", sentence)) == set(re.findall(r"\{\w+\}", english[id])), id


def test_english_has_no_mark_that_a_chinese_font_draws_wide() -> None:
    assert [id for id, sentence in messages("en").items() if re.search("[‘’“”]", sentence)] == []


def test_every_sentence_asked_for_is_there() -> None:
    known = messages("en").keys()
    asked = set()
    for path in QML:
        asked |= set(re.findall(r'qsTrId\("([^"]+)"\)', path.read_text(encoding="utf-8")))
    for folder in ("terminal", "ui"):
        for path in (UI.parent / folder).rglob("*.py"):
            asked |= set(re.findall(r'\b[Tt]ext\("([^"{]+)"', path.read_text(encoding="utf-8")))
    assert {id for id in asked if not id.startswith("fault.")} <= known


def test_thousands_of_signals_do_not_bring_the_process_down() -> None:
    """PySide6 6.12.0 loses a reference of True with each emission on Python 3.11 and aborts."""
    program = (
        "from PySide6.QtCore import QObject, Signal\n"
        "class Source(QObject):\n    told = Signal(bool)\n"
        "source = Source()\nheard = []\nsource.told.connect(heard.append)\n"
        "for _ in range(5000):\n    source.told.emit(True)\n"
        "assert len(heard) == 5000\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0


def test_a_translation_made_anew_leaves_the_one_a_running_program_reads_as_it_was(qapp: object) -> None:
    target = compiled("en")
    with target.open("rb") as reading:
        before = reading.read()
        source = target.with_suffix(".ts")
        os.utime(target, (source.stat().st_atime - 10, source.stat().st_mtime - 10))
        assert compiled("en") == target
        reading.seek(0)
        assert reading.read() == before
        assert os.fstat(reading.fileno()).st_ino != target.stat().st_ino, "another file in its place"
    assert target.read_bytes() == before
    assert list(target.parent.glob("*.*.qm")) == []
