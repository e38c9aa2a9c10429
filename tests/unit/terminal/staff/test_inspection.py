"""Who may inspect tickets, what is put on record of it, and whose card a passenger's is."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from pydantic import JsonValue

from config.faults import Fault
from domain.cards.faults import CardExpired
from domain.codes.code import ECardToken
from domain.credential import ECard, SocialSecurityCard, ride_key
from domain.messages.contract import Holder, IdentificationRequest, TrustLevel
from domain.offline_policy import OfflinePolicies
from drivers.central.faults import Unreachable
from terminal.staff.account import Member, Permission, Role
from terminal.staff.desk import StaffDesk
from terminal.staff.events import DeskRefused, SignedIn, TicketInspected
from terminal.staff.inspection import InspectionDesk
from terminal.staff.store import StaffStore
from tests.unit.terminal.counter_with_journal import CARD, NOW, JournalledCounter

PIN = "274951"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RODE = {"ride": "r1", "here": True, "at": "08:12", "line": "K6", "riders": 2, "fen": 400}


class OnBoard:
    """One card on the reader, and the ride book of this vehicle."""

    def __init__(self) -> None:
        self.on_reader: SocialSecurityCard | Fault = CARD
        self.rides: dict[str, Mapping[str, JsonValue]] = {}
        self.whose: str = ""

    def look(self, reader: str, told: Callable[[Any], None]) -> None:
        told(self.on_reader)

    def inspect(self, card: str, told: Callable[[Mapping[str, JsonValue]], None]) -> None:
        told(self.rides.get(card, {"ride": None}))

    def identify(self, request: IdentificationRequest, budget_ms: int) -> Holder:
        if not self.whose:
            raise Unreachable("no network")
        return Holder(subject=self.whose, masked_name="刘*勇", masked_number="37*", trust=TrustLevel.VERIFIED)


class Inspector:
    """A staff desk with an inspector's account, and what it posts."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.posted: queue.SimpleQueue[Any] = queue.SimpleQueue()
        counter = JournalledCounter(data)
        self.journal = counter.journal
        store = StaffStore(data, CHEAP)
        self.number = store.add("查票员", Role.INSPECTOR, PIN, NOW, "root").number
        store.close()
        policies = OfflinePolicies({})
        self.desk = StaffDesk(
            data, counter.journal, policies, lambda: NOW, self.posted.put, lambda: None, CHEAP
        )
        self.board = OnBoard()
        self.inspection = InspectionDesk(
            self.desk, self.board, self.board, lambda _: None, self.board, "BZ-BUS-0001", self.posted.put
        )
        self.desk.start()

    def sign_in(self) -> None:
        self.desk.sign_in(self.number, PIN)
        assert isinstance(self.posted.get(timeout=20), SignedIn)

    def told(self) -> Any:
        return self.posted.get(timeout=20)

    def record(self) -> list[tuple[str, str]]:
        store = StaffStore(self.data, CHEAP)
        try:
            assert store.broken_deeds() == []
            return [(deed.act, deed.detail) for deed in store.deeds(20) if deed.number == self.number]
        finally:
            store.close()


@contextmanager
def an_inspector(data: Path) -> Iterator[Inspector]:
    inspector = Inspector(data)
    try:
        yield inspector
    finally:
        inspector.desk.stop()
        inspector.journal.close()


def test_nobody_inspects_who_has_not_signed_in(tmp_path: Path) -> None:
    with an_inspector(tmp_path) as inspector:
        inspector.inspection.card("Desk")
        assert inspector.told() == DeskRefused("staff.not_allowed")
        assert inspector.record() == []


def test_a_ticket_is_told_by_four_digits_and_stands_on_the_record(tmp_path: Path) -> None:
    with an_inspector(tmp_path) as inspector:
        inspector.sign_in()
        inspector.inspection.card("Desk")
        assert inspector.told() == TicketInspected("social_security_card", "0018", code="bus.not_validated")
        inspector.board.rides[CARD.subject_key] = RODE
        inspector.inspection.card("Desk")
        assert inspector.told() == TicketInspected("social_security_card", "0018", "08:12", "K6", 2, 400)
        inspector.board.rides[CARD.subject_key] = {**RODE, "here": False}
        inspector.inspection.card("Desk")
        assert inspector.told().code == "bus.not_validated"
        inspector.board.on_reader = CardExpired()
        inspector.inspection.card("Desk")
        assert inspector.told() == TicketInspected(code="card.expired")
        assert inspector.record()[1:] == [
            ("ticket_inspected", "social_security_card 0018: bus.not_validated"),
            ("ticket_inspected", "social_security_card 0018: K6 08:12"),
            ("ticket_inspected", "social_security_card 0018: bus.not_validated"),
            ("ticket_inspected", "?: card.expired"),
        ]


def test_an_opaque_code_is_its_holders_whom_the_centre_names(tmp_path: Path) -> None:
    with an_inspector(tmp_path) as inspector:
        inspector.sign_in()
        inspector.inspection.code(ECardToken("OC1:" + "A" * 40))
        assert inspector.told() == TicketInspected("e_card", code="central.unreachable")
        inspector.board.whose = "somebody"
        inspector.board.rides["subject:somebody"] = RODE
        inspector.inspection.code(ECardToken("OC1:" + "B" * 40))
        assert inspector.told().line == "K6"
        assert not any("somebody" in detail or "OC1" in detail for _, detail in inspector.record())


def test_two_codes_of_one_phone_ride_under_one_name() -> None:
    assert ride_key(ECard("one"), "liu") == ride_key(ECard("two"), "liu") == "subject:liu"
    assert ride_key(ECard("one"), "") != ride_key(ECard("two"), "")
    assert ride_key(CARD, "liu") == CARD.subject_key


@pytest.mark.parametrize("role", Role)
def test_every_member_may_inspect_and_only_some_may_do_more(role: Role) -> None:
    member = Member(1, "王芳", role)
    assert member.may(Permission.INSPECT)
    assert member.may(Permission.INBOX) is (role is not Role.INSPECTOR)
    assert member.may(Permission.SELF_TESTS) is (role is Role.OPERATOR)
