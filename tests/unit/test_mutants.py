"""The mutation run knows where its modules and their tests are, and counts what mutmut says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants import TESTS, report

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("module", TESTS)
def test_each_module_and_its_tests_are_there(module: str) -> None:
    assert [each for each in (module, *TESTS[module]) if not (ROOT / each).exists()] == []


@pytest.mark.parametrize(
    ("codes", "said", "exit_code"),
    [
        ([1] * 9 + [0], "mutants: 9 of 10 killed (90.0 %)", 0),
        ([1] * 89 + [0] * 11, "mutants: 89 of 100 killed (89.0 %)", 1),
        ([36, -24, 3, 33], "mutants: 3 of 4 killed (75.0 %)", 1),
    ],
)
def test_a_mutant_without_a_test_survives_and_one_without_end_is_killed(
    codes: list[int], said: str, exit_code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report({f"domain.money.x_{number}": code for number, code in enumerate(codes)}) == exit_code
    assert capsys.readouterr().out.splitlines()[-1] == said
