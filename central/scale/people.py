"""Invented people with their cards: the region of each number is the city itself, which no real one names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from central.scale.plan import Plan, chosen, mixed

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""GB 11643: the sum of the weighted digits modulo 11 chooses the last character."""
FIRST_BIRTH, BIRTH_DAYS = date(1932, 1, 1), 32_000
SERIALS_FROM = 400
"""Beyond the serials of the demonstration's people."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海燕春梅永生福全德安和宁"

Row = tuple[Any, ...]


def subject(number: int) -> str:
    return f"5e{number:022x}"


def holders(region: str, plan: Plan, there: int) -> Iterator[Row]:
    """Of table ``holder``; ``there`` of the plan's persons are in it already."""
    per_day = -(-plan.persons // BIRTH_DAYS)
    day, digits, weighed = "", "", 0
    for number in range(plan.persons - there):
        birth, serial = divmod(number, per_day)
        if serial == 0:
            day = (FIRST_BIRTH + timedelta(days=birth)).isoformat()
            digits = region + day.replace("-", "")
            weighed = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
        last = f"{SERIALS_FROM + serial:03d}"
        total = weighed + int(last[0]) * 8 + int(last[1]) * 4 + int(last[2]) * 2
        chance = mixed(number, 1 << 30)
        name = SURNAMES[chance % 40] + GIVEN[chance // 40 % 42] + GIVEN[chance // 1680 % 42]
        yield subject(number), name, digits + last + CHECKS[total % 11], day, ""


def cards(region: str, plan: Plan, there: int) -> Iterator[Row]:
    """Of table ``card``: everybody has one but the last few."""
    for number in range(plan.holders - there):
        yield f"{region}D1560000055E{number:014X}", f"T{20_000_000 + number:08d}", subject(number), False


def e_cards(plan: Plan, there: int) -> Iterator[Row]:
    """Of table ``e_card``, spread evenly over the holders."""
    holding = plan.holders - there
    for number in range(holding):
        if chosen(number, plan.e_cards - there, holding):
            yield f"ec{number:022x}", subject(number), False
