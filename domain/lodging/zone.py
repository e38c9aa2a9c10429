"""Machine readable zone of travel documents: ICAO Doc 9303 parts 4 (TD3), 5 (TD1) and 6 (TD2).

Lines are read from a camera or typed by a clerk: blanks and lower case are forgiven, a check digit is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.lodging.faults import ZoneWrong

SHAPES = {44: 2, 36: 2, 30: 3}
"""Lines of a zone by the length of each: TD3 (passport), TD2, TD1 (card)."""
MOST = 3 * 44 + 16
_CHARACTERS = re.compile(r"[A-Z0-9<]+")
_BRACKETS = str.maketrans({"«": "<<", "《": "<<", "‹": "<", "〈": "<", "＜": "<", "-": "<"})
"""Forms of the filler; a keypad without it has the hyphen."""
_WEIGHTS = (7, 3, 1)
_SEXES = {"M": "male", "F": "female", "<": "", "X": ""}


@dataclass(frozen=True, slots=True)
class Zone:
    """Content of a zone. ``kind`` is its one or two letters, ``issuer`` and ``nationality`` the codes of
    Doc 9303 part 3 (ISO 3166-1 and a few more, ``D`` for Germany); ``sex`` is ``male``, ``female`` or empty;
    ``born`` is None where the document leaves month or day open."""

    kind: str
    issuer: str
    surname: str
    given: str
    number: str
    nationality: str
    born: date | None
    sex: str
    expires: date
    optional: str = ""

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given}".strip()


def check_digit(field: str) -> str:
    """Digit of a field: values 0-9, A-Z as 10-35, ``<`` as 0; weights 7 3 1; modulo 10 (Doc 9303-3, 4.9)."""
    return str(sum(_value(each) * _WEIGHTS[place % 3] for place, each in enumerate(field)) % 10)


def zone_lines(text: str) -> list[str]:
    """Lines of a zone as they should stand: upper case, without blanks, empty ones left out."""
    plain = text[: MOST * 4].upper().translate(_BRACKETS)
    return ["".join(line.split()) for line in plain.splitlines() if line.strip()]


def parse_zone(text: str, today: date) -> Zone:
    """The zone of a whole text, two or three lines. ``today`` decides the century of a birth.

    Raises ``ZoneWrong``, never with the document's content in it.
    """
    lines = zone_lines(text)
    lengths = {len(line) for line in lines}
    length = next(iter(lengths), 0)
    if len(lengths) != 1 or SHAPES.get(length) != len(lines):
        raise ZoneWrong("not two lines of 44 or 36 or three of 30")
    if not all(_CHARACTERS.fullmatch(line) for line in lines):
        raise ZoneWrong("a character that no zone has")
    return _card(lines, today) if length == 30 else _two_lines(lines, length, today)


def parse_first_line(text: str) -> str:
    """The first line alone, as it should stand: what is wrong in it is said before the next is typed.

    Raises ``ZoneWrong``.
    """
    line = "".join(zone_lines(text))
    if line.startswith("P"):
        # A passport's line ends in fillers up to 44: typing them adds nothing.
        line = line.ljust(44, "<")
    if len(line) not in SHAPES or not _CHARACTERS.fullmatch(line):
        raise ZoneWrong("not a line of 44, 36 or 30")
    if len(line) == 30:
        _number(line[5:14], line[14], line[15:], long=True)
    elif not line[5:].strip("<"):
        raise ZoneWrong("no name")
    return line


def _two_lines(lines: list[str], length: int, today: date) -> Zone:
    first, second = lines
    number, optional = _number(second[:9], second[9], second[28 : length - 1], long=length == 36)
    if length == 44:
        _check_optional(second[28:42], second[42])
        optional = second[28:42]
    _check(second[:10] + second[13:20] + second[21 : length - 1], second[length - 1], "composite")
    return _zone(first[:2], first[2:5], first[5:], number, second[10:13], second[13:28], optional, today)


def _card(lines: list[str], today: date) -> Zone:
    first, second, third = lines
    number, optional = _number(first[5:14], first[14], first[15:30], long=True)
    _check(first[5:30] + second[:7] + second[8:15] + second[18:29], second[29], "composite")
    dates = second[:15]
    return _zone(first[:2], first[2:5], third, number, second[15:18], dates, optional, today)


def _zone(
    kind: str,
    issuer: str,
    names: str,
    number: str,
    nationality: str,
    dates: str,
    optional: str,
    today: date,
) -> Zone:
    """``dates`` are 15 characters: birth, its check digit, sex, expiry, its check digit."""
    _check(dates[:6], dates[6], "birth date")
    _check(dates[8:14], dates[14], "expiry")
    if dates[7] not in _SEXES:
        raise ZoneWrong("sex is none of M, F, X and <")
    expires = _day(dates[8:14], 2000)
    if expires is None:
        raise ZoneWrong("no such day of expiry")
    surname, _, given = names.partition("<<")
    if not surname.strip("<") or not number:
        raise ZoneWrong("no name or no number")
    return Zone(
        kind=kind.strip("<"),
        issuer=issuer.strip("<"),
        surname=_words(surname),
        given=_words(given),
        number=number,
        nationality=nationality.strip("<"),
        born=_birth(dates[:6], today),
        sex=_SEXES[dates[7]],
        expires=expires,
        optional=optional.strip("<"),
    )


def _number(field: str, digit: str, optional: str, *, long: bool) -> tuple[str, str]:
    """Number and optional data. A longer number goes on in the optional data, its check digit behind it
    (Doc 9303-5, 4.2.2 note j)."""
    if digit == "<" and long:
        rest, _, left = optional.partition("<")
        if len(rest) < 2:
            raise ZoneWrong("number without a check digit")
        _check(field + rest[:-1], rest[-1], "number")
        return (field + rest[:-1]).strip("<"), left
    _check(field, digit, "number")
    return field.strip("<"), optional


def _check_optional(field: str, digit: str) -> None:
    """An empty personal number may have ``<`` for its check digit (Doc 9303-4, 4.2.2)."""
    if digit == "<" and not field.strip("<"):
        return
    _check(field, digit, "personal number")


def _check(field: str, digit: str, what: str) -> None:
    if check_digit(field) != digit:
        raise ZoneWrong(f"check digit of {what}")


def _birth(digits: str, today: date) -> date | None:
    """Years of two digits: the last hundred years. Unknown month or day (``<<``) leaves the date open."""
    if "<" in digits:
        return None
    this_century = _day(digits, 2000)
    if this_century is not None and this_century <= today:
        return this_century
    born = _day(digits, 1900)
    if born is None:
        raise ZoneWrong("no such day of birth")
    return born


def _day(digits: str, century: int) -> date | None:
    if not digits.isdecimal():
        return None
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _words(names: str) -> str:
    return " ".join(names.replace("<", " ").split())


def _value(character: str) -> int:
    return 0 if character == "<" else int(character, 36)
