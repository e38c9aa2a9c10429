"""Mutation score of the pure rules, the journal and the centre's ledger.

    python -m tools.mutants             every module of ``TESTS``
    python -m tools.mutants --changed   those that differ from the commit before, at most three minutes
    python -m tools.mutants MODULE …    these, such as domain/money.py

mutmut works in a copy under build/mutants. Survivors are listed, with the command that shows each. The last
line is ``mutants: K of N killed (P %)``; exit 1 under 90 %.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

LEAST_PERCENT = 90
CHANGED_LIMIT_S = 170
PLACE = Path("build/mutants")
FARES = ("/".join(("tests", "unit", "terminal", "fares")),)
JOURNAL = ("tests/unit/terminal/journal", "tests/unit/terminal/test_submission.py")
VISIT = ("tests/unit/terminal/visit",)
LEDGER = ("tests/integration/central/test_transactions.py",)
TESTS: Mapping[str, tuple[str, ...]] = {
    **{
        f"domain/fares/{name}.py": FARES
        for name in ("engine", "reckoning", "limits", "transfers", "joins", "eligibility", "legs", "ride")
    },
    "domain/money.py": ("tests/unit/terminal/test_money.py",),
    "domain/offline_policy.py": (
        "tests/unit/terminal/test_offline_limits.py",
        "tests/unit/terminal/test_offline_policy.py",
        "tests/unit/terminal/test_published_policies.py",
    ),
    "terminal/runtime/clock.py": ("tests/unit/terminal/test_clock.py",),
    "domain/transaction_state.py": (*JOURNAL, "tests/unit/terminal/test_forwarding.py"),
    "terminal/journal/record.py": JOURNAL,
    "terminal/journal/proof.py": JOURNAL,
    "domain/backlog.py": JOURNAL,
    "terminal/visit/transitions.py": VISIT,
    "central/departments/library_rules.py": ("tests/unit/central/test_library_rules.py",),
    "central/departments/saga.py": ("tests/integration/central/test_payout_saga.py",),
    "central/transactions.py": LEDGER,
}
"""The tests that must notice a fault in a module. Those of the centre run on SQLite here."""
CAUGHT = {1, 3, -24, 24, 36, 152, 255, -11, -9}
"""Exit codes of mutmut 3: a failed test, an internal error of pytest, no end, a crash."""


def changed() -> list[str]:
    """Modules of ``TESTS`` that the working tree or its last commit changed."""
    found: set[str] = set()
    for words in (["HEAD"], ["HEAD~1", "HEAD"]):
        listed = subprocess.run(
            ["git", "diff", "--name-only", *words], capture_output=True, text=True, check=False
        )
        found |= set(listed.stdout.splitlines())
    return [module for module in TESTS if module in found]


def copy_tree(modules: Sequence[str]) -> None:
    """A copy of what git knows, with mutmut's settings for these modules."""
    shutil.rmtree(PLACE, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True
    )
    names = [name for name in listed.stdout.splitlines() if Path(name).is_file()]
    for name in names:
        target = PLACE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, target)
    roots = {name.split("/")[0] for name in names if "/" in name} - {"tests", ".ci", ".venv"}
    sources = {module.split("/")[0] for module in modules}
    tests = sorted({test for module in modules for test in TESTS[module]})
    settings = {
        "source_paths": sorted(sources),
        "also_copy": sorted(roots - sources),
        "only_mutate": list(modules),
        "do_not_mutate_patterns": [r"raise ", r"log\.", r"return \w+\(f\"", "encoding="],
        "pytest_add_cli_args": ["-p", "no:randomly", "-p", "no:cacheprovider", "-k", "not postgresql"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    with (PLACE / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n" + "\n".join(lines) + "\n")


def run(limit_s: float | None) -> None:
    """mutmut's own output goes to a log: it draws on a terminal."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with (PLACE / "mutmut.log").open("wb") as log:
        began = subprocess.Popen(command, cwd=PLACE, env=environment, stdout=log, stderr=log)
        try:
            began.wait(limit_s)
        except subprocess.TimeoutExpired:
            began.terminate()
            began.wait()


def results() -> dict[str, int]:
    """Exit codes of the mutants that were tried, by name."""
    found: dict[str, int] = {}
    for file in sorted((PLACE / "mutants").rglob("*.meta")):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
        found |= {name: code for name, code in codes.items() if code is not None}
    return found


def report(tried: Mapping[str, int]) -> int:
    by_module: dict[str, list[bool]] = {}
    for name, code in tried.items():
        by_module.setdefault(name.rsplit(".", 1)[0], []).append(code in CAUGHT)
        if code not in CAUGHT:
            print(f"survived: {name}   (cd {PLACE} && ../../.venv/bin/mutmut show {name})")
    for module, caught in by_module.items():
        print(f"{module:48} {sum(caught):5} of {len(caught):5}")
    killed, number = sum(code in CAUGHT for code in tried.values()), len(tried)
    percent = 100 * killed / number if number else 100.0
    print(f"mutants: {killed} of {number} killed ({percent:.1f} %)")
    return 0 if percent >= LEAST_PERCENT else 1


def main() -> int:
    parser = argparse.ArgumentParser(description="mutation score; exit 1 under 90 %")
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--changed", action="store_true", help="what the last commit changed, three minutes")
    arguments = parser.parse_args()
    if unknown := [each for each in arguments.modules if each not in TESTS]:
        parser.error(f"no tests are named for {', '.join(unknown)}; add them to TESTS in tools/mutants.py")
    modules = changed() if arguments.changed else arguments.modules or list(TESTS)
    if not modules:
        return report({})
    copy_tree(modules)
    run(CHANGED_LIMIT_S if arguments.changed else None)
    tried = results()
    if not tried:
        print((PLACE / "mutmut.log").read_text(encoding="utf-8", errors="replace")[-2000:])
        print("mutants: 0 of 0 killed: mutmut tried none")
        return 1
    return report(tried)


if __name__ == "__main__":
    sys.exit(main())
