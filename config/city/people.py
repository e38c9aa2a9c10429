"""Checks of the invented people and cards of a city against the city's own codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.city.city import CityFile
from config.city.reading import Mistakes
from config.personas import Persona
from config.transport_cards import TransportCard

GB_11643 = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
GB_11714 = (3, 7, 9, 10, 5, 8, 4, 2)


def identity_check(first_17: str) -> str:
    """The last character of an identification number (GB 11643, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, GB_11643, strict=True))
    return "10X98765432"[total % 11]


def card_check(first_8: str) -> str:
    """The last character of a card number (GB 11714, MOD 11)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, GB_11714, strict=True))
    return "0X987654321"[total % 11]


def check_people(
    city: CityFile,
    personas: Sequence[Persona],
    cards: Sequence[TransportCard],
    lines: Mapping[str, int],
    mistakes: Mistakes,
) -> None:
    for person in personas:
        _check_person(city, person, lines[person.id], mistakes)
    people = {each.id for each in personas}
    for card in cards:
        line = lines[card.id]
        if card.holder and card.holder not in people:
            what = f"holder {card.holder!r} of card {card.id} is no persona"
            mistakes.add("transport_cards.toml", line, what, "write the id of one, or leave holder out")
        local = [prefix for prefix in city.issuers.transport_prefixes if card.number.startswith(prefix)]
        if local and card.city != city.transport_code:
            what = f"card {card.id} begins as the city's own ({local[0]}) and names the city {card.city}"
            mistakes.add("transport_cards.toml", line, what, f'write city = "{city.transport_code}"')


def _check_person(city: CityFile, person: Persona, line: int, mistakes: Mistakes) -> None:
    def wrong(what: str, remedy: str) -> None:
        mistakes.add("personas.toml", line, f"persona {person.id}: {what}", remedy)

    number, card, code = person.social_security_number, person.card_number, person.identification_code
    if number[:6] != city.region:
        wrong(f"social_security_number begins with {number[:6]}", f"write {city.region}, the city's region")
    elif number[-1] != identity_check(number[:17]):
        wrong(
            "social_security_number has a wrong check character",
            f"write {identity_check(number[:17])} as the last",
        )
    if number[6:14] != f"{person.birth_date:%Y%m%d}":
        wrong(f"birth_date is not that of social_security_number ({number[6:14]})", "correct one of both")
    if card[-1] != card_check(card[:8]):
        wrong("card_number has a wrong check character", f"write {card_check(card[:8])} as the last")
    if code[:6] != city.region:
        wrong(f"identification_code begins with {code[:6]}", f"write {city.region}, the city's region")
