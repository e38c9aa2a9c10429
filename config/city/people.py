"""Checks of a city across its tables and files: districts, counters, and invented people and cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from config.catalogue.lines import Lines
from config.city.city import CityFile
from config.city.reading import Mistakes
from config.personas import Persona
from config.transport_cards import TransportCard

GB_11643 = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
GB_11714 = (3, 7, 9, 10, 5, 8, 4, 2)
Listed = Sequence[tuple[int, Any]]
"""Entries of a table with their numbers in the file, from 0; those that cannot be read are left out."""


def identity_check(first_17: str) -> str:
    """The last character of an identification number (GB 11643, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, GB_11643, strict=True))
    return "10X98765432"[total % 11]


def card_check(first_8: str) -> str:
    """The last character of a card number (GB 11714, MOD 11)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, GB_11714, strict=True))
    return "0X987654321"[total % 11]


def check_places(raw: Mapping[str, Any], lines: Lines, mistakes: Mistakes) -> None:
    """Districts and counters of ``city.toml``, as far as they can be read."""

    def wrong(table: str, number: int, key: str, what: str, remedy: str) -> None:
        mistakes.add(
            "city.toml", lines.of((table, number, key)), f"{table} {number + 1}, {key}: {what}", remedy
        )

    districts, counters = _tables(raw, "district"), _tables(raw, "counter")
    known = [str(each.get("code")) for _, each in districts]
    province = str(raw.get("region", ""))[:2]
    for (number, each), code in zip(districts, known, strict=True):
        if code in known[: [n for n, _ in districts].index(number)]:
            wrong(
                "district", number, "code", f"district {each.get('code')} stands twice", "remove one of both"
            )
        if province.isdecimal() and code.isdecimal() and code[:2] != province:
            remedy = f"write a code that begins with {province}"
            wrong("district", number, "code", f"district {code} is in another province", remedy)
    for key in ("profile", "terminal"):
        for number, each in _twice(counters, key):
            wrong("counter", number, key, f"{each.get(key)} stands twice", "remove one of both, or rename it")
    for number, each in counters:
        if "district" in each and str(each["district"]) not in known:
            remedy = f"write one of {', '.join(known)}"
            wrong("counter", number, "district", f"{each['district']} is in no [[district]]", remedy)


def _tables(raw: Mapping[str, Any], table: str) -> list[tuple[int, dict[str, Any]]]:
    found = raw.get(table)
    listed = found if isinstance(found, list) else []
    return [(number, each) for number, each in enumerate(listed) if isinstance(each, dict)]


def _twice(entries: Listed, key: str) -> list[tuple[int, Any]]:
    seen: set[str] = set()
    found = []
    for number, each in entries:
        value = str(each.get(key))
        if value in seen:
            found.append((number, each))
        seen.add(value)
    return found


def check_people(city: CityFile | None, people: Listed, lines: Lines, mistakes: Mistakes) -> None:
    """``city``: None where its file cannot be used; codes are not compared then."""
    for number, person in people:

        def wrong(key: str, what: str, remedy: str, number: int = number, id: str = person.id) -> None:
            line = lines.of(("persona", number, key))
            mistakes.add("personas.toml", line, f"persona {id}: {key} {what}", remedy)

        _check_person(city, person, wrong)
        if person.id in [other.id for earlier, other in people if earlier < number]:
            wrong("id", f"{person.id} stands twice", "rename one of both")


def _check_person(city: CityFile | None, person: Persona, wrong: Callable[[str, str, str], None]) -> None:
    number, card, code = person.social_security_number, person.card_number, person.identification_code
    if city and number[:6] != city.region:
        remedy = f"write {city.region}, the city's region"
        wrong("social_security_number", f"begins with {number[:6]}", remedy)
    elif number[-1] != identity_check(number[:17]):
        remedy = f"write {identity_check(number[:17])} as the last"
        wrong("social_security_number", "has a wrong check character", remedy)
    if number[6:14] != f"{person.birth_date:%Y%m%d}":
        wrong("birth_date", f"is not that of social_security_number ({number[6:14]})", "correct one of both")
    if card[-1] != card_check(card[:8]):
        wrong("card_number", "has a wrong check character", f"write {card_check(card[:8])} as the last")
    if city and code[:6] != city.region:
        wrong("identification_code", f"begins with {code[:6]}", f"write {city.region}, the city's region")


def check_cards(
    city: CityFile | None, cards: Listed, people: Listed, lines: Lines, mistakes: Mistakes
) -> None:
    """Transport cards against the people and the city's own code."""
    known = {person.id for _, person in people}
    for number, card in cards:

        def wrong(key: str, what: str, remedy: str, number: int = number, card: TransportCard = card) -> None:
            line = lines.of(("card", number, key))
            mistakes.add("transport_cards.toml", line, f"card {card.id}: {key} {what}", remedy)

        if card.holder and card.holder not in known:
            wrong("holder", f"{card.holder!r} is no persona", "write the id of one, or leave holder out")
        if card.id in [other.id for earlier, other in cards if earlier < number]:
            wrong("id", f"{card.id} stands twice", "rename one of both")
        prefixes = city.issuers.transport_prefixes if city else ()
        local = next((prefix for prefix in prefixes if card.number.startswith(prefix)), "")
        if city and local and card.city != city.transport_code:
            what = f"{card.city} is not that of the city's own prefix {local}"
            wrong("city", what, f'write city = "{city.transport_code}"')
