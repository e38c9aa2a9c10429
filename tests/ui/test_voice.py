"""The voice, through Qt's own engines: the mock that ships with Qt, and a real speech-dispatcher."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtTextToSpeech import QTextToSpeech
from pytestqt.qtbot import QtBot

from terminal.visit.states import LOUDEST, USUAL_VOLUME, Counter
from ui.gallery import settle
from ui.presenter import Screen, screen_of
from ui.speaking import everything, spoken
from ui.specimens import SERVICES, specimens
from ui.texts import Texts
from ui.voice import VOLUME, SystemVoice

LISTEN = """
import sys
from PySide6.QtCore import QCoreApplication
from ui.voice import SystemVoice
application = QCoreApplication([])
voice = SystemVoice()
assert not voice.lost
voice.say("请把卡放在读卡器上。", "zh_CN")
voice.say("Please lay down your card.", "en")
application.exec()
"""
LOUDNESS = "100.60"
"""What speech-dispatcher makes of a volume of 0.8."""


@pytest.fixture
def mock(qapp: object) -> SystemVoice:
    if "mock" not in QTextToSpeech.availableEngines():
        pytest.skip("Qt came without its mock engine")
    return SystemVoice(("mock",))


def words(voice: SystemVoice) -> list[str]:
    heard: list[str] = []
    voice.speech.sayingWord.connect(lambda word, *_: heard.append(word))
    return heard


def test_sentences_are_said_one_after_the_other(mock: SystemVoice, qtbot: QtBot) -> None:
    heard = words(mock)
    mock.say("Please scan", "en")
    mock.say("each book", "en")
    qtbot.waitUntil(lambda: heard == ["Please", "scan", "each", "book"], timeout=10_000)


def test_nothing_of_one_person_is_said_to_the_next(mock: SystemVoice, qtbot: QtBot) -> None:
    heard = words(mock)
    mock.say("one two three four five six", "en")
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    mock.cancel()
    before = list(heard)
    mock.say("hello", "en")
    qtbot.waitUntil(lambda: heard[-1] == "hello", timeout=10_000)
    assert heard == [*before, "hello"]


def test_it_speaks_as_loud_as_it_was_told_to(mock: SystemVoice) -> None:
    assert mock.speech.volume() == pytest.approx(VOLUME)
    mock.set_volume(LOUDEST)
    mock.cancel()
    assert mock.speech.volume() == pytest.approx(1.0)


def test_a_voice_that_was_turned_off_says_nothing(mock: SystemVoice, qtbot: QtBot) -> None:
    heard = words(mock)
    mock.set_volume(0)
    mock.say("nothing", "en")
    mock.set_volume(USUAL_VOLUME)
    mock.say("hello", "en")
    qtbot.waitUntil(lambda: heard == ["hello"], timeout=10_000)


def test_chinese_is_never_read_out_by_an_english_voice(mock: SystemVoice) -> None:
    mock.say("请把卡放在读卡器上", "zh_CN")
    assert mock.speech.state() == QTextToSpeech.State.Ready


def test_without_an_engine_there_is_no_voice(qapp: object) -> None:
    with pytest.raises(LookupError):
        SystemVoice(("engine of nobody",))


def test_a_service_that_is_gone_is_asked_for_again_but_not_at_once(
    qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if "speechd" not in QTextToSpeech.availableEngines():
        pytest.skip("Qt came without speech-dispatcher")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{tmp_path / 'nobody'}")
    now = [0.0]
    voice = SystemVoice(("speechd",), lambda: now[0])
    assert voice.lost
    first = voice.speech
    voice.say("x", "en")
    now[0] = 59.0
    voice.cancel()
    assert voice.speech is first
    now[0] = 60.0
    voice.cancel()
    assert voice.speech is not first


@dataclass
class Dispatcher:
    folder: Path

    @property
    def said(self) -> str:
        file = self.folder / "said"
        return file.read_text("utf-8") if file.exists() else ""

    @property
    def environment(self) -> dict[str, str]:
        own = {"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder), "LC_ALL": "C.UTF-8"}
        return {**os.environ, **own}


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    """A real speech-dispatcher whose only voice writes down what it is to say."""
    if not shutil.which("speech-dispatcher") or "speechd" not in QTextToSpeech.availableEngines():
        pytest.skip("no speech-dispatcher on this machine")
    (tmp_path / "conf" / "modules").mkdir(parents=True)
    (tmp_path / "speech-dispatcher").mkdir()
    (tmp_path / ".libao").write_text("default_driver=null\n")
    (tmp_path / "conf" / "speechd.conf").write_text(
        'DefaultLanguage "zh-CN"\nAudioOutputMethod "libao"\n'
        'AddModule "written" "sd_generic" "written.conf"\nDefaultModule written\nTimeout 0\n'
    )
    (tmp_path / "conf" / "modules" / "written.conf").write_text(
        f"GenericExecuteSynth \"echo $VOICE $VOLUME \\'$DATA\\' >> {tmp_path}/said\"\n"
        'GenericLanguage "zh" "zh" "utf-8"\nGenericLanguage "en" "en" "utf-8"\n'
        'AddVoice "zh-CN" "MALE1" "cmn"\nAddVoice "en" "MALE1" "en-us"\n'
        "GenericVolumeAdd 100\nGenericVolumeMultiply 1\n"
    )
    made = Dispatcher(tmp_path)
    places = ["-C", str(tmp_path / "conf"), "-P", str(tmp_path / "pid"), "-L", str(tmp_path)]
    process = subprocess.Popen(
        ["speech-dispatcher", "-s", "-t", "0", "-c", "unix_socket", *places],
        env=made.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        socket = tmp_path / "speech-dispatcher" / "speechd.sock"
        until(lambda: socket.exists() or process.poll() is not None)
        if process.poll() is not None:
            pytest.skip("speech-dispatcher has no audio plugin that works without a sound device")
        yield made
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[Dispatcher]:
    """The speech-dispatcher of packaging/debian-packages.txt as Debian sets it up, with espeak's voices."""
    made = Dispatcher(tmp_path)
    address = tmp_path / "speechd.sock"
    process = subprocess.Popen(
        [
            "speech-dispatcher",
            "-s",
            "-t",
            "0",
            "-c",
            "unix_socket",
            "-S",
            str(address),
            "-P",
            "pid",
            "-L",
            ".",
        ],
        env=made.environment,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: address.exists() or process.poll() is not None)
        assert process.poll() is None
        yield made
    finally:
        process.terminate()
        process.wait(10)


def until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        settle(50)
    raise AssertionError("it did not happen within ten seconds")


@pytest.mark.parametrize("locale", ["C.UTF-8", "de_DE.UTF-8"])
def test_speech_dispatcher_says_chinese_and_english(
    qapp: object, dispatcher: Dispatcher, locale: str
) -> None:
    environment = {**dispatcher.environment, "LC_ALL": locale, "LANG": locale}
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN], env=environment, stderr=subprocess.DEVNULL
    ) as speaking:
        until(lambda: dispatcher.said.count("\n") == 2 or speaking.poll() is not None)
        speaking.kill()
    assert dispatcher.said.splitlines() == [
        f"cmn {LOUDNESS} 请把卡放在读卡器上。",
        f"en-us {LOUDNESS} Please lay down your card.",
    ]


MANDARIN = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from ui.voice import SystemVoice
application = QCoreApplication([])
voice = SystemVoice()
assert not voice.lost, voice.speech.errorString()
print(voice._speaks("zh_CN"), voice.speech.voice().name())
print(voice._speaks("en"), voice.speech.locale().name())
print(voice._speaks("zh_CN"), voice.speech.voice().name())
"""


def test_the_mandarin_of_espeak_is_found_though_qt_has_no_locale_for_it(
    qapp: object, debian: Dispatcher
) -> None:
    """The voice this product installs: without it a Chinese counter would be silent."""
    done = subprocess.run(
        [sys.executable, "-c", MANDARIN],
        env={**debian.environment, "SPEECHD_ADDRESS": f"unix_socket:{debian.folder}/speechd.sock"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first.startswith("True Chinese (Mandarin")
    assert second == "True en_US"
    assert third == first


@pytest.mark.parametrize("easy", [False, True])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_spoken_sentence_stands_on_its_screen(qapp: object, language: str, easy: bool) -> None:
    texts = Texts(language)
    for counter in specimens().values():
        screen = shown(texts, replace(counter, easy_mode=easy))
        said = spoken(screen, language, easy=easy)
        labels = tuple(option.label for option in screen.options)
        assert set(said.sentences) <= {screen.title, screen.detail}
        assert set(said.afterwards) <= set(labels)
        of_rows = {part for row in screen.rows for part in (row.title, row.note)}
        on_screen = {screen.title, screen.detail, screen.largest, *labels} | of_rows
        again = everything(screen)
        assert set(again) <= on_screen
        assert set(said.sentences) <= set(again)
        assert screen.title in again


def shown(texts: Texts, counter: Counter) -> Screen:
    return screen_of(counter, SERVICES, texts.say)


def test_each_step_is_spoken_once_and_in_easy_mode_with_what_can_be_chosen(qapp: object) -> None:
    texts = Texts("zh_CN")
    choose = shown(texts, specimens()["choose"])
    assert spoken(choose, "zh_CN", easy=False).sentences == (choose.title,)
    assert spoken(choose, "zh_CN", easy=False).afterwards == ()
    assert len(spoken(choose, "zh_CN", easy=True).afterwards) == len(choose.options)
    one, twenty = (shown(texts, specimens()[name]) for name in ("basket", "basket-20"))
    assert spoken(one, "zh_CN", easy=False) == spoken(twenty, "zh_CN", easy=False)


def test_an_empty_hall_is_not_spoken_to(qapp: object) -> None:
    idle = shown(Texts("zh_CN"), specimens()["idle"])
    assert spoken(idle, "zh_CN", easy=False).sentences == ()
    assert spoken(idle, "zh_CN", easy=True).sentences == (idle.title,)
