"""``python -m tests.fuzz [TARGET …] [--seconds N]``: fuzzing guided by coverage, a process for each target.

Prints how many inputs each target was given. A crash or a hang leaves its input in ``build/fuzz`` and ends
with 1.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.targets import TARGETS, seeds

FOUND = Path("build/fuzz")
ONE_INPUT_S = 10
ONE = "import sys\nfrom tests.fuzz.guided import fuzz\nfuzz(sys.argv[1], sys.argv[2:])\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Coverage-guided fuzzing.", epilog="example: python -m tests.fuzz card"
    )
    parser.add_argument("target", nargs="*", choices=[*TARGETS, []], help="all of them without one")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (%(default)s)")
    arguments = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    crashed = [name for name in arguments.target or TARGETS if not fuzzed(name, arguments.seconds)]
    sys.stdout.write(f"crashed: {', '.join(crashed) or 'none'}\n")
    return 1 if crashed else 0


def fuzzed(name: str, seconds: int) -> bool:
    """Runs one target; True when nothing was found."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for number, seed in enumerate(seeds(name)):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        command = [sys.executable, "-c", ONE, name, folder]
        command += [f"-max_total_time={seconds}", f"-timeout={ONE_INPUT_S}", "-print_final_stats=1"]
        command += [f"-artifact_prefix={FOUND}/{name}-", "-max_len=2048"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    runs = re.search(r"number_of_executed_units: (\d+)", ended.stderr)
    count = f"{int(runs[1]):,}" if runs else "?"
    sys.stdout.write(f"{name:14} {count:>12} inputs  {'ok' if ended.returncode == 0 else 'CRASHED'}\n")
    sys.stdout.flush()
    if ended.returncode:
        sys.stderr.write(ended.stderr[-3000:])
    return ended.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
