"""The shelf of a city's demonstration: invented readers, copies and holds of the built-in library."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Book(Part):
    """One copy on the shelf. ``id``: its name in stories, in every city. ``lent_to`` names the persona who
    has it, ``days_ago`` since when; ``tray``: offered in the tray of things to present."""

    id: Id
    barcode: Annotated[str, Field(min_length=1, max_length=32)]
    title: Annotated[str, Field(min_length=1)]
    author: str
    lendable: bool = True
    lent_to: str = ""
    days_ago: Annotated[int, Field(ge=0)] = 0
    tray: bool = False


class Patron(Part):
    """``type``: empty for the one of the persona's age."""

    persona: str
    status: str = "active"
    loan_limit: Annotated[int, Field(ge=0)] = 0
    type: str = ""


class Hold(Part):
    """A copy that ``persona`` reserved while it is on loan to another."""

    barcode: str
    persona: str


class Shelf(Part):
    """``shelf.toml``."""

    patrons: Annotated[tuple[Patron, ...], Field(alias="patron")] = ()
    copies: Annotated[tuple[Book, ...], Field(alias="copy")] = ()
    holds: Annotated[tuple[Hold, ...], Field(alias="hold")] = ()

    def book(self, id: str) -> Book:
        """Raises ``KeyError`` where there is no such copy."""
        return {each.id: each for each in self.copies}[id]
