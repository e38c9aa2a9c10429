"""Days and amounts by language, on the screen and aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from terminal.visit.steps import text
from ui.locale_forms import aloud
from ui.texts import Texts


@pytest.fixture
def texts(qapp: object) -> Iterator[Texts]:
    spoken = Texts("zh_CN")
    yield spoken
    spoken.close()


def test_a_day_stands_in_the_order_of_the_language(texts: Texts) -> None:
    due = text("application.answer_by", day="2026-12-03")
    assert "2026年12月3日" in texts.say(due)
    texts.speak_in("en")
    assert "3 Dec 2026" in texts.say(due)


@pytest.mark.parametrize("other", ["2026-13-45", "371600-2026-11-0004711", "8206", ""])
def test_what_is_no_day_stays_as_it_is(texts: Texts, other: str) -> None:
    assert other in texts.say(text("application.answer_by", day=other))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2,566.00 元", "2566 元"),
        ("1,870.80 元", "1870.80 元"),
        ("0.01 元", "0.01 元"),
        ("最多 32,000.00", "最多 32000"),
        ("371600-2026-11-0004711", "371600-2026-11-0004711"),
    ],
)
def test_an_amount_is_said_without_its_commas(written: str, said: str) -> None:
    assert aloud(written) == said
