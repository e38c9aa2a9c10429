"""A paper of an application, photographed at a counter: it goes to the centre before the application that
names it by its hash, so that no journal ever holds a picture."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from domain.messages.bounds import plain_text
from domain.messages.contract import Message, ShortText

MOST_BYTES = 400_000
"""Of one picture, whatever a catalogue says."""
MOST_ENCODED = 4 * ((MOST_BYTES + 2) // 3)
"""Its length as base64."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Attachment(Message):
    """One picture. ``subject`` is a holder this terminal has identified; ``paper`` is the catalogue's id of
    it, ``jpeg`` base64, ``sha256`` of the bytes it stands for."""

    terminal: ShortText
    subject: ShortText
    service: ShortText
    paper: ShortText
    sha256: Sha256
    jpeg: Annotated[
        str,
        Field(min_length=4, max_length=MOST_ENCODED, pattern=r"^[A-Za-z0-9+/]+={0,2}$"),
        AfterValidator(plain_text),
    ]


class AttachmentKept(Message):
    """The centre stored it, decoded and encoded again, for as long as an application names it."""

    sha256: Sha256
