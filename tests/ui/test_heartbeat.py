"""The terminal as its service manager sees it: ready with the first frame, alive while Qt's thread turns."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMIT_S = 1.5
"""What the service manager would wait for a sign of life; generous, as this machine may be busy."""
HANGING = """
import sys, threading
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from config.logging import begin_logging
from config.settings import ScreenSettings
from drivers.system.service_manager import manager_in
from ui.heartbeat import Heartbeat
from ui.kiosk_model import KioskModel
from ui.window import KioskWindow, make_application
import os

begin_logging(Path("logs"))
application = make_application(["hanging"])
model = KioskModel(lambda _: None, lambda: datetime(2026, 11, 23, tzinfo=UTC))
window = KioskWindow(model, ScreenSettings(full_screen=False, width=800, height=480), lambda _: None)
heartbeat = Heartbeat(manager_in(os.environ), window.window)
heartbeat.begin()
hang = threading.Event()

def turn_or_hang():
    if hang.is_set():
        print("hanging", flush=True)
        threading.Event().wait()

turning = QTimer()
turning.timeout.connect(turn_or_hang)
turning.start(10)

def listen():
    for line in sys.stdin:
        hang.set() if line.strip() == "hang" else print("another thread lives", flush=True)

threading.Thread(target=listen, daemon=True).start()
application.exec()
"""


@contextmanager
def ear(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(path))
        yield listening


def environment(notify: Path) -> dict[str, str]:
    own = {
        "NOTIFY_SOCKET": str(notify),
        "WATCHDOG_USEC": str(int(LIMIT_S * 1_000_000)),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
        "PYTHONPATH": str(ROOT),
    }
    return {**os.environ, **own}


def hear_until(listening: socket.socket, word: bytes, within_s: float = 60) -> list[bytes]:
    """Everything up to the word. Raises ``TimeoutError``."""
    listening.settimeout(within_s)
    heard = [b""]
    while heard[-1] != word:
        heard.append(listening.recv(512))
    return heard[1:]


def drained(listening: socket.socket) -> None:
    listening.setblocking(False)
    try:
        while True:
            listening.recv(512)
    except BlockingIOError:
        listening.setblocking(True)


def test_a_hung_screen_gives_no_sign_of_life_though_other_threads_live(tmp_path: Path) -> None:
    with (
        ear(tmp_path / "notify") as listening,
        subprocess.Popen(
            [sys.executable, "-c", HANGING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=tmp_path,
            env=environment(tmp_path / "notify"),
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        hear_until(listening, b"READY=1")
        for _ in range(3):
            hear_until(listening, b"WATCHDOG=1", LIMIT_S)
        process.stdin.write("hang\n")
        process.stdin.flush()
        assert process.stdout.readline() == "hanging\n"
        drained(listening)
        with pytest.raises(TimeoutError):
            hear_until(listening, b"WATCHDOG=1", LIMIT_S)
        process.stdin.write("?\n")
        process.stdin.flush()
        assert process.stdout.readline() == "another thread lives\n"
        process.send_signal(signal.SIGABRT)  # what systemd then does
        assert process.wait(20) == -signal.SIGABRT
    crash = (tmp_path / "logs" / "crash.log").read_text(encoding="utf-8")
    assert "turn_or_hang" in crash, "the log says where it hung"


def run_public(tmp_path: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "terminal", "run", "--public", "--data", str(tmp_path / "data"), *words],
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
        env=environment(tmp_path / "notify"),
    )


def test_the_terminal_itself_says_ready_alive_and_stopping(tmp_path: Path) -> None:
    with ear(tmp_path / "notify") as listening, run_public(tmp_path) as process:
        hear_until(listening, b"READY=1")
        hear_until(listening, b"WATCHDOG=1", LIMIT_S)
        process.send_signal(signal.SIGTERM)
        hear_until(listening, b"STOPPING=1")
        assert process.wait(20) == 0


def test_killed_it_starts_again_over_the_same_data(tmp_path: Path) -> None:
    for _ in range(2):
        with ear(tmp_path / "notify") as listening, run_public(tmp_path) as process:
            hear_until(listening, b"READY=1")
            process.kill()
            process.wait(20)
        (tmp_path / "notify").unlink()


def test_a_terminal_that_cannot_start_tells_the_public_and_tries_again_later(tmp_path: Path) -> None:
    with (
        ear(tmp_path / "notify") as listening,
        run_public(tmp_path, "--profile", str(tmp_path / "lost.toml")) as process,
    ):
        heard = hear_until(listening, b"READY=1")
        assert b"STATUS=out of service: settings.invalid" in heard
        hear_until(listening, b"WATCHDOG=1", LIMIT_S)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 2, "the service manager starts it anew"


LEAVING = """
import sys
from datetime import UTC, datetime
from PySide6.QtCore import QTimer
from config.settings import ScreenSettings
from ui.counter import run_until_told
from ui.kiosk_model import KioskModel
from ui.window import KioskWindow, make_application
application = make_application(["leaving"])
model = KioskModel(lambda _: None, lambda: datetime(2026, 11, 23, tzinfo=UTC))
window = KioskWindow(model, ScreenSettings(width=800, height=480, public=True), lambda _: None)
QTimer.singleShot(0, window.guard.leave)
sys.exit(run_until_told(application, window.close))
"""


def test_left_by_staff_it_ends_with_the_code_that_its_unit_does_not_start_again(tmp_path: Path) -> None:
    left = subprocess.run(
        [sys.executable, "-c", LEAVING],
        env=environment(tmp_path / "notify"),
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    unit = (ROOT / "packaging" / "systemd" / "onecard-terminal.service").read_text(encoding="utf-8")
    assert f"RestartPreventExitStatus={left.returncode}\n" in unit


RELOADING = """
import sys
from datetime import UTC, datetime
from PySide6.QtCore import QTimer
from config.settings import ScreenSettings
from ui.counter import run_until_told
from ui.kiosk_model import KioskModel
from ui.window import KioskWindow, make_application
application = make_application(["reloading"])
model = KioskModel(lambda _: None, lambda: datetime(2026, 11, 23, tzinfo=UTC))
window = KioskWindow(model, ScreenSettings(width=800, height=480, public=True), lambda _: None)
looks = 0

def at_rest():
    global looks
    looks += 1
    if looks == 1:
        print("somebody is served", flush=True)
    return looks > 5

QTimer.singleShot(0, lambda: print("begun", flush=True))
code = run_until_told(application, window.close, at_rest)
print(looks, flush=True)
sys.exit(code)
"""


def test_a_reload_waits_until_nobody_is_served_and_its_unit_starts_it_anew(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RELOADING],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path / "notify"),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGUSR1)
        assert process.stdout.readline() == "somebody is served\n"
        assert process.stdout.readline() == "6\n"
        assert process.wait(20) == 0
    unit = (ROOT / "packaging" / "systemd" / "onecard-terminal.service").read_text(encoding="utf-8")
    assert "ExecReload=/bin/kill -USR1 $MAINPID\n" in unit
    assert "Restart=always\n" in unit
