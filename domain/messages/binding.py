"""Messages of a phone to the centre: each signed by the key that never leaves it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.messages.contract import Message

HASH = r"^[0-9a-f]{64}$"
POINT = r"^0[23][0-9a-f]{64}$"
LATEST_MS = 4_102_444_800_000


class PhoneMessage(Message):
    """``binding``: the transaction that the counter's code belongs to. ``at``: milliseconds since 1970 by the
    phone, more in each message. ``signature``: ES256 over ``signed_text``, r and s of 32 bytes each.

    ``code`` and ``public_key`` (a compressed point of P-256) come with a claim; ``ride_key`` (one of SM2)
    where a ride account is asked for.
    """

    binding: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
    at: Annotated[int, Field(gt=0, lt=LATEST_MS)]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$", repr=False)]
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{0,40}$", repr=False)] = ""
    public_key: Annotated[str, Field(pattern=rf"^$|{POINT}")] = ""
    ride_key: Annotated[str, Field(pattern=rf"^$|{POINT}")] = ""


def signed_text(purpose: str, message: PhoneMessage) -> bytes:
    """Text that a phone signs. ``purpose``: the last part of the address it speaks to."""
    parts = ("onecard phone 1", purpose, message.binding, str(message.at), message.ride_key)
    return "\n".join(parts).encode()
