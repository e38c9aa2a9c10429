"""From the start of the process to a counter one can use, beside a window with nothing in it.

Both are new processes, drawn offscreen, several times in turn. Ready means: the idle screen is drawn, the
reader is attached, and the journal is open; the embedded centre starts beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.figure import Figure, Timings, figure

ROUNDS = 7
OURS = """
import sys, tempfile
from pathlib import Path
from config.settings import ScreenSettings, load_profile
from ui.window import make_application
application = make_application(["ready"])
from ui.demonstration import Demonstration
from ui.stories.stage import ListeningVoice, Stage
folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
screen = ScreenSettings(full_screen=False)
settings = load_profile("library").model_copy(update={"screen": screen})
voice = ListeningVoice()
demonstration = Demonstration(settings, Path(folder.name), voice=voice)
demonstration.start()
Stage(demonstration, "", None, voice).wait_until_ready()
demonstration.counter.window.photograph()
print("ready", flush=True)
demonstration.stop()
"""
EMPTY = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
application = QGuiApplication(["empty"])
engine = QQmlApplicationEngine()
engine.loadData(b"import QtQuick; import QtQuick.Window; Window { visible: true; width: 1920; height: 1080 }")
engine.rootObjects()[0].grabWindow()
print("ready", flush=True)
"""


def run() -> dict[str, Figure]:
    ours, empty = Timings(), Timings()
    for _ in range(ROUNDS):
        ours.add(until_ready(OURS))
        empty.add(until_ready(EMPTY))
    return {
        f"start to ready, p{percentile}": figure(
            ours.at(percentile), "ms", {"empty QML window": empty.at(percentile)}
        )
        for percentile in (50, 95)
    }


def until_ready(program: str) -> float:
    """Ms from starting the process to its word."""
    import time

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        ready = (time.perf_counter() - began) * 1000
        process.wait(30)
    return ready
