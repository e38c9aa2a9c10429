"""Which sentences of a screen are spoken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.visit.states import Counter
from ui.presenter import Screen, screen_of
from ui.speaking import everything, spoken
from ui.specimens import SERVICES, specimens
from ui.texts import Texts


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
