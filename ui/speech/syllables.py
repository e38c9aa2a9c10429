"""Chinese sentences as Mandarin syllables: ``请还 3 本书。`` → ``qing3 huan2 san1 ben3 shu1 .``

Figures are written out first (``ui.speech.figures``). Characters get their reading from pypinyin's
dictionary, corrected by the words and rules of ``readings.toml``; then the tones of 一 and 不 are adapted.
Third tones stay as the dictionary has them: an engine that glues recordings changes them itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pypinyin import Style, lazy_pinyin

from ui.speech.figures import written_out
from ui.speech.numbers import DIGITS

HAN = "㐀-䶿一-鿿〇"
TOKEN = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<slot>\{{\w+\}})|(?P<latin>[A-Za-z]+)"
    r"|(?P<pause>[，、：；,:;（）()《》“”\"…—·/]+)|(?P<end>[。！？!?\n]+)|."
)
BETWEEN = re.compile(r"\s+")
PAUSE, END = ",", "."
PAUSES = (PAUSE, END)
LETTER_NAMES = (
    "A:ei1|B:bi4|C:sei1|D:di4|E:yi4|F:ai2 fu5|G:ji4|H:ei1 chi5|I:ai4|J:zhei4|K:kei4|L:ai2 lou5|M:ai2 mu5"
    "|N:en1|O:ou1|P:pi4|Q:ke4 you5|R:a4|S:ai2 si5|T:ti4|U:you1|V:wei1|W:da2 bu5 liu5|X:ai2 ke5 si5|Y:wai4"
    "|Z:zei4"
)
LETTERS = {each[0]: each[2:] for each in LETTER_NAMES.split("|")}
"""Names of letters as Mandarin speakers say them, in syllables that every engine has."""
FINAL_ONE = (
    *("统一", "唯一", "惟一", "单一", "之一", "万一", "专一", "划一", "合一", "其一", "逐一", "独一", "一一"),
)
"""Words that end in 一, which keeps its tone there."""
ORDINAL_AFTER_ONE = "月日号楼级期到至"
DIGIT_CHARACTERS = DIGITS + "〇幺两十"


@dataclass(frozen=True, slots=True)
class Rule:
    read: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None

    def fits(self, before: str, after: str) -> bool:
        return (
            self.before.search(before) is not None
            and self.after.match(after) is not None
            and not (self.unless_before and self.unless_before.search(before))
            and not (self.unless_after and self.unless_after.match(after))
        )


@dataclass(frozen=True, slots=True)
class Readings:
    """``words`` by their first character, the longest first."""

    words: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    rules: Mapping[str, tuple[Rule, ...]]


def _rule(entry: Mapping[str, str]) -> Rule:
    def ending(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{pattern})$")

    unless_before, unless_after = entry.get("unless_before"), entry.get("unless_after")
    return Rule(
        entry["read"],
        ending(entry.get("before", "")),
        re.compile(entry.get("after", "")),
        ending(unless_before) if unless_before else None,
        re.compile(unless_after) if unless_after else None,
    )


@cache
def readings() -> Readings:
    content = tomllib.loads((resources.files("ui.speech") / "readings.toml").read_text("utf-8"))
    words: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in content["words"]:
        word, *syllables = row.split()
        words.setdefault(word[0], []).append((word, tuple(syllables)))
    return Readings(
        {first: tuple(sorted(each, key=lambda one: -len(one[0]))) for first, each in words.items()},
        {character: tuple(map(_rule, entries)) for character, entries in content["rules"].items()},
    )


def syllables(text: str) -> tuple[str, ...]:
    """Syllables with tone figures (ü as v, 5 for neutral), ``,`` and ``.`` for pauses, ``{name}`` for slots.

    Characters without a reading (signs, ``*``) are left out.
    """
    said: list[str] = []
    for each in _tokens(BETWEEN.sub("", written_out(text))):
        if each in PAUSES and (not said or said[-1] in PAUSES):
            said[-1:] = [max(said[-1], each)] if said else []
            continue
        said.append(each)
    while said and said[-1] == PAUSE:
        said.pop()
    return tuple(said)


def _tokens(text: str) -> Iterator[str]:
    for found in TOKEN.finditer(text):
        match found.lastgroup:
            case "han":
                yield from _han(text, found.start(), found.end())
            case "slot":
                yield found[0]
            case "latin":
                for letter in found[0].upper():
                    yield from LETTERS[letter].split()
            case "pause":
                yield PAUSE
            case "end":
                yield END
            case _:
                pass


def _han(text: str, start: int, end: int) -> list[str]:
    run = text[start:end]
    read = lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False, errors="ignore")
    if len(read) != len(run):
        read = [lazy_pinyin(each, style=Style.TONE3, neutral_tone_with_five=True)[0] for each in run]
    _apply_words(run, read)
    for at, character in enumerate(run):
        for rule in readings().rules.get(character, ()):
            if rule.fits(text[: start + at], text[start + at + 1 :]):
                read[at] = rule.read
                break
    _change_tones(run, read)
    return read


def _apply_words(run: str, read: list[str]) -> None:
    at = 0
    while at < len(run):
        for word, said in readings().words.get(run[at], ()):
            if run.startswith(word, at):
                read[at : at + len(word)] = said
                at += len(word) - 1
                break
        at += 1


def _change_tones(run: str, read: list[str]) -> None:
    """The tones of 一 and 不 by what follows (GB/T 16159 leaves them out of writing; speech has them)."""
    for at, character in enumerate(run):
        following = read[at + 1] if at + 1 < len(read) else ""
        if character == "不" and read[at].startswith("bu"):
            read[at] = "bu2" if following.endswith("4") else "bu4"
        elif character == "一" and read[at].startswith("yi"):
            read[at] = _tone_of_one(run, at, following)


def _tone_of_one(run: str, at: int, following: str) -> str:
    before, after = run[:at], run[at + 1 :]
    if not after or before.endswith(("第", "初")) or before[-1:] in tuple(DIGIT_CHARACTERS):
        return "yi1"
    if after[0] in DIGIT_CHARACTERS + ORDINAL_AFTER_ONE or (before.endswith("点") and after[0] not in "个下"):
        return "yi1"
    if before[-1:] in ("百", "千", "万", "零") and after[0] not in "个次":
        return "yi1"
    if (before[-1:] + "一").endswith(FINAL_ONE) or before.endswith(("星期", "礼拜")):
        return "yi1"
    if before.endswith("周") and after[0] not in "次回遍":
        return "yi1"
    if before[-1:] == after[0]:
        return "yi5"
    return "yi2" if following.endswith(("4", "5")) or after[0] == "个" else "yi4"
