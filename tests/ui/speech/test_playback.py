"""Sound by the real aplay into a file, begun soon and ended at once; and without a sound card."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ui.sound_effects import NAMES, SystemSounds
from ui.speech.engine import LOUDNESS, Sound
from ui.speech.playback import Playback
from ui.speech.speaker import Speaker

DEADLINE_S = 20.0
RATE = 24_000
PACED = """
import os, sys, time
out = os.open(sys.argv[1], os.O_WRONLY)
while chunk := os.read(0, 960):
    os.write(out, chunk)
    time.sleep(0.02)
"""
"""A sound card of 20 ms periods: what it has played goes into a pipe."""
SOUND = Sound(np.full(10 * RATE, 0.5, np.float32), RATE)


class OneSound:
    name = "one"

    def render(self, sentence: str, language: str) -> Sound | None:
        return SOUND if sentence == "long" else None


@pytest.fixture
def card(tmp_path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    pipe = tmp_path / "card"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    yield end, (sys.executable, "-c", PACED, str(pipe))
    os.close(end)


def until_sound(end: int) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        try:
            if any(os.read(end, 4096)):
                return
        except BlockingIOError:
            pass
        threading.Event().wait(0.002)
    raise AssertionError("nothing was played")


def until_quiet(end: int) -> None:
    """Until the player has closed its end: not a sample comes after it."""
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        try:
            if not os.read(end, 65536):
                return
        except BlockingIOError:
            pass
        threading.Event().wait(0.001)
    raise AssertionError("it goes on")


def test_a_cancelled_sentence_stops_and_what_waited_is_not_said(card: tuple[int, tuple[str, ...]]) -> None:
    end, command = card
    speaker = Speaker([OneSound()], Playback(command))
    try:
        assert not speaker.lost
        speaker.say("long", "zh_CN", 3)
        speaker.say("long", "zh_CN", 3)
        until_sound(end)
        before = time.monotonic()
        speaker.cancel()
        until_quiet(end)
        assert time.monotonic() - before < 5, "ten seconds of sound were cut off"
    finally:
        speaker.close()


def test_a_cancel_before_the_player_has_begun_is_not_missed() -> None:
    playback = Playback((sys.executable, "-c", "raise SystemExit(1)"))
    assert playback.play(SOUND, 1.0, lambda: False)
    assert not playback.play(SOUND, 1.0)


@pytest.mark.parametrize("command", [("no-such-player",), (sys.executable, "-c", "raise SystemExit(1)")])
def test_without_a_sound_card_the_voice_is_lost_and_goes_on(command: tuple[str, ...]) -> None:
    speaker = Speaker([OneSound()], Playback(command))
    assert speaker.lost
    speaker.say("long", "zh_CN", 3)
    speaker.cancel()
    speaker.close()
    assert not speaker._thread.is_alive()


def test_the_real_aplay_plays_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ALSA's file plugin in the place of a card."""
    played = tmp_path / "played.raw"
    (tmp_path / "asound.conf").write_text(
        f'pcm.!default {{ type file file "{played}" format raw slave.pcm null }}\npcm.null {{ type null }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    sound = Sound(np.full(2400, 0.5, np.float32), RATE)
    assert Playback().play(sound, LOUDNESS[4])
    heard = np.frombuffer(played.read_bytes(), "<i2")
    assert int(np.sum(heard == 16383)) == 2400
    sounds = SystemSounds()
    for name in NAMES:
        sounds.play(name)
    for process in sounds._playing:
        assert process.wait(DEADLINE_S) == 0
    sounds.close()
