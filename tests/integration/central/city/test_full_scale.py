"""The article's city from rows: every figure exact, by the plan at full size, for real at a small one."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import Connection, func, insert, select

from central.city.figures import overview
from central.city.recount import differences
from central.city.showing import shown
from central.database import Database
from central.scale import people
from central.scale.article import NotEmpty, fill
from central.scale.plan import E_CARDS, HOLDERS, PERSONS, RECIPIENTS, SUBSIDIES_FEN, Plan, chosen, shares
from central.tables import alarm, card, holder, received
from tests.cities import personas
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import BOOK, Desk

PLAN = Plan(one_in=200)


def test_a_small_city_counts_exactly_and_goes_on_living(database: Database) -> None:
    told: list[str] = []
    fill(database, PLAN, NOW, told.append)
    with database.read() as connection:
        found = overview(connection, NOW)
        assert list(differences(connection)) == []
        assert connection.execute(select(func.count()).select_from(alarm)).scalar_one() == 0
    assert (found.persons, found.holders, found.e_cards) == (PLAN.persons, PLAN.holders, PLAN.e_cards)
    assert (found.recipients, found.subsidies.fen) == (PLAN.recipients, PLAN.subsidies_fen)
    assert (found.rides.times, found.rides.fen) == (PLAN.rides, PLAN.rides * 199)
    assert sum(amount.fen for _, amount in found.by_subsidy) == PLAN.subsidies_fen
    before = found.uses.today[0]
    desk = Desk(database)
    desk.do("borrow", BOOK, "liu-zhiyong")
    with database.read() as connection:
        assert overview(connection, NOW).uses.today[0] == before + 1
        assert list(differences(connection)) == []


def test_what_is_there_already_is_not_mixed_with_inventions(database: Database) -> None:
    def crowd(connection: Connection) -> None:
        rows = [
            {
                "subject": f"real-{n}",
                "name": "某",
                "social_security_number": f"R{n}",
                "birth_date": NOW.date(),
            }
            for n in range(1_001)
        ]
        connection.execute(insert(holder), rows)

    database.write(crowd)
    with pytest.raises(NotEmpty):
        fill(database, PLAN, NOW, lambda _: None)


def test_nobody_invented_has_a_number_or_card_of_the_demonstrations_people(database: Database) -> None:
    fill(database, PLAN, NOW, lambda _: None)
    known = {each.social_security_number for each in personas().values()}
    with database.read() as connection:
        numbers = list(connection.execute(select(holder.c.social_security_number)).scalars())
        codes = list(connection.execute(select(card.c.identification_code)).scalars())
        chain = connection.execute(
            select(received.c.sequence, received.c.hash, received.c.previous)
            .where(received.c.terminal == "CITY-BUS-1000")
            .order_by(received.c.sequence)
        ).all()
    assert len(set(numbers)) == len(numbers)
    assert known <= set(numbers)
    assert all(number.startswith("371600") and len(number) == 18 for number in numbers)
    assert all(len(code) == 32 for code in codes)
    assert [row.sequence for row in chain] == list(range(1, len(chain) + 1))
    assert all(after.previous == before.hash for before, after in pairwise(chain))


def test_check_characters_are_those_of_the_standard() -> None:
    rows = people.holders("371600", Plan(one_in=50_000), 0)
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    for _, _, number, *_ in rows:
        total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        assert number[17] == "10X98765432"[total % 11]


def test_shares_of_the_full_city_come_out_exactly() -> None:
    assert sum(chosen(number, E_CARDS, HOLDERS) for number in range(HOLDERS)) == E_CARDS
    assert sum(shares(SUBSIDIES_FEN, 1_000, number) for number in range(1_000)) == SUBSIDIES_FEN
    assert RECIPIENTS < HOLDERS < PERSONS


def test_the_articles_figures_read_as_in_the_article() -> None:
    from central.city.figures import Amount, Overview, Terminals, uses_of

    at = datetime(2026, 11, 23, 4, tzinfo=UTC)
    found = Overview(
        at=at, persons=PERSONS, holders=HOLDERS, e_cards=E_CARDS, recipients=RECIPIENTS,
        subsidies=Amount(2_064_999, SUBSIDIES_FEN), rides=Amount(62_769, 62_769 * 199), by_subsidy=(),
        uses=uses_of((), at.date()), terminals=Terminals(0, 0, 0, None), alarms=0,
    )  # fmt: skip
    zh = shown(found, "zh")
    assert (zh["holders"]["value"], zh["holders"]["share"]) == ("392.8 万", "99.94 %")
    assert (zh["e_cards"]["value"], zh["e_cards"]["share"]) == ("307 万", "78 %")
    assert (zh["subsidies"]["value"], zh["subsidies"]["unit"], zh["recipients"]) == (
        "70.21",
        "亿元",
        "103.25 万",
    )
    assert (zh["rides"]["times"], zh["rides"]["value"], zh["rides"]["unit"]) == ("62,769", "12.49", "万元")
