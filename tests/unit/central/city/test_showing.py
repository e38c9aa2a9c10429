"""Figures in the words of each language, never more than they are; every text of the pages in both."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from central.city import charts
from central.city.figures import Amount, Overview, Terminals, uses_of
from central.city.showing import age, shown
from central.city.wording import count, money, percent
from central.officials.door import TEMPLATES, texts

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (3_928_000, "392.8 万", "3.928 million"),
        (3_070_000, "307 万", "3.07 million"),
        (1_032_500, "103.25 万", "1.0325 million"),
        (62_769, "62,769", "62,769"),
        (0, "0", "0"),
        (250_000_000, "2.5 亿", "250 million"),
    ],
)
def test_counts_as_people_say_them(number: int, zh: str, en: str) -> None:
    assert (count(number, "zh"), count(number, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (702_100_000_000, ("70.21", "亿元"), ("7.021", "billion yuan")),
        (12_491_031, ("12.49", "万元"), ("124,910", "yuan")),
        (199, ("1.99", "元"), ("1.99", "yuan")),
        (350_000_000, ("350", "万元"), ("3.5", "million yuan")),
        (-150, ("-1.50", "元"), ("-1.50", "yuan")),
    ],
)
def test_money_as_people_say_it(fen: int, zh: tuple[str, str], en: tuple[str, str]) -> None:
    assert (money(fen, "zh"), money(fen, "en")) == (zh, en)


def test_a_share_short_of_all_never_reads_all() -> None:
    assert percent(3_928_000 / 3_930_358, 2) == "99.94 %"
    assert percent(3_070_000 / 3_928_000, 0) == "78 %"
    assert percent(0.999_999, 2) == "99.99 %"
    assert percent(1.0, 2) == "100 %"
    assert percent(0.0, 2) == "0.00 %"


@pytest.mark.parametrize(
    ("passed", "said"), [(30, "0 min ago"), (3600, "1 h ago"), (86_400 * 3, "3 days ago")]
)
def test_how_long_ago(passed: int, said: str) -> None:
    assert age(timedelta(seconds=passed), "en") == said


def an_overview(services: int = 12) -> Overview:
    rows = [("confirmed", TODAY, 9, f"<svc-{number}>", number + 1) for number in range(services)]
    rows += [("refused", TODAY, 9, "bus", 2), ("places", TODAY, 0, "371602", 5), ("places", TODAY, 0, "", 1)]
    return Overview(
        at=datetime(2026, 11, 23, 4, tzinfo=UTC), persons=10, holders=9, e_cards=6, recipients=2,
        subsidies=Amount(3, 100), rides=Amount(1, 199), by_subsidy=(("grain-growers", Amount(3, 100)),),
        uses=uses_of(rows, TODAY), terminals=Terminals(2, 1, 0, None), alarms=0,
    )  # fmt: skip


def test_the_many_small_are_told_as_one_and_nothing_is_lost() -> None:
    rows = shown(an_overview(), "en")["services"]
    assert len(rows) == 8
    assert rows[-1]["label"] == "Others"
    assert not rows[-1]["bar"]
    assert sum(int(row["value"]) for row in rows) == sum(range(1, 13))


def test_every_plot_is_well_formed_and_carries_nothing_of_a_databases_text() -> None:
    values = shown(an_overview(), "zh")
    plots = [values["hours"]["plot"], values["days"]["plot"], values["holders"]["ring"]]
    plots += [row["bar"] for row in values["services"] if row["bar"]]
    for plot in plots:
        ElementTree.fromstring(str(plot))  # noqa: S314 (our own)
        assert "svc" not in plot


@pytest.mark.parametrize("most", [0, 1, 4, 5, 99, 100, 101, 4_567, 10**9])
def test_a_scale_reaches_every_value_and_not_far_above(most: int) -> None:
    top = charts.ceiling(most)
    assert most <= top
    assert top <= max(4, 2 * most)


def test_every_text_of_the_pages_stands_in_both_languages_and_none_is_left_over() -> None:
    used = set()
    for template in TEMPLATES.glob("*.html"):
        source = template.read_text(encoding="utf-8")
        used |= set(re.findall(r"t\([\"'](\w+)[\"']\)", source))
    told = texts()
    assert all(each["zh"] and each["en"] for each in told.values())
    assert used <= told.keys()
    built = {key for key in told if key.startswith(("role_", "did_", "standing_", "way_", "record_"))}
    in_code = {"form_old", "passwords_differ", "answered_note", "reason_missing", "too_late"}
    assert told.keys() - used - built - in_code == set()


def test_a_day_that_is_not_over_is_drawn_apart() -> None:
    drawn = str(charts.line([30, 40, 5], top=40))
    assert '<polyline class="line" points="0.0,50.0 360.0,0.0"/>' in drawn
    assert '<polyline class="line so-far" points="360.0,0.0 720.0,175.0"/>' in drawn
    assert '<polygon class="area" points="0,200 0.0,50.0 360.0,0.0 360.0,200"/>' in drawn


@pytest.mark.parametrize("values", [[], [7]])
def test_a_line_of_one_day_or_none_is_drawn_too(values: list[int]) -> None:
    assert 'class="line"' in str(charts.line(values))
