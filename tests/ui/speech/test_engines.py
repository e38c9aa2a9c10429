"""Voices made into sound: espeak-ng's Mandarin, packs of recordings, and what is wrong with them (FC-63)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile

from drivers.system.voices import (
    MANDARIN,
    RECORDED,
    SYLLABLES,
    espeak_has_mandarin,
    installed_voices,
    phonemes,
    voices_folder,
)
from terminal.diagnostics.check import Trouble
from terminal.diagnostics.checks import voice
from ui.speech.checking import checked, spoken_wrong, tones_of
from ui.speech.engine import CHINESE, Sound, joined
from ui.speech.espeak import Espeak
from ui.speech.packs import RATE, VoiceFault
from ui.speech.recorded_pack import RecordedPack, bare, import_takes, key_of, script
from ui.speech.recorded_pack import checked as recorded_checked
from ui.speech.speaker import engines_in
from ui.speech.syllable_pack import SyllablePack, import_syllables, syllable_named, third_tones_changed


def tone(seconds: float = 0.2, hertz: float = 220.0, peak: float = 0.5, rate: int = RATE) -> np.ndarray:
    return (peak * np.sin(np.arange(int(seconds * rate)) * 2 * np.pi * hertz / rate)).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = RATE) -> None:
    soundfile.write(path, samples, rate)


@pytest.fixture
def syllable_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for number, name in enumerate(("huan2", "shu1", "qing3", "lv4", "jv4", "ben3", "de1", "san1")):
        write(folder / f"cmn-{name}.wav", tone(hertz=200 + 20 * number))
    (folder / "LICENSE").write_text("CC BY-SA, spoken by A. Speaker", "utf-8")
    return folder


def test_pinyin_comes_out_of_espeak_as_mandarin_and_never_as_english() -> None:
    assert espeak_has_mandarin()
    said = phonemes(MANDARIN, "huan2 shu1")
    assert tones_of(said) == ("2", "1")
    assert tones_of(phonemes("cmn", "huan2 shu1")) != ("2", "1"), "espeak's own cmn reads pinyin as English"


def test_every_public_sentence_has_one_toned_phoneme_group_of_espeak_for_each_syllable(
    tmp_path: Path,
) -> None:
    report = checked(tmp_path, "espeak")
    assert (report.wrong, report.missing) == ((), ())
    assert report.sentences > 900


def test_the_proof_by_phonemes_finds_a_wrong_tone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.speech.checking.said_of", lambda _: ("huan2", "shu4"))
    monkeypatch.setattr("ui.speech.checking.phonemes", lambda *_: "X'ua35n_| s.'u55_|\n")
    assert spoken_wrong(("还书",)) == ("还书",)


def test_without_a_mandarin_voice_chinese_is_silent_and_english_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An espeak-ng that has English only, as a program of that name first on the path."""
    program = tmp_path / "espeak-ng"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *cmn*) echo "Error: no voice" >&2; exit 1;; esac\n'
        'exec /usr/bin/espeak-ng "$@"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    engine = Espeak()
    assert engine.render("请放卡", CHINESE) is None
    assert engine.render("Please place your card", "en") is not None
    found = voice(tmp_path)
    assert (found.ok, found.trouble) == (False, Trouble.OTHER)


def test_the_self_test_is_amber_with_espeak_and_green_with_a_pack(
    tmp_path: Path, syllable_folder: Path
) -> None:
    amber = voice(tmp_path)
    assert (amber.ok, amber.trouble) == (True, Trouble.ADVICE)
    assert "onecard voice import" in amber.message
    import_syllables(syllable_folder, tmp_path)
    assert voice(tmp_path).trouble is Trouble.NONE


def test_a_syllable_pack_is_imported_with_its_licence_and_says_sentences(
    tmp_path: Path, syllable_folder: Path
) -> None:
    assert import_syllables(syllable_folder, tmp_path) == 8
    folder = voices_folder(tmp_path) / SYLLABLES
    assert (folder / "LICENSE").read_text("utf-8").startswith("CC BY-SA")
    pack = SyllablePack(folder)
    sound = pack.render("请还三本书", CHINESE)
    assert sound is not None
    assert 0.8 < len(sound.samples) / sound.rate < 1.2
    assert float(np.abs(sound.samples).max()) < 0.99
    assert pack.render("请还三本杂志", CHINESE) is None, "the next engine says it whole"
    assert pack.render("Please", "en") is None
    assert pack.missing(("ju4", "lv4", "de5")) == ()
    assert [each.name for each in engines_in(tmp_path)] == [SYLLABLES, "espeak"]


def test_recordings_without_a_licence_are_not_imported(tmp_path: Path, syllable_folder: Path) -> None:
    (syllable_folder / "LICENSE").unlink()
    with pytest.raises(VoiceFault, match="licence"):
        import_syllables(syllable_folder, tmp_path)
    assert installed_voices(tmp_path).best == "espeak"


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        *(
            ("cmn-jv4", "ju4"),
            ("huan2", "huan2"),
            ("a_lü4", "lv4"),
            ("cmn-nu:3", "nv3"),
            ("cmn-qvan2", "quan2"),
        ),
        *(("cmn-_hm1", "hm1"), ("README", ""), ("shu", ""), ("shu6", "")),
    ],
)
def test_files_name_their_syllable(stem: str, wanted: str) -> None:
    assert syllable_named(stem) == wanted


def test_third_tones_in_a_row_become_second_ones_but_the_last() -> None:
    assert third_tones_changed(("wo3", "ye3", "hen3", "hao3")) == ("wo2", "ye2", "hen2", "hao3")
    assert third_tones_changed(("hao3", ",", "hao3")) == ("hao3", ",", "hao3")


def take_all(folder: Path, texts: set[str]) -> None:
    folder.mkdir(exist_ok=True)
    for piece in script():
        if piece.text in texts:
            write(folder / f"{piece.key}.wav", tone())


def test_the_script_covers_every_public_sentence_with_any_figures() -> None:
    texts = {piece.text for piece in script()}
    assert {"三", "二十一", "元", "角", "十二月", "二十四日", "一百", "两千"} <= texts
    assert all(piece.key == key_of(piece.text) for piece in script())
    assert len({piece.key for piece in script()}) == len(script())


def test_recordings_are_put_together_and_a_gap_goes_to_the_next_engine(tmp_path: Path) -> None:
    take_all(tmp_path / "takes", {"借好了共", "本", "三", "十二"})
    import_takes(tmp_path / "takes", tmp_path, "A. Speaker")
    pack = RecordedPack(voices_folder(tmp_path) / RECORDED)
    assert pack.covered(bare("借好了，共 12 本")) == ("借好了共", "十二", "本")
    assert pack.covered(bare("借好了，共 13 本")) is None


def test_a_changed_text_a_clipped_and_a_silent_take_are_named(tmp_path: Path) -> None:
    takes = tmp_path / "takes"
    take_all(takes, {"三", "本"})
    write(takes / f"{key_of('元')}.wav", np.clip(tone(peak=3.0), -1, 1))
    write(takes / f"{key_of('角')}.wav", np.zeros(RATE, np.float32))
    report = import_takes(takes, tmp_path, "A. Speaker")
    assert (report.clipped, report.silent) == (("元",), ("角",))
    assert "元" in report.missing
    assert "三" not in report.missing
    folder = voices_folder(tmp_path) / RECORDED
    manifest = (folder / "manifest.json").read_text("utf-8").replace(key_of("三"), key_of("旧句"))
    (folder / "manifest.json").write_text(manifest, "utf-8")
    report = recorded_checked(tmp_path)
    assert report.stale == ("三",)
    assert "三" in report.missing


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\x00" * 100, b"OggS" + b"\xff" * 60])
def test_a_file_that_is_no_sound_is_named(tmp_path: Path, content: bytes, syllable_folder: Path) -> None:
    (syllable_folder / "cmn-ka3.wav").write_bytes(content)
    with pytest.raises(VoiceFault, match=r"cmn-ka3\.wav"):
        import_syllables(syllable_folder, tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kind": "other"}'])
def test_a_damaged_pack_is_left_out(tmp_path: Path, content: str) -> None:
    folder = voices_folder(tmp_path) / SYLLABLES
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(content, "utf-8")
    assert [each.name for each in engines_in(tmp_path)] == ["espeak"]


def test_parts_fade_into_each_other_and_loudness_scales() -> None:
    whole = joined([np.ones(100, np.float32), np.ones(100, np.float32)], 20)
    assert len(whole) == 180
    assert float(np.abs(whole).max()) <= 1.0 + 1e-6
    loud, soft = (Sound(np.full(4, 0.5, np.float32), RATE).pcm(each) for each in (1.0, 0.5))
    assert np.frombuffer(loud, "<i2")[0] == 2 * np.frombuffer(soft, "<i2")[0] + 1
