"""The centre's time under its signature, for a terminal whose own clock cannot be believed.

A terminal with a flat battery starts in 2021 and cannot check certificates by its clock. It asks with a nonce
of its own: an answer that is played again names another one. """

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.messages.contract import Message

SIGNED_TIME = b"onecard time 1\n"
NONCE_BYTES = 16
Nonce = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class SignedTime(Message):
    """``issued_at`` is the centre's time when it was asked with ``nonce``."""

    nonce: Nonce
    issued_at: AwareDatetime
