"""Trusted issuers of self-contained signed codes: the centre's signed list.

Public keys only. A withdrawn issuer is missing from the next list.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.messages.contract import MAXIMUM_COUNT, Message

CODE_TRUST = b"onecard code trust 1\n"
"""Stands before the signed bytes of this kind of document."""

CompressedPoint = Annotated[str, Field(pattern=r"^0[23][0-9a-f]{64}$")]
"""33 bytes in hexadecimal digits."""


class ECardIssuerMessage(Message):
    """Signs credentials of electronic cards (P-256). ``key_id``: 4 bytes, as credentials name it."""

    key_id: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    public_key: CompressedPoint
    not_before: AwareDatetime
    not_after: AwareDatetime


class RideCodeAuthorityMessage(Message):
    """Certifies issuers of ride codes (SM2). ``index``: as their certificates name it."""

    index: Annotated[int, Field(ge=0, le=255)]
    public_key: CompressedPoint


class CodeTrust(Message):
    """``version`` grows with every change of the list."""

    version: Annotated[int, Field(ge=1, le=MAXIMUM_COUNT)]
    issued_at: AwareDatetime
    e_card_issuers: Annotated[tuple[ECardIssuerMessage, ...], Field(max_length=100)]
    ride_code_authorities: Annotated[tuple[RideCodeAuthorityMessage, ...], Field(max_length=100)]
