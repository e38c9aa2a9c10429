"""How many of everything there are, and how a total is shared out so that it comes out exactly. Pure."""

from __future__ import annotations

from dataclasses import dataclass

HOLDERS = 3_928_000
PERSONS = 3_930_358
"""Holders are 99.94 % of them."""
E_CARDS = 3_070_000
RECIPIENTS = 1_032_500
SUBSIDIES_FEN = 702_100_000_000
RIDES = 62_769
USES = 240_000
"""Business of other kinds within the last thirty days; the article gives no figure for it."""
COUNTERS = (
    ("CITY-VIL", 1_910),
    ("CITY-HTL", 1_250),
    ("CITY-BUS", 250),
    ("CITY-CRD", 173),
    ("CITY-GOV", 102),
    ("CITY-HSP", 22),
    ("CITY-LIB", 8),
    ("CITY-MUS", 6),
)
"""Terminals by kind. Village points, hotels, outlets and hospitals of level 2 are the article's numbers."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The article's numbers, or one in ``one_in`` of each."""

    one_in: int = 1

    def part(self, whole: int) -> int:
        return max(1, whole // self.one_in)

    @property
    def persons(self) -> int:
        return self.part(PERSONS)

    @property
    def holders(self) -> int:
        return self.part(HOLDERS)

    @property
    def e_cards(self) -> int:
        return self.part(E_CARDS)

    @property
    def recipients(self) -> int:
        return self.part(RECIPIENTS)

    @property
    def subsidies_fen(self) -> int:
        return self.part(SUBSIDIES_FEN)

    @property
    def rides(self) -> int:
        return self.part(RIDES)

    @property
    def uses(self) -> int:
        return self.part(USES)

    @property
    def counters(self) -> tuple[tuple[str, int], ...]:
        return tuple((kind, self.part(number)) for kind, number in COUNTERS)


def chosen(number: int, some: int, of: int) -> bool:
    """Exactly ``some`` of the numbers below ``of``, evenly spread."""
    return (number + 1) * some // of > number * some // of


def shares(total: int, parts: int, number: int) -> int:
    """Part ``number`` of a total shared evenly: all of them together are the total."""
    return total * (number + 1) // parts - total * number // parts


def mixed(number: int, below: int) -> int:
    """A number that looks like chance and is the same in every run (a step of splitmix64)."""
    z = (number + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return (z ^ (z >> 31)) % below
