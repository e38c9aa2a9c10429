"""Sentences in the language of the visit, from Qt's translation files and the texts of the faults."""

from __future__ import annotations

import logging
import os
import subprocess
import sysconfig
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QTranslator, qtTrId

from config.fault_texts import fault_texts
from config.faults import Fault
from terminal.visit.steps import BOTH, Text
from ui.locale_forms import shown

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "translations"
LANGUAGES = ("zh_CN", "en")
FAULT = "fault."
NEXT = ".next"


class TranslationsMissing(Fault):
    """The translation files could not be compiled: PySide6 is not installed as it should be."""

    code = "settings.translations_missing"


def compiled(language: str) -> Path:
    """The compiled translation, compiled again when its source is younger. Raises ``TranslationsMissing``.

    Put in its place at once and whole: a running program has the old one mapped into its memory.
    """
    source, target = FOLDER / f"{language}.ts", FOLDER / f"{language}.qm"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        program = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
        made = target.with_suffix(f".{os.getpid()}.qm")
        try:
            subprocess.run(
                [str(program), "-silent", "-idbased", str(source), "-qm", str(made)],
                check=True,
                capture_output=True,
            )
            made.replace(target)
        except (OSError, subprocess.CalledProcessError) as error:
            raise TranslationsMissing(str(source)) from error
    return target


class Texts:
    """Says texts by their ids. Belongs to Qt's thread."""

    def __init__(self, language: str) -> None:
        self._translators = {name: self._loaded(name) for name in LANGUAGES}
        self.language = ""
        self.speak_in(language)

    def _loaded(self, language: str) -> QTranslator:
        translator = QTranslator()
        if not translator.load(str(compiled(language))):
            raise TranslationsMissing(language)
        return translator

    def speak_in(self, language: str) -> bool:
        """Says whether anything changed."""
        if language == self.language or language not in self._translators:
            return False
        if self.language:
            QCoreApplication.removeTranslator(self._translators[self.language])
        QCoreApplication.installTranslator(self._translators[language])
        self.language = language
        return True

    def close(self) -> None:
        """Nothing is said any more. Not left to the collector, which runs on any thread."""
        for translator in self._translators.values():
            QCoreApplication.removeTranslator(translator)
            shiboken6.delete(translator)

    def say(self, text: Text) -> str:
        """The sentence, its arguments filled in. An id without one is shown as it is, and logged."""
        if text.id.startswith(FAULT):
            return self._fault(text.id.removeprefix(FAULT))
        if text.id == BOTH:
            return dict(text.args).get(self.language, "")
        sentence = qtTrId(text.id)
        if sentence == text.id:
            log.error("no sentence for %s", text.id)
        for name, value in text.args:
            sentence = sentence.replace("{" + name + "}", shown(value, self.language))
        return sentence

    def _fault(self, id: str) -> str:
        found = fault_texts().get(id.removesuffix(NEXT))
        if found is None:
            log.error("no texts for the fault %s", id)
            found = fault_texts()["central.fault"]
        chinese = self.language == "zh_CN"
        if id.endswith(NEXT):
            return found.next_zh if chinese else found.next_en
        return found.zh if chinese else found.en
