"""No memory of a terminal reaches a disk."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import ctypes, resource, sys
from drivers.system.memory import close_memory
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
close_memory()
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE), flush=True)
sys.stdin.read()
"""


def test_a_closed_process_is_not_dumped(tmp_path: Path) -> None:
    def allow_cores() -> None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[4])},
        preexec_fn=allow_cores,  # noqa: PLW1509 (nothing else runs in this test's process)
    ) as process:
        assert process.stdout is not None
        dumpable_before, dumpable, *limits = map(int, process.stdout.readline().split())
        process.send_signal(signal.SIGABRT)
        assert process.wait(10) == -signal.SIGABRT
    assert dumpable_before == 1
    assert (dumpable, limits) == (0, [0, 0])
    assert list(tmp_path.iterdir()) == []
