"""Stories of a front desk: guests who leave, stay and move by themselves or by staff, by day and by night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import JsonValue
from sqlalchemy import insert, select, update

from central.database import Database
from central.departments.department import Enquiry, Visitor
from central.departments.hotel import Hotel
from central.departments.hotel_tables import (
    guest_report,
    hotel_house,
    hotel_log,
    hotel_reservation,
    hotel_stay,
)
from central.personal_data import subject_of
from domain.lodging.documents import PASSPORT, Document
from tests.cities import personas
from tests.integration.central.test_hotel import CHILD, OTHER, PARENT, TYPED, Reception

CLERK = "王芳 (1)"
STAFF = OTHER
GUARDIAN: dict[str, JsonValue] = {"name": "李梅", "phone": "13800138000", "relation": "母亲"}
HALF_PAST_MIDNIGHT = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
"""00:30 on 24 November in Binzhou, still the business date of the 23rd."""


@pytest.fixture
def reception(database: Database) -> Reception:
    return Reception(database)


def number_of(result: Any) -> str:
    assert result.outcome.value == "confirmed", result.code
    return str(result.data["registration"])


def known(reception: Reception, persona: str) -> dict[str, Any]:
    with reception.database.read() as connection:
        subject = subject_of(connection, personas()[persona].social_security_number)
        return Hotel().know(connection, Visitor(subject, reception.name, reception.now))


def asked(reception: Reception, name: str, persona: str = "", **body: JsonValue) -> dict[str, Any]:
    with reception.database.read() as connection:
        number = personas()[persona].social_security_number if persona else ""
        subject = subject_of(connection, number) if persona else ""
        found = Hotel().ask(connection, Enquiry(name, subject, body, reception.name, reception.now))
    assert found is not None
    return found


def report_of(reception: Reception, kind: str) -> dict[str, Any]:
    """Content of the last report of a kind."""
    with reception.database.read() as connection:
        query = select(guest_report.c.content).where(guest_report.c.kind == kind)
        return dict(connection.execute(query.order_by(guest_report.c.id.desc())).scalars().first() or {})


def test_the_first_leaves_alone_and_staff_checks_out_the_typed_guest(reception: Reception) -> None:
    """FC-30: the typed guest has no card, yet leaves, and can be registered in another house."""
    reception.check_in(PARENT, party="a")
    typed = number_of(reception.check_in(None, typed=TYPED, guardian="first-guest", party="a"))
    assert reception.do("check-out", PARENT, alone=True).data["guests"] == 1
    assert (
        reception.do("extend", None, registration=typed, nights=2, clerk=CLERK).data["until"] == "2026-11-27"
    )
    moved = reception.do("change-room", None, registration=typed, room="203", clerk=CLERK)
    assert moved.data["room"] == "203"
    assert reception.do("check-out", None, registration=typed, clerk=CLERK).data == {
        "room": "203",
        "guests": 1,
    }
    other = Reception(reception.database, "BZ-HTL-0003")
    assert other.check_in(None, room="1", typed=TYPED).outcome.value == "confirmed"
    with reception.database.read() as connection:
        by = connection.execute(select(hotel_log.c.clerk).where(hotel_log.c.action == "check-out")).scalars()
        assert list(by) == ["", CLERK]


@pytest.mark.parametrize("first", ["typed", "card"])
@pytest.mark.parametrize("action", ["check-out", "extend", "change-room"])
def test_staff_with_a_card_acts_for_any_guest(reception: Reception, first: str, action: str) -> None:
    """FC-30, whoever registered first."""
    arrivals = {
        "typed": lambda: reception.check_in(None, typed=TYPED),
        "card": lambda: reception.check_in(PARENT),
    }
    order = ["typed", "card"] if first == "typed" else ["card", "typed"]
    numbers = [number_of(arrivals[each]()) for each in order]
    for number in numbers:
        done = reception.do(action, STAFF, registration=number, nights=1, room="203")
        assert (done.outcome.value, done.data["guests"]) == ("confirmed", 1)


def test_staff_checks_out_everybody_of_a_room(reception: Reception) -> None:
    number = number_of(reception.check_in(PARENT))
    reception.check_in("yang-ying")
    assert (
        reception.do("check-out", None, registration=number, everybody=True, clerk=CLERK).data["guests"] == 2
    )
    assert reception.inside == []


@pytest.mark.parametrize("action", ["check-out", "extend", "change-room"])
def test_a_guest_does_not_act_for_a_stranger_by_a_number(reception: Reception, action: str) -> None:
    number = number_of(reception.check_in(PARENT))
    reception.check_in("yang-ying", room="202")
    for who in ("yang-ying", None):
        refused = reception.do(action, who, registration=number, nights=1, room="203", clerk=" ")
        assert refused.code == "hotel.staff_only"


@pytest.mark.parametrize(
    "number", ["", "1", "2026112300000", "20261123999999", "20261122000001", "x" * 40, 7, []]
)
def test_a_registration_that_is_none_names_nobody(reception: Reception, number: JsonValue) -> None:
    reception.check_in(PARENT)
    refused = reception.do("check-out", None, registration=number, clerk=CLERK)
    assert refused.code == "hotel.no_such_stay"


def test_staff_of_another_house_does_not_reach_the_stay(reception: Reception) -> None:
    number = number_of(reception.check_in(PARENT))
    other = Reception(reception.database, "BZ-HTL-0003")
    assert other.do("check-out", None, registration=number, clerk=CLERK).code == "hotel.no_such_stay"
    assert asked(other, "guests", room="201", clerk=CLERK)["inside"] == []


def test_staff_sees_the_guests_of_a_room_masked_and_guests_do_not(reception: Reception) -> None:
    number = number_of(reception.check_in("yang-ying"))
    (row,) = asked(reception, "guests", room="201", clerk=CLERK)["inside"]
    assert (row["registration"], row["name"]) == (number, "杨*")
    assert asked(reception, "guests", STAFF, room="201")["inside"] == [row]
    for who in ("", "yang-ying"):
        assert asked(reception, "guests", who, room="201") == {"refusal": "hotel.staff_only"}


@pytest.mark.parametrize("action", ["check-out", "extend", "change-room"])
def test_a_guest_acts_for_the_own_party_and_not_for_strangers_in_the_room(
    reception: Reception, action: str
) -> None:
    reception.check_in(PARENT, room="501", party="a")
    reception.check_in(None, room="501", typed=TYPED, guardian="first-guest", party="a")
    reception.check_in("yang-ying", room="501", party="b")
    done = reception.do(action, PARENT, nights=1, room="203")
    assert done.data["guests"] == 2


def test_a_child_is_not_left_by_a_change_of_room(reception: Reception) -> None:
    """FC-31."""
    reception.check_in(PARENT)
    child = number_of(reception.check_in(CHILD, guardian="parent"))
    assert reception.do("change-room", PARENT, room="203", alone=True).code == "hotel.guardian_needed"
    assert reception.do("change-room", CHILD, room="203", alone=True).code == "hotel.guardian_needed"
    refused = reception.do("change-room", None, registration=child, room="203", clerk=CLERK)
    assert refused.code == "hotel.guardian_needed"
    assert reception.do("change-room", PARENT, room="203").data["guests"] == 2


def test_a_child_does_not_stay_longer_than_the_adult(reception: Reception) -> None:
    """FC-31: nights, not only rooms."""
    reception.check_in(PARENT)
    reception.check_in(CHILD, guardian="parent")
    assert reception.do("extend", CHILD, nights=1, alone=True).code == "hotel.guardian_needed"
    assert reception.do("extend", PARENT, nights=1, alone=True).outcome.value == "confirmed"
    assert reception.do("extend", CHILD, nights=1, alone=True).outcome.value == "confirmed"


@pytest.mark.parametrize("offline", [False, True])
def test_a_child_is_not_left_by_a_check_out_also_where_it_was_promised(
    reception: Reception, offline: bool
) -> None:
    """FC-31."""
    reception.check_in(PARENT)
    reception.check_in(CHILD, guardian="parent")
    refused = reception.do("check-out", PARENT, alone=True, offline=offline)
    assert (refused.outcome.value, refused.code) == ("refused", "hotel.guardian_needed")
    assert len(reception.inside) == 2


def test_a_minor_alone_is_registered_with_a_guardian_on_record(reception: Reception) -> None:
    """The five musts: no refusal by age alone; guardian, phone and relation go to the register."""
    for missing in GUARDIAN:
        part = {name: value for name, value in GUARDIAN.items() if name != missing}
        assert reception.check_in(CHILD, guardian_record=part).code == "hotel.guardian_needed"
    assert reception.check_in(CHILD, guardian_record=GUARDIAN).outcome.value == "confirmed"
    report = report_of(reception, "check-in")
    assert [report[f"guardian_{name}"] for name in GUARDIAN] == list(GUARDIAN.values())
    assert reception.do("extend", CHILD, nights=1).outcome.value == "confirmed"


def test_a_parent_leaves_a_child_whose_guardian_is_written_down_then(reception: Reception) -> None:
    reception.check_in(PARENT)
    reception.check_in(CHILD, guardian="parent")
    left = reception.do("check-out", PARENT, alone=True, guardian_record=GUARDIAN)
    assert left.outcome.value == "confirmed"
    with reception.database.read() as connection:
        query = select(hotel_stay.c.guardian_record).where(hotel_stay.c.left_at.is_(None))
        assert list(connection.execute(query).scalars()) == [GUARDIAN]


def reserve(reception: Reception, first: date, last: date) -> None:
    mine = hotel_reservation.c.number == "R20261124"
    values = {"from_day": first, "to_day": last}
    reception.database.write(lambda c: c.execute(update(hotel_reservation).where(mine).values(**values)))


@pytest.mark.parametrize("clock", ["00:00", "00:30", "05:59"])
def test_last_evenings_reservation_is_there_until_the_closing_hour(reception: Reception, clock: str) -> None:
    """FC-32."""
    reserve(reception, date(2026, 11, 23), date(2026, 11, 24))
    reception.now = datetime.fromisoformat(f"2026-11-24T{clock}+08:00")
    (found,) = known(reception, PARENT)["reservations"]
    assert (found["number"], found["nights"]) == ("R20261124", 1)
    assert len(asked(reception, "reservation", number="r20261124")["rows"]) == 1
    assert "R20261124" in [each["reservation"] for each in asked(reception, "house")["arrivals"]]
    assert reception.do("check-in", OTHER, room="301", nights=1).code == "hotel.room_reserved"
    arrived = reception.do("check-in", PARENT, room="301", nights=1, reservation="R20261124")
    assert arrived.data["until"] == "2026-11-24"
    assert str(arrived.data["registration"]).startswith("20261123")


def test_after_the_closing_hour_it_is_gone(reception: Reception) -> None:
    reserve(reception, date(2026, 11, 23), date(2026, 11, 24))
    reception.now = datetime.fromisoformat("2026-11-24T06:00+08:00")
    assert known(reception, PARENT)["reservations"] == []


@pytest.mark.parametrize(("closing", "found"), [("00:00", 0), ("00:31", 1), ("12:00", 1), ("6 am", 1)])
def test_the_house_sets_its_closing_hour(reception: Reception, closing: str, found: int) -> None:
    reserve(reception, date(2026, 11, 23), date(2026, 11, 24))
    reception.database.write(
        lambda c: c.execute(insert(hotel_house).values(hotel=reception.name, closing=closing))
    )
    reception.now = HALF_PAST_MIDNIGHT
    assert len(known(reception, PARENT)["reservations"]) == found


def test_a_reservation_of_the_day_is_reached_before_the_closing_hour(reception: Reception) -> None:
    """FC-32, from the other side: who comes at 00:30 for the new day keeps every night."""
    reserve(reception, date(2026, 11, 24), date(2026, 11, 26))
    reception.now = HALF_PAST_MIDNIGHT
    (found,) = known(reception, PARENT)["reservations"]
    assert found["nights"] == 2
    arrived = reception.do("check-in", PARENT, room="301", nights=2, reservation="R20261124")
    assert arrived.data["until"] == "2026-11-26"


def test_a_walk_in_after_midnight_pays_the_night_that_runs(reception: Reception) -> None:
    reception.now = HALF_PAST_MIDNIGHT
    assert reception.do("check-in", PARENT, room="201", nights=1).data["until"] == "2026-11-24"
    day = asked(reception, "house")
    assert day["day"] == "2026-11-23"
    assert [each["overdue"] for each in day["inside"]] == [False]
    reception.now += timedelta(hours=6)
    assert [each["left"] for each in asked(reception, "house")["departures"]] == [None]


def test_a_day_room_has_no_night_and_ends_by_the_hour(reception: Reception) -> None:
    """FC-33."""
    came = reception.do("check-in", PARENT, room="201", hours=4)
    assert came.data["until"] == "2026-11-23 16:00"
    report = report_of(reception, "check-in")
    assert (report["day_room"], report["from_day"], report["to_day"]) == (True, "2026-11-23", "2026-11-23")
    reception.now += timedelta(hours=4, minutes=1)
    assert [each["overdue"] for each in asked(reception, "house")["inside"]] == [True]
    assert reception.do("extend", PARENT, hours=2).outcome.value == "confirmed"
    assert [each["overdue"] for each in asked(reception, "house")["inside"]] == [False]
    assert reception.do("extend", PARENT, nights=1).data["until"] == "2026-11-24"


@pytest.mark.parametrize("hours", [0, -1, 13, True, "3"])
def test_hours_that_are_none_are_refused(reception: Reception, hours: JsonValue) -> None:
    assert reception.do("check-in", PARENT, room="201", hours=hours).code == "hotel.nights_wrong"


def test_an_early_departure_is_reported_with_its_moment(reception: Reception) -> None:
    reception.check_in(PARENT)
    reception.do("check-out", PARENT)
    assert report_of(reception, "check-out")["left_at"] == reception.now.isoformat()
    assert reception.check_in("yang-ying").outcome.value == "confirmed"


def test_an_overdue_guest_extends_by_nights_to_come(reception: Reception) -> None:
    reception.check_in(PARENT)
    reception.now += timedelta(days=4)
    assert reception.do("extend", PARENT, nights=1).data["until"] == "2026-11-28"


def abroad(state: str, **more: JsonValue) -> dict[str, JsonValue]:
    guest: dict[str, JsonValue] = {"name": "JANE DOE", "number": "C01X00T47", "document": "passport"}
    return {**guest, "nationality": state, "born": "1990-05-14", **more}


def test_equal_numbers_of_two_states_are_two_guests(reception: Reception) -> None:
    """FC-33."""
    assert reception.check_in(None, room="501", typed=abroad("USA")).outcome.value == "confirmed"
    assert reception.check_in(None, room="501", typed=abroad("deu")).outcome.value == "confirmed"
    assert reception.check_in(None, room="501", typed=abroad("D")).code == "hotel.registered_here"


ZONE = "p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204153ZE184226B<<<<<16"


def test_a_passport_by_its_zone_with_visa_and_entry(reception: Reception) -> None:
    """FC-33."""
    typed: dict[str, JsonValue] = {
        "document": "passport",
        "zone": ZONE,
        "visa": {"kind": "visa", "number": "V123", "until": "2026-12-31"},
        "entry": {"date": "2026-11-20", "port": "北京首都机场"},
    }
    assert reception.check_in(None, typed=typed).outcome.value == "confirmed"
    report = report_of(reception, "check-in")
    assert (
        report
        | {
            "name": "ERIKSSON ANNA MARIA",
            "nationality": "UTO",
            "issuing_state": "UTO",
            "sex_code": "2",
            "document_type_code": "414",
            "document_number": "L898902C3",
            "document_expires": "2032-04-15",
            "visa_number": "V123",
            "entry_port": "北京首都机场",
            "birth_date": "1974-08-12",
        }
        == report
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"zone": ZONE.replace("L898902C36", "L898902C37")}, "hotel.zone_wrong"),
        ({"zone": "P<UTO"}, "hotel.zone_wrong"),
        ({"expires": "2026-11-22"}, "hotel.document_expired"),
        ({"visa": {"kind": "visa"}}, "hotel.visa_wrong"),
        ({"entry": {"date": "2026-11-24"}}, "hotel.visa_wrong"),
        ({"born": "2030-01-01"}, "hotel.document_wrong"),
        ({"nationality": "12"}, "hotel.document_wrong"),
    ],
)
def test_a_passport_that_is_wrong_says_what(reception: Reception, change: dict[str, Any], code: str) -> None:
    assert reception.check_in(None, typed=abroad("USA", **change)).code == code
    if code in ("hotel.document_expired", "hotel.visa_wrong"):
        promised = reception.check_in(None, typed=abroad("USA", **change), offline=True)
        assert promised.outcome.value == "confirmed"


@pytest.mark.parametrize("kind", ["visa_free", "residence_permit", None, "nonsense"])
def test_a_guest_without_a_visa_is_registered(reception: Reception, kind: str | None) -> None:
    typed = abroad("FRA", visa={"kind": kind, "number": "R1"}, entry="nothing")
    assert reception.check_in(None, typed=typed).outcome.value == "confirmed"


@pytest.mark.parametrize(
    ("kind", "number", "born"),
    [
        ("hong_kong_macau_permit", "H12345678", "1990-01-01"),
        ("hong_kong_macau_permit", "M1234567801", "1990-01-01"),
        ("hong_kong_macau_permit", "HA1234567", "1990-01-01"),
        ("taiwan_permit", "12345678", "1990-01-01"),
        ("taiwan_permit", "1234567890(B)", "1990-01-01"),
        ("permanent_residence", "932682198501010017", ""),
        ("permanent_residence", "USA110190010112", "1990-01-01"),
        ("identity_card", "110105491231002", ""),
    ],
)
def test_every_kind_of_document_registers_a_guest(
    reception: Reception, kind: str, number: str, born: str
) -> None:
    """FC-33."""
    typed: dict[str, JsonValue] = {"name": "陈大文", "document": kind, "number": number, "born": born}
    assert reception.check_in(None, typed=typed).outcome.value == "confirmed"
    assert reception.check_in(None, typed=typed).code == "hotel.registered_here"
    assert report_of(reception, "check-in")["document_type"] == kind


def test_an_open_stay_of_an_earlier_version_is_recognised(reception: Reception) -> None:
    """A passport was known by its number alone, and a party by its guardian."""
    number = number_of(reception.check_in(None, typed=abroad("USA")))
    earlier = Document(PASSPORT, "", "C01X00T47").earlier_identity
    values = {"document": earlier, "party": ""}
    reception.database.write(lambda c: c.execute(update(hotel_stay).values(**values)))
    assert reception.check_in(None, typed=abroad("USA")).code == "hotel.registered_here"
    assert reception.check_in(None, typed=abroad("FRA", born="1980-01-01")).outcome.value == "confirmed"
    assert reception.do("check-out", None, registration=number, clerk=CLERK).data["guests"] == 1


def test_a_forgotten_check_out_in_another_house_says_which_way_to_go(reception: Reception) -> None:
    number = number_of(reception.check_in(PARENT))
    other = Reception(reception.database, "BZ-HTL-0003")
    refused = other.check_in(PARENT, room="1")
    assert (refused.code, refused.data.get("room")) == ("hotel.registered_elsewhere", "")
    reception.do("check-out", None, registration=number, clerk=CLERK)
    assert other.check_in(PARENT, room="1").outcome.value == "confirmed"
