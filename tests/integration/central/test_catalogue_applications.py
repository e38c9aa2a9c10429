"""Applications at the centre: numbers, days, queues and fees, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from central.database import Database
from central.departments.catalogue.application import (
    ApplicationDepartment,
    NoSuchApplication,
    call_next,
    decide,
)
from central.departments.registry import DEPARTMENTS
from central.departments.tables import holder_category, queue_place
from config.catalogue.entries import Application, Name
from config.catalogue.loading import parse_catalogue
from domain.messages.contract import Outcome
from tests.catalogue_files import PARK_PASS
from tests.cities import BINZHOU
from tests.integration.central.catalogue_desk import CatalogueDesk, said
from tests.integration.central.conftest import NOW

FORM = (
    PARK_PASS
    + """\
days = 2
fields = [{ id = "phone", label = { zh = "手机号码", en = "Phone" }, kind = "phone" }]
window = { zh = "3号窗口", en = "Window 3" }
[[service]]
id = "old-pass"
kind = "application"
name = { zh = "老年卡", en = "Pass of the old" }
icon = "elder"
counters = ["government"]
youngest = 65
oldest = 80
[[service]]
id = "seed-help"
kind = "application"
name = { zh = "种子补贴", en = "Help with seed" }
icon = "grain"
counters = ["government"]
only = ["farmer", "veteran"]
"""
)
PHONE = {"phone": "13800000000"}


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    forms = {
        id: ApplicationDepartment(entry)
        for id, entry in parse_catalogue({"parks.toml": FORM}).services.items()
        if isinstance(entry, Application)
    }
    return CatalogueDesk(database, {**DEPARTMENTS, **forms})


def test_an_application_has_a_number_a_day_a_place_in_the_queue_and_its_fee_is_paid(
    desk: CatalogueDesk,
) -> None:
    first = desk.do("park-pass", "apply", "yang-ying", fields=PHONE)
    second = desk.do("park-pass", "apply", "visitor", fields=PHONE)
    assert first.data["number"] == "20261123000001"
    assert first.data["answer_by"] == "2026-11-25"
    assert (first.data["queue"], first.data["ahead"]) == (1, 0)
    assert (second.data["queue"], second.data["ahead"]) == (2, 1)
    assert desk.movements("yang-ying") == [-2000]


def test_numbers_are_never_given_twice_also_after_one_was_withdrawn(desk: CatalogueDesk) -> None:
    made = desk.make("park-pass", "apply", "yang-ying", fields=PHONE)
    desk.send(made)
    assert desk.send(made, withdrawn=True).outcome is Outcome.WITHDRAWN
    assert desk.movements("yang-ying") == [-2000, 2000]
    again = desk.do("park-pass", "apply", "yang-ying", fields=PHONE)
    assert again.data["number"] == "20261123000002"


@pytest.mark.parametrize(
    "fields",
    [None, {}, {"phone": ""}, {"phone": 5}, {**PHONE, "more": "x"}, {"phone": "1" * 61}, "text", ["phone"]],
)
def test_a_form_that_is_not_whole_is_refused_and_nothing_is_paid(desk: CatalogueDesk, fields: Any) -> None:
    assert said(desk.do("park-pass", "apply", "yang-ying", fields=fields)) == "application.incomplete"
    assert desk.movements("yang-ying") == []


def test_nobody_waits_twice_for_the_same(desk: CatalogueDesk) -> None:
    first = desk.do("park-pass", "apply", "yang-ying", fields=PHONE)
    again = desk.do("park-pass", "apply", "yang-ying", fields=PHONE)
    assert (again.code, again.data["number"]) == ("application.already_open", first.data["number"])
    assert desk.movements("yang-ying") == [-2000]


def test_who_cannot_pay_the_fee_has_handed_in_nothing(desk: CatalogueDesk) -> None:
    assert said(desk.do("park-pass", "apply", "li-peijun", fields=PHONE)) == "payment.account_not_active"
    assert desk.rows(select(queue_place.c.id)) == []


def test_the_office_decides_and_the_applicant_reads_it_later(desk: CatalogueDesk) -> None:
    number = str(desk.do("park-pass", "apply", "yang-ying", fields=PHONE).data["number"])
    (open_row,) = asked(desk)
    assert open_row["until"] == "2026-11-25"
    why = Name(zh="请补交照片", en="A photograph is missing")
    desk.database.write(lambda c: decide(c, number, granted=False, said=why, by="office", now=desk.now))
    (row,) = asked(desk)
    assert (row["status"], row["note"]) == ("refused", {"zh": why.zh, "en": why.en})
    with pytest.raises(NoSuchApplication):
        desk.database.write(lambda c: decide(c, number, granted=True, said=why, by="office", now=desk.now))
    assert desk.do("park-pass", "apply", "yang-ying", fields=PHONE).outcome is Outcome.CONFIRMED


def asked(desk: CatalogueDesk) -> list[dict[str, Any]]:
    rows = desk.ask("my-applications", "list", "yang-ying")["rows"]
    assert isinstance(rows, list)
    return [row for row in rows if isinstance(row, dict)]


def test_a_window_calls_its_queue_in_order(desk: CatalogueDesk) -> None:
    for persona in ("yang-ying", "visitor"):
        desk.do("park-pass", "apply", persona, fields=PHONE)
    day = BINZHOU.day(NOW)
    called = [desk.database.write(lambda c: call_next(c, "Window 3", day)) for _ in range(3)]
    assert called == [1, 2, None]


@pytest.mark.parametrize(
    ("service", "persona", "may"),
    [
        ("old-pass", "liu-shunli", True),
        ("old-pass", "yang-ying", False),
        ("seed-help", "li-xinhua", True),
        ("seed-help", "yang-ying", False),
    ],
)
def test_who_may_use_a_service_is_told_before_the_form_and_looked_at_again_after(
    desk: CatalogueDesk, service: str, persona: str, *, may: bool
) -> None:
    refusal = {} if may else {"refusal": "catalogue.not_for_you"}
    assert desk.ask(service, "may", persona) == refusal
    result = desk.do(service, "apply", persona, fields={})
    assert said(result) == ("confirmed" if may else "catalogue.not_for_you")


def test_one_category_of_several_is_enough(desk: CatalogueDesk) -> None:
    veteran = insert(holder_category).values(subject=desk.subject("visitor"), category="veteran")
    desk.database.write(lambda connection: connection.execute(veteran))
    assert desk.ask("seed-help", "may", "visitor") == {}
