"""The kinds of service at the centre, each with what goes well and what is refused, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from central.database import Database
from central.departments.catalogue.admission import in_time
from central.departments.catalogue.application import (
    ApplicationDepartment,
    NoSuchApplication,
    call_next,
    decide,
)
from central.departments.catalogue.base import city_day
from central.departments.catalogue.query import QueryDepartment
from central.departments.registry import DEPARTMENTS
from central.departments.tables import attendance, bill, gathering, holder_category, queue_place, slot
from central.fleet import hotlist
from central.office_orders import attendance_rows
from central.tables import card, e_card
from config.catalogue.entries import Application, Name
from config.catalogue.loading import parse_catalogue
from config.personas import personas
from drivers.central.contract import Outcome, TransactionResult, TrustLevel
from drivers.central.sealed_pin import seal_pin
from tests.unit.central.catalogue_desk import CatalogueDesk
from tests.unit.central.conftest import NOW

FORM = """\
[department]
id = "parks"
name = { zh = "公园", en = "Parks" }
icon = "gate"
[[service]]
id = "park-pass"
kind = "application"
name = { zh = "公园年卡", en = "Park pass" }
icon = "ticket"
counters = ["government"]
trust = "holder"
fee_fen = 2000
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
PHONE = {"phone": "13800000000"}


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    forms = {
        id: ApplicationDepartment(entry)
        for id, entry in parse_catalogue({"parks.toml": FORM}).services.items()
        if isinstance(entry, Application)
    }
    return CatalogueDesk(database, {**DEPARTMENTS, **forms})


def said(result: TransactionResult) -> str:
    return result.code or result.outcome.value


# Applications


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
    day = city_day(NOW)
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


# Payments


def test_a_bill_goes_to_the_biller_and_its_fee_to_the_bank(desk: CatalogueDesk) -> None:
    result = desk.do("pay-electricity", "pay", "yang-ying", number="E20261100001", amount_fen=12_885)
    assert (result.data["amount_fen"], result.data["fee_fen"]) == (12_835, 50)
    assert desk.movements("yang-ying") == [-12_835, -50]
    again = desk.do("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=12_885)
    assert again.code == "payment.already_paid"


@pytest.mark.parametrize(
    ("service", "number", "amount", "reason"),
    [
        ("pay-water", "W20261199999", 4_680, "payment.no_such_bill"),
        ("pay-gas", "W20261100001", 4_680, "payment.no_such_bill"),
        ("pay-water", "W20261100001", 4_679, "payment.amount_changed"),
        ("pay-water", None, 4_680, "payment.no_such_bill"),
        ("pay-water", "W20261100001", None, "payment.amount_changed"),
    ],
)
def test_a_bill_that_is_not_there_or_not_that_is_not_paid(
    desk: CatalogueDesk, service: str, number: Any, amount: Any, reason: str
) -> None:
    assert desk.do(service, "pay", "liu-zhiyong", number=number, amount_fen=amount).code == reason
    assert desk.movements("liu-zhiyong") == []


def test_too_little_on_the_account_takes_neither_bill_nor_fee(desk: CatalogueDesk) -> None:
    dear = update(bill).where(bill.c.number == "E20261100001").values(fen=100_000)
    desk.database.write(lambda connection: connection.execute(dear))
    result = desk.do("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=100_050)
    assert result.code == "payment.too_little"
    assert desk.movements("liu-zhiyong") == []


def test_a_withdrawn_payment_gives_bill_and_fee_back(desk: CatalogueDesk) -> None:
    made = desk.make("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=12_885)
    desk.send(made)
    assert desk.send(made, withdrawn=True).outcome is Outcome.WITHDRAWN
    assert sum(desk.movements("liu-zhiyong")) == 0
    assert (
        desk.do("pay-electricity", "pay", "liu-zhiyong", number="E20261100001", amount_fen=12_885).code == ""
    )


# Medical


def test_a_patient_registers_settles_and_gets_the_own_part_back(desk: CatalogueDesk) -> None:
    first = desk.do("hospital-registration", "register", "patient", clinic="Surgery")
    assert (first.data["number"], first.data["zh"]) == (1, "外科")
    again = desk.do("hospital-registration", "register", "patient", clinic="Surgery")
    assert (again.code, again.data["number"]) == ("medical.already_registered", 1)
    assert desk.do("hospital-registration", "register", "visitor", clinic="Surgery").data["number"] == 2
    (shown,) = rows(desk, "hospital-settlement", "open")
    assert (shown["insured_fen"], shown["own_fen"]) == (24_832, 13_808)
    number = int(shown["bill"])
    settle = desk.do("hospital-settlement", "settle", "patient", bill=number, amount_fen=13_808)
    assert settle.outcome is Outcome.CONFIRMED
    assert desk.do("hospital-settlement", "settle", "patient", bill=number, amount_fen=13_808).code == (
        "medical.already_settled"
    )
    assert desk.do("hospital-refund", "refund", "patient", bill=number, amount_fen=13_808).code == ""
    assert desk.do("hospital-refund", "refund", "patient", bill=number).code == "medical.already_refunded"
    assert desk.movements("patient") == [-13_808, 13_808]


def rows(desk: CatalogueDesk, service: str, question: str) -> list[dict[str, Any]]:
    found = desk.ask(service, question, "patient")["rows"]
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, dict)]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"bill": 99, "amount_fen": 13_808}, "medical.no_such_bill"),
        ({"bill": True, "amount_fen": 13_808}, "medical.no_such_bill"),
        ({"bill": 1, "amount_fen": 13_807}, "payment.amount_changed"),
    ],
)
def test_another_bill_or_another_amount_is_not_settled(
    desk: CatalogueDesk, more: dict[str, Any], reason: str
) -> None:
    assert desk.do("hospital-settlement", "settle", "patient", **more).code == reason


def test_nobody_settles_the_bill_of_somebody_else(desk: CatalogueDesk) -> None:
    result = desk.do("hospital-settlement", "settle", "visitor", bill=1, amount_fen=13_808)
    assert result.code == "medical.no_such_bill"


# Attendance


def hall(desk: CatalogueDesk, action: str, persona: str = "trainee", **more: Any) -> TransactionResult:
    return desk.do("training-hall", action, persona, trust=TrustLevel.READ, **more)


def test_in_time_late_twice_and_out(desk: CatalogueDesk) -> None:
    assert hall(desk, "sign-out").code == "attendance.not_signed_in"
    assert hall(desk, "sign-in").data["late_minutes"] == 0
    assert hall(desk, "sign-in").data["again"] is True
    desk.later(minutes=27)
    assert hall(desk, "sign-in", "visitor").data["late_minutes"] == 7
    assert hall(desk, "sign-out").outcome is Outcome.CONFIRMED
    desk.later(hours=11)
    assert hall(desk, "sign-in", "patient").code == "attendance.nothing_on"


def test_who_is_late_by_less_than_the_grace_is_in_time(desk: CatalogueDesk) -> None:
    desk.later(minutes=25)
    assert hall(desk, "sign-in").data["late_minutes"] == 0


def test_a_clerk_writes_in_who_could_not_sign_in_and_stands_in_the_record(desk: CatalogueDesk) -> None:
    clerk = desk.seen("liu-zhiyong")
    for second in (None, "nobody", desk.seen("trainee"), desk.seen("visitor")):
        assert hall(desk, "make-up", second=second).code == "attendance.clerk_needed"
    assert hall(desk, "make-up", second=clerk).outcome is Outcome.CONFIRMED
    assert hall(desk, "make-up", second=clerk).code == "attendance.already_signed_in"
    assert desk.one(select(attendance.c.made_up_by)) == clerk


def test_what_was_shown_at_the_door_while_alone_counts_for_its_time(desk: CatalogueDesk) -> None:
    at = desk.now + timedelta(minutes=10)
    desk.later(hours=3)
    assert hall(desk, "sign-in", at=at, offline=True).data["late_minutes"] == 0
    assert hall(desk, "sign-out", "visitor", at=at, offline=True).outcome is Outcome.CONFIRMED


def test_a_withdrawn_sign_in_is_as_if_never_made(desk: CatalogueDesk) -> None:
    desk.later(minutes=40)
    made = desk.make("training-hall", "sign-in", "trainee", trust=TrustLevel.READ)
    assert desk.send(made).data["late_minutes"] == 20
    desk.send(made, withdrawn=True)
    (row,) = desk.rows(select(attendance))
    assert (row.came_at, row.late_minutes) == (None, 0)


def test_who_came_is_written_out_masked_and_in_order(desk: CatalogueDesk) -> None:
    hall(desk, "sign-in")
    desk.later(minutes=27)
    hall(desk, "sign-in", "visitor")
    hall(desk, "sign-out")
    hall(desk, "make-up", "patient", second=desk.seen("liu-zhiyong"))
    with desk.database.read() as connection:
        listed = list(attendance_rows(connection, "training-hall"))
    title = "基层人社业务培训"
    assert listed == [
        (title, "孙*强", "2026-11-23 12:00", "0", "2026-11-23 12:27", ""),
        (title, "吴*", "2026-11-23 12:27", "7", "", ""),
        (title, "郑*兰", "2026-11-23 12:27", "7", "", "clerk"),
    ]


def test_without_a_gathering_nobody_signs_in(desk: CatalogueDesk) -> None:
    desk.database.write(lambda connection: connection.execute(delete(gathering)))
    assert hall(desk, "sign-in").code == "attendance.nothing_on"


# Admission


def enter(desk: CatalogueDesk, persona: str, **more: Any) -> TransactionResult:
    return desk.do("museum-entrance", "enter", persona, trust=TrustLevel.VERIFIED, **more)


def book(desk: CatalogueDesk, persona: str, name: str = "13:00-15:00") -> TransactionResult:
    day = city_day(desk.now).isoformat()
    return desk.do("museum-booking", "book", persona, trust=TrustLevel.VERIFIED, day=day, slot=name)


def test_one_entry_a_ticket_and_out_again(desk: CatalogueDesk) -> None:
    assert enter(desk, "visitor").outcome is Outcome.CONFIRMED
    assert enter(desk, "visitor").code == "admission.already_entered"
    assert desk.do("museum-exit", "leave", "visitor").outcome is Outcome.CONFIRMED
    assert desk.do("museum-exit", "leave", "yang-ying").code == "admission.not_inside"
    assert enter(desk, "yang-ying").code == "admission.no_ticket"


def test_two_gates_let_one_ticket_in_while_alone_and_the_second_is_a_clerks_business(
    desk: CatalogueDesk,
) -> None:
    assert enter(desk, "visitor", offline=True).outcome is Outcome.CONFIRMED
    assert enter(desk, "visitor", offline=True).code == "admission.already_entered"


def test_a_booking_is_for_its_time(desk: CatalogueDesk) -> None:
    assert book(desk, "yang-ying").outcome is Outcome.CONFIRMED
    assert book(desk, "yang-ying", "15:00-17:00").code == "admission.already_booked"
    assert enter(desk, "yang-ying").code == "admission.wrong_time"
    desk.later(minutes=31)
    assert enter(desk, "yang-ying").outcome is Outcome.CONFIRMED
    assert book(desk, "trainee").outcome is Outcome.CONFIRMED
    desk.later(hours=3)
    late = enter(desk, "trainee")
    assert (late.code, late.data["slot"]) == ("admission.wrong_time", "13:00-15:00")


def test_the_last_place_is_given_once_and_comes_back_when_withdrawn(desk: CatalogueDesk) -> None:
    desk.database.write(lambda connection: connection.execute(update(slot).values(quota=1)))
    made = desk.make("museum-booking", "book", "yang-ying", day="2026-11-24", slot="09:00-11:00")
    assert desk.send(made).outcome is Outcome.CONFIRMED
    other = {"day": "2026-11-24", "slot": "09:00-11:00"}
    assert desk.do("museum-booking", "book", "trainee", **other).code == "admission.full"
    assert desk.send(made, withdrawn=True).outcome is Outcome.WITHDRAWN
    assert desk.do("museum-booking", "book", "trainee", **other).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    "more", [{"day": "tomorrow", "slot": "x"}, {"day": "2026-11-24", "slot": "03:00"}, {}]
)
def test_what_is_no_time_is_not_booked(desk: CatalogueDesk, more: dict[str, Any]) -> None:
    assert desk.do("museum-booking", "book", "trainee", **more).code == "admission.no_such_slot"


def test_the_old_and_the_young_enter_unbooked_until_the_house_is_full(desk: CatalogueDesk) -> None:
    desk.database.write(lambda connection: connection.execute(update(slot).values(quota=1)))
    for persona in ("liu-shunli", "li-xinhua", "hotel-child"):
        result = enter(desk, persona)
        assert (result.outcome, result.data["free"]) == (Outcome.CONFIRMED, True)
    assert enter(desk, "patient").code == "admission.full"


def test_the_gate_opens_half_an_hour_before_a_booked_time() -> None:
    def at(hour: int, minute: int) -> datetime:
        return datetime(2026, 11, 23, hour - 8, minute, tzinfo=UTC)

    name = "13:00-15:00"
    opened = [in_time(name, at(*clock)) for clock in ((12, 29), (12, 30), (14, 59), (15, 0), (15, 1))]
    assert opened == [False, True, True, True, False]
    assert in_time("", at(9, 0))
    assert in_time("morning", at(9, 0))


# Cards, certification, activation, queries


def test_a_lost_card_is_on_the_hotlist_the_moment_it_is_reported(desk: CatalogueDesk) -> None:
    def version() -> int:
        with desk.database.read() as connection:
            return hotlist.delta(connection, 0, desk.now).newest

    before, ending = version(), "0022"
    for wrong in ("", "2", "022", "9999", None):
        result = desk.do("report-lost", "report-lost", "yang-ying", card=wrong)
        assert result.code == "card_management.no_such_card"
    known = desk.make("report-lost", "report-lost", "yang-ying", card=ending)
    assert desk.send(known).outcome is Outcome.CONFIRMED
    assert version() == before + 1
    assert desk.do("my-cards", "ask", "yang-ying").code == "holder.reported_lost"


def test_an_electronic_card_is_named_by_four_characters_not_by_fewer(desk: CatalogueDesk) -> None:
    (mine,) = desk.rows(select(e_card.c.id).where(e_card.c.subject == desk.subject("yang-ying")))
    for wrong in (mine.id[-1:], mine.id[-3:], mine.id[-5:], mine.id):
        result = desk.do("report-lost", "report-lost", "yang-ying", card=wrong)
        assert result.code == "card_management.no_such_card"
    assert (
        desk.do("report-lost", "report-lost", "yang-ying", card=mine.id[-4:]).data["ending"] == mine.id[-4:]
    )


def locked(desk: CatalogueDesk, persona: str) -> tuple[set[bool], set[bool]]:
    """What is locked of this holder's cards and of the electronic ones."""
    subject = desk.subject(persona)
    cards = desk.rows(select(card.c.locked).where(card.c.subject == subject))
    e_cards = desk.rows(select(e_card.c.locked).where(e_card.c.subject == subject))
    return {bool(row.locked) for row in cards}, {bool(row.locked) for row in e_cards}


def reported(desk: CatalogueDesk, by: str, **typed: Any) -> TransactionResult:
    lost = personas()["yang-ying"]
    body = {"number": lost.social_security_number, "name": lost.name, **typed}
    return desk.do("report-lost-for", "report-lost-for", by, **body)


def test_a_clerk_reports_the_cards_of_somebody_with_nothing_to_show(desk: CatalogueDesk) -> None:
    with desk.database.read() as connection:
        before = hotlist.delta(connection, 0, desk.now)
    first = reported(desk, "liu-zhiyong", e_cards=False)
    assert first.data["endings"] == ["0022"]
    assert locked(desk, "yang-ying") == ({True}, {False})
    second = reported(desk, "liu-zhiyong", e_cards=True)
    assert isinstance(second.data["endings"], list)
    assert len(second.data["endings"]) == 1
    assert locked(desk, "yang-ying") == ({True}, {True})
    assert said(reported(desk, "liu-zhiyong", e_cards=True)) == "card_management.already_lost"
    with desk.database.read() as connection:
        assert hotlist.delta(connection, 0, desk.now).newest > before.newest
    assert locked(desk, "liu-zhiyong")[0] == {False}


@pytest.mark.parametrize(
    ("by", "typed", "reason"),
    [
        ("visitor", {}, "card_management.clerk_only"),
        ("yang-ying", {}, "card_management.clerk_only"),
        ("liu-zhiyong", {"name": "杨影"}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"name": ""}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"name": None}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"number": "371600198504170016x"}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"number": ["%"]}, "card_management.no_such_holder"),
        ("liu-zhiyong", {"trust": TrustLevel.VERIFIED}, "trust.too_low"),
    ],
)
def test_nothing_is_locked_for_anybody_else(
    desk: CatalogueDesk, by: str, typed: dict[str, Any], reason: str
) -> None:
    assert said(reported(desk, by, **typed)) == reason
    assert locked(desk, "yang-ying") == ({False}, {False})


def test_a_pensioner_is_certified_for_a_year_and_only_a_pensioner_for_longer(desk: CatalogueDesk) -> None:
    result = desk.do("life-certification", "certify", "liu-shunli")
    assert result.data["valid_until"] == "2027-11-23"


def test_an_account_is_activated_once_with_a_pin_the_bank_can_read(desk: CatalogueDesk) -> None:
    told = desk.ask("activate-account", "account", "li-peijun")
    sealed = seal_pin("271828", str(told["key"]), str(told["account"]))
    for body, reason in (
        ({"agreed": False, "sealed_pin": sealed}, "activation.not_agreed"),
        ({"agreed": True, "sealed_pin": "nonsense"}, "activation.pin_unreadable"),
        (
            {"agreed": True, "sealed_pin": seal_pin("271828", str(told["key"]), "other")},
            "activation.pin_unreadable",
        ),
        ({"agreed": True, "sealed_pin": sealed}, ""),
        ({"agreed": True, "sealed_pin": sealed}, "activation.already_active"),
    ):
        assert desk.do("activate-account", "activate", "li-peijun", **body).code == reason


def test_a_query_books_nothing_whatever_it_is_sent(desk: CatalogueDesk) -> None:
    assert desk.do("my-bills", "pay", "liu-zhiyong").code == "central.action_unknown"


def test_every_query_of_the_catalogue_has_an_answer_for_everybody(desk: CatalogueDesk) -> None:
    for service, department in DEPARTMENTS.items():
        if isinstance(department, QueryDepartment):
            for persona in ("liu-zhiyong", "li-xinhua", "hotel-child"):
                assert "rows" in desk.ask(service, "list", persona), service
