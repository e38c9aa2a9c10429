"""What a printer would put on paper, read back from the bytes it was sent; unknown commands are refused."""

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
    b"\x1dr": 1,
    b"\x10\x04": 1,
}
"""Commands and how many bytes follow each."""


@dataclass(slots=True)
class Paper:
    lines: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    tall: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    questions: list[bytes] = field(default_factory=list)
    cuts: int = 0


def read_paper(sent: bytes) -> Paper:
    paper = Paper()
    line = bytearray()
    tall = strong = kanji = False
    at = 0
    while at < len(sent):
        octet = sent[at]
        if octet in b"\x10\x1b\x1c\x1d":
            command = sent[at : at + 2]
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
                    kanji = tall = strong = False
                case b"\x1c&":
                    kanji = True
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
            text = line.decode("gb18030")
            assert kanji or not line, "Chinese before the kanji mode"
            paper.lines.append(text)
            if tall:
                paper.tall.append(text)
            if strong:
                paper.strong.append(text)
            line.clear()
            at += 1
        else:
            length = 1 if octet < 0x80 else 4 if 0x30 <= sent[at + 1] <= 0x39 else 2
            line += sent[at : at + length]
            at += length
    assert not line, "the last line does not end"
    return paper
