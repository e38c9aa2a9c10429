"""The whole kiosk in a process of its own, as ``benchmarks.kiosk`` starts it: frames, visits, idle load.

Prints one JSON document. Times are of Qt's thread; processor time stands beside the wall's, because a
machine that does other work stretches only the wall.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from config.settings import CentralSettings, ScreenSettings, Settings, load_profile
from ui.counter import favour_the_screen
from ui.demonstration import Demonstration
from ui.kiosk_model import KioskModel
from ui.presenter import Frame, Screen
from ui.stories.stage import ListeningVoice, Stage
from ui.window import make_application

READER = "liu-zhiyong"
PAGE = resource.getpagesize()
WINDOW = "import QtQuick; import QtQuick.Window; Window { visible: true; width: 1920; height: 1080; CONTENT }"
PEERS = {
    "rectangle": "Rectangle { width: 560; height: 12; color: 'teal'; NumberAnimation on x "
    "{ from: 0; to: 1300; duration: 900; loops: Animation.Infinite } }",
}


def resident_mib(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * PAGE / 1024 / 1024


def own_mib(process: int) -> float:
    """Memory of the process itself without file pages, which come and go with other programs."""
    rows = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    (row,) = [row for row in rows if row.startswith("RssAnon")]
    return int(row.split()[1]) / 1024


def processor_s(process: int) -> float:
    """User and system time of a process, all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def turn(seconds: float) -> None:
    """Qt's thread does what it does for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


class Frames:
    """Notes every frame of a window, and every change of screen, with the processor time of Qt's thread.

    The hand that drives the visits works on the same thread; of processor time, what it takes is not counted.
    How long the thread could have run and no processor was free for it is noted, too: that is the machine's.
    """

    def __init__(self, window: QQuickWindow) -> None:
        self._thread = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._swapped: list[float] = []
        self._queued: list[float] = []
        self._drawn: list[float] = []
        self._changed: list[float] = []
        self._began = 0.0
        window.afterAnimating.connect(self._begin, Qt.ConnectionType.DirectConnection)
        window.frameSwapped.connect(self._end, Qt.ConnectionType.DirectConnection)
        # Another frame at once, also where nothing moves: a long gap then is a thread held up, and no rest.
        window.frameSwapped.connect(window.update, Qt.ConnectionType.QueuedConnection)
        window.update()

    def watch(self, model: KioskModel) -> None:
        """Changes of screen, from the state of the visit to the built QML."""
        present = model.present

        def watched(screen: Screen, frame: Frame) -> None:
            began = time.thread_time()
            present(screen, frame)
            self._changed.append((time.thread_time() - began) * 1000)

        model.present = watched  # type: ignore[method-assign]

    def _begin(self) -> None:
        self._began = time.thread_time()

    def _end(self) -> None:
        self._swapped.append(time.perf_counter())
        self._queued.append(int(self._thread.read_bytes().split()[1]) / 1e9)
        self._drawn.append((time.thread_time() - self._began) * 1000)

    def taken(self) -> dict[str, list[float]]:
        """Since the last call, in ms: frame to frame, the same without what other programs had of the
        processors, processor time of drawing and of changing screens."""
        gaps, queued = differences(self._swapped), differences(self._queued)
        own = [gap - wait for gap, wait in zip(gaps, queued, strict=True)]
        noted = {"wall": gaps, "own": own, "drawn": self._drawn, "changed": self._changed}
        self._swapped, self._queued, self._drawn, self._changed = [], [], [], []
        return noted


def differences(moments: list[float]) -> list[float]:
    """From each to the next, in ms."""
    return [(other - one) * 1000 for one, other in pairwise(moments)]


def settings() -> Settings:
    screen = ScreenSettings(width=1920, height=1080, full_screen=False)
    return load_profile("library").model_copy(
        update={"screen": screen, "central": CentralSettings(budget_ms=30_000)}
    )


def visit(stage: Stage) -> None:
    """A card, its holder known, a choice, the basket; over again."""
    stage.demonstration.present_card(READER)
    stage.wait_for("the choice", lambda screen: screen["kind"] == "choose")
    stage.touch("library.borrow")
    stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
    stage.home()


def frames(stage: Stage, rounds: int) -> dict[str, object]:
    counter = stage.demonstration.counter
    noted = Frames(counter.window.window)
    noted.watch(counter.model)
    turn(6)
    idle = noted.taken()
    for _ in range(rounds):
        visit(stage)
        turn(0.4)
    return {"idle": idle, "visits": noted.taken()}


def visits(stage: Stage, count: int) -> dict[str, object]:
    """Resident and own MiB after every hundredth of the visits."""
    process, plotted = os.getpid(), []
    step = max(1, count // 100)
    for number in range(1, count + 1):
        visit(stage)
        if number % step == 0:
            plotted.append((number, round(resident_mib(process), 1), round(own_mib(process), 1)))
            sys.stderr.write(f"{plotted[-1]}\n")
    return {"plot": plotted}


def idle(seconds: float) -> dict[str, object]:
    """Part of one core used by the idle screen, all threads, the centre's own process left out."""
    turn(5)
    process = os.getpid()
    before = processor_s(process)
    turn(seconds)
    return {"load": (processor_s(process) - before) / seconds, "resident": resident_mib(process)}


def kiosk(what: str, amount: int, folder: Path, *, camera: bool) -> dict[str, object]:
    voice = ListeningVoice()
    demonstration = Demonstration(settings(), folder, voice=voice)
    demonstration.start()
    stage = Stage(demonstration, "bench", None, voice)
    stage.wait_until_ready()
    favour_the_screen()
    if not camera and demonstration.counter.terminal.camera:
        demonstration.counter.terminal.camera.stop()
    try:
        if what == "frames":
            return frames(stage, amount)
        return visits(stage, amount) if what == "visits" else idle(amount)
    finally:
        demonstration.stop()


def peer(content: str, seconds: float) -> dict[str, object]:
    """A window with nothing of ours in it."""
    engine = QQmlApplicationEngine()
    engine.loadData(WINDOW.replace("CONTENT", content).encode())
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    noted = Frames(window)
    turn(seconds)
    return {"idle": noted.taken(), "resident": resident_mib(os.getpid())}


def main() -> int:
    what, amount = sys.argv[1], int(sys.argv[2])
    application = make_application(["kiosk"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if what in PEERS:
            result = peer(PEERS[what], amount)
        else:
            result = kiosk(what, amount, Path(folder), camera="no-camera" not in sys.argv[3:])
        sys.stdout.write(json.dumps(result))
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
