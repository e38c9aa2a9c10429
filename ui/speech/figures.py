"""Figures written out in Chinese as people say them: amounts, days, times, counts, telephone numbers.

Speech engines read figures wrong (espeak-ng 1.51 says 2026年 as "two thousand and twenty-six"), so each
figure becomes characters before an engine sees it. Pure; text in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ui.speech.numbers import cardinal, clock, day, decimal, digitwise, money

COUNTED = (
    "元|块|本|张|个|位|人|条|次|天|晚|夜|项|房|间|家|周岁|岁|年|周|小时|分钟|秒|份|页|件|台|套|名|户|种|类"
    "|步|层|倍|点|钟|斤|公斤|公里|千米|米|亩|辆|部|册|支|只|双|棵|头|笔|场|盒|片|粒|瓶|批|遍|趟|门|课|节|段"
    "|行|处|所|座|道|句|封|枚|星期|季度|角|万|亿|把|包|袋|桶|束|栋|例|餐|顿|宗|轮|票|字|代|者|床|站|箱|桌|艘"
    "|幅|副|组|对|样"
)
"""Measure words before which 2 is 两. Numbers of places, days, months and lines of buses stay 二."""
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
CODE_NAMED = (
    r"(?:尾号|编号|卡号|号码|电话|热线|拨打|致电|拨|验证码|取件码|取书码|绑定码|代码|流水号|单号|账号|帐号"
    r"|邮编|房号|房间号|房间|车牌|车次|航班|条码|末四位|后四位|学号|工号|座机|手机|凭证号|受理号|业务号|密码"
    r"|终端|柜台号|桌号|身份证|社保号)(?:号|是|为)?[:：]?\s*$"
)
"""What stands before a number that is said figure by figure."""
DIALLED_AFTER = (
    r"(?:电话|热线|拨打|致电|拨|手机|手机号|手机号码|座机|房号|房间号|房间|号码)(?:是|为)?[:：]?\s*$"
)
DIALLED_BEFORE = r"\s*(?:热线|房间|房(?!间|产|屋|租)|室|号房|急救|报警|(?:电话|服务电话))"
UNITS = {
    "km": "公里", "kg": "公斤", "cm": "厘米", "mm": "毫米", "ml": "毫升", "mL": "毫升", "g": "克", "m": "米",
    "L": "升", "m²": "平方米", "㎡": "平方米", "℃": "摄氏度", "°C": "摄氏度", "kWh": "千瓦时", "MB": "兆",
    "GB": "吉字节",
}  # fmt: skip
UNIT_NAMES = "|".join(sorted(UNITS, key=len, reverse=True))
SAID = "零一二三四五六七八九十百千万亿两"


def _range(found: re.Match[str]) -> str:
    first, second, unit = found[1], found[2], found[3] or ""
    return f"{first}{unit if unit in ('%', '‰') else ''}到{second}{unit}"


def _written_time(found: re.Match[str]) -> str:
    valid = int(found[1]) <= 24 and int(found[2]) < 60
    return clock(found[1], found[2], found[3] or "") if valid else found[0]


def _date(found: re.Match[str]) -> str:
    valid = 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31
    return day(found[1], found[2], found[3]) if valid else found[0]


def _month(found: re.Match[str]) -> str:
    return f"{digitwise(found[1])}年{cardinal(int(found[2]))}月" if 1 <= int(found[2]) <= 12 else found[0]


def _amount(found: re.Match[str]) -> str:
    per = found["per"]
    number, large = found["number"], found["large"] or ""
    said = decimal(number, counted=True) + large + "元" if large else money(number)
    each = {"日": "天"}.get(per, per) if per else ""
    return ("负" if found["sign"] else "") + said + (f"每{each}" if each else "")


def _masked(found: re.Match[str]) -> str:
    """Of a masked number the figures that are left, one by one."""
    parts = re.findall(r"\d+[Xx]?", found[0])
    return "，".join(digitwise(part) + ("X" if part[-1] in "Xx" else "") for part in parts)


N = rf"(?<![\d.])(?:{NUMBER})"
PER = r"(?:[/／](?P<per>小时|\w))?"
LARGE = r"(?P<large>[万亿])?"


def _of_range(found: re.Match[str]) -> str:
    return f"{found[1]}到"


def _year(found: re.Match[str]) -> str:
    return digitwise(found[0].strip())


def _telephone(found: re.Match[str]) -> str:
    return digitwise(found[1], dialled=True)


def _percent(found: re.Match[str]) -> str:
    return ("负" if found[1] else "") + "百分之" + decimal(found[2])


def _progress(found: re.Match[str]) -> str:
    unit = found[3] or ""
    return f"第{cardinal(int(found[1]))}{unit}，共{cardinal(int(found[2]), counted=True)}{unit}"


def _fraction(found: re.Match[str]) -> str:
    return f"{cardinal(int(found[2]))}分之{cardinal(int(found[1]))}"


RULES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"\d+[*•●＊]{2,}\d*[Xx]?|[*•●＊]{2,}\s*\d+[Xx]?", _masked),
    (r"(?<!\d)\d{17}[Xx](?![A-Za-z0-9])", lambda found: digitwise(found[0]) + "X"),
    (r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d.])T?", _date),
    (r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})(?![\d元%])", _month),
    (r"(?<!\d)\d{4}\s*(?=(?:[-~～—–至到]\s*\d{4}\s*)?(?:年(?!龄|限)|学年|年度|届))", _year),
    (r"(?<!\d)(?:19|20)\d\d(?=级|届|款|版)", _year),
    (r"(?<![\d:：.])(\d{1,2})[:：](\d\d)(?:[:：](\d\d))?(?![\d:：])", _written_time),
    (
        r"(?:\+86[- ]?)?(?<!\d)(1\d{10}|0\d{2,3}[- ]?\d{3,4}[- ]?\d{4}|[48]00[- ]?\d{3}[- ]?\d{4})(?!\d)",
        _telephone,
    ),
    (rf"([点分日月年号零一二三四五六七八九])\s*[-~～—–]+\s*(?=[{SAID}\d])", _of_range),
    (rf"(?<![\d.\-])({NUMBER})\s*[-~～—–]+\s*({NUMBER})(?!\d)(?!\s*[-—–]\s*\d)(%|‰)?", _range),
    (rf"(?P<sign>[-−])?[¥￥]\s*(?P<number>{NUMBER})\s*{LARGE}\s*元?{PER}", _amount),
    (rf"(?P<sign>(?<!\w)[-−])?(?P<number>{N})\s*{LARGE}\s*元{PER}", _amount),
    (rf"([-−]?)({NUMBER})\s*%", _percent),
    (rf"({NUMBER})\s*‰", lambda found: "千分之" + decimal(found[1])),
    (r"第\s*(\d+)\s*[/／]\s*(\d+)\s*(步|页|张|项|本|人|位|条|题)?", _progress),
    (r"(?<![\d/])(\d{1,3})[/／](\d{1,3})(?![\d/])", _fraction),
    (r"第\s*(\d+)", lambda found: "第" + cardinal(int(found[1]))),
    (r"(?<![\d.])\d+(?:\.\d+){2,}(?!\d)", lambda found: "点".join(map(digitwise, found[0].split(".")))),
    (r"(?<=元)\d(?=角)|(?<=[元角零])\d(?=分)", lambda found: digitwise(found[0])),
)
"""Patterns in order, each with how its text is said. The patterns of a date come before those of a range."""
COMPILED = tuple((re.compile(pattern), said) for pattern, said in RULES)
BARE = re.compile(rf"(?P<sign>(?<!\w)[-−](?=\d))?(?P<number>(?<!\d)(?:{NUMBER}))")


def _bare(found: re.Match[str]) -> str:
    """A number on its own: by what stands before and after it."""
    text, number = found.string, found["number"]
    before, after = text[: found.start()], text[found.end() :]
    sign = "负" if found["sign"] else ""
    number = number.removesuffix(".00")
    if "." not in number and "," not in number and _is_code(number, before, after):
        dialled = bool(re.search(DIALLED_AFTER, before) or re.match(rf"{DIALLED_BEFORE}|\s*路", after))
        return digitwise(number, dialled=dialled)
    if unit := re.match(rf"\s*({UNIT_NAMES})(?![A-Za-z])", after):
        return sign + decimal(number, counted=unit[1] not in ("℃", "°C"))
    return sign + decimal(number, counted=_is_counted(after))


def _is_code(number: str, before: str, after: str) -> bool:
    if len(number) > 1 and number[0] == "0":
        return True
    if re.search(CODE_NAMED, before) or re.search(r"[A-Za-z]-?$", before):
        return len(number) > 1
    if re.match(DIALLED_BEFORE, after):
        return len(number) > 2
    if re.match(r"\s*路(?!人|程|段)", after):
        return len(number) > 2
    return len(number) >= 5 and not re.match(rf"\s*(?:{COUNTED}|多|余)", after)


def _is_counted(after: str) -> bool:
    if re.match(r"\s*(?:个?月(?!份)|年级|年[^龄内后前以之未的满]|号|楼|级|等|班|单元)", after):
        return bool(re.match(r"\s*(?:个月|年(?!级))", after))
    return bool(re.match(rf"\s*(?:多|余)?(?:{COUNTED})", after))


UNIT = re.compile(rf"(?<=[{SAID}])\s*({UNIT_NAMES})(?![A-Za-z])")


def written_out(text: str) -> str:
    """Write every figure of a Chinese sentence as the characters that are said."""
    text = text.translate(FULL_WIDTH)
    for pattern, said in COMPILED:
        text = pattern.sub(said, text)
    text = BARE.sub(_bare, text)
    return UNIT.sub(lambda found: UNITS[found[1]], text)


FULL_WIDTH = {ord("０") + each: str(each) for each in range(10)} | {
    ord("．"): ".",
    ord("％"): "%",
    ord("－"): "-",
    ord("："): ":",
    ord("，"): "，",
}
