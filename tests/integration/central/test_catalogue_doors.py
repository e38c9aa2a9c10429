"""Who came, who left and who may enter: attendance and admission at the centre, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from central.database import Database
from central.departments.catalogue.admission import in_time
from central.departments.tables import attendance, gathering, slot
from central.office_orders import attendance_rows
from domain.messages.contract import Outcome, TransactionResult, TrustLevel
from tests.cities import BINZHOU
from tests.integration.central.catalogue_desk import CatalogueDesk


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


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


def enter(desk: CatalogueDesk, persona: str, **more: Any) -> TransactionResult:
    return desk.do("museum-entrance", "enter", persona, trust=TrustLevel.VERIFIED, **more)


def book(desk: CatalogueDesk, persona: str, name: str = "13:00-15:00") -> TransactionResult:
    day = BINZHOU.day(desk.now).isoformat()
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
        return datetime(2026, 11, 23, hour, minute, tzinfo=BINZHOU.zone)

    name = "13:00-15:00"
    opened = [in_time(name, at(*clock)) for clock in ((12, 29), (12, 30), (14, 59), (15, 0), (15, 1))]
    assert opened == [False, True, True, True, False]
    assert in_time("", at(9, 0))
    assert in_time("morning", at(9, 0))
