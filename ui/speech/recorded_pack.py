"""The operator's own recordings, sentence by sentence: the best voice, keyed by the text.

Templates are cut at their slots; figures are put together from number pieces. A text that was changed has
another key, so its old recording is not used and the check names the gap.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from drivers.system.voices import RECORDED, voices_folder
from ui.speech.engine import CHINESE, LONG_PAUSE_S, SHORT_PAUSE_S, Samples, Sound, joined, silence
from ui.speech.figures import written_out
from ui.speech.numbers import DIGITS, cardinal
from ui.speech.packs import RATE, VoiceFault, read_manifest, read_take, trimmed, write_manifest, write_take
from ui.speech.sentences import public_sentences
from ui.speech.syllables import syllables

SLOT = re.compile(r"\{\w+\}")
SIGNS = re.compile(r"[\s，、：；,:;（）()《》“”\"…—·/。！？!?]+")
LONG_SIGN = re.compile(r"[。！？!?]")
UNITS = "元 角 分 年 点 秒 本 张 人 位 条 次 天 晚 项 房 个 路 周岁 岁 号 楼 个月 第 百分之 负 到"
JOIN = int(0.01 * RATE)
KEPT = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the speaker's script. ``context``: the sentence it is cut from, for the right melody."""

    key: str
    text: str
    reading: str
    context: str


def key_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def bare(text: str) -> str:
    """A text as pieces know it: figures written out, without signs."""
    return SIGNS.sub("", written_out(text))


def _piece(text: str, context: str) -> Piece:
    return Piece(key_of(text), text, " ".join(syllables(text)), context)


def number_texts() -> Iterator[str]:
    """Figures as whole words, so that numbers sound like numbers."""
    yield from (cardinal(each) for each in range(100))
    yield from ("两", "幺", "零", "点")
    yield from (DIGITS[each] + place for each in range(1, 10) for place in "百千万")
    yield from ("两百", "两千", "两万", "十万", "万", "亿", "千", "百")
    yield from (f"{cardinal(month)}月" for month in range(1, 13))
    yield from (f"{cardinal(day)}日" for day in range(1, 32))
    yield from UNITS.split()


@cache
def script() -> tuple[Piece, ...]:
    """Everything a speaker reads, each text once."""
    pieces: dict[str, Piece] = {}
    for sentence in public_sentences():
        for part in SLOT.split(sentence):
            if text := bare(part):
                pieces.setdefault(text, _piece(text, sentence))
    for text in number_texts():
        pieces.setdefault(text, _piece(text, text))
    return tuple(pieces.values())


class RecordedPack:
    name = RECORDED

    def __init__(self, folder: Path) -> None:
        """Raises ``VoiceFault`` where ``folder`` holds no pack."""
        manifest = read_manifest(folder, RECORDED)
        if manifest is None:
            raise VoiceFault(f"{folder}: no recorded pack")
        self._folder = folder
        self._keys: dict[str, str] = {text: key for key, text in manifest["pieces"].items()}
        self._longest = max(map(len, self._keys), default=0)
        self._take = lru_cache(KEPT)(self._read)

    def covered(self, text: str) -> tuple[str, ...] | None:
        """``text`` as recorded pieces, as few as possible; None where a part is not recorded."""
        best: list[tuple[str, ...] | None] = [(), *([None] * len(text))]
        for end in range(1, len(text) + 1):
            for begin in range(max(0, end - self._longest), end):
                before, piece = best[begin], text[begin:end]
                if before is None or piece not in self._keys:
                    continue
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = (*before, piece)
        return best[-1]

    def render(self, sentence: str, language: str) -> Sound | None:
        if language != CHINESE:
            return None
        whole = self.covered(bare(sentence))
        if whole and len(whole) == 1:
            return Sound(self._take(whole[0]), RATE)
        parts: list[Samples] = []
        for clause in filter(None, re.split(rf"({SIGNS.pattern})", written_out(sentence).strip())):
            if SIGNS.fullmatch(clause):
                if clause.strip():
                    pause = LONG_PAUSE_S if LONG_SIGN.search(clause) else SHORT_PAUSE_S
                    parts.append(silence(pause, RATE))
                continue
            pieces = self.covered(clause)
            if pieces is None:
                return None
            parts += [self._take(each) for each in pieces]
        return Sound(joined(parts, JOIN), RATE) if parts else None

    def _read(self, text: str) -> Samples:
        return read_take(self._folder / f"{self._keys[text]}.flac").sound.samples


@dataclass(frozen=True, slots=True)
class PackReport:
    """Texts without a take, takes that are clipped or silent, and takes of texts that are gone."""

    missing: tuple[str, ...]
    clipped: tuple[str, ...]
    silent: tuple[str, ...]
    stale: tuple[str, ...]


def import_takes(source: Path, data: Path, speaker: str) -> PackReport:
    """Take recordings named by key, number or text of the script into the pack; those of before stay.

    A clipped or silent take is named and left out. Raises ``VoiceFault``.
    """
    if not source.is_dir():
        raise VoiceFault(f"{source}: no such folder")
    files = {each.stem: each for each in sorted(source.iterdir()) if each.is_file()}
    named = {
        piece: files[stem]
        for number, piece in enumerate(script(), 1)
        for stem in (piece.key, f"{number:04}", piece.text)
        if stem in files
    }
    if not named:
        raise VoiceFault(f"{source}: no file is named by a number or key of the script")
    folder = voices_folder(data) / RECORDED
    folder.mkdir(parents=True, exist_ok=True)
    manifest = read_manifest(folder, RECORDED) or {"kind": RECORDED, "speaker": speaker, "pieces": {}}
    faults: dict[str, list[str]] = {"clipped": [], "silent": []}
    for piece, path in named.items():
        take = read_take(path)
        if take.fault:
            faults[take.fault].append(piece.text)
            continue
        write_take(folder / f"{piece.key}.flac", trimmed(take.sound.samples))
        manifest["pieces"][piece.key] = piece.text
    manifest["speaker"] = speaker or manifest["speaker"]
    write_manifest(folder, manifest)
    report = checked(data)
    return PackReport(report.missing, tuple(faults["clipped"]), tuple(faults["silent"]), report.stale)


def checked(data: Path) -> PackReport:
    """What is wrong with the pack that is installed. Raises ``VoiceFault`` where there is none."""
    folder = voices_folder(data) / RECORDED
    manifest = read_manifest(folder, RECORDED)
    if manifest is None:
        raise VoiceFault(f"{folder}: no recorded pack")
    wanted = {piece.key: piece.text for piece in script()}
    there: dict[str, str] = manifest["pieces"]
    faults: dict[str, list[str]] = {"clipped": [], "silent": [], "missing": []}
    for key, text in wanted.items():
        path = folder / f"{key}.flac"
        if key not in there or not path.exists():
            faults["missing"].append(text)
        elif fault := read_take(path).fault:
            faults[fault].append(text)
    return PackReport(
        tuple(faults["missing"]),
        tuple(faults["clipped"]),
        tuple(faults["silent"]),
        tuple(text for key, text in there.items() if key not in wanted),
    )
