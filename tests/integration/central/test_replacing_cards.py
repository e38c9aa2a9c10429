"""A card ordered, its blank permitted, written or spoilt: who may, how often, what the old card is then."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pydantic import JsonValue
from sqlalchemy import select, update

from central.database import Database
from central.departments.catalogue.lost_for_another import CLERK_ONLY
from central.departments.catalogue.replacing import MOST_BLANKS, numbers_of
from central.fleet.tables import listed
from central.tables import card, holder, received
from domain.cards.numbers import card_number_is_plausible, parse_identification_code
from domain.messages.contract import Outcome, TransactionResult, TrustLevel
from tests.cities import BINZHOU, personas
from tests.integration.central.catalogue_desk import CatalogueDesk

BLANK: dict[str, JsonValue] = {"challenge": "00" * 8, "factor": "11" * 8}
NO_ORDER = "card_management.no_order"


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


def ordered(desk: CatalogueDesk) -> str:
    made = desk.make("replace-card", "replace", "yang-ying")
    assert desk.send(made).outcome is Outcome.CONFIRMED
    return str(made.id)


def told(desk: CatalogueDesk, action: str, order: JsonValue, attempt: JsonValue) -> TransactionResult:
    made = desk.make("replace-card", action, "yang-ying", order=order, attempt=attempt)
    return desk.send(made.model_copy(update={"credential": None, "trust": TrustLevel.NONE}))


def permitted(desk: CatalogueDesk, terminal: str = "", **body: JsonValue) -> dict[str, JsonValue]:
    return desk.ask_of_nobody("replace-card", "personalisation", terminal or desk.terminal, {**BLANK, **body})


def locks(desk: CatalogueDesk) -> list[bool]:
    mine = select(card.c.locked).where(card.c.subject == desk.subject("yang-ying"))
    return [row.locked for row in desk.rows(mine)]


def blocked(desk: CatalogueDesk) -> int:
    return len(desk.rows(select(listed).where(listed.c.blocked.is_(True))))


def test_the_old_card_is_blocked_when_the_new_one_is_ordered(desk: CatalogueDesk) -> None:
    before = blocked(desk)
    ordered(desk)
    assert locks(desk) == [True]
    assert blocked(desk) == before + 1


def test_the_new_card_serves_once_it_is_written_and_a_second_one_is_not_made(desk: CatalogueDesk) -> None:
    order = ordered(desk)
    values = permitted(desk, order=order, attempt=1)["values"]
    assert isinstance(values, dict)
    assert permitted(desk, order=order, attempt=1)["values"] == values
    result = told(desk, "written", order, 1)
    assert (result.outcome, result.data["ending"]) == (Outcome.CONFIRMED, str(values["card_number"])[-4:])
    assert locks(desk) == [False]
    assert permitted(desk, order=order, attempt=2) == {"refusal": NO_ORDER}
    assert told(desk, "written", order, 2).code == NO_ORDER
    assert told(desk, "spoilt", order, 1).code == NO_ORDER


def test_a_spoilt_blank_is_on_every_list_and_the_next_has_other_numbers(desk: CatalogueDesk) -> None:
    order = ordered(desk)
    before = blocked(desk)
    assert told(desk, "spoilt", order, 1).outcome is Outcome.CONFIRMED
    assert blocked(desk) == before + 1
    assert permitted(desk, order=order, attempt=1) != permitted(desk, order=order, attempt=2)
    assert told(desk, "written", order, 2).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("attempt", [0, -1, MOST_BLANKS + 1, "1", None, 1.5, True, [1]])
def test_no_more_blanks_than_are_meant(desk: CatalogueDesk, attempt: JsonValue) -> None:
    order = ordered(desk)
    assert permitted(desk, order=order, attempt=attempt) == {"refusal": NO_ORDER}
    assert told(desk, "written", order, attempt).code == NO_ORDER
    assert locks(desk) == [True]


def test_an_order_is_good_at_its_own_terminal_only_and_nothing_else_is_an_order(desk: CatalogueDesk) -> None:
    order = ordered(desk)
    other = desk.make("report-lost", "report-lost", "visitor", card="0000")
    desk.send(other)
    assert permitted(desk, "BZ-GOV-0002", order=order, attempt=1) == {"refusal": NO_ORDER}
    for wrong in (str(uuid4()), str(other.id), "", None, 7, ["x"]):
        assert permitted(desk, order=wrong, attempt=1) == {"refusal": NO_ORDER}
        assert told(desk, "written", wrong, 1).code == NO_ORDER


@pytest.mark.parametrize("name", ["challenge", "factor"])
@pytest.mark.parametrize("wrong", ["", "00", "zz" * 8, "00" * 9, None])
def test_what_is_no_challenge_is_not_answered(desk: CatalogueDesk, name: str, wrong: JsonValue) -> None:
    order = ordered(desk)
    assert permitted(desk, order=order, attempt=1, **{name: wrong}) == {"refusal": NO_ORDER}


def test_no_card_is_made_for_anybody_real(desk: CatalogueDesk) -> None:
    mine = holder.c.subject == desk.subject("yang-ying")
    desk.database.write(lambda connection: connection.execute(update(holder).where(mine).values(persona="")))
    assert desk.do("replace-card", "replace", "yang-ying").code == "card_management.needs_outlet"
    assert locks(desk) == [False]


def test_numbers_are_as_cards_have_them_and_differ() -> None:
    drawn = [
        numbers_of(BINZHOU.region, f"order {number}", attempt) for number in range(200) for attempt in (1, 2)
    ]
    assert all(card_number_is_plausible(number) for _, number in drawn)
    assert all(parse_identification_code(code) for code, _ in drawn)
    assert len({code for code, _ in drawn}) == len(drawn)


def test_a_card_that_was_not_finished_is_void_for_ever_and_its_clerk_is_told(desk: CatalogueDesk) -> None:
    order = ordered(desk)
    assert told(desk, "unfinished", order, 1).code == "card_management.unfinished"
    assert told(desk, "written", order, 1).code == NO_ORDER
    assert permitted(desk, order=order, attempt=1) == {"refusal": NO_ORDER}
    assert locks(desk) == [True]
    assert told(desk, "written", order, 2).outcome is Outcome.CONFIRMED
    assert told(desk, "unfinished", order, 2).outcome is Outcome.CONFIRMED
    assert locks(desk) == [False]
    desk.terminal = "BZ-GOV-0002"
    assert told(desk, "unfinished", order, 3).code == NO_ORDER
    wrong: list[JsonValue] = [0, MOST_BLANKS + 1, "1", None]
    assert {told(desk, "unfinished", order, each).code for each in wrong} == {NO_ORDER}


def test_a_clerk_orders_for_somebody_with_nothing_and_the_card_is_theirs(desk: CatalogueDesk) -> None:
    lost = personas()["yang-ying"]
    typed: dict[str, JsonValue] = {"number": lost.social_security_number, "name": lost.name}
    assert desk.do("replace-card-for", "replace-for", "visitor", **typed).code == CLERK_ONLY
    wrong = {**typed, "name": "杨影"}
    refused = desk.do("replace-card-for", "replace-for", "liu-zhiyong", **wrong)
    assert refused.code == "card_management.no_such_holder"
    assert locks(desk) == [False]
    made = desk.make("replace-card-for", "replace-for", "liu-zhiyong", **typed)
    result = desk.send(made)
    assert result.outcome is Outcome.CONFIRMED
    assert lost.social_security_number not in result.model_dump_json()
    assert locks(desk) == [True]
    clerks = select(received.c.subject).where(received.c.id == str(made.id))
    assert desk.one(clerks) == desk.subject("liu-zhiyong")
    written = desk.make("replace-card-for", "written", "yang-ying", order=str(made.id), attempt=1)
    bare = written.model_copy(update={"credential": None, "trust": TrustLevel.NONE})
    assert desk.send(bare).outcome is Outcome.CONFIRMED
    assert locks(desk) == [False]
