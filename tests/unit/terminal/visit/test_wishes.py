"""What one person wishes of the screen (how loud, how large, which language) is not left to the next."""

from __future__ import annotations

import pytest

from drivers.pcsc.events import CardArrived
from terminal.visit.effects import SpeakAgain
from terminal.visit.events import (
    Chosen,
    Done,
    EasyModeToggled,
    Event,
    LanguageChanged,
    SayAgain,
    StaffCalled,
    StartOver,
    VolumeSet,
)
from terminal.visit.states import LOUDEST, USUAL_VOLUME, Finished, Idle, Serving
from terminal.visit.steps import Certainty, Submit
from terminal.visit.timing import as_found
from tests.unit.terminal.visit.counter_desk import READER, Desk, copy_seen


@pytest.mark.parametrize(("wished", "heard"), [(0, 0), (1, 1), (LOUDEST, LOUDEST), (9, LOUDEST), (-1, 0)])
def test_it_is_as_loud_as_it_was_set_and_that_is_heard_at_once(desk: Desk, wished: int, heard: int) -> None:
    assert desk.tell(VolumeSet(wished)).volume == heard
    assert desk.asked[-1] == SpeakAgain()


def test_the_volume_stays_through_the_visit_and_goes_with_it(desk: Desk) -> None:
    desk.tell(VolumeSet(LOUDEST))
    assert desk.identified_by_card().volume == LOUDEST
    assert desk.tell(Chosen("library.borrow")).volume == LOUDEST
    assert desk.tell(StartOver()).volume == USUAL_VOLUME


@pytest.mark.parametrize("wish", [VolumeSet(1), EasyModeToggled(), LanguageChanged("en"), StaffCalled()])
def test_a_wish_left_at_the_idle_screen_goes_with_the_rest_and_no_warning(desk: Desk, wish: Event) -> None:
    desk.tell(wish)
    assert as_found(desk.counter) != desk.counter
    after = desk.fire("rest")
    assert (after.stage, after.timers, after.time_warning) == (Idle(), (), False)
    assert as_found(after) == after


def test_an_idle_screen_nobody_wished_anything_of_has_no_timer(desk: Desk) -> None:
    assert desk.tell(SayAgain()).timers == ()


def test_the_next_person_finds_the_counters_own_language(desk: Desk) -> None:
    desk.identified_by_card()
    assert desk.tell(LanguageChanged("en")).language == "en"
    assert desk.tell(StartOver()).language == "zh_CN"


def test_who_comes_while_a_wish_waits_at_the_idle_screen_keeps_it(desk: Desk) -> None:
    desk.tell(VolumeSet(1), CardArrived(0.0, READER))
    assert "rest" not in dict(desk.counter.timers)
    assert desk.counter.volume == 1


def test_whoever_listens_again_keeps_the_screen_longer(desk: Desk) -> None:
    desk.identified_by_card()
    desk.fire("rest")
    assert not desk.tell(SayAgain()).time_warning
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    desk.outcome(0, Certainty.CONFIRMED, due_date="2026-12-21")
    assert isinstance(desk.tell(Done()).stage, Finished)
    before = dict(desk.counter.timers)["result"]
    assert dict(desk.tell(SayAgain()).timers)["result"] > before


def test_a_terminal_at_work_still_says_when_it_takes_long(desk: Desk) -> None:
    """Hearing again while the centre is asked is no reason to be asked whether one is still there."""
    desk.identified_by_card()
    desk.tell(Chosen("library.return"), copy_seen("371600-000101"), Done())
    stage = desk.counter.stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Submit)
    assert set(dict(desk.tell(SayAgain()).timers)) == {"slow"}
