"""The voice's own process: it speaks in order, and one that hangs or dies holds nobody up."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ui.speech.orders import NO_ENGINE
from ui.speech.process import COMMAND, SpeechProcess, VoiceFound

SCRIPTED = """
import sys, time
told = open(sys.argv[1], "a")
print("done", flush=True)
for line in sys.stdin:
    told.write(line)
    told.flush()
    if "hang" in line:
        time.sleep(3600)
    print("done", flush=True)
"""
LOOK_S = 0.02
HOUR_S = 3600.0
"""Longer than a test may take: whoever waits for it is found out, however busy the machine."""


def until(holds: Callable[[], bool]) -> None:
    looking = threading.Event()
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it did not happen within half a minute"
        looking.wait(LOOK_S)


@contextmanager
def speaking(
    *command: str, limit_s: float = 20.0, told: Callable[[VoiceFound], None] = lambda _: None
) -> Iterator[SpeechProcess]:
    voice = SpeechProcess(command, after_start_s=0, answer_limit_s=limit_s, try_again_s=0, told=told)
    try:
        yield voice
    finally:
        voice.close()
    until(lambda: not voice._thread.is_alive())


def test_the_process_of_the_voice_starts_speaks_and_stops(tmp_path: Path) -> None:
    """The real one, without a sound card or with one: it answers, and holds nothing up."""
    with speaking(*COMMAND, str(tmp_path)) as voice:
        until(lambda: voice._process is not None)
        voice.say("请还 3 本书", "zh_CN")
        voice.cancel()
        until(voice._orders.empty)
        assert not voice.none


def test_a_machine_without_an_engine_is_silent_for_good() -> None:
    heard: list[VoiceFound] = []
    with speaking(sys.executable, "-c", f"raise SystemExit({NO_ENGINE})", told=heard.append) as voice:
        until(lambda: voice.none and bool(heard))
        assert heard == [VoiceFound(heard=False)]
        assert voice.lost
        voice.say("x", "en")
        voice.cancel()


def test_orders_arrive_whole_and_in_order(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with speaking(sys.executable, "-c", SCRIPTED, str(told)) as voice:
        voice.say("请把卡放在\n读卡器上。", "zh_CN")
        voice.set_volume(4)
        voice.say("Please", "en")
        voice.cancel()
        until(lambda: told.exists() and told.read_text().count("\n") == 3)
    assert [json.loads(line) for line in told.read_text().splitlines()] == [
        {"say": "请把卡放在\n读卡器上。", "language": "zh_CN", "volume": "3"},
        {"say": "Please", "language": "en", "volume": "4"},
        {"cancel": ""},
    ]


def test_a_voice_that_hangs_is_ended_and_found_again(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with speaking(sys.executable, "-c", SCRIPTED, str(told), limit_s=0.3) as voice:
        until(lambda: not voice.lost)
        first = voice._process
        voice.say("hang", "en")
        voice.say("to the wrong person by now", "en")
        until(lambda: voice._process is None)
        assert first is not None
        assert first.poll() == -signal.SIGKILL
        voice.cancel()
        until(lambda: not voice.lost)
        voice.say("again", "en")
        until(lambda: "again" in told.read_text())
    assert "wrong person" not in told.read_text()


def test_whoever_speaks_does_not_wait_for_a_voice_that_hangs(tmp_path: Path) -> None:
    with speaking(sys.executable, "-c", SCRIPTED, str(tmp_path / "told"), limit_s=HOUR_S) as voice:
        until(lambda: not voice.lost)
        voice.say("hang", "en")
        voice.say("next", "en")
        assert not voice.lost


def test_a_voice_that_dies_is_found_again(tmp_path: Path) -> None:
    heard: list[VoiceFound] = []
    with speaking(sys.executable, "-c", SCRIPTED, str(tmp_path / "told"), told=heard.append) as voice:
        until(lambda: not voice.lost)
        process = voice._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        voice.say("x", "en")
        until(lambda: voice.lost)
        voice.cancel()
        until(lambda: not voice.lost)
        until(lambda: [each.heard for each in heard] == [True, False, True])


@pytest.mark.parametrize("command", [(sys.executable, "-c", "import time; time.sleep(3600)")])
def test_closing_does_not_wait_for_a_service_that_never_answers(command: tuple[str, ...]) -> None:
    voice = SpeechProcess(command, after_start_s=0, answer_limit_s=HOUR_S)
    until(lambda: voice._process is not None)
    voice.close()
    until(lambda: not voice._thread.is_alive())
