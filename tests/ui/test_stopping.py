"""A stopped counter leaves nothing of Qt behind: a collector on another thread would crash it."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import shiboken6

from config.settings import ScreenSettings, load_profile
from terminal.visit.events import CentralReach
from ui.demonstration import Demonstration
from ui.gallery import settle
from ui.stories.stage import ListeningVoice, Stage


def test_what_a_stopped_counter_leaves_may_be_collected_on_any_thread(qapp: object, tmp_path: Path) -> None:
    screen = ScreenSettings(width=1280, height=800, full_screen=False)
    settings = load_profile("library").model_copy(update={"screen": screen})
    voice = ListeningVoice()
    demonstration = Demonstration(settings, tmp_path, voice=voice)
    try:
        demonstration.start()
        Stage(demonstration, "stopping", None, voice).wait_for("idle", lambda shown: shown["kind"] == "idle")
        counter = demonstration.counter
        belongings = (counter.model, counter.window.engine, counter.window._keys, counter._inbox)
        assert all(shiboken6.isValid(thing) for thing in belongings)
    finally:
        demonstration.stop()
    assert not any(shiboken6.isValid(thing) for thing in belongings)
    counter.post(CentralReach(False))

    del demonstration, counter, belongings
    collector = threading.Thread(target=gc.collect)
    collector.start()
    collector.join()
    settle(50)
