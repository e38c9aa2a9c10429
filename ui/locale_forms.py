"""Days and amounts as people of a language write and say them; inside, they are ISO days and decimal yuan."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale, qtTrId

DAY = re.compile(r"\d{4}-\d\d-\d\d")
AMOUNT = re.compile(r"\b\d{1,3}(?:,\d{3})*\.\d\d\b")


def shown(value: str, language: str) -> str:
    """An argument of a sentence: a day in the order of the language, anything else as it is."""
    if not DAY.fullmatch(value):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return QLocale(language).toString(QDate(day.year, day.month, day.day), qtTrId("ui.date_format"))


def aloud(sentence: str) -> str:
    """Without what a voice reads out as "comma" or "point zero zero": 2,566.00 is said as 2566."""
    return AMOUNT.sub(lambda found: found[0].replace(",", "").removesuffix(".00"), sentence)
