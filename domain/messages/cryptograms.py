"""Messages for what needs the master keys of cards: the centre's HSM computes, card and terminal compare.

The two-step pattern of the ministry's library: the terminal gathers what the card tells of its keys and
what is to be enciphered, the HSM answers, the terminal finishes with the card. Nothing of the holder is
in it, and no key leaves the HSM.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.messages.contract import Message, ShortText

Octets8 = Annotated[str, Field(pattern=r"^[0-9A-F]{16}$")]


class ChallengeMessage(Message):
    """Encipher ``content`` under a session key made of ``seed`` with the card's key for ``use``."""

    use: Literal["internal", "read"]
    seed: Octets8
    content: Octets8


class CryptogramRequest(Message):
    """``identification_code`` and ``factor`` name the card's keys; at most both proofs of one card."""

    terminal: ShortText
    identification_code: Annotated[str, Field(pattern=r"^[0-9]{6}[0-9A-F]{26}$")]
    algorithm: Literal["3DES", "SM4", "SSF33", "unknown"]
    factor: Octets8
    challenges: Annotated[tuple[ChallengeMessage, ...], Field(min_length=1, max_length=2)]


class CryptogramMessage(Message):
    """Eight bytes, or the fault code why there are none."""

    cryptogram: Octets8 | None = None
    code: str = ""


class CryptogramAnswer(Message):
    """In the order of the challenges."""

    results: tuple[CryptogramMessage, ...]
