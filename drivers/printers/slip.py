"""Content of a slip, as data: finished texts in their order.

``terminal.visit.receipt`` makes a slip of a receipt; a layout sets it for one width of paper.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_BLOCKS = 200
MOST_CHARACTERS = 2_000
"""Of one text: far more than any receipt holds, and little enough that no paper roll is spent on it."""
MOST_QR_BYTES = 600


@dataclass(frozen=True, slots=True)
class Heading:
    """Centred and tall."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """As many lines as it takes; ``strong`` is printed bold."""

    text: str
    strong: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Something on the left and its amount or value at the right edge."""

    left: str
    right: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code to photograph, centred."""

    content: str


Block = Heading | Paragraph | Row | Rule | QrCode


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper. ``copy_mark`` is what a reprint says at its head and foot; empty on a first print.

    Raises ``ValueError`` when it holds more than any receipt can.
    """

    blocks: tuple[Block, ...]
    copy_mark: str = ""

    def __post_init__(self) -> None:
        if len(self.blocks) > MOST_BLOCKS:
            raise ValueError(f"{len(self.blocks)} blocks on one slip, at most {MOST_BLOCKS}")
        for block in self.blocks:
            match block:
                case QrCode(content=content):
                    if not content or len(content.encode()) > MOST_QR_BYTES:
                        raise ValueError(f"a QR code of 1 to {MOST_QR_BYTES} bytes")
                case Heading(text=text) | Paragraph(text=text):
                    _bound(text)
                case Row(left=left, right=right):
                    _bound(left)
                    _bound(right)
                case Rule():
                    pass
        _bound(self.copy_mark)


def _bound(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a text of {len(text)} characters, at most {MOST_CHARACTERS}")
