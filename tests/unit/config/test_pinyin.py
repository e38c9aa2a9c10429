"""What letters of pinyin may mean."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.pinyin import MOST, Candidate, Word, candidates, pinyin


def texts(letters: str) -> list[str]:
    return [each.text for each in candidates(letters)]


@pytest.mark.parametrize("word", pinyin().words, ids=lambda word: word.text)
def test_each_word_is_made_of_characters_that_are_read_so(word: Word) -> None:
    assert len(word.text) == len(word.syllables)
    for character, syllable in zip(word.text, word.syllables, strict=True):
        assert character in pinyin().syllables[syllable]


def test_no_syllable_offers_a_character_twice() -> None:
    assert [syllable for syllable, all in pinyin().syllables.items() if len(set(all)) != len(all)] == []


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("chongfu", "重复"),
        ("cf", "重复"),
        ("deng", "登记"),
        ("de", "的"),
        ("zuofei", "作废"),
        ("lvke", "旅客"),
    ],
)
def test_the_likeliest_stands_first(letters: str, first: str) -> None:
    assert first in texts(letters)[:3]


def test_what_takes_only_the_beginning_leaves_the_rest() -> None:
    assert candidates("chongfudengji")[0] == Candidate("重复", len("chongfu"))
    assert Candidate("重", len("chong")) in candidates("chongfudengji")


def test_a_syllable_that_has_only_begun_finds_what_it_may_become() -> None:
    assert {"中", "这", "张"} <= set(texts("zh"))


def test_letters_that_begin_nothing_find_nothing() -> None:
    assert candidates("iii") == candidates("") == candidates("123") == ()


@given(st.text(string.ascii_letters, max_size=12))
def test_any_letters_find_few_and_different_ones_that_never_take_more_than_was_typed(letters: str) -> None:
    found = candidates(letters)
    assert len(found) <= MOST
    assert len({each.text for each in found}) == len(found)
    assert all(0 < each.letters <= len(letters) for each in found)
