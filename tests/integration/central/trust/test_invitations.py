"""FC-59: strangers fill the enrolments of their own address only; an invited terminal passes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from central.fleet import enrolments, invitations
from central.fleet.fleet import Fleet
from central.fleet.refusals import InvitationUnknown, TooManyFromHere, TooManyWaiting
from central.fleet.terminal_orders import new_secret
from domain.messages.enrolment import Enrolment, EnrolmentRequest
from tests.integration.central.conftest import NOW
from tests.integration.central.fleet.test_enrolments import NAME, a_request

STRANGER = "203.0.113.9"


def ask(fleet: Fleet, request: EnrolmentRequest, address: str, at: datetime = NOW) -> Enrolment:
    return fleet.database.write(lambda c: enrolments.ask(c, fleet.authority, request, at, address))


def invited(fleet: Fleet, terminal: str = "") -> str:
    secret, _ = fleet.database.write(lambda c: invitations.invite(c, terminal, new_secret, "Wang", NOW))
    return secret


def with_invitation(secret: str, name: str = NAME) -> EnrolmentRequest:
    return a_request(name).model_copy(update={"invitation": secret})


def test_one_stranger_fills_one_address(fleet: Fleet) -> None:
    for _ in range(enrolments.MOST_FROM_ONE_ADDRESS):
        ask(fleet, a_request(), STRANGER)
    for _ in range(100):
        with pytest.raises(TooManyFromHere):
            ask(fleet, a_request(), STRANGER)
    ask(fleet, a_request(), "203.0.113.10")
    ask(fleet, a_request(), STRANGER, NOW + timedelta(minutes=16))


def test_an_address_of_ipv6_is_its_network(fleet: Fleet) -> None:
    for number in range(enrolments.MOST_FROM_ONE_ADDRESS):
        ask(fleet, a_request(), f"2001:db8::{number:x}")
    with pytest.raises(TooManyFromHere):
        ask(fleet, a_request(), "2001:db8::ffff")
    ask(fleet, a_request(), "2001:db8:0:1::1")


def test_an_invited_terminal_passes_every_limit_once(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolments, "MOST_WAITING", 1)
    monkeypatch.setattr(enrolments, "MOST_FROM_ONE_ADDRESS", 1)
    ask(fleet, a_request(), STRANGER)
    secret = invited(fleet, NAME)
    with pytest.raises(TooManyWaiting):
        ask(fleet, a_request(), "203.0.113.10")
    request = with_invitation(secret.lower())
    assert ask(fleet, request, STRANGER).code == ask(fleet, request, STRANGER).code
    with pytest.raises(InvitationUnknown):
        ask(fleet, with_invitation(secret), STRANGER)


def test_an_invitation_is_for_one_terminal_a_day(fleet: Fleet) -> None:
    secret = invited(fleet, NAME)
    with pytest.raises(InvitationUnknown):
        ask(fleet, with_invitation(secret, "BZ-BUS-0001"), STRANGER)
    with pytest.raises(InvitationUnknown):
        ask(fleet, with_invitation(secret), STRANGER, NOW + timedelta(hours=24))
    with pytest.raises(InvitationUnknown):
        ask(fleet, with_invitation("0000-0000"), STRANGER)
    second = invited(fleet, NAME)
    with pytest.raises(InvitationUnknown):
        ask(fleet, with_invitation(secret), STRANGER)
    ask(fleet, with_invitation(second), STRANGER)


def test_the_database_holds_no_secret(fleet: Fleet) -> None:
    secret = invited(fleet)
    with fleet.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM fleet_invitation").all()
    assert secret not in str(rows)
    assert len(rows) == 1
