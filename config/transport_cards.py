"""The invented T-Union cards of a city's demonstration, from its ``transport_cards.toml``: one list for
the virtual cards and for the accounts behind them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class TransportCard(BaseModel):
    """``number`` has 19 digits; ``kind`` as in file 0017; ``balance_fen`` may be below zero."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    number: Annotated[str, Field(pattern=r"^[0-9]{19}$", repr=False)]
    city: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    interoperable: bool
    holder: str = ""
    enabled: bool = True
    kind: Annotated[int, Field(ge=0, le=255)] = 1
    start_date: date = date(2022, 1, 1)
    expiry_date: date = date(2041, 12, 31)
    balance_fen: int
