"""The invented people of a city's demonstration and acceptance stories, from its ``personas.toml``.

Virtual cards are made from them, and a demonstration's central service is seeded with them, so that
both sides tell of the same people.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Persona(BaseModel):
    """One invented person and the card that person holds.

    ``name`` is at most 30 bytes of GBK and ``name_extension`` at most 20, as on the card.
    ``story`` is the acceptance story the person belongs to (``S1`` to ``S10``), or empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    name: Annotated[str, Field(min_length=1, repr=False)]
    name_extension: Annotated[str, Field(repr=False)] = ""
    social_security_number: Annotated[str, Field(pattern=r"^\d{17}[0-9X]$", repr=False)]
    card_number: Annotated[str, Field(pattern=r"^T\d{7}[0-9X]$", repr=False)]
    identification_code: Annotated[str, Field(pattern=r"^[0-9]{6}D1560000055E[0-9A-F]{14}$", repr=False)]
    version: Literal["1.00", "2.00", "3.00"]
    algorithm: Literal["3DES", "SSF33", "SM4"]
    issue_date: date
    expiry_date: date
    sex: Literal["1", "2"]
    ethnic_group: Annotated[str, Field(pattern=r"^\d{2}$")]
    birthplace: Annotated[str, Field(pattern=r"^\d{6}$")]
    birth_date: Annotated[date, Field(repr=False)]
    story: Annotated[str, Field(pattern=r"^(S\d{1,2})?$")] = ""
    easy_mode: bool = False
    locked: bool = False

    @property
    def full_name(self) -> str:
        """The name as it is spoken and shown: both parts joined."""
        return self.name + self.name_extension
