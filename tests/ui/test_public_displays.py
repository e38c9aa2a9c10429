"""The public terminal on real displays: a bare X server and cage. It fills them, and nobody gets out."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ui.test_heartbeat import ROOT, drained, ear, hear_until
from tests.x_display import x_server

SIZE = (1280, 800)
NOBODY = 65534
LIMIT_S = 30.0
LOOK_S = 0.05
WAYS_OUT = (
    *("alt+F4", "ctrl+q", "ctrl+w", "alt+Tab", "ctrl+alt+Delete", "ctrl+alt+BackSpace"),
    *("super", "super+d", "F11", "Escape", "ctrl+alt+F2", "Menu", "Print"),
)


def until(found: Callable[[], bool]) -> None:
    """Looks again and again. Raises ``TimeoutError``."""
    deadline = time.monotonic() + LIMIT_S
    while not found():
        if time.monotonic() > deadline:
            raise TimeoutError
        select.select([], [], [], LOOK_S)


@contextmanager
def public_terminal(
    folder: Path, display: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """Once it is ready; told to end afterwards, it ends at once and well."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environment |= {
        "NOTIFY_SOCKET": str(folder / "notify"),
        "WATCHDOG_USEC": "3000000",
        "QT_QUICK_BACKEND": "software",
        "PYTHONPATH": str(ROOT),
        **display,
    }
    command = [sys.executable, "-m", "terminal", "run", "--public", "--data", str(folder / "data")]
    with (
        ear(folder / "notify") as listening,
        subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL) as process,
    ):
        try:
            hear_until(listening, b"READY=1")
            yield process, listening
            process.send_signal(signal.SIGTERM)
            assert process.wait(LIMIT_S) == 0
        finally:
            process.kill()


def still_alive(process: subprocess.Popen[bytes], listening: socket.socket) -> None:
    drained(listening)
    hear_until(listening, b"WATCHDOG=1", 5)
    assert process.poll() is None


def test_on_a_bare_x_server_no_key_and_no_wish_of_a_window_leads_out(tmp_path: Path) -> None:
    with x_server(*SIZE) as display:
        environment = {**os.environ, "DISPLAY": display}

        def hands(*words: str) -> str:
            done = subprocess.run(
                ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
            )
            return done.stdout

        with public_terminal(tmp_path, {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}) as (
            process,
            listening,
        ):
            until(lambda: bool(hands("search", "--onlyvisible", "--pid", str(process.pid)).split()))
            (window,) = hands("search", "--onlyvisible", "--pid", str(process.pid)).split()

            def place() -> tuple[list[str], list[str]]:
                told = hands("getwindowgeometry", window)
                return re.findall(r"Position: (\S+)", told), re.findall(r"Geometry: (\S+)", told)

            whole = (["0,0"], [f"{SIZE[0]}x{SIZE[1]}"])
            until(lambda: place() == whole)
            for way in WAYS_OUT:
                hands("key", "--window", window, way)
                hands("key", way)
            hands("windowquit", window)
            hands("windowminimize", window)
            hands("mousemove", "640", "400", "click", "3")
            still_alive(process, listening)
            assert place() == whole
            assert hands("search", "--onlyvisible", "--pid", str(process.pid)).split() == [window], "a dialog"


@contextmanager
def cage(folder: Path) -> Iterator[str]:
    """A compositor without a screen, as a user that is not root; yields its display's socket."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")},
        "XDG_RUNTIME_DIR": str(runtime),
        "WLR_BACKENDS": "headless",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "LIBSEAT_BACKEND": "noop",
    }
    user: dict[str, int] = {}
    if os.geteuid() == 0:
        os.chown(runtime, NOBODY, NOBODY)
        user = {"user": NOBODY, "group": NOBODY}
        for parent in (folder, *folder.parents):
            if parent.stat().st_mode & 0o001 == 0:
                parent.chmod(parent.stat().st_mode | 0o011)
    told = runtime / "display"
    inside = f'echo "$WAYLAND_DISPLAY" >{told}.new; mv {told}.new {told}; exec sleep infinity'
    with subprocess.Popen(
        ["cage", "-d", "--", "/bin/sh", "-c", inside],
        env=environment,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **user,  # type: ignore[arg-type]
    ) as compositor:
        try:
            until(lambda: told.exists() or compositor.poll() is not None)
            assert compositor.poll() is None, "cage did not start"
            yield str(runtime / told.read_text(encoding="utf-8").strip())
        finally:
            compositor.terminate()


SURFACE = """
from datetime import UTC, datetime
from PySide6.QtCore import QTimer
from config.settings import ScreenSettings
from ui.kiosk_model import KioskModel
from ui.window import KioskWindow, make_application
application = make_application(["surface"])
model = KioskModel(lambda _: None, lambda: datetime(2026, 11, 23, tzinfo=UTC))
screen = ScreenSettings(width=800, height=480, public=True)
kiosk = KioskWindow(model, screen, lambda _: None)
def look():
    window = kiosk.window
    if window.isExposed() and window.isActive() and window.size() == window.screen().size():
        print(application.platformName(), window.close(), window.isVisible(), flush=True)
        application.exit(0)
looking = QTimer()
looking.timeout.connect(look)
looking.start(50)
application.exec()
kiosk.close()
"""


def test_under_cage_it_fills_the_screen_and_does_not_close(tmp_path: Path) -> None:
    assert shutil.which("cage"), "see packaging/debian-packages.txt"
    with cage(tmp_path) as display:
        wayland = {"WAYLAND_DISPLAY": display, "QT_QPA_PLATFORM": "wayland", "XDG_RUNTIME_DIR": str(tmp_path)}
        environment = {**os.environ, **wayland, "QT_QUICK_BACKEND": "software", "PYTHONPATH": str(ROOT)}
        surface = subprocess.run(
            [sys.executable, "-c", SURFACE],
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S * 2,
            check=False,
        )
        assert surface.stdout.split() == ["wayland", "False", "True"], surface.stderr
        with public_terminal(tmp_path, wayland) as (process, listening):
            still_alive(process, listening)
