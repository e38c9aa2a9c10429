"""Libraries that answer in their own way: other numbers, other dates, their own words, their own reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from central.department_seeding import opaque
from central.departments.department import Enquiry
from central.departments.sip2 import messages as sip
from central.departments.sip2.codec import decode, encode
from central.departments.sip2.ruling import UNDECIDED_FOR
from central.departments.sip2.settings import Sip2Settings
from domain.messages.contract import Outcome
from tests.integration.central.sip2.acs import Acs, Shelf, Visit, reply
from tests.integration.central.sip2.conftest import OTHER, READER, Counter, number_of

ME, SHE = number_of(READER), number_of(OTHER)


def as_another_patron(visit: Visit, line: bytes) -> None:
    """The answer belongs to the question of another desk."""
    received = decode(line, visit.acs.dialect)
    answer = reply(visit.acs, received.message)
    assert isinstance(answer, sip.PatronInformationResponse)
    other = replace(answer, patron_identifier="SOMEBODY ELSE")
    visit.say(encode(other, received.sequence or 0, visit.acs.dialect))


def refused_in_words(visit: Visit, line: bytes) -> None:
    received = decode(line, visit.acs.dialect)
    assert isinstance(received.message, sip.Renew)
    answer = sip.RenewResponse(
        patron_identifier=received.message.patron_identifier,
        item_identifier=received.message.item_identifier,
        screen_message=("此书不可续借",),
    )
    visit.say(encode(answer, received.sequence or 0, visit.acs.dialect))


@pytest.mark.parametrize("action", ["borrow", "return", "renew"])
def test_a_system_that_answers_a_card_number_for_a_user_id_is_understood(
    counter: Counter, shelf: Shelf, action: str
) -> None:
    """FC-25."""
    shelf.answers_as[ME] = "KOHA-0042"
    if action != "borrow":
        counter.do("borrow", "B1", READER)
    assert counter.do(action, "B1", READER if action != "return" else None).outcome is Outcome.CONFIRMED


def test_a_system_that_answers_a_barcode_in_its_own_form_is_understood(
    counter: Counter, shelf: Shelf
) -> None:
    """FC-25."""
    shelf.answers_as["B1"] = "BZ-0000B1-7"
    assert counter.do("borrow", "B1", READER).outcome is Outcome.CONFIRMED
    assert counter.do("borrow", "B1", READER).code == "library.already_yours"
    assert counter.do("return", "B1").outcome is Outcome.CONFIRMED
    assert "B1" not in shelf.loans


def test_an_alias_is_confirmed_once(counter: Counter, acs: Acs, shelf: Shelf) -> None:
    shelf.answers_as[ME] = "KOHA-0042"
    counter.do("borrow", "B1", READER)
    counter.do("borrow", "B2", READER)
    asked = [each.patron_identifier for each in acs.heard if isinstance(each, sip.PatronInformation)]
    assert asked == [ME, "KOHA-0042", ME]


def test_the_answer_of_another_question_is_never_taken_for_an_alias(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    """FC-25: a person is never served as another one."""
    acs.next("63", *[as_another_patron] * 6)
    made = counter.make("borrow", "B1", READER)
    assert counter.send(made)[0].outcome is Outcome.RUNNING
    assert not shelf.loans
    assert counter.send(made)[0].outcome is Outcome.CONFIRMED
    assert shelf.loans["B1"].reader == ME


@pytest.mark.parametrize("offline", [False, True])
def test_a_patron_who_is_never_answered_for_is_left_to_the_desk_and_blocks_no_copy(
    counter: Counter, acs: Acs, shelf: Shelf, offline: bool
) -> None:
    """FC-25: nothing is running for more than two minutes."""
    acs.next("63", *[as_another_patron] * 60)
    made = counter.make("borrow", "B1", READER)
    assert counter.send(made, offline=offline)[0].outcome is Outcome.RUNNING
    counter.now += UNDECIDED_FOR - timedelta(seconds=1)
    assert counter.send(made, offline=offline)[0].outcome is Outcome.RUNNING
    counter.now += timedelta(seconds=1)
    (result,) = counter.send(made, offline=offline)
    assert (result.outcome, result.code) == (Outcome.REFUSED, "sip2.undecided")
    acs.mishaps.clear()
    assert counter.do("borrow", "B1", OTHER).outcome is Outcome.CONFIRMED
    assert counter.send(made, offline=offline)[0] == result


def test_a_loan_accepted_offline_waits_for_as_long_as_the_system_is_out_of_reach(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    acs.online = False
    made = counter.make("borrow", "B1", READER)
    for _ in range(5):
        assert counter.send(made, offline=True)[0].outcome is Outcome.RUNNING
        counter.now += timedelta(hours=1)
    acs.online = True
    counter.centre()
    assert counter.send(made, offline=True)[0].outcome is Outcome.CONFIRMED
    assert shelf.loans["B1"].reader == ME


def test_a_withdrawn_loan_that_was_never_sent_ends_withdrawn(counter: Counter, acs: Acs) -> None:
    acs.next("63", *[as_another_patron] * 60)
    made = counter.make("borrow", "B1", READER)
    counter.send(made)
    counter.now += UNDECIDED_FOR
    assert counter.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN


def test_a_refused_renewal_has_the_librarys_reason_and_never_an_invented_one(
    counter: Counter, shelf: Shelf
) -> None:
    """FC-26."""
    counter.do("borrow", "B1", READER)
    shelf.hold_queues["B1"] = 2
    shelf.message = ("Item has outstanding holds &#124; ask at the desk",)
    result = counter.do("renew", "B1", READER)
    assert result.code == "library.on_hold"
    assert result.data["message"] == ["Item has outstanding holds | ask at the desk"]


def test_a_refusal_without_any_mark_claims_no_reason(counter: Counter, acs: Acs) -> None:
    """FC-26."""
    counter.do("borrow", "B1", READER)
    acs.next("29", refused_in_words)
    result = counter.do("renew", "B1", READER)
    assert (result.code, result.data["message"]) == ("sip2.refused", ["此书不可续借"])


def test_the_librarys_words_are_bounded_and_printable(counter: Counter, shelf: Shelf) -> None:
    shelf.message = (" 请到  服务台 ", " ", "x" * 250, *["again"] * 20)
    shelf.print_lines = ("谢谢光临",)
    data = counter.do("borrow", "B1", READER).data
    assert data["print_lines"] == ["谢谢光临"]
    message = data["message"]
    assert isinstance(message, list)
    assert message[0] == "请到 服务台"
    assert len(message) <= 8
    assert all(len(str(line)) <= 200 for line in message)


@pytest.mark.parametrize(
    ("order", "written", "day", "guessed"),
    [
        ("month_first", "%m/%d/%Y", "2026-12-24", False),
        ("unknown", "%m/%d/%Y", "2026-12-24", False),
        ("day_first", "%d.%m.%Y", "2026-12-24", False),
        ("unknown", "%Y年%m月%d日", "2026-12-24", False),
        ("unknown", "", "2026-12-21", True),
    ],
)
def test_the_due_date_is_the_librarys_or_marked_as_a_guess(
    counter: Counter, shelf: Shelf, order: str, written: str, day: str, guessed: bool
) -> None:
    """FC-28."""
    assert counter.settings is not None
    counter.settings = Sip2Settings.model_validate({**counter.settings.model_dump(), "date_order": order})
    shelf.writes_due = lambda due: due.strftime(written)
    data = counter.do("borrow", "B1", READER).data
    assert data["due_date"] == day
    assert ("due_date_guessed" in data) is guessed


def test_a_loan_answered_without_a_date_takes_the_date_of_the_copys_record(
    counter: Counter, shelf: Shelf
) -> None:
    """FC-28."""
    written = iter(["", "20261231    235900"])
    shelf.writes_due = lambda _: next(written)
    data = counter.do("borrow", "B1", READER).data
    assert data == {"title": "红楼梦", "due_date": "2026-12-31"}


def account(counter: Counter) -> dict[str, object]:
    library = counter.centre()
    with counter.database.read() as connection:
        subject = opaque(READER, "subject")
        answer = library.ask(connection, Enquiry("account", subject, {}, counter.terminal, counter.now))
    assert answer is not None
    return dict(answer)


def test_an_account_has_titles_due_dates_and_holds(counter: Counter, shelf: Shelf) -> None:
    """FC-29."""
    for barcode in ("B1", "B2"):
        counter.do("borrow", barcode, READER)
    shelf.holds[ME] = ["聊斋志异"]
    told = account(counter)
    assert told["loan_list"] == [
        {"barcode": "B1", "title": "红楼梦", "due_date": "2026-12-24"},
        {"barcode": "B2", "title": "西游记", "due_date": "2026-12-24"},
    ]
    assert told["holds"] == [{"title": "聊斋志异"}]
