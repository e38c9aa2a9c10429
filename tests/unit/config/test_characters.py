"""The characters names are chosen from: each once in its list, each one that a card could hold."""

from __future__ import annotations

from config.characters import characters
from tests.cities import personas


def test_nobody_looks_for_a_character_twice_in_one_list() -> None:
    known = characters()
    for listed in (known.surnames, known.frequent, *(tuple(each.characters) for each in known.components)):
        assert len(listed) == len(set(listed))
    parts = [each.part for each in known.components]
    assert len(parts) == len(set(parts))


def test_every_character_is_chinese_and_fits_on_a_card() -> None:
    for character in characters().every:
        assert "\u4e00" <= character <= "\u9fff"
        assert len(character.encode("gbk")) == 2


def test_every_component_has_enough_to_be_worth_its_key() -> None:
    assert all(len(each.characters) >= 3 for each in characters().components)


def test_the_people_of_the_stories_can_be_typed() -> None:
    """All but the longest name, which is given together with a middle dot of its own."""
    names = {person.full_name for person in personas().values()}
    typed = {name for name in names if set(name) <= characters().every | {"·"}}
    assert len(typed) >= 0.9 * len(names), names - typed
