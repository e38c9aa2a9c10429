"""Finding one of a hundred services by a few letters, and the screens of a counter that offers so many."""

from __future__ import annotations

import pytest

from config.catalogue.loading import catalogue
from domain.messages.contract import Holder, TrustLevel
from terminal.services.registry import services_of
from terminal.visit.events import Chosen, Typed
from terminal.visit.menu import BACK, MORE, MOST, MOST_EASY, SEARCH, offer
from terminal.visit.search import MOST_FOUND, found, letters_of, rank
from terminal.visit.states import ChoosingService, Serving
from terminal.visit.steps import Ask, ServiceSet
from tests.unit.terminal.visit.counter_desk import HOLDER, Desk

GOVERNMENT = services_of(("catalogue:government",))
VILLAGE = services_of(("catalogue:village",))


@pytest.mark.parametrize(
    ("character", "letters"),
    [
        ("公", "G"),
        ("积", "J"),
        ("啊", "A"),
        ("座", "Z"),
        ("银", "Y"),
        ("行", "XH"),
        ("e", "E"),
        ("3", "3"),
        ("（", ""),
    ],
)
def test_the_letter_of_a_character_follows_from_its_code(character: str, letters: str) -> None:
    assert letters_of(character) == letters


def test_every_character_of_every_service_has_a_letter() -> None:
    names = "".join(entry.name.zh for entry in catalogue().services.values())
    assert {each for each in names if not letters_of(each)} <= set("（）、—-·")


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("GJJ", "housing-fund-loan"),
        ("tqgjj", "housing-fund-withdrawal"),
        ("housing", "housing-fund-loan"),
        ("WITHDRAW", "housing-fund-withdrawal"),
        ("公积金", "housing-fund-loan"),
        ("CYH", "my-account"),
        ("CYX", "my-account"),
    ],
)
def test_a_few_letters_find_it(typed: str, service: str) -> None:
    assert service in [option.id for option in found(GOVERNMENT, typed)]


def test_what_begins_so_stands_before_what_contains_it() -> None:
    assert rank("公积金贷款", "Loan", "GJJ") == 0
    assert rank("提取公积金", "Withdraw", "GJJ") == 1
    assert rank("提取公积金", "Withdraw", "JGJ") is None


@pytest.mark.parametrize("typed", ["", "  ", "QQQQ", "'; DROP", "\\", "."])
def test_nothing_and_nonsense_find_nothing(typed: str) -> None:
    assert found(GOVERNMENT, typed) == ()


def test_no_more_is_found_than_fits_on_a_screen() -> None:
    assert len(found(GOVERNMENT, "S")) == MOST_FOUND


@pytest.mark.parametrize("services", [GOVERNMENT, VILLAGE], ids=["government", "village"])
@pytest.mark.parametrize("easy", [False, True])
def test_every_service_is_reached_by_pages_and_groups_alone(services: ServiceSet, *, easy: bool) -> None:
    """As a person goes: every page of the first screen, every page of every group."""
    reached: set[str] = set()
    for group in ("", *{service.group.id for service in services.services if service.group}):
        page = 0
        while True:
            offered = offer(services, group, page, easy=easy)
            assert len(offered.options) <= (MOST_EASY if easy else MOST) + 1
            reached |= {option.id for option in offered.options}
            page += 1
            if page >= offered.pages:
                break
    assert {service.id for service in services.services} <= reached


def test_who_searches_types_chooses_and_is_served() -> None:
    desk = Desk(services=GOVERNMENT.services)
    counter = desk.identified_by_card(verified(HOLDER))
    assert isinstance(counter.stage, ChoosingService)
    facts = counter.stage.facts
    assert desk.tell(Chosen(SEARCH)).stage == ChoosingService(facts, typed="")
    desk.tell(Typed((("search", "GJJD"),)))
    assert [option.id for option in found(GOVERNMENT, "GJJD")] == ["housing-fund-loan"]
    assert desk.tell(Chosen("nobody")).stage == ChoosingService(facts, typed="GJJD")
    assert desk.tell(Chosen(BACK)).stage == ChoosingService(facts)
    desk.tell(Chosen(SEARCH), Typed((("search", "GJJD"),)))
    served = desk.tell(Chosen("housing-fund-loan")).stage
    assert isinstance(served, Serving)
    assert (served.service, type(served.step)) == ("housing-fund-loan", Ask)


def verified(holder: Holder) -> Holder:
    return holder.model_copy(update={"trust": TrustLevel.VERIFIED})


def test_what_is_typed_where_nobody_searches_means_nothing() -> None:
    desk = Desk(services=GOVERNMENT.services)
    before = desk.identified_by_card()
    assert desk.tell(Typed((("search", "GJJ"),))) == before


def test_a_counter_with_few_services_has_no_search_and_easy_mode_neither() -> None:
    few = services_of(("catalogue:hospital",))
    assert SEARCH not in {option.id for option in offer(few, "", 0, easy=False).options}
    assert SEARCH not in {option.id for option in offer(GOVERNMENT, "", 0, easy=True).options}
    first = [option.id for option in offer(GOVERNMENT, "", 0, easy=False).options]
    assert first[-2:] == [SEARCH, MORE]
