"""The running terminal's check of codes: its own disk, its own clock, its own hotlist; two threads meet."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.codes.code import RideCode, SignedECard
from domain.codes.trust import ClockReading, Here, TrustAnchors
from domain.credential import ProvedECard, ProvedRideCode
from terminal.identification.code_checking import REPLAY_TABLE, CodeChecking, reading_of
from terminal.identification.hotlist.freshness import HotlistBlocked
from terminal.runtime.clock import Clock
from terminal.visit.events import CodeChecked, CodeRefused
from tests.unit.drivers.codes_signed.samples import ANCHORS, DAY, NOW, e_card_text, ride_code_bytes

PATIENCE_S = 20


@dataclass
class Counter:
    """One terminal's check, on a clock the test sets."""

    directory: Path
    time: datetime = NOW - timedelta(minutes=5)
    trusted: bool = True
    anchors: TrustAnchors = ANCHORS
    here: Here = field(default_factory=lambda: Here("bus", takes_ride_codes=True))
    blocked: str = ""
    posted: queue.SimpleQueue[CodeChecked | CodeRefused] = field(default_factory=queue.SimpleQueue)

    def begin(self) -> CodeChecking:
        checking = CodeChecking(
            self.directory,
            lambda: self.anchors,
            lambda: ClockReading(self.time, self.trusted),
            self.here,
            self._refuse_blocked,
            self.posted.put,
        )
        checking.start()
        return checking

    def _refuse_blocked(self, subject_key: str) -> None:
        if subject_key == self.blocked:
            raise HotlistBlocked


def taken(counter: Counter, checking: CodeChecking, code: SignedECard | RideCode) -> str:
    """The reason of the refusal, or what was proved."""
    checking.check(code)
    answer = counter.posted.get(timeout=PATIENCE_S)
    assert answer.code == code
    return answer.reason if isinstance(answer, CodeRefused) else type(answer.credential).__name__


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    """Its table was begun before the samples' phones showed anything."""
    counter = Counter(tmp_path / "codes")
    first = counter.begin()
    wait_for((counter.directory / REPLAY_TABLE).exists)
    first.stop()
    counter.time = NOW
    return counter


def wait_for(true: Callable[[], bool]) -> None:
    waiting: queue.SimpleQueue[None] = queue.SimpleQueue()
    for _ in range(PATIENCE_S * 100):
        if true():
            return
        try:
            waiting.get(timeout=0.01)
        except queue.Empty:
            continue
    raise AssertionError


CARD, RIDE = SignedECard(e_card_text()), RideCode(ride_code_bytes())


def test_both_formats_become_credentials_without_anybodys_help(counter: Counter) -> None:
    checking = counter.begin()
    assert taken(counter, checking, CARD) == ProvedECard.__name__
    assert taken(counter, checking, RIDE) == ProvedRideCode.__name__
    checking.stop()


def test_a_code_is_taken_once_also_after_a_restart(counter: Counter) -> None:
    checking = counter.begin()
    taken(counter, checking, CARD)
    assert taken(counter, checking, CARD) == "code.replayed"
    checking.stop()
    again = counter.begin()
    assert taken(counter, again, CARD) == "code.replayed"
    again.stop()


def test_a_clock_set_back_takes_nothing(counter: Counter) -> None:
    checking = counter.begin()
    taken(counter, checking, CARD)
    checking.stop()
    counter.time = NOW - timedelta(minutes=10)
    back = counter.begin()
    earlier = SignedECard(e_card_text(made_at=counter.time, nonce=b"back"))
    assert taken(counter, back, earlier) == "code.clock_untrusted"
    back.stop()


def test_a_clock_nobody_confirmed_takes_nothing_and_makes_no_table(tmp_path: Path) -> None:
    counter = Counter(tmp_path / "codes", trusted=False)
    checking = counter.begin()
    assert taken(counter, checking, CARD) == "code.clock_untrusted"
    assert not (counter.directory / REPLAY_TABLE).exists()
    checking.stop()


def test_a_table_that_is_new_takes_no_code_older_than_itself(tmp_path: Path) -> None:
    counter = Counter(tmp_path / "codes", time=NOW + timedelta(seconds=3))
    checking = counter.begin()
    wait_for((counter.directory / REPLAY_TABLE).exists)
    assert taken(counter, checking, CARD) == "code.expired"
    younger = SignedECard(e_card_text(made_at=NOW + timedelta(seconds=3), nonce=b"next"))
    assert taken(counter, checking, younger) == ProvedECard.__name__
    checking.stop()


def test_a_blocked_holder_is_refused_though_the_code_is_good(counter: Counter) -> None:
    counter.blocked = "e_card:c2FtcGxlMDE"
    checking = counter.begin()
    assert taken(counter, checking, CARD) == "hotlist.blocked"
    assert taken(counter, checking, RIDE) == ProvedRideCode.__name__
    checking.stop()


def test_without_a_list_of_issuers_nobody_is_believed(counter: Counter) -> None:
    counter.anchors = TrustAnchors()
    checking = counter.begin()
    assert taken(counter, checking, CARD) == "code.unknown_issuer"
    assert taken(counter, checking, RIDE) == "code.unknown_issuer"
    checking.stop()


def test_a_ride_code_is_for_rides_and_a_card_for_whom_it_names(counter: Counter) -> None:
    counter.here = Here("library")
    checking = counter.begin()
    assert taken(counter, checking, RIDE) == "code.wrong_audience"
    meant = {
        name: SignedECard(e_card_text(audience=name, nonce=name.encode()[:4]))
        for name in ("hotel", "library")
    }
    assert taken(counter, checking, meant["hotel"]) == "code.wrong_audience"
    assert taken(counter, checking, meant["library"]) == ProvedECard.__name__
    checking.stop()


def test_a_disk_that_takes_no_table_takes_no_code(tmp_path: Path) -> None:
    blocked = tmp_path / "codes"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    counter = Counter(blocked, time=NOW)
    checking = counter.begin()
    assert taken(counter, checking, CARD) == "code.not_checked"
    blocked.unlink()
    later = SignedECard(e_card_text(made_at=NOW + timedelta(seconds=1), nonce=b"disk"))
    counter.time = NOW + timedelta(seconds=1)
    assert taken(counter, checking, later) == ProvedECard.__name__
    checking.stop()


def test_the_time_is_trusted_from_the_centre_or_a_system_that_keeps_it() -> None:
    moment, at_ms = NOW, 0.0

    def wall() -> datetime:
        return moment

    clock = Clock(wall, lambda: at_ms)
    assert not reading_of(clock, lambda: False).trusted
    assert reading_of(clock, lambda: True).trusted
    moment = NOW + DAY
    assert not reading_of(clock, lambda: True).trusted
    clock.heard(NOW, 20)
    assert reading_of(clock, lambda: False).trusted
    moment = NOW - DAY
    reading = reading_of(clock, lambda: False)
    assert reading.trusted
    assert abs(reading.time - NOW) < timedelta(seconds=1)


def test_credentials_and_refusals_print_nobody(counter: Counter) -> None:
    checking = counter.begin()
    checking.check(CARD)
    answer = counter.posted.get(timeout=PATIENCE_S)
    assert "张" not in repr(answer)
    assert "c2FtcGxlMDE" not in repr(answer)
    checking.stop()
