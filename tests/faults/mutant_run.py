"""Fault runs over a centre with a seeded fault: ``python -m tests.faults.mutant_run --seed 7``.

Each mutant of ``MUTANTS`` gets runs of growing length until one finds it; the score is the share found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.faults.mutants import MUTANTS
from tests.faults.run import new_run

LENGTHS = (60, 240, 900)
"""Transactions of each attempt, 1,200 in all."""
WANTED_SHARE = 0.98


def problems_with(mutant: str, seed: int, transactions: int) -> list[str]:
    """What one run over this mutant finds; empty when it finds nothing."""
    with new_run(seed, mutant) as run:
        for _ in range(transactions):
            run.transact()
        return run.finish().problems


def found_after(mutant: str, seed: int, lengths: Sequence[int] = LENGTHS) -> int:
    """Transactions until a run found the mutant; 0 when none did."""
    spent = 0
    for attempt, transactions in enumerate(lengths):
        spent += transactions
        if problems_with(mutant, seed + attempt, transactions):
            return spent
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=7)
    seed = parser.parse_args().seed
    found = 0
    for mutant in MUTANTS:
        after = found_after(mutant, seed)
        found += bool(after)
        _write(f"  {f'found within {after}' if after else 'NOT FOUND':>20}  {mutant}")
    share = found / len(MUTANTS)
    _write(f"faults-mutants: {found} of {len(MUTANTS)} found ({share:.0%}), seed {seed}")
    return 0 if share >= WANTED_SHARE else 1


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
