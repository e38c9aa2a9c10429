"""Chinese read right: polyphones by hand-written examples, sandhi, and each public sentence (FC-63)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.speech.reference import compared, reference
from ui.speech.sentences import public_sentences
from ui.speech.syllables import PAUSES, syllables

POLYPHONES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "polyphones.tsv").read_text("utf-8").splitlines()
]


def spoken(text: str) -> str:
    return " ".join(each for each in syllables(text) if each not in PAUSES)


@pytest.mark.parametrize(("text", "wanted"), POLYPHONES, ids=[text for text, _ in POLYPHONES])
def test_characters_with_several_readings_are_read_by_their_context(text: str, wanted: str) -> None:
    assert spoken(text) == wanted


def test_each_public_sentence_has_its_reading_in_the_reference_and_is_read_so() -> None:
    found = compared(public_sentences(), reference(), syllables)
    assert found.missing == (), "add a reviewed line to ui/speech/reference.tsv for each new sentence"
    assert found.wrong == ()
    assert found.stale == (), "take the lines of texts that are gone out of ui/speech/reference.tsv"


def test_a_new_sentence_and_a_wrong_reading_are_named() -> None:
    known = {"还书": ("huan2", "shu1"), "银行": ("yin2", "xing2"), "旧句": ("jiu4", "ju4")}
    found = compared(("还书", "银行", "新句"), known, syllables)
    assert found.missing == ("新句",)
    assert [each.text for each in found.wrong] == ["银行"]
    assert found.stale == ("旧句",)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("换一张", "huan4 yi4 zhang1"),
        ("再试一次", "zai4 shi4 yi2 ci4"),
        ("再说一遍", "zai4 shuo1 yi2 bian4"),
        ("另一位", "ling4 yi2 wei4"),
        ("对不上", "dui4 bu2 shang4"),
        ("不认识", "bu2 ren4 shi5"),
        ("不一样", "bu4 yi2 yang4"),
        ("第一位", "di4 yi1 wei4"),
        ("星期一", "xing1 qi1 yi1"),
        ("统一办理", "tong3 yi1 ban4 li3"),
        ("一月一日", "yi1 yue4 yi1 ri4"),
        ("一个月", "yi2 ge4 yue4"),
        ("1 本", "yi4 ben3"),
        ("21 本", "er4 shi2 yi1 ben3"),
    ],
)
def test_the_tones_of_one_and_not_follow_what_comes_after(text: str, wanted: str) -> None:
    assert spoken(text) == wanted


def test_slots_stay_in_place_and_letters_have_names() -> None:
    assert syllables("已还 {n} 本，请取卡。") == (
        *("yi3", "huan2", "{n}", "ben3", ",", "qing3", "qu3", "ka3", "."),
    )
    assert syllables("APP") == ("ei1", "pi4", "pi4")


@pytest.mark.parametrize("text", ["", "***", "😀", "\x00", "، ", "𠮷", "€5", "½", "①"])
def test_signs_without_a_reading_are_left_out_and_never_fail(text: str) -> None:
    assert all(each.isascii() for each in syllables(text))
