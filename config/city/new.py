"""Write the files of a new city: complete, so that it works at once, with comments on what to change.

People, cards and shelf of the demonstration are those of a pattern city with the new city's codes in their
numbers; check characters are computed again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from config.city.city import City, CityFile
from config.city.people import identity_check
from config.city.reading import Mistakes, read_model, read_toml
from config.faults import Fault
from config.settings import SettingsFault

CALENDAR = """\
# Days off and make-up working days, as the State Council's notices name them each November. A year is added
# as a whole; swaps are never computed. Confidence: "sure" (a notice), "likely" (one source), "guess".
"""
SCHOOL_TERMS = """
# Terms of the city's schools, for student fares in term:
# [[school_term]]
# first = 2026-09-01
# last = 2027-01-22
"""


class CityExists(Fault):
    """The folder is there already; nothing is written over."""

    code = "city.exists"


@dataclass(frozen=True, slots=True)
class NewCity:
    """What is known of a city before its files are."""

    name: str
    region: str
    transport_code: str
    zone: str


def write_city(folder: Path, wanted: NewCity, pattern: City) -> list[Path]:
    """Write the files; returns their paths. Raises ``CityExists``, ``SettingsFault`` for codes or a zone that
    cannot be, ``OSError``."""
    if folder.exists():
        raise CityExists(f"{folder} is there already; choose another name, or remove it")
    city = city_toml(wanted, pattern)
    _refuse_wrong_codes(city)
    files = {"city.toml": city, **_adapted(wanted, pattern)}
    written = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        written.append(path)
    return written


def _refuse_wrong_codes(content: str) -> None:
    mistakes = Mistakes()
    read = read_toml("city.toml", content.encode(), mistakes)
    if read:
        read_model("city.toml", *read, CityFile, mistakes)
    if mistakes:
        said = [str(each).split(": ", 1)[1] for each in mistakes]
        raise WrongCodes("\n".join(said))


class WrongCodes(SettingsFault):
    """A code or a zone of the new city is written wrong."""

    code = "city.wrong_codes"


def city_toml(wanted: NewCity, pattern: City) -> str:
    """``city.toml`` with a comment on every key."""
    title, first = wanted.name.title(), f"{wanted.region[:4]}02"
    second = f"{wanted.region[:4]}03"
    counters = "\n".join(
        f'    {{ profile = "{each.profile}", terminal = "{own_terminal(wanted, each.terminal)}", '
        f'district = "{first}", name = "{title} {each.profile}" }},'
        for each in pattern.said.counter
    )
    shares = pattern.said.insurance
    return f'''\
# The city {wanted.name}. Everything in it works as it stands; change what is different.
# Check it after every change: onecard city check {wanted.name}

# How the city is called, in Chinese and in English.
name = {{ zh = "{title}", en = "{title}" }}
# The city's own code in GB/T 2260, 6 digits.
region = "{wanted.region}"
# The city in transport cards (T-Union), 4 digits: cards that name it are own cards, all others are guests.
transport_code = "{wanted.transport_code}"
# Days, hours and every clock on screens, slips and pages are this zone's (IANA name).
zone = "{wanted.zone}"
# ISO 4217.
currency = "CNY"

# Districts and counties (GB/T 2260). Each counter stands in one of them.
district = [
    {{ code = "{first}", zh = "第一区", en = "First District" }},
    {{ code = "{second}", zh = "第二区", en = "Second District" }},
]

# The counter of each profile: its terminal (3 to 32 letters, digits, hyphens), district, name for people.
counter = [
{counters}
]

[issuers]
# Leading digits of the city's own transport cards; empty where they are not known.
transport_prefixes = []
# The city's issuer and platform in ride codes (JT/T 1179), 8 hexadecimal digits each.
ride_code = "{wanted.transport_code:0>8}"
ride_platform = "{wanted.region[:4]}0001"
ride_account_prefix = "{wanted.region[:4]}"
# The bank behind the cards of the demonstration.
bank = {{ zh = "{title}银行", en = "{title} Bank" }}

# What medical insurance pays of an outpatient bill: amounts in fen, shares in per cent.
[insurance]
deductible_fen = {shares.deductible_fen}
share = {shares.share}
share_from_70 = {shares.share_from_70}
ceiling_fen = {shares.ceiling_fen}
'''


def own_terminal(wanted: NewCity, terminal: str) -> str:
    """The pattern's terminal name with the new city's letters in front: ``HEX-LIB-0001``."""
    letters = re.sub(r"[^A-Z]", "", wanted.name.upper())[:3] or "CTY"
    return f"{letters}-{terminal.split('-', 1)[-1]}"


def _adapted(wanted: NewCity, pattern: City) -> dict[str, str]:
    """The pattern's other files with the new city's codes in them."""
    files: dict[str, str] = {}
    for path in sorted(pattern.folder.rglob("*")):
        name = path.relative_to(pattern.folder).as_posix()
        if name == "city.toml" or not path.is_file():
            continue
        files[name] = _own(path.read_text(encoding="utf-8"), wanted, pattern, name)
    return files


def _own(content: str, wanted: NewCity, pattern: City, name: str) -> str:
    if name == "fares/city.toml":
        content = re.sub(r'(?m)^timezone = ".*"', f'timezone = "{wanted.zone}"', content)
    if name.startswith("fares/"):
        for word in (pattern.name.zh, pattern.name.zh.removesuffix("市")):
            content = content.replace(word, wanted.name.title())
        return content
    if name == "calendar.toml":
        years = content[content.index("[[year]]") :].split("\n# School terms")[0].rstrip()
        return f"{CALENDAR}\n{years}\n{SCHOOL_TERMS}"
    content = re.sub(r'"(\d{17})[0-9X]"', lambda found: _own_number(found[1], wanted), content)
    content = content.replace(f'"2{pattern.region}[', f'"2{wanted.region}[')
    content = content.replace(f'"{pattern.region}', f'"{wanted.region}')
    content = re.sub(
        rf"\b2{pattern.region}(\d{{5}})\d\b", lambda found: _own_barcode(found[1], wanted), content
    )
    content = content.replace(f'city = "{pattern.transport_code}"', f'city = "{wanted.transport_code}"')
    for prefix in pattern.said.issuers.transport_prefixes:
        content = content.replace(f'number = "{prefix}', f'number = "3104{wanted.transport_code}')
    letters = {each.terminal.split("-")[0] for each in pattern.said.counter}
    for each in letters:
        content = content.replace(f'"{each}-', f'"{own_terminal(wanted, each + "-")}')
    for word in (pattern.name.zh, pattern.name.en, pattern.name.zh.removesuffix("市")):
        content = content.replace(word, wanted.name.title())
    comments = (pattern.region, pattern.transport_code, *pattern.said.issuers.transport_prefixes)
    kept = [
        line
        for line in content.splitlines()
        if not (line.startswith("#") and any(code in line for code in comments))
    ]
    return "\n".join(kept) + "\n"


def _own_number(first_17: str, wanted: NewCity) -> str:
    digits = wanted.region + first_17[6:]
    return f'"{digits}{identity_check(digits)}"'


def _own_barcode(serial: str, wanted: NewCity) -> str:
    """EAN-13 of the range for use inside an institution: 2, region, 5 digits, check digit."""
    digits = f"2{wanted.region}{serial}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
