"""The whole kiosk, drawn in software at 1920×1080: frames, memory over many visits, idle load, its start.

Each is a process of its own (``benchmarks.kiosk_program``), so that figures are one kiosk's and no other's.
A window with nothing but a moving rectangle is the peer of the frames: what it costs on this machine, at this
moment, is not ours. Processor time stands beside the wall's because a busy machine stretches only the wall.
The kiosk of the benchmark carries its virtual cards and camera with it, some 25 MiB that a real one has not.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, figure
from benchmarks.kiosk_program import processor_s, resident_mib

VISITS = 200
"""A thousand: ``python -m benchmarks.kiosk_program visits 1000``."""
TAPS = 15
IDLE_S = 20
STARTS = 3
SETTLED_S = 10
BUSY_MS = 50
LIMIT_S = 1800
READY = b"READY=1"


def run() -> dict[str, Figure]:
    figures = frame_figures(told("frames", TAPS), told("rectangle", 6)["idle"])
    figures |= memory_figures(told("visits", VISITS)["plot"])
    watching, resting = told("idle", IDLE_S), told("idle", IDLE_S, "no-camera")
    figures |= {
        "idle kiosk, camera on": figure(watching["load"] * 100, "% core"),
        "idle kiosk, camera off": figure(resting["load"] * 100, "% core"),
        "idle kiosk with virtual hardware, resident": figure(watching["resident"], "MiB"),
    }
    return figures | start_figures()


def told(what: str, amount: int, *words: str) -> Any:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.kiosk_program", what, str(amount), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        timeout=LIMIT_S,
        check=True,
    )
    return json.loads(ran.stdout)


def frame_figures(frames: Any, rectangle: Any) -> dict[str, Figure]:
    """Of idle animation, and of the movements of visits while a card is read and screens change."""
    figures = {}
    for name, noted in (("idle", frames["idle"]), ("card read, screens change", frames["visits"])):
        for at in (50, 99):
            figures[f"frame to frame, {name}, p{at}"] = figure(
                part(noted["wall"], at), "ms", {"moving rectangle": part(rectangle["wall"], at)}
            )
        figures[f"frames over {BUSY_MS} ms, {name}"] = figure(
            share_over(noted["wall"]), "%", {"moving rectangle": share_over(rectangle["wall"])}
        )
        figures[f"frames over {BUSY_MS} ms, {name}, other programs left out"] = figure(
            share_over(noted["own"]), "%", {"moving rectangle": share_over(rectangle["own"])}
        )
        figures[f"longest frame, {name}, other programs left out"] = figure(
            max(noted["own"]), "ms", {"moving rectangle": max(rectangle["own"])}
        )
        figures[f"drawing a frame, {name}, processor time, longest"] = figure(
            max(noted["drawn"]), "ms", {"moving rectangle": max(rectangle["drawn"])}
        )
    figures["changing the screen, processor time, longest"] = figure(max(frames["visits"]["changed"]), "ms")
    return figures


def part(values: list[float], percentile: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percentile // 100)]


def share_over(values: list[float]) -> float:
    return 100 * sum(value > BUSY_MS for value in values) / len(values)


def memory_figures(plot: list[tuple[int, float, float]]) -> dict[str, Figure]:
    """Memory of its own after a tenth of the visits (caches are full by then) and after all of them."""
    settled, last = plot[len(plot) // 10], plot[-1]
    grown = last[2] - settled[2]
    return {
        f"own memory after {settled[0]} visits": figure(settled[2], "MiB"),
        f"own memory after {last[0]} visits": figure(last[2], "MiB"),
        "own memory grown by 1,000 visits": figure(grown * 1000 / (last[0] - settled[0]), "MiB"),
        f"resident after {last[0]} visits": figure(last[1], "MiB"),
    }


def start_figures() -> dict[str, Figure]:
    """``onecard run`` with the system's voice, until READY=1 reaches the service manager: it is drawn."""
    starts = [started() for _ in range(STARTS)]
    return {
        "onecard run to its first screen, p50": figure(part([each[0] for each in starts], 50), "ms"),
        "onecard run to its first screen, processor time, p50": figure(
            part([each[1] for each in starts], 50), "ms"
        ),
        "onecard run, resident 10 s later": figure(part([each[2] for each in starts], 50), "MiB"),
    }


def started() -> tuple[float, float, float]:
    """Ms of the wall and of the processor until it says that it is ready, and MiB once it has settled."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear,
    ):
        ear.bind(str(Path(folder) / "notify"))
        ear.settimeout(LIMIT_S)
        environment = {
            **os.environ,
            "NOTIFY_SOCKET": ear.getsockname(),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_QUICK_BACKEND": "software",
        }
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "terminal", "run", "--data", f"{folder}/data"],
            stderr=subprocess.DEVNULL,
            env=environment,
        ) as process:
            while ear.recv(256) != READY:
                pass
            wall = (time.perf_counter() - began) * 1000
            processor = processor_s(process.pid) * 1000
            time.sleep(SETTLED_S)
            resident = resident_mib(process.pid)
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    return wall, processor, resident


if __name__ == "__main__":
    for name, row in run().items():
        sys.stdout.write(f"{name:60} {row['value']:>8} {row['unit']:7} {row['peer'] or ''}\n")
