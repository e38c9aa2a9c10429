"""Guests at the centre: one person in one place, no more than beds, the register told in order."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import JsonValue
from sqlalchemy import select

from central import alarms
from central.database import Database
from central.departments.department import Enquiry, Visitor
from central.departments.hotel import Hotel
from central.departments.hotel_tables import guest_report, hotel_stay
from central.departments.register import (
    FieldUnknown,
    FileDrop,
    NoSuchReport,
    RegisterDelivery,
    inbox,
    register_of,
    send_again,
)
from central.departments.register import settle as settle_report
from central.departments.register_http import HttpRegister
from central.personal_data import subject_of
from central.transactions import apply_batch
from domain.masking import mask_name
from domain.messages.contract import (
    Delivery,
    PendingWork,
    SocialSecurityCardPresented,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
    body_hash,
)
from tests.cities import personas
from tests.integration.central.conftest import NOW

PARENT, CHILD, OTHER = "hotel-parent", "hotel-child", "liu-zhiyong"
TYPED: dict[str, JsonValue] = {"name": "张三", "number": "11010519491231002X"}


@dataclass
class Reception:
    database: Database
    name: str = "BZ-HTL-0001"
    now: datetime = NOW
    sequence: int = 0
    previous: str = "0" * 64
    made: list[Transaction] = field(default_factory=list)

    def make(self, action: str, persona: str | None, **body: JsonValue) -> Transaction:
        self.sequence += 1
        presented = None
        if persona:
            person = personas()[persona]
            presented = SocialSecurityCardPresented(
                card_number=person.card_number, identification_code=person.identification_code
            )
        made = Transaction(
            id=uuid4(),
            terminal=self.name,
            sequence=self.sequence,
            previous=self.previous,
            service="hotel",
            action=action,
            occurred_at=self.now,
            trust=TrustLevel.READ,
            credential=presented,
            body=body,
        )
        self.previous = body_hash(made)
        self.made.append(made)
        return made

    def send(self, made: Transaction, *, offline: bool = False, withdrawn: bool = False) -> TransactionResult:
        delivery = Delivery(transaction=made, accepted_offline=offline, withdrawn=withdrawn)
        batch = TransactionBatch(terminal=self.name, pending=PendingWork(count=0), deliveries=(delivery,))
        (result,) = self.database.write(
            lambda connection: apply_batch(connection, batch, {"hotel": Hotel()}, self.now)
        )
        return result

    def do(
        self, action: str, persona: str | None, *, offline: bool = False, **body: JsonValue
    ) -> TransactionResult:
        return self.send(self.make(action, persona, **body), offline=offline)

    def check_in(self, persona: str | None, room: str = "201", **more: Any) -> TransactionResult:
        return self.do("check-in", persona, room=room, nights=2, **more)

    @property
    def inside(self) -> list[tuple[str, str]]:
        with self.database.read() as connection:
            rows = connection.execute(
                select(hotel_stay.c.hotel, hotel_stay.c.room)
                .where(hotel_stay.c.left_at.is_(None))
                .order_by(hotel_stay.c.id)
            )
            return [(row.hotel, row.room) for row in rows]

    @property
    def reports(self) -> list[str]:
        with self.database.read() as connection:
            return list(connection.execute(select(guest_report.c.kind).order_by(guest_report.c.id)).scalars())


@pytest.fixture
def reception(database: Database) -> Reception:
    return Reception(database)


def test_a_guest_is_registered_once_with_room_wifi_and_a_number(reception: Reception) -> None:
    result = reception.check_in(PARENT)
    assert result.outcome.value == "confirmed"
    assert result.data["room"] == "201"
    assert result.data["wifi"]
    assert str(result.data["registration"]).startswith("20261123")
    assert personas()[PARENT].name not in result.model_dump_json()
    assert reception.reports == ["check-in"]


def test_the_same_registration_sent_again_is_the_same_one(reception: Reception) -> None:
    made = reception.make("check-in", PARENT, room="201", nights=2)
    assert reception.send(made) == reception.send(made)
    assert len(reception.inside) == 1


def test_one_person_is_not_registered_in_two_places(reception: Reception) -> None:
    reception.check_in(PARENT)
    assert reception.check_in(PARENT).code == "hotel.registered_here"
    assert reception.check_in(PARENT, room="202").code == "hotel.registered_elsewhere"


def test_one_typed_document_is_not_used_for_two_people(reception: Reception) -> None:
    reception.check_in(PARENT)
    guardian = "guardian"
    assert reception.check_in(None, typed=TYPED, guardian=guardian).outcome.value == "confirmed"
    again = reception.check_in(None, typed={**TYPED, "name": "李四"}, guardian=guardian)
    assert again.code in ("hotel.registered_here", "hotel.room_full")
    assert len(reception.inside) == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "number": "11010519491231002X"},
        {"name": "张三", "number": "110105"},
        {"name": "张三", "number": "11010519491331002X"},
        {"name": "张三", "number": ""},
        {},
    ],
)
def test_a_typed_guest_without_name_or_plausible_number_is_refused(
    reception: Reception, typed: dict[str, JsonValue]
) -> None:
    assert reception.check_in(None, typed=typed).code == "hotel.document_wrong"
    assert reception.inside == []


def test_a_child_comes_with_a_guardian_or_not_at_all(reception: Reception) -> None:
    assert reception.check_in(CHILD).code == "hotel.guardian_needed"
    reception.check_in(PARENT)
    assert reception.check_in(CHILD, guardian="parent").outcome.value == "confirmed"


def test_a_full_room_takes_nobody_more_but_who_was_told_yes_stays(reception: Reception) -> None:
    guests = [PARENT, OTHER, "yang-ying"]
    results = [reception.check_in(guest) for guest in guests]
    assert [each.code for each in results][-1] == "hotel.room_full"
    promised = reception.check_in("yang-ying", offline=True)
    assert promised.outcome.value == "confirmed"


@pytest.mark.parametrize("nights", [0, -1, 61, True, "2", None])
def test_nights_that_are_none_are_refused(reception: Reception, nights: JsonValue) -> None:
    assert reception.do("check-in", PARENT, room="201", nights=nights).code == "hotel.nights_wrong"


def test_a_room_the_house_does_not_have_is_refused(reception: Reception) -> None:
    assert reception.check_in(PARENT, room="9999").code == "hotel.no_such_room"
    assert Reception(reception.database, "BZ-HTL-0002").check_in(PARENT).code == "hotel.no_such_room"


def test_staying_longer_moving_and_leaving_are_told_in_order(reception: Reception) -> None:
    reception.check_in(PARENT)
    longer = reception.do("extend", PARENT, nights=1)
    assert longer.data["until"] == "2026-11-26"
    moved = reception.do("change-room", PARENT, room="202")
    assert moved.data["room"] == "202"
    left = reception.do("check-out", PARENT)
    assert left.data == {"room": "202", "guests": 1}
    assert reception.inside == []
    assert reception.reports == ["check-in", "extend", "change-room", "check-out"]
    assert reception.do("check-out", PARENT).code == "hotel.not_registered"


def test_a_family_leaves_together_or_one_alone(reception: Reception) -> None:
    reception.check_in(PARENT)
    reception.check_in(CHILD, guardian="parent")
    assert reception.do("check-out", CHILD, alone=True).data["guests"] == 1
    assert len(reception.inside) == 1
    assert reception.do("check-out", PARENT).data["guests"] == 1


def test_a_registration_nobody_was_told_of_is_taken_back(reception: Reception) -> None:
    made = reception.make("check-in", PARENT, room="201", nights=2)
    reception.send(made)
    assert reception.send(made, withdrawn=True).outcome.value == "withdrawn"
    assert reception.inside == []
    assert reception.reports == []


def test_a_late_registration_of_somebody_who_is_elsewhere_is_refused_for_the_inbox(
    reception: Reception,
) -> None:
    reception.check_in(PARENT, room="202")
    late = reception.check_in(PARENT, room="201", offline=True)
    assert (late.outcome.value, late.code) == ("refused", "hotel.registered_elsewhere")


def delivery(reception: Reception, address: str) -> RegisterDelivery:
    return RegisterDelivery(reception.database, register_of(address), lambda: reception.now)


def test_reports_are_dropped_as_files_in_order_and_then_forgotten(
    reception: Reception, tmp_path: Path
) -> None:
    reception.check_in(PARENT)
    reception.do("check-out", PARENT)
    told = delivery(reception, f"file:{tmp_path / 'register'}")
    assert told.deliver() == 2
    assert told.deliver() == 0
    files = sorted((tmp_path / "register").glob("*"))
    assert [file.name.split("-", 1)[1] for file in files] == ["check-in.json", "check-out.json"]
    report = json.loads(files[0].read_text(encoding="utf-8"))
    person = personas()[PARENT]
    assert report["document_number"] == person.social_security_number
    assert {"hotel", "room", "name", "trust", "from_day", "to_day", "at"} <= report.keys()
    with reception.database.read() as connection:
        kept = str(connection.execute(select(guest_report.c.content)).all())
    assert person.social_security_number not in kept


@contextmanager
def register_that_answers(*statuses: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An HTTP register; the last status is its answer from then on."""
    taken: list[dict[str, Any]] = []
    left = list(statuses)

    class Register(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Register)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/guests", taken
    finally:
        server.shutdown()
        server.server_close()


def test_a_register_that_fails_is_told_again_and_nothing_overtakes(reception: Reception) -> None:
    reception.check_in(PARENT)
    reception.do("check-out", PARENT)
    with register_that_answers(500, 302, 409, 200) as (url, taken):
        told = delivery(reception, url)
        assert [told.deliver(), told.deliver(), told.deliver()] == [0, 0, 2]
    assert [each["kind"] for each in taken] == ["check-in", "check-in", "check-in", "check-out"]
    assert len({each["number"] for each in taken}) == 2


@contextmanager
def register_that_judges(
    judge: Callable[[dict[str, Any]], int],
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An HTTP register that answers by the report; ``taken`` are those it took."""
    taken: list[dict[str, Any]] = []

    class Register(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = judge(report)
            if status < 300:
                taken.append(report)
            self.send_response(status)
            self.end_headers()
            self.wfile.write("姓名与证件号码不符\x07".encode())

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Register)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/guests", taken
    finally:
        server.shutdown()
        server.server_close()


def rooms_of(taken: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["kind"], each["room"]) for each in taken]


@pytest.mark.parametrize("status", [400, 413, 422, 500])
def test_one_report_that_is_refused_delays_no_other(reception: Reception, status: int) -> None:
    """FC-34."""
    reception.check_in(PARENT)
    reception.check_in(OTHER, room="202")
    reception.do("check-out", PARENT)
    reception.do("check-out", OTHER)
    first = personas()[PARENT].social_security_number
    with register_that_judges(lambda report: status if report["document_number"] == first else 200) as (
        url,
        taken,
    ):
        told = delivery(reception, url)
        for _ in range(3):
            told.deliver()
        assert rooms_of(taken) == [("check-in", "202"), ("check-out", "202")]
    with reception.database.read() as connection:
        listed = inbox(connection)
    assert len(listed) == (0 if status == 500 else 1)
    assert not any(first in str(each) for each in listed)


def test_a_refused_report_waits_with_its_reason_and_goes_on_once_it_is_corrected(
    reception: Reception,
) -> None:
    """FC-34."""
    reception.check_in(PARENT)
    reception.do("check-out", PARENT)
    with register_that_judges(lambda report: 200 if report["name"] == "改正" else 422) as (url, taken):
        told = delivery(reception, url)
        assert [told.deliver(), told.deliver()] == [0, 0]
        with reception.database.read() as connection:
            (item,) = inbox(connection)
            raised = [each["kind"] for each in alarms.listed(connection)]
        assert item["reason"] == "422: 姓名与证件号码不符"
        assert raised.count("report_refused") == 1
        number = int(item["number"])
        with pytest.raises(FieldUnknown):
            reception.database.write(lambda c: send_again(c, number, {"nmae": "改正"}))
        with pytest.raises(NoSuchReport):
            reception.database.write(lambda c: send_again(c, number + 1, {"name": "改正"}))
        reception.database.write(lambda c: send_again(c, number, {"name": "改正"}))
        assert told.deliver() == 1
        assert rooms_of(taken) == [("check-in", "201")]
        with reception.database.read() as connection:
            (item,) = inbox(connection)
        reception.database.write(
            lambda c: settle_report(c, int(item["number"]), "reported by telephone", reception.now)
        )
        with reception.database.read() as connection:
            assert inbox(connection) == []
        assert told.deliver() == 0


@pytest.mark.parametrize("status", [401, 403, 404, 408, 429, 502, 503])
def test_an_answer_that_is_not_about_the_report_refuses_none(reception: Reception, status: int) -> None:
    reception.check_in(PARENT)
    with register_that_judges(lambda _: status) as (url, _):
        delivery(reception, url).deliver()
    with reception.database.read() as connection:
        assert inbox(connection) == []


def test_a_report_past_its_deadline_is_an_alarm(reception: Reception) -> None:
    reception.check_in(PARENT)
    told = delivery(reception, "http://127.0.0.1:9/guests")
    reception.now += timedelta(minutes=59)
    assert told.deliver() == 0
    with reception.database.read() as connection:
        assert "register_overdue" not in {each["kind"] for each in alarms.listed(connection)}
    reception.now += timedelta(minutes=2)
    told.deliver()
    told.deliver()
    with reception.database.read() as connection:
        overdue = [each for each in alarms.listed(connection) if each["kind"] == "register_overdue"]
    assert len(overdue) == 1


def test_a_folder_that_cannot_be_written_keeps_reports_waiting(reception: Reception, tmp_path: Path) -> None:
    reception.check_in(PARENT)
    (tmp_path / "register").write_text("a file is in the way", encoding="utf-8")
    assert delivery(reception, f"file:{tmp_path / 'register'}").deliver() == 0
    (tmp_path / "register").unlink()
    assert delivery(reception, f"file:{tmp_path / 'register'}").deliver() == 1


def test_an_address_says_which_register_it_is() -> None:
    assert register_of("") is None
    assert isinstance(register_of("file:/tmp/x"), FileDrop)
    assert isinstance(register_of("https://register.example/guests"), HttpRegister)


def test_a_reservation_of_another_house_or_another_day_is_not_offered(reception: Reception) -> None:
    def known(terminal: str, now: datetime) -> list[object]:
        with reception.database.read() as connection:
            person = personas()[PARENT].social_security_number
            subject = subject_of(connection, person)
            found = Hotel().know(connection, Visitor(subject, terminal, now))["reservations"]
        assert isinstance(found, list)
        return [each["number"] for each in found if isinstance(each, dict)]

    assert known("BZ-HTL-0001", NOW) == ["R20261124"]
    assert known("BZ-HTL-0003", NOW) == []
    assert known("BZ-HTL-0001", NOW - timedelta(days=1)) == []
    assert known("BZ-HTL-0001", NOW + timedelta(days=5)) == []


def test_a_room_that_is_reserved_is_not_given_to_somebody_else(reception: Reception) -> None:
    assert reception.check_in(OTHER, room="301").code == "hotel.room_reserved"
    reserved = reception.check_in(PARENT, room="301", reservation="R20261124")
    assert reserved.outcome.value == "confirmed"
    reception.check_in(OTHER, room="201")
    assert reception.do("change-room", OTHER, room="302").code == "hotel.room_reserved"
    assert reception.check_in("yang-ying", room="302", offline=True).outcome.value == "confirmed"


def test_a_passport_is_a_document_with_its_own_birth_date(reception: Reception) -> None:
    abroad: dict[str, JsonValue] = {"name": "JANE DOE", "number": "C01X00T47", "document": "passport"}
    assert reception.check_in(None, typed=abroad).code == "hotel.document_wrong"
    child = {**abroad, "born": "2015-02-03"}
    assert reception.check_in(None, typed=child).code == "hotel.guardian_needed"
    assert reception.check_in(None, typed={**abroad, "born": "1990-05-14"}).outcome.value == "confirmed"
    assert reception.check_in(None, typed={**abroad, "born": "1990-05-14"}).code == "hotel.registered_here"


def test_a_number_that_belongs_to_somebody_else_is_refused(reception: Reception) -> None:
    number = personas()[OTHER].social_security_number
    assert (
        reception.check_in(None, typed={"name": "张三", "number": number}).code == "hotel.document_of_another"
    )
    told = reception.check_in(None, typed={"name": personas()[OTHER].name, "number": number})
    assert told.outcome.value == "confirmed"
    assert reception.check_in(OTHER, room="202").code == "hotel.registered_elsewhere"


def test_a_child_is_not_left_alone_and_not_without_somebody_in_its_own_room(reception: Reception) -> None:
    reception.check_in(PARENT, room="201")
    assert reception.check_in(CHILD, room="202", guardian="parent").code == "hotel.guardian_needed"
    reception.check_in(CHILD, room="201", guardian="parent")
    assert reception.do("check-out", PARENT, alone=True).code == "hotel.guardian_needed"
    assert reception.do("check-out", PARENT).data["guests"] == 2


def test_a_family_moves_and_stays_together_and_the_register_hears_of_each(reception: Reception) -> None:
    reception.check_in(PARENT)
    reception.check_in(CHILD, guardian="parent")
    assert reception.do("change-room", PARENT, room="203").data["guests"] == 2
    reception.do("extend", PARENT, nights=1)
    assert reception.inside == [("BZ-HTL-0001", "203")] * 2
    assert reception.reports == ["check-in"] * 2 + ["change-room"] * 2 + ["extend"] * 2


def test_a_check_out_nobody_was_told_of_is_taken_back_with_its_report(reception: Reception) -> None:
    reception.check_in(PARENT)
    made = reception.make("check-out", PARENT)
    reception.send(made)
    assert reception.send(made, withdrawn=True).outcome.value == "withdrawn"
    assert (len(reception.inside), reception.reports) == (1, ["check-in"])


def asked(reception: Reception, persona: str) -> dict[str, Any]:
    with reception.database.read() as connection:
        subject = subject_of(connection, personas()[persona].social_security_number)
        enquiry = Enquiry("today", subject, {}, reception.name, reception.now)
        found = Hotel().ask(connection, enquiry)
    assert found is not None
    return found


def test_the_log_says_who_did_what_also_what_was_refused(reception: Reception) -> None:
    reception.check_in("yang-ying", room="203", clerk="王芳 (1)")
    reception.check_in(None, room="203", typed=TYPED, clerk="王芳 (1)")
    reception.check_in(PARENT, room="999")
    reception.check_in(None, room="203", typed={**TYPED, "number": "1"}, clerk="李强 (2)")
    reception.do("check-out", "yang-ying", alone=True)
    log = asked(reception, "liu-zhiyong")["log"]
    found = {(each["action"], each["name"], each["clerk"], each["typed"], each["code"]) for each in log}
    assert found == {
        ("check-in", "杨*", "王芳 (1)", False, ""),
        ("check-in", "张*", "王芳 (1)", True, ""),
        ("check-in", mask_name(personas()[PARENT].name), "", False, "hotel.no_such_room"),
        ("check-in", "张*", "李强 (2)", False, "hotel.document_wrong"),
        ("check-out", "杨*", "", False, ""),
    }
    assert all(len(each["at"]) == 5 for each in log)
    assert personas()[PARENT].name not in json.dumps(log, ensure_ascii=False)


def test_a_clerk_who_is_no_name_is_nobody(reception: Reception) -> None:
    reception.check_in("yang-ying", room="203", clerk=["王芳"])
    reception.do("extend", "yang-ying", nights=1, clerk="a\nb")
    assert [each["clerk"] for each in asked(reception, "liu-zhiyong")["log"]] == ["", ""]


def test_staff_sees_the_day_of_its_own_house_and_nobody_else_does(reception: Reception) -> None:
    reception.check_in("yang-ying", room="203")
    reception.check_in(None, room="203", typed=TYPED)
    reception.do("check-out", "yang-ying", alone=True)
    assert asked(reception, PARENT) == {"refusal": "hotel.staff_only"}
    day = asked(reception, "liu-zhiyong")
    assert [each["reservation"] for each in day["arrivals"]] == ["R20261124", "R20261125"]
    assert [(each["room"], each["trust"]) for each in day["inside"]] == [("203", "none")]
    assert [each["left"] is not None for each in day["departures"]] == [True]
    assert [each["action"] for each in day["log"]] == ["check-out", "check-in", "check-in"]
    assert (day["register"]["waiting"], day["register"]["late"]) == (3, 0)
    assert personas()["yang-ying"].name not in json.dumps(day, ensure_ascii=False)
    reception.now += timedelta(hours=2)
    assert asked(reception, "liu-zhiyong")["register"]["late"] == 3


def test_a_guest_past_the_last_day_is_marked(reception: Reception) -> None:
    reception.check_in("yang-ying", room="203")
    reception.now += timedelta(days=3)
    day = asked(reception, "liu-zhiyong")
    assert [each["overdue"] for each in day["inside"]] == [True]
    assert [each["overdue"] for each in day["departures"]] == [True]
