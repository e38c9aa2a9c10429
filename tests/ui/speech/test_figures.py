"""Figures said as people say them: by a hand-written list and an independent reader of numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.speech.figures import written_out
from ui.speech.numbers import cardinal, money

LIST = """
2.00元|两元
1,234.56元|一千二百三十四元五角六分
0.01元|一分
0.20元|两角
0.50 元|五角
10.05元|十元零五分
1,870.80 元|一千八百七十元八角
0.00 元|零元
20000元|两万元
200元|二百元
2万元|两万元
12.34万元|十二点三四万元
-5.00元|负五元
¥12.30|十二元三角
5元/天|五元每天
2026-12-24|二零二六年十二月二十四日
2026/1/2|二零二六年一月二日
2026年12月24日|二零二六年十二月二十四日
2026年|二零二六年
2024级|二零二四级
12:30|十二点三十分
08:05|八点零五分
14:00|十四点
2:00|两点
9:00-17:00|九点到十七点
10月1日-10月7日|十月一日到十月七日
3张|三张
2 本|两 本
12本|十二本
第2位|第二位
2个月|两个月
2月2日|二月二日
2号窗口|二号窗口
2楼|二楼
2岁|两岁
102人|一百零二人
2路|二路
102路|幺零二路
12345热线|幺二三四五热线
拨打 12333|拨打 幺二三三三
13812345678|幺三八幺二三四五六七八
0531-12345678|零五三幺幺二三四五六七八
尾号 1234|尾号 一二三四
尾号 0078|尾号 零零七八
房间 301|房间 三零幺
3723**********123X|三七二三，一二三X
95%|百分之九十五
99.5%|百分之九十九点五
1/3|三分之一
第 3/5 步|第三步，共五步
5-17位|五到十七位
-5℃|负五摄氏度
25kg|二十五公斤
1.5倍|一点五倍
版本 1.0.2|版本 一点零点二
2,566.00|两千五百六十六
"""
VALUES = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"十": 10, "百": 100, "千": 1000}


def heard(said: str) -> int:
    """A reader of Chinese numbers that shares nothing with the writer."""
    for sign, worth in (("亿", 10**8), ("万", 10**4)):
        if sign in said:
            upper, lower = said.rsplit(sign, 1)
            return heard(upper) * worth + (heard(lower) if lower else 0)
    total, digit = 0, 0
    for each in said:
        if each in VALUES:
            digit = VALUES[each]
        else:
            total += (digit or 1) * PLACES[each]
            digit = 0
    return total + digit


@pytest.mark.parametrize("row", LIST.split("\n")[1:-1])
def test_figures_are_written_out_as_people_say_them(row: str) -> None:
    text, wanted = row.split("|")
    assert written_out(text) == wanted


@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_is_heard_back(number: int) -> None:
    said = cardinal(number)
    assert heard(said) == number
    assert "零零" not in said
    assert number == 0 or not said.endswith("零")


@given(st.integers(0, 10**9))
def test_every_amount_is_heard_back(fen: int) -> None:
    said = money(f"{fen // 100:,}.{fen % 100:02}")
    found = re.fullmatch(r"(?:(.+)元)?(?:(.)角)?零?(?:(.)分)?", said)
    assert found is not None
    yuan, jiao, cents = (heard(part) if part else 0 for part in found.groups())
    assert yuan * 100 + jiao * 10 + cents == fen


@given(st.text(alphabet="0123456789.,:-/%元年月日第本张路 *X", max_size=24))
def test_nothing_that_is_written_fails_and_no_figure_is_left(text: str) -> None:
    assert not re.search(r"[0-9]", written_out(text))
