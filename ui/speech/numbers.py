"""Numbers, amounts, days and times of day as Chinese people say them."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
SMALL = ("", "十", "百", "千")
LARGE = ("", "万", "亿", "万亿", "亿亿")
CARDINAL_MOST = 10**16


def cardinal(number: int, *, counted: bool = False) -> str:
    """Say a whole number. ``counted``: a measure word follows, so 2 alone is 两."""
    if number < 0:
        return "负" + cardinal(-number, counted=counted)
    if number >= CARDINAL_MOST:
        return digitwise(str(number))
    if number == 2 and counted:
        return "两"
    groups: list[str] = []
    rest, place, gap = number, 0, False
    while rest:
        rest, group = divmod(rest, 10_000)
        said = _below_ten_thousand(group)
        if gap and said:
            groups[-1:] = ["零" + groups[-1]] if groups else []
        if said:
            if place and group == 2:
                said = "两"
            groups.append(said + LARGE[place])
        # 零 is said between groups when the lower one has fewer than four figures, or a group is empty.
        gap = bool(groups) and group < 1000 if said else bool(groups)
        place += 1
    said = "".join(reversed(groups)) or "零"
    if said.startswith("二千"):
        said = "两" + said[1:]
    return said.removeprefix("一") if 10 <= number < 20 or re.match(r"一十[^百千]*[万亿]", said) else said


def _below_ten_thousand(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + SMALL[place]
            gap = False
        else:
            gap = True
    return said


def digitwise(digits: str, *, dialled: bool = False) -> str:
    """Say one figure after the other. ``dialled``: telephone and room numbers, where 1 is 幺."""
    said = "".join(DIGITS[int(each)] for each in digits if each in "0123456789")
    return said.replace("一", "幺") if dialled else said


def decimal(number: str, *, counted: bool = False) -> str:
    """Say a number as it is written: ``1,870.80``, ``0.5``, ``12``."""
    whole, _, part = number.replace(",", "").partition(".")
    said = cardinal(int(whole), counted=counted and not part)
    return f"{said}点{digitwise(part)}" if part else said


def money(number: str) -> str:
    """Say an amount in yuan: ``1,234.56`` → 一千二百三十四元五角六分, ``2.00`` → 两元, ``0.01`` → 一分."""
    whole, _, part = number.replace(",", "").partition(".")
    if len(part) > 2 and part[2:].strip("0"):
        return decimal(number) + "元"
    jiao, fen = (int(each) for each in (part + "00")[:2])
    yuan = int(whole)
    said = cardinal(yuan, counted=True) + "元" if yuan or not (jiao or fen) else ""
    if jiao:
        said += ("两" if jiao == 2 and not said else DIGITS[jiao]) + "角"
    if fen:
        zero = "零" if said and not jiao else ""
        said += zero + ("两" if fen == 2 and not said else DIGITS[fen]) + "分"
    return said


def day(year: str, month: str, date: str) -> str:
    return f"{digitwise(year)}年{cardinal(int(month))}月{cardinal(int(date))}日"


def clock(hour: str, minute: str, second: str = "") -> str:
    """Say a time of day: ``8:05`` → 八点零五分, ``14:00`` → 十四点, ``2:30`` → 两点三十分."""
    said = cardinal(int(hour), counted=True) + "点"
    if int(minute) or (second and int(second)):
        said += _minutes(minute) + "分"
    return said + (_minutes(second) + "秒" if second and int(second) else "")


def _minutes(number: str) -> str:
    return ("零" if len(number) == 2 and number[0] == "0" and number != "00" else "") + cardinal(int(number))
