"""Forms of the reception: passports, permits, guardians, and the front desk, answered step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.credential import ECard
from domain.messages.contract import Holder, TrustLevel
from terminal.services.hotel import HotelService
from terminal.services.hotel_documents import document_guests
from terminal.visit.steps import Ask, Choose, Facts, Finish, Look, Present, Step, Submit

TODAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)
DESK = Facts(today=TODAY, online=True, clerk="王芳 (1)", begun_at=NOON, chosen=("hotel.desk",))


def answered(facts: Facts, *given: str) -> tuple[Facts, Step]:
    """Answer each question in turn: an option's id, or text for a field."""
    service = HotelService()
    for answer in given:
        step = service.step(facts)
        if isinstance(step, Ask):
            facts = replace(facts, values=(*facts.values, (step.field, answer)))
        else:
            assert isinstance(step, Choose | Present), step
            assert answer in {option.id for option in step.options}, step
            facts = replace(facts, chosen=(*facts.chosen, answer))
    return facts, service.step(facts)


ARRIVE = ("desk.arrive", "501", "2")
BY_HAND = (
    "party.passport",
    "zone.by-hand",
    "USA",
    "JANE DOE",
    "C01X00T47",
    "1990-05-14",
    "sex.female",
    "20310514",
)
VISA = ("visa.visa", "V1", "2026-12-31", "2026-11-20", "北京")
FREE = ("visa.visa_free", "2026-11-20", "上海")
ZONE = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F3204153ZE184226B<<<<<16")
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


def bodies(step: Step) -> list[dict[str, Any]]:
    assert isinstance(step, Submit), step
    return [dict(draft.body) for draft in step.drafts]


def test_a_party_without_any_card_is_registered_by_the_clerk() -> None:
    """FC-30 and FC-33: typed guest first, a passport second, a permit third; each keeps its own answers."""
    given = (
        *ARRIVE,
        *("party.typed", "王伟", "11010519491231002X"),
        *(*BY_HAND, *FREE),
        *("party.permit", "permit.hong_kong_macau_permit", "陈大文", "H1234567801", "19900101"),
        *("party.passport", "zone.lines", *ZONE, *VISA),
        *("party.complete", "party.confirmed"),
    )
    _, step = answered(DESK, *given)
    guests = [body["typed"] for body in bodies(step)]
    assert [guest["name"] for guest in guests] == ["王伟", "JANE DOE", "陈大文", "ERIKSSON ANNA MARIA"]
    assert guests[1]["visa"] == {"kind": "visa_free"}
    assert guests[1]["entry"] == {"date": "2026-11-20", "port": "上海"}
    assert (guests[2]["number"], guests[2]["born"]) == ("H12345678", "1990-01-01")
    assert guests[3]["visa"] == {"kind": "visa", "number": "V1", "until": "2026-12-31"}
    assert len({body["party"] for body in bodies(step)}) == 1
    assert isinstance(step, Submit)
    assert not any(draft.with_credential for draft in step.drafts)


@pytest.mark.parametrize(
    ("given", "wrong", "field"),
    [
        (("party.passport", "zone.lines"), "P<UTO", "zone-1"),
        (("party.passport", "zone.lines", ZONE[0]), ZONE[1].replace("36UTO", "37UTO"), "zone-2"),
        (("party.passport", "zone.lines", *CARD[:2]), "ERIKSSON", "zone-3"),
        (("party.passport", "zone.lines", CARD[0]), CARD[1].replace("9UTO", "8UTO"), "zone-2"),
        (("party.passport", "zone.lines"), CARD[0].replace("907<", "908<"), "zone-1"),
        (BY_HAND[:2], "12", "nationality"),
        (BY_HAND[:4], "#", "passport-number"),
        (BY_HAND[:5], "2030-01-01", "passport-born"),
        (("party.permit", "permit.taiwan_permit", "林小明"), "1234567", "permit-number"),
    ],
)
def test_a_wrong_answer_is_asked_again_with_the_reason(
    given: tuple[str, ...], wrong: str, field: str
) -> None:
    _, step = answered(DESK, *ARRIVE, *given, wrong)
    assert isinstance(step, Ask)
    assert step.field == field
    assert step.mistake is not None


def test_a_keypad_without_the_filler_types_hyphens_and_no_end_of_names() -> None:
    typed = ("p-utoeriksson--anna-maria", ZONE[1].replace("<", "-"))
    facts, _ = answered(DESK, *ARRIVE, "party.passport", "zone.lines", *typed, *FREE)
    assert [guest["zone"] for guest in document_guests(facts)] == ["\n".join(ZONE)]


def test_a_card_of_three_lines_is_read_too() -> None:
    facts, _ = answered(DESK, *ARRIVE, "party.passport", "zone.lines", *CARD, *FREE)
    assert [guest["name"] for guest in document_guests(facts)] == ["ERIKSSON ANNA MARIA"]


def test_a_permanent_resident_is_not_asked_for_a_birth_the_number_says() -> None:
    given = ("party.permit", "permit.permanent_residence", "SMITH", "911124198108030024")
    _, step = answered(DESK, *ARRIVE, *given)
    assert isinstance(step, Present)


INSIDE = {
    "inside": [
        {"registration": "20261123000001", "name": "张*", "room": "201", "until": "2026-11-30"},
        {"registration": "20261123000002", "name": "杨*", "room": "201", "until": "2026-11-30"},
    ]
}


@pytest.mark.parametrize(
    ("choices", "body"),
    [
        (("stay.20261123000002", "act.check-out"), {"registration": "20261123000002"}),
        (("stay.everybody", "act.check-out"), {"registration": "20261123000001", "everybody": True}),
        (("stay.20261123000001", "act.extend", "3"), {"registration": "20261123000001", "nights": 3}),
        (
            ("stay.20261123000001", "act.change-room", "203"),
            {"registration": "20261123000001", "room": "203"},
        ),
    ],
)
def test_staff_picks_a_room_a_guest_and_an_action(choices: tuple[str, ...], body: dict[str, Any]) -> None:
    """FC-30."""
    facts, look = answered(DESK, "desk.guests", "201")
    assert look == Look("guests", "hotel", (("room", "201"), ("clerk", "王芳 (1)")))
    _, step = answered(replace(facts, answers=(("guests", INSIDE),)), *choices)
    assert bodies(step) == [body]


@pytest.mark.parametrize(
    ("answer", "code"),
    [({"inside": []}, "hotel.room_empty"), ({"refusal": "hotel.staff_only"}, "hotel.staff_only")],
)
def test_a_room_without_guests_and_a_card_that_is_not_staffs_are_named(
    answer: dict[str, Any], code: str
) -> None:
    facts, _ = answered(DESK, "desk.guests", "201")
    step = HotelService().step(replace(facts, answers=(("guests", answer),)))
    assert isinstance(step, Finish)
    assert step.reason is not None
    assert step.reason.id == f"fault.{code}"


def test_without_a_clerk_the_desk_asks_for_a_staff_card() -> None:
    assert isinstance(HotelService().step(replace(DESK, clerk="")), Present)


def test_a_minor_alone_is_registered_with_a_guardian() -> None:
    """FC-31 and the five musts: a form with a record, no refusal by age alone."""
    known = {"hotel": {"born": "2016-01-01", "reservations": [], "stay": None}}
    holder = Holder(
        subject="s", masked_name="王*", masked_number="", trust=TrustLevel.VERIFIED, services=known
    )
    facts = Facts(today=TODAY, online=True, credential=ECard("token"), holder=holder, begun_at=NOON)
    facts, step = answered(facts, "hotel.walk-in", "201", "1", "李梅", "12")
    assert isinstance(step, Ask)
    assert (step.field, step.mistake is not None) == ("guardian-phone", True)
    _, step = answered(facts, "13800138000", "母女", "party.complete", "party.confirmed")
    (body,) = bodies(step)
    assert body["guardian_record"] == {"name": "李梅", "phone": "13800138000", "relation": "母女"}
