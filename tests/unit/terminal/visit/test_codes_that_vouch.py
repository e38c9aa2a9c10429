"""Codes that vouch for themselves, in a visit: proved first, the centre asked where it can be."""

from __future__ import annotations

from domain.codes.code import Code, RideCode, SignedECard
from domain.credential import ProvedECard, ProvedRideCode
from domain.messages.contract import TrustLevel
from drivers.codes.code_seen import CodeSeen
from drivers.pcsc.events import CardArrived
from terminal.services.bus import BusService
from terminal.visit.effects import AskCentre, CheckCode, ForgetPerson, Identify, PlaySound
from terminal.visit.events import (
    Answered,
    CentralReach,
    Chosen,
    CodeChecked,
    CodeRefused,
    Identified,
    NotIdentified,
    StartOver,
)
from terminal.visit.states import Checking, ChoosingService, Failed, Finished, Identifying, Idle, Serving
from terminal.visit.steps import Certainty, Look
from tests.unit.terminal.visit.counter_desk import HOLDER, READER, Desk, copy_seen

CODE = SignedECard("OC2:" + "A" * 300)
OTHER = SignedECard("OC2:" + "B" * 300)
RIDE = RideCode(b"\x81" + bytes(331))
E_CARD = ProvedECard("c2FtcGxlMDE", "刘*勇", 6, CODE.untrusted_text)
RIDE_CODE = ProvedRideCode("3716000000000001", 150, RIDE.untrusted_content)


def seen(code: Code, repeated: bool = False) -> CodeSeen:
    return CodeSeen(0.0, "camera", "QRCode", code, repeated)


def test_a_signed_card_is_proved_before_anybody_is_asked(desk: Desk) -> None:
    assert desk.tell(seen(CODE)).stage == Checking(CODE)
    assert CheckCode(CODE) in desk.asked
    assert PlaySound("seen") in desk.asked
    assert not desk.effects(Identify)
    assert desk.tell(CodeChecked(CODE, E_CARD)).stage == Identifying(E_CARD)
    served = desk.tell(Identified(HOLDER)).stage
    assert isinstance(served, Serving)
    assert served.facts.trust is TrustLevel.VERIFIED


def test_out_of_coverage_nobody_is_asked_and_the_book_is_lent_on_the_code(desk: Desk) -> None:
    desk.tell(CentralReach(online=False), seen(CODE), CodeChecked(CODE, E_CARD))
    assert not desk.effects(Identify)
    desk.tell(Chosen("library.borrow"), copy_seen("2371600000010"))
    (submitted,) = desk.submitted()
    assert submitted.credential == E_CARD
    assert submitted.trust is TrustLevel.VERIFIED
    assert submitted.holder_subject == ""


def test_a_centre_that_does_not_answer_leaves_a_proved_code_good(desk: Desk) -> None:
    desk.tell(seen(CODE), CodeChecked(CODE, E_CARD))
    stage = desk.tell(NotIdentified("central.unreachable")).stage
    assert isinstance(stage, Serving)
    assert stage.facts.credential == E_CARD


def test_what_the_centre_knows_better_ends_the_visit(desk: Desk) -> None:
    desk.tell(seen(CODE), CodeChecked(CODE, E_CARD))
    assert desk.tell(NotIdentified("code.replayed")).stage == Failed("code.replayed")


def test_a_refused_code_is_told_why(desk: Desk) -> None:
    desk.tell(seen(CODE))
    assert desk.tell(CodeRefused(CODE, "code.expired")).stage == Failed("code.expired")


def test_an_answer_about_another_code_means_nothing(desk: Desk) -> None:
    desk.tell(seen(CODE))
    assert desk.tell(CodeChecked(OTHER, E_CARD)).stage == Checking(CODE)
    assert desk.tell(StartOver()).stage == Idle()
    assert desk.tell(CodeChecked(CODE, E_CARD)).stage == Idle()
    assert ForgetPerson() in desk.asked


def test_a_card_that_comes_while_a_code_is_proved_waits(desk: Desk) -> None:
    desk.tell(seen(CODE), CardArrived(0.0, READER))
    assert desk.counter.card_waiting == READER


def test_a_code_held_there_is_one_visit(desk: Desk) -> None:
    desk.tell(seen(CODE, repeated=True))
    assert desk.counter.stage == Idle()
    assert not desk.effects(CheckCode)


def test_somebody_elses_code_during_a_visit_is_noticed_and_not_mixed_in(desk: Desk) -> None:
    desk.tell(seen(CODE), CodeChecked(CODE, E_CARD), Identified(HOLDER))
    before = desk.counter.stage
    desk.tell(seen(OTHER))
    assert desk.counter.stage == before
    assert desk.counter.notice is not None


def bus_desk() -> Desk:
    return Desk(services=(BusService(),))


def fare(amount_fen: int) -> Answered:
    return Answered("fare", {"standing": "charged", "amount_fen": amount_fen, "saved_fen": 0})


def test_a_ride_code_pays_as_one_and_no_more_than_its_issuer_lets_it() -> None:
    desk = bus_desk()
    desk.tell(seen(RIDE), CodeChecked(RIDE, RIDE_CODE))
    (asked,) = (effect for effect in desk.effects(AskCentre) if isinstance(effect, AskCentre))
    assert isinstance(asked.question, Look)
    assert dict(asked.question.body)["media"] == "ride_code"
    stage = desk.tell(fare(200)).stage
    assert isinstance(stage, Finished)
    assert stage.result.certainty is Certainty.REFUSED
    assert desk.submitted() == []


def test_a_ride_code_within_its_limit_rides() -> None:
    desk = bus_desk()
    desk.tell(seen(RIDE), CodeChecked(RIDE, RIDE_CODE), fare(150))
    (submitted,) = desk.submitted()
    assert submitted.credential == RIDE_CODE


def test_a_signed_card_tells_a_bus_an_age_no_fare_divides_and_no_birthday() -> None:
    desk = bus_desk()
    old = ProvedECard("c2FtcGxlMDE", "张*", 70, CODE.untrusted_text)
    desk.tell(seen(CODE), CodeChecked(CODE, old))
    (asked,) = (effect for effect in desk.effects(AskCentre) if isinstance(effect, AskCentre))
    body = dict(asked.question.body)
    assert (body["media"], body["born"]) == ("e_card", "1956-11-23")


def test_more_than_one_service_is_chosen_from(desk: Desk) -> None:
    desk.services = (*desk.services, BusService())
    desk.tell(CentralReach(online=False), seen(CODE), CodeChecked(CODE, E_CARD))
    assert isinstance(desk.counter.stage, ChoosingService)
