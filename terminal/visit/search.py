"""Finding a service by a few letters: the first letters of its Chinese name as they are spoken (GJJ for
公积金), or the beginning of an English word.

The 3,755 common characters of GB 2312 stand in the order of their sounds, so that the first letter follows
from the code. Characters beyond those, and those with more than one sound, are listed.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from terminal.visit.steps import BOTH, Option, ServiceSet

MOST_FOUND = 6
LONGEST = 12
LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
BEGINNINGS = (
    *(0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8),
    *(0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1),
)
"""The first code of each letter of ``LETTERS`` (GB 2312, level 1)."""
END = 0xD7FA
SOUNDS = {
    **{"行": "XH", "重": "ZC", "长": "CZ", "还": "HX", "乐": "LY", "参": "CS", "会": "HK", "调": "TD"},
    **{"校": "XJ", "弹": "DT", "藏": "CZ", "率": "LS", "畜": "XC", "缴": "J", "绩": "J", "薪": "X"},
    **{"赡": "S", "孵": "F", "恤": "X", "祛": "Q", "殡": "B", "葬": "Z", "瘫": "T", "蔬": "S", "诊": "Z"},
}


def letters_of(character: str) -> str:
    """Every letter the sound of a character may begin with; letters and digits stand for themselves."""
    if character in SOUNDS:
        return SOUNDS[character]
    if character.isascii():
        return character.upper() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not BEGINNINGS[0] <= code < END:
        return ""
    return LETTERS[bisect_right(BEGINNINGS, code) - 1]


@lru_cache(maxsize=4096)
def sounds_of(name: str) -> tuple[str, ...]:
    """The letters of each character that has any."""
    return tuple(letters for letters in map(letters_of, name) if letters)


def rank(zh: str, en: str, typed: str) -> int | None:
    """How well a service fits what was typed; lower is better, None for not at all."""
    wanted = typed.strip().upper()
    if not wanted:
        return None
    sounds = sounds_of(zh)
    for start in range(len(sounds) - len(wanted) + 1):
        if all(letter in sounds[start + at] for at, letter in enumerate(wanted)):
            return min(start, 1)
    if wanted in zh:
        return 0
    words = en.upper()
    if words.startswith(wanted):
        return 0
    return 1 if any(word.startswith(wanted) for word in words.replace("-", " ").split()) else None


def found(services: ServiceSet, typed: str) -> tuple[Option, ...]:
    """The services that fit, the best first, no more than fit on a screen."""
    ranked: list[tuple[int, int, Option]] = []
    for place, service in enumerate(services.services):
        names = dict(service.label.args) if service.label.id == BOTH else {}
        fits = rank(names.get("zh_CN", ""), names.get("en", ""), typed)
        if fits is not None:
            ranked.append((fits, place, services.option(service)))
    return tuple(option for *_, option in sorted(ranked, key=lambda each: each[:2])[:MOST_FOUND])
