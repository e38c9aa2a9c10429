"""Receipt printer of the tests: lines, bitmaps and codes on paper, read back from the bytes.

Written from the command reference (ESC/POS: ESC @, ESC t, FS &, FS ., FS C, FS ( C, GS v 0, GS ( k, LF);
unknown commands are refused. Its font is that of ``font``: a character it lacks comes out byte by byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FIXED = {
    b"\x1b@": 0,
    b"\x1b!": 1,
    b"\x1bE": 1,
    b"\x1ba": 1,
    b"\x1bd": 1,
    b"\x1d!": 1,
    b"\x1dV": 1,
    b"\x1c&": 0,
    b"\x1bt": 1,
    b"\x1c.": 0,
    b"\x1cC": 1,
    b"\x1dr": 1,
    b"\x10\x04": 1,
}
"""Commands and how many bytes follow each."""


PAGES = {0: "cp437", 19: "cp858"}
"""Code pages by the number of ESC t."""


@dataclass(frozen=True, slots=True)
class Dots:
    """A printed bitmap: rows of "0" and "1"."""

    rows: tuple[str, ...]


@dataclass(slots=True)
class Paper:
    """``lines``: of text; ``printed``: lines and bitmaps in their order."""

    lines: list[str] = field(default_factory=list)
    printed: list[str | Dots] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    tall: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    questions: list[bytes] = field(default_factory=list)
    cuts: int = 0


def read_paper(sent: bytes, font: str = "gbk") -> Paper:
    paper = Paper()
    page, utf8 = "ascii", False
    line = bytearray()
    tall = strong = False
    kanji = font in ("gbk", "gb2312")  # Chinese mode is on after the power is switched on
    at = 0
    while at < len(sent):
        octet = sent[at]
        if octet in b"\x10\x1b\x1c\x1d":
            command = sent[at : at + 2]
            if command == b"\x1dv":
                across, down = (int.from_bytes(sent[at + 4 + n : at + 6 + n], "little") for n in (0, 2))
                assert sent[at + 2 : at + 4] == b"0\x00"
                assert not line, "a bitmap begins a line"
                body = sent[at + 8 : at + 8 + across * down]
                assert len(body) == across * down
                rows = (body[n : n + across] for n in range(0, len(body), across))
                paper.printed.append(Dots(tuple("".join(f"{octet:08b}" for octet in row) for row in rows)))
                at += 8 + across * down
                continue
            if command == b"\x1c(":
                assert sent[at : at + 7] == b"\x1c(C\x02\x000\x32"
                utf8 = True
                at += 7
                continue
            if command == b"\x1d(":
                length = int.from_bytes(sent[at + 3 : at + 5], "little")
                body = sent[at + 5 : at + 5 + length]
                assert sent[at + 2 : at + 3] == b"k"
                if body.startswith(b"1P0"):
                    paper.codes.append(body[3:].decode())
                at += 5 + length
                continue
            argument = sent[at + 2 : at + 2 + FIXED[command]]
            match command:
                case b"\x1b@":
                    kanji, tall, strong, page, utf8 = font in ("gbk", "gb2312"), False, False, "ascii", False
                case b"\x1c&":
                    kanji = True
                case b"\x1c.":
                    kanji = False
                case b"\x1cC":
                    assert argument == b"\xff"
                    utf8 = True
                case b"\x1bt":
                    page = PAGES[argument[0]]
                case b"\x1d!":
                    tall = bool(argument[0] & 0x0F)
                case b"\x1bE":
                    strong = bool(argument[0] & 1)
                case b"\x1dV":
                    paper.cuts += 1
                case b"\x1dr" | b"\x10\x04":
                    paper.questions.append(command + argument)
            at += 2 + len(argument)
        elif octet == 0x0A:
            text = line.decode("utf-8" if utf8 else font if kanji else page, errors="backslashreplace")
            paper.lines.append(text)
            paper.printed.append(text)
            if tall:
                paper.tall.append(text)
            if strong:
                paper.strong.append(text)
            line.clear()
            at += 1
        else:
            line.append(octet)
            at += 1
    assert not line, "the last line does not end"
    return paper
