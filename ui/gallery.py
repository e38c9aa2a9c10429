"""``python -m ui.gallery``: a photograph of every screen, size, language and theme, with an index page.

Each is inspected too (``ui.inspection``); what is wrong is written out, and the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEventLoop, QMetaObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem

from config.settings import ScreenSettings, Settings
from terminal.services.registry import services_of
from terminal.visit.states import Counter
from ui.card_office_specimens import PaperSpecimen
from ui.inspection import Inspection
from ui.kiosk_model import DESIGNED_FOR, KioskModel
from ui.service_specimens import every_specimen
from ui.sound_effects import SilentSounds
from ui.specimens import NOON
from ui.speech.silent import SilentVoice
from ui.staff.model import StaffModel
from ui.staff.pages import CLOSED, NOTHING
from ui.staff.specimens import staff_specimens
from ui.texts import LANGUAGES, Texts
from ui.window import KioskWindow, make_application
from ui.window_face import WindowFace

SIZES = ((1920, 1080), (1080, 1920), (1280, 800), (800, 480))
THEMES: tuple[Literal["light", "high_contrast"], ...] = ("light", "high_contrast")
SERVICES = services_of(("library", "catalogue:government"))
SETTLE_MS = 60
MOST_PICTURES = 8
"""Before a screen that never rests is taken as it is."""
Voice = Literal["heard", "none", "open"]
"""Of a terminal: it speaks, it cannot, or its control is open over the screen."""
FIRST_SETTLE_MS = 500
"""The first screen still appears slowly: reduced motion is not known before it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen is looked at."""

    size: tuple[int, int]
    language: str
    theme: Literal["light", "high_contrast"]
    easy: bool

    @property
    def name(self) -> str:
        easy = "-easy" if self.easy else ""
        return f"{self.size[0]}x{self.size[1]}-{self.language}-{self.theme}{easy}"


class Studio:
    """One window, resized and restyled; ``photograph`` shows a counter in it."""

    def __init__(self) -> None:
        self._application = make_application(["gallery"])
        self._texts = Texts("zh_CN")
        self._settings = Settings(
            demonstration=True, screen=ScreenSettings(full_screen=False, reduced_motion=True)
        )
        self.model = KioskModel(lambda _: None, noon)
        self.face = WindowFace(
            self.model, self._settings, SERVICES, self._texts, SilentVoice(), SilentSounds()
        )
        self.face.show(Counter())
        self.staff = StaffModel()
        self.window = KioskWindow(
            self.model, self._settings.screen, lambda _: None, self.staff, paper=PaperSpecimen()
        )
        self.model.show_paper(1)
        self.face.window = self.window
        settle(FIRST_SETTLE_MS)

    def photograph(self, counter: Counter, look: Look, voice: Voice = "heard") -> QImage:
        self.show(counter, look, voice)
        return self.window.photograph()

    def staff_names(self) -> tuple[str, ...]:
        return tuple(staff_specimens(self._texts.say, self._texts.language))

    def photograph_staff(self, name: str, look: Look) -> QImage:
        """A staff page by its specimen's name, in the language of the look."""
        self.show_staff(name, look)
        return self.window.photograph()

    def show_staff(self, name: str, look: Look) -> None:
        """Over an idle screen; ``show`` puts it away again."""
        self.show(Counter(), look)
        specimen = staff_specimens(self._texts.say, look.language)[name]
        self.staff.present(specimen.frame, specimen.page, specimen.rows)
        self._come_to_rest()

    def show(self, counter: Counter, look: Look, voice: Voice = "heard") -> None:
        self.staff.present(CLOSED, NOTHING)
        self.model.set_voice(heard=voice != "none")
        self.model.set_theme(high_contrast=look.theme == "high_contrast", reduced_motion=True)
        self.window.window.setWidth(look.size[0])
        self.window.window.setHeight(look.size[1])
        self.face.show(replace(counter, language=look.language, easy_mode=look.easy))
        if voice == "open":
            control = self.window.window.findChild(QQuickItem, "voiceControl")
            assert control is not None  # noqa: S101 (the window has one)
            QMetaObject.invokeMethod(control, "open")
        self._come_to_rest()

    def _come_to_rest(self) -> None:
        """Taking a picture lays everything out at once, however busy the machine: pictures are taken until
        one is like the one before."""
        before = QImage()
        for _ in range(MOST_PICTURES):
            QGuiApplication.processEvents()
            now = self.window.photograph()
            if now == before:
                return
            before = now


def noon() -> datetime:
    return NOON


def settle(ms: int = SETTLE_MS) -> None:
    """Lets the window lay itself out."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
    QGuiApplication.processEvents()


def views() -> Iterator[tuple[str, Counter, Voice]]:
    """Everything of the public's that is looked at, by name."""
    everyone = every_specimen()
    for name, counter in everyone.items():
        yield name, counter, "heard"
    for name in ("idle", "choose", "confirmed"):
        yield f"{name}-voice", everyone[name], "open"
        yield f"{name}-no-voice", everyone[name], "none"


def looks(sizes: tuple[tuple[int, int], ...], *, everything: bool) -> Iterator[Look]:
    """All of them, or the ordinary theme in both languages with and without easy mode."""
    for size in sizes:
        for language in LANGUAGES:
            for theme in THEMES if everything else THEMES[:1]:
                for easy in (False, True):
                    yield Look(size, language, theme, easy)


def index(names: list[str]) -> str:
    """A page with every photograph under its name."""
    figures = "\n".join(
        f'<figure><img loading="lazy" src="{html.escape(name)}.png" alt=""><figcaption>{html.escape(name)}'
        "</figcaption></figure>"
        for name in names
    )
    style = (
        "body{font-family:sans-serif;display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{height:260px}"
    )
    return f'<!doctype html><meta charset="utf-8"><title>Gallery</title><style>{style}</style>\n{figures}\n'


def main() -> int:
    parser = argparse.ArgumentParser(description="Photographs of every screen.")
    parser.add_argument("--to", type=Path, default=Path("build/gallery"), help="folder (%(default)s)")
    parser.add_argument("--only", default="", help="only screens whose name contains this")
    parser.add_argument("--density", type=int, default=DESIGNED_FOR, help="dots per inch (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="the light theme only")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    studio, names = Studio(), list[str]()
    studio.model.set_density(arguments.density)
    density = arguments.density / DESIGNED_FOR
    faults: list[str] = []
    for look in looks(SIZES, everything=not arguments.quick):
        for name, counter, voice in views():
            if arguments.only in name:
                names.append(f"{name}-{look.name}")
                studio.photograph(counter, look, voice).save(str(arguments.to / f"{names[-1]}.png"))
                found = Inspection(studio.window.window, density).faults()
                faults += [f"{names[-1]}: {fault}" for fault in found]
        for name in () if look.easy else studio.staff_names():
            if arguments.only in name:
                names.append(f"{name}-{look.name}")
                studio.photograph_staff(name, look).save(str(arguments.to / f"{names[-1]}.png"))
        sys.stderr.write(f"{len(names)} photographs, {look.name}\n")
    studio.window.close()
    (arguments.to / "index.html").write_text(index(names), encoding="utf-8")
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
