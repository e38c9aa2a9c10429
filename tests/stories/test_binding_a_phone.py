"""An electronic card put on a phone at a whole counter: real terminal, real centre process, a phone that
speaks to it over HTTP; also with the centre killed in between, somebody else's phone, and a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.central.phone import PhoneRefused
from drivers.central.wallet import WalletClient
from drivers.codes.classify import classify
from drivers.codes.code_seen import CodeSeen
from drivers.virtual.wallet_phone import BoundPhone
from terminal.services.catalogue.phone_binding import ANSWER, BEGIN, OTHER, SAME
from terminal.visit.events import StartOver, TimerFired
from terminal.visit.states import Failed, Idle, Serving
from terminal.visit.steps import Certainty, Choose, EnterPin, Finish, ShowCode
from tests.stories.plain_counter import PlainCounter, plain_counter, wait_for_health

PERSON = "yang-ying"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[PlainCounter]:
    with plain_counter(tmp_path, "issue-e-card", "my-cards") as running:
        yield running


def phone_of(counter: PlainCounter) -> BoundPhone:
    return BoundPhone(WalletClient(counter.access.url), PERSON, counter.now)


def shown(counter: PlainCounter) -> ShowCode:
    """The person lays a card, says yes, types the PIN: a code stands on the screen."""
    counter.lay(PERSON)
    assert isinstance(counter.choose("issue-e-card"), Choose)
    assert isinstance(counter.choose(BEGIN), EnterPin)
    step = counter.pin()
    assert isinstance(step, ShowCode)
    return step


def compared(counter: PlainCounter) -> str:
    """The digits on the counter's screen, once it has seen that a phone came."""

    def asked() -> bool:
        stage = counter.stage
        return isinstance(stage, Serving) and isinstance(stage.step, Choose)

    counter.until("the counter sees the phone", asked)
    stage = counter.stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Choose)
    assert stage.step.largest
    return dict(stage.step.largest.args)["zh_CN"]


def bound(counter: PlainCounter) -> BoundPhone:
    phone = phone_of(counter)
    digits = phone.scan(shown(counter).content)
    assert compared(counter) == digits
    counter.choose(ANSWER + SAME)
    assert counter.result().certainty is Certainty.CONFIRMED
    phone.load()
    counter.take_away()
    return phone


def knows(counter: PlainCounter, text: str) -> bool:
    """Shows this phone's code to the counter: whether it is somebody's."""
    counter.do(CodeSeen(0.0, "camera", "QRCode", classify("QRCode", text, text.encode())))
    counter.until("the code is looked at", lambda: not isinstance(counter.stage, Idle))
    counter.settled()
    known = not isinstance(counter.stage, Failed)
    counter.do(StartOver())
    return known


def test_a_phone_is_bound_and_the_next_one_takes_its_place(counter: PlainCounter) -> None:
    old = bound(counter)
    assert knows(counter, old.token())
    assert knows(counter, old.signed_code())
    before = [entry.action for entry in counter.entries() if entry.service == "issue-e-card"]
    assert sorted(before) == ["bind", "issue"]
    new = bound(counter)
    assert knows(counter, new.signed_code())
    with pytest.raises(PhoneRefused) as refused:
        old.token()
    assert refused.value.reason == "e_card.other_phone"
    assert not knows(counter, old.signed_code())
    assert counter.stage == Idle()


def test_the_journal_and_the_log_hold_no_code(
    counter: PlainCounter, caplog: pytest.LogCaptureFixture
) -> None:
    step = shown(counter)
    secret = step.content.rpartition(".")[2]
    assert secret not in repr(step)
    assert secret not in caplog.text
    assert all(secret not in str(entry) for entry in counter.entries())
    for file in counter.directory.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes()


def test_a_centre_that_dies_while_the_code_is_shown_is_asked_again(counter: PlainCounter) -> None:
    step = shown(counter)
    counter.central.kill()
    counter.until("nobody answered", lambda: not counter.terminal.link.online)
    counter.central.start()
    wait_for_health(counter.access)
    phone = phone_of(counter)
    digits = phone.scan(step.content)
    assert compared(counter) == digits
    counter.central.kill()
    counter.central.start()
    wait_for_health(counter.access)
    assert phone.scan(step.content) == digits
    counter.choose(ANSWER + SAME)
    assert counter.result().certainty is Certainty.CONFIRMED
    counter.central.kill()
    counter.central.start()
    wait_for_health(counter.access)
    phone.load()
    assert knows_again(counter, phone)


def knows_again(counter: PlainCounter, phone: BoundPhone) -> bool:
    counter.take_away()
    return knows(counter, phone.token())


def test_somebody_elses_phone_is_said_to_be_so_and_gets_nothing(counter: PlainCounter) -> None:
    step = shown(counter)
    thief = phone_of(counter)
    thief.scan(step.content)
    compared(counter)
    counter.choose(ANSWER + OTHER)
    assert counter.refused_for() == "binding.other_phone"
    with pytest.raises(PhoneRefused) as refused:
        thief.load()
    assert refused.value.reason == "binding.used"


def test_a_code_that_was_guessed_at_five_times_is_given_up_at_the_counter_too(counter: PlainCounter) -> None:
    content = shown(counter).content
    for number in range(5):
        with pytest.raises(PhoneRefused):
            phone_of(counter).scan(f"{content[:-1]}{number}X")
    counter.until("the counter gives it up", lambda: not isinstance(counter.stage, Serving))
    assert counter.refused_for() == "binding.too_many_tries"


def test_who_goes_away_leaves_no_code_that_binds(counter: PlainCounter) -> None:
    content = shown(counter).content
    stage = counter.terminal.kiosk.counter
    counter.do(TimerFired("rest", dict(stage.timers)["rest"]))
    counter.do(TimerFired("warning", dict(counter.terminal.kiosk.counter.timers)["warning"]))
    ended = counter.settled()
    assert isinstance(ended, Finish)
    assert ended.certainty is Certainty.REFUSED
    phone = phone_of(counter)
    phone.scan(content)
    with pytest.raises(PhoneRefused) as refused:
        phone.load()
    assert refused.value.reason == "binding.waiting"
