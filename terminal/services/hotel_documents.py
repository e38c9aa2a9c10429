"""Forms for guests with a passport or a permit: typed lines of the machine readable zone, or field by field.

The form is a function of everything typed and chosen so far, guest after guest: each takes its own answers
from the front of the queue of each field, so that no guest's answer becomes another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue

from domain.lodging.documents import (
    HONG_KONG_MACAU,
    PASSPORT,
    PERMANENT,
    RESIDENCE,
    TAIWAN,
    document_of,
    state_of,
)
from domain.lodging.faults import DocumentFault
from domain.lodging.zone import SHAPES, parse_first_line, parse_zone, zone_lines
from terminal.visit.steps import Ask, Choose, Facts, FieldKind, Option, text

BY_HAND, BY_ZONE = "zone.by-hand", "zone.lines"
PERMITS = (HONG_KONG_MACAU, TAIWAN, RESIDENCE, PERMANENT)
VISAS = ("visa", "visa_free", "residence_permit")
Guest = dict[str, JsonValue]


class Unanswered(Exception):
    """The next question of the form."""

    def __init__(self, step: Ask | Choose) -> None:
        super().__init__()
        self.step = step


@dataclass(slots=True)
class Answers:
    """Everything typed and chosen, taken from the front."""

    facts: Facts
    _typed: dict[str, Iterator[str]] = field(default_factory=dict)
    _chosen: dict[str, Iterator[str]] = field(default_factory=dict)

    def take(self, name: str, ask: Ask, check: Callable[[str], str], mistake: str = "") -> str:
        """The next good answer to a field, as ``check`` writes it. Raises ``Unanswered``."""
        typed = self._typed.setdefault(name, iter([v for f, v in self.facts.values if f == name]))
        wrong = False
        for value in typed:
            if good := check(value):
                return good
            wrong = True
        said = text(mistake) if wrong and mistake else None
        raise Unanswered(Ask(name, ask.question, ask.kind, ask.longest, said))

    def choose(self, prefix: str, question: str, options: tuple[Option, ...]) -> str:
        """The next choice of a prefix, without it. Raises ``Unanswered``."""
        mine = [option for option in self.facts.chosen if option.startswith(prefix)]
        chosen = next(self._chosen.setdefault(prefix, iter(mine)), None)
        if chosen is None:
            raise Unanswered(Choose(text(question), options))
        return chosen.removeprefix(prefix)


def ask_documents(facts: Facts) -> Ask | Choose | None:
    """The next question about guests with passports and permits; None when all is answered."""
    try:
        documents(facts)
    except Unanswered as next_question:
        return next_question.step
    return None


def document_guests(facts: Facts) -> list[Guest]:
    """Guests whose form is complete, in the order of their coming."""
    found: list[Guest] = []
    try:
        for guest in _each(facts):
            found.append(guest)
    except Unanswered:
        return found
    return found


def documents(facts: Facts) -> list[Guest]:
    """Raises ``Unanswered``."""
    return list(_each(facts))


def _each(facts: Facts) -> Iterator[Guest]:
    answers = Answers(facts)
    for option in facts.chosen:
        if option == "party.passport":
            yield passport(answers)
        elif option == "party.permit":
            yield permit(answers)


def passport(answers: Answers) -> Guest:
    """Zone or fields, then visa and entry. Raises ``Unanswered``."""
    options = (
        Option(BY_ZONE, text("hotel.zone.lines"), "form"),
        Option(BY_HAND, text("hotel.zone.by_hand"), "globe"),
    )
    way = answers.choose("zone.", "hotel.zone.question", options)
    guest: Guest = by_hand(answers) if way == "by-hand" else by_zone(answers)
    guest["document"] = PASSPORT
    visas = tuple(Option(f"visa.{kind}", text(f"hotel.visa.{kind}"), "globe") for kind in VISAS)
    kind = answers.choose("visa.", "hotel.visa.question", visas)
    visa: Guest = {"kind": kind}
    if kind != "visa_free":
        visa["number"] = answers.take("visa-number", _text("hotel.visa.number", 20), str.strip)
        visa["until"] = answers.take("visa-until", _day("hotel.visa.until"), day_typed, "form.mistake.date")
    day = answers.take(
        "entry-date", _day("hotel.entry.date"), _not_after(answers.facts.today), "form.mistake.date"
    )
    port = answers.take("entry-port", _text("hotel.entry.port", 20, FieldKind.NAME), str.strip)
    return {**guest, "visa": visa, "entry": {"date": day, "port": port}}


def by_zone(answers: Answers) -> Guest:
    """Two lines of a passport, or three of a card, until their check digits are right."""
    today = answers.facts.today

    first = answers.take("zone-1", _text("hotel.zone.first", 44), _first_line, "hotel.zone.mistake")
    second = _text("hotel.zone.second", 44)
    if SHAPES[len(first)] == 2:
        check = _zone_of(today, first)
        lines = answers.take("zone-2", second, check, "hotel.zone.mistake")
    else:
        check = _zone_of(today, first, _ANY_NAMES)
        middle = answers.take("zone-2", second, check, "hotel.zone.mistake").splitlines()[1]
        third = _text("hotel.zone.third", 30)
        lines = answers.take("zone-3", third, _zone_of(today, first + "\n" + middle), "hotel.zone.mistake")
    return {"zone": lines, "name": parse_zone(lines, today).name}


_ANY_NAMES = "A<<".ljust(30, "<")
"""Names carry no check digit: the second line of a card is checked before the third is typed."""


def _zone_of(today: date, before: str, after: str = "") -> Callable[[str], str]:
    """A check of the line between the others: the whole zone, or empty while a check digit does not fit."""

    def check(typed: str) -> str:
        whole = "\n".join((before, "".join(zone_lines(typed)), after))
        try:
            parse_zone(whole, today)
        except DocumentFault:
            return ""
        return "\n".join(zone_lines(whole))

    return check


def _first_line(typed: str) -> str:
    try:
        return parse_first_line(typed)
    except DocumentFault:
        return ""


def by_hand(answers: Answers) -> Guest:
    state = answers.take("nationality", _text("hotel.nationality", 3), _state, "hotel.nationality_mistake")
    name = answers.take("passport-name", _text("hotel.passport_name", 40), str.strip)
    number = answers.take(
        "passport-number", _text("hotel.passport_number", 17), _number_of(PASSPORT), "hotel.passport_mistake"
    )
    born = _born(answers)
    options = (
        Option("sex.male", text("hotel.sex.male"), "person"),
        Option("sex.female", text("hotel.sex.female"), "person"),
    )
    sex = answers.choose("sex.", "hotel.sex.question", options)
    expires = answers.take("passport-expires", _day("hotel.expires"), day_typed, "form.mistake.date")
    return {
        "name": name,
        "number": number,
        "born": born,
        "nationality": state,
        "sex": sex,
        "expires": expires,
    }


def permit(answers: Answers) -> Guest:
    """Hong Kong, Macau, Taiwan, residence: name, number, and birth where the number does not say it."""
    options = tuple(Option(f"permit.{kind}", text(f"hotel.permit.{kind}"), "card") for kind in PERMITS)
    kind = answers.choose("permit.", "hotel.permit.question", options)
    name = answers.take("permit-name", _text("hotel.guest_name", 40, FieldKind.NAME), str.strip)
    ask = _text("hotel.permit.number", 20)
    number = answers.take("permit-number", ask, _number_of(kind), "hotel.permit.mistake")
    guest: Guest = {"name": name, "number": number, "document": kind}
    if document_of(kind, number).born is None:
        guest["born"] = _born(answers)
    return guest


def _born(answers: Answers) -> str:
    check = _not_after(answers.facts.today)
    return answers.take("passport-born", _day("hotel.passport_born"), check, "form.mistake.date")


def day_typed(typed: str) -> str:
    """``2026-11-24`` and ``20261124`` alike, as the former; empty for what is no day."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return ""


def _not_after(today: date) -> Callable[[str], str]:
    def check(typed: str) -> str:
        day = day_typed(typed)
        return day if day and date.fromisoformat(day) <= today else ""

    return check


def _number_of(kind: str) -> Callable[[str], str]:
    def check(typed: str) -> str:
        try:
            return document_of(kind, typed, "CHN").number
        except DocumentFault:
            return ""

    return check


def _state(typed: str) -> str:
    try:
        return state_of(typed)
    except DocumentFault:
        return ""


def _text(question: str, longest: int, kind: FieldKind = FieldKind.TEXT) -> Ask:
    return Ask("", text(question), kind, longest)


def _day(question: str) -> Ask:
    return Ask("", text(question), FieldKind.DATE, 10)
