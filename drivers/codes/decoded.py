"""A decoded code: its text, bytes and place in the picture. Nothing in it is believed yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.codes.place import Place


@dataclass(frozen=True, slots=True)
class DecodedCode:
    """``symbology`` is ``QRCode``, ``EAN13``, ``Code128``, ``Code39`` or ``Codabar``; ``content`` the raw
    bytes; ``untrusted_text`` the text in the character set the code names or seems to use. ``place`` (pixels
    of the whole picture) does not make two codes differ."""

    symbology: str
    untrusted_text: str
    content: bytes
    place: Place | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"DecodedCode({self.symbology}, {len(self.content)} bytes)"
