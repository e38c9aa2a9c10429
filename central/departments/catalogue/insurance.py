"""Insurance share of a medical bill: pure arithmetic in fen.

The city's rule as data: nothing of what is excluded, nothing up to the deductible, then a share that is
larger for the old, up to a ceiling. Rounded down to the fen; the patient pays the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.city.city import Insurance


@dataclass(frozen=True, slots=True)
class Split:
    """``insured_fen`` + ``own_fen`` is the total."""

    insured_fen: int
    own_fen: int


def split(total_fen: int, excluded_fen: int, age: int, rule: Insurance) -> Split:
    """Raises ``ValueError`` for amounts that are no bill."""
    if total_fen < 0 or not 0 <= excluded_fen <= total_fen:
        raise ValueError("not a bill")
    covered = max(0, total_fen - excluded_fen - rule.deductible_fen)
    share = rule.share_from_70 if age >= 70 else rule.share
    insured = min(covered * share // 100, rule.ceiling_fen)
    return Split(insured, total_fen - insured)
