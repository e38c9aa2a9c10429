"""The fault run finds a centre that loses or doubles; ``make faults-mutants`` tries every mutant."""

from __future__ import annotations

import pytest

from tests.faults.mutant_run import found_after

SEED = 11


@pytest.mark.parametrize(
    "mutant",
    [
        "confirms returns and does not book them",
        "deduplication off",
        "answers repeats as before and books them again",
    ],
)
def test_a_centre_that_loses_or_doubles_is_found(mutant: str) -> None:
    """FC-55."""
    assert found_after(mutant, SEED)
