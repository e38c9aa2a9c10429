"""Whatever happens in whatever order, a visit keeps its promises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codes.code import UnusableCode
from drivers.codes.code_seen import CodeSeen
from drivers.pcsc.events import CardArrived, CardGone, CardUnreadable, ReadersChanged, ReaderServiceChanged
from drivers.printers.events import NotPrinted, Printed
from terminal.visit.effects import ForgetPerson, SubmitDraft
from terminal.visit.events import (
    BusinessStopped,
    CardFailed,
    CardRead,
    CentralReach,
    Chosen,
    Done,
    EasyModeToggled,
    Event,
    Identified,
    LanguageChanged,
    MoreTime,
    NotIdentified,
    ReceiptWanted,
    SayAgain,
    StaffCalled,
    StartOver,
    Submitted,
    TimerFired,
    VolumeSet,
)
from terminal.visit.states import Counter, Identifying, Idle, Reading
from terminal.visit.steps import Certainty, SubmissionOutcome
from terminal.visit.transitions import step
from tests.unit.terminal.visit.counter_desk import CARD, HOLDER, READER, Desk, copy_seen, expired, phone_seen

readers = st.sampled_from([READER, "Second 01 00"])
outcomes = st.builds(
    SubmissionOutcome,
    st.sampled_from([Certainty.CONFIRMED, Certainty.ACCEPTED, Certainty.REFUSED]),
    st.just("0199"),
    st.sampled_from(["", "library.copy_on_loan"]),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(CardArrived, st.just(0.0), readers),
    st.builds(CardGone, st.just(0.0), readers),
    st.builds(CardUnreadable, st.just(0.0), readers, st.just("card.mute")),
    st.builds(ReadersChanged, st.just(0.0), st.sampled_from([(), (READER,)])),
    st.builds(ReaderServiceChanged, st.just(0.0), st.sampled_from(["", "reader.service_lost"])),
    st.builds(CardRead, readers, st.sampled_from([CARD, expired(CARD)]), st.just(1.0)),
    st.builds(CardFailed, readers, st.just("card.removed")),
    st.just(Identified(HOLDER)),
    st.builds(NotIdentified, st.sampled_from(["holder.unknown", "central.unreachable"])),
    st.builds(Submitted, st.integers(0, 4), outcomes),
    st.builds(Chosen, st.sampled_from(["library.borrow", "library.return", "library.renew", "nonsense"])),
    st.builds(copy_seen, st.sampled_from(["371600-000101", "371600-000102", "9787020002207"]), st.booleans()),
    st.builds(phone_seen, repeated=st.booleans()),
    st.just(CodeSeen(0.0, "camera", "QRCode", UnusableCode("code.url"))),
    st.builds(Printed, st.just(0.0), st.just("20261123T100000 0199"), st.booleans()),
    st.builds(NotPrinted, st.just(0.0), st.just("20261123T100000 0199"), st.just("printer.no_paper")),
    st.sampled_from([Done(), ReceiptWanted(), StartOver(), MoreTime(), StaffCalled(), EasyModeToggled()]),
    st.one_of(st.just(SayAgain()), st.builds(VolumeSet, st.integers(-1, 9))),
    st.builds(LanguageChanged, st.sampled_from(["zh_CN", "en"])),
    st.builds(CentralReach, st.booleans()),
    st.builds(BusinessStopped, st.sampled_from(["", "journal.full"])),
    st.builds(
        TimerFired, st.sampled_from(["slow", "rest", "warning", "result", "notice"]), st.integers(0, 12)
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(events, max_size=40))
def test_no_order_of_events_breaks_a_promise(happenings: list[Event]) -> None:
    desk = Desk(prints=True)
    numbers: set[int] = set()
    for event in happenings:
        before = desk.counter
        counter, effects = step(before, event, desk.world)
        assert step(before, event, desk.world) == (counter, effects), "the same event twice is the same step"
        if any(isinstance(effect, ForgetPerson) for effect in effects):
            numbers.clear()
        drafted = [effect.line for effect in effects if isinstance(effect, SubmitDraft)]
        assert numbers.isdisjoint(drafted), "a line of business is submitted once"
        numbers.update(drafted)
        assert_promises(counter)
        desk.counter = counter


def assert_promises(counter: Counter) -> None:
    if isinstance(counter.stage, Idle):
        assert "刘" not in repr(counter), "nobody is left on an idle screen"
        assert not counter.time_warning
    elif not isinstance(counter.stage, Reading | Identifying):
        assert any(name in ("slow", "rest", "warning", "result") for name, _ in counter.timers), (
            "no screen stays for ever"
        )
    names = [name for name, _ in counter.timers]
    assert len(names) == len(set(names))


@settings(max_examples=200, deadline=None)
@given(st.lists(events, max_size=25))
def test_starting_over_always_leads_away_from_the_person(happenings: list[Event]) -> None:
    desk = Desk(prints=True)
    for event in happenings:
        desk.tell(event)
    desk.tell(BusinessStopped(""), *(CardGone(0.0, reader) for reader in (READER, "Second 01 00")))
    for number in range(6):
        desk.outcome(number, Certainty.CONFIRMED)
    counter = desk.tell(StartOver(), StartOver())
    assert counter.stage == Idle()
