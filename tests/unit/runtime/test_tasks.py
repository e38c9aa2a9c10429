"""Workers, periodic tasks and loops go on after any exception; the supervisor starts dead threads again."""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Callable

import pytest
import requests

from config.faults import Fault
from runtime.loop import Loop
from runtime.one_shot import OneShot
from runtime.periodic import PeriodicTask
from runtime.supervisor import Supervisor, supervised, tasks_of
from runtime.task import Timing, described, fault_code
from runtime.worker import Worker


class Unwell(Fault):
    code = "runtime.unwell"


FAILURES: tuple[Callable[[], Exception], ...] = (
    lambda: KeyError("spent"),
    lambda: OSError(errno.ENOSPC, "No space left on device"),
    lambda: OSError(errno.EIO, "Input/output error"),
    lambda: PermissionError(errno.EACCES, "Permission denied"),
    MemoryError,
    lambda: sqlite3.OperationalError("database is locked"),
    lambda: sqlite3.DatabaseError("database disk image is malformed"),
    lambda: requests.ConnectionError("refused"),
    lambda: requests.exceptions.ChunkedEncodingError("cut off"),
    lambda: ValueError("garbage"),
    lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    RecursionError,
    AssertionError,
    StopIteration,
    TimeoutError,
    lambda: Unwell("detail"),
)
SOON_S = 5.0


@pytest.mark.parametrize("failure", FAILURES)
def test_a_worker_goes_on_with_the_next_job_after_any_exception(failure: Callable[[], Exception]) -> None:
    """FC-57, FC-49: one failure ends no thread."""
    answered: list[tuple[str, str]] = []
    done = threading.Event()

    def work(job: str) -> None:
        if job == "bad":
            raise failure()
        done.set()

    worker = Worker("jobs", work, failed=lambda job, error: answered.append((job, type(error).__name__)))
    with supervised([worker]):
        worker.put("bad")
        worker.put("good")
        assert done.wait(SOON_S)
    assert answered == [("bad", type(failure()).__name__)]
    assert worker.health().failures == 1
    assert worker.health().failures_in_row == 0


def test_an_answer_that_fails_as_well_ends_no_worker() -> None:
    done = threading.Event()

    def work(job: str) -> None:
        if job == "good":
            done.set()
            return
        raise KeyError(job)

    def failed(job: str, error: Exception) -> None:
        raise OSError(errno.ENOSPC, "full")

    worker = Worker("jobs", work, failed=failed)
    with supervised([worker]):
        worker.put("bad")
        worker.put("good")
        assert done.wait(SOON_S)


def test_jobs_put_before_the_stop_are_done_and_the_end_runs_on_the_thread() -> None:
    done: list[object] = []
    worker = Worker("jobs", done.append, ended=lambda: done.append(threading.current_thread().name))
    worker.start()
    for job in range(100):
        worker.put(job)
    worker.stop()
    assert done == [*range(100), "jobs"]
    assert not worker.alive


def test_stop_leaves_a_job_that_hangs_after_a_second() -> None:
    release = threading.Event()
    worker = Worker[str]("jobs", lambda job: release.wait())
    worker.start()
    worker.put("hangs")
    worker.stop(0.05)
    assert worker.alive
    release.set()
    worker.join(SOON_S)
    assert not worker.alive


def test_the_newest_job_wins_where_only_it_matters() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), list[int]()

    def work(job: int) -> None:
        begun.set()
        go_on.wait(SOON_S)
        done.append(job)

    worker = Worker("questions", work, newest_wins=True)
    worker.start()
    worker.put(1)
    assert begun.wait(SOON_S)
    for job in (2, 3, 4):
        worker.put(job)
    go_on.set()
    while worker.waiting:
        worker.join(0.001)
    worker.stop()
    assert done == [1, 4]


def test_a_full_worker_takes_no_more_jobs() -> None:
    worker = Worker[int]("slips", lambda job: None, limit=2)
    assert [worker.put(each) for each in (1, 2, 3)] == [True, True, False]
    assert worker.discard() == 2
    assert worker.put(4)


def test_an_idle_call_that_fails_is_called_again() -> None:
    looks = 0
    opened = threading.Event()

    def idle() -> float | None:
        nonlocal looks
        looks += 1
        if looks < 3:
            raise OSError(errno.ENOSPC, "full")
        opened.set()
        return None

    worker = Worker[str]("codes", lambda job: None, idle=idle)
    with supervised([worker]):
        worker.put("wakes")
        worker.put("wakes")
        assert opened.wait(SOON_S)


@pytest.mark.parametrize("failure", FAILURES)
def test_a_periodic_task_never_ends_by_an_exception(failure: Callable[[], Exception]) -> None:
    """FC-57: a disk that was full once costs one round, not the renewal until the next start."""
    clock = Clock()
    failing = True

    def work() -> None:
        if failing:
            raise failure()

    task = PeriodicTask("hotlist", 60.0, lambda: 0.5, work, timing=clock.timing)
    waits = [task.step() for _ in range(8)]
    assert waits == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    assert task.health().failures_in_row == 8
    assert task.health().fault == fault_code(failure())
    failing = False
    assert task.step() == 60.0
    assert task.health().failures_in_row == 0
    assert task.health().fault == ""
    assert task.health().failures == 8
    clock.now += 7
    assert task.health().succeeded_s_ago == 7


@pytest.mark.parametrize(("chance", "expected"), [(0.0, 30.0), (0.5, 60.0), (1.0, 90.0)])
def test_rounds_are_spread_over_half_to_one_and_a_half_of_the_period(chance: float, expected: float) -> None:
    assert PeriodicTask("hotlist", 60.0, lambda: chance, lambda: None).step() == expected


def test_a_step_may_ask_for_its_own_wait() -> None:
    assert PeriodicTask("issuers", 60.0, lambda: 0.5, lambda: 2.5).step() == 2.5


def test_a_period_shorter_than_the_first_retry_is_kept() -> None:
    def work() -> None:
        raise KeyError

    task = PeriodicTask("hotlist", 0.5, lambda: 0.5, work)
    assert {task.step() for _ in range(2000)} == {0.5}


def test_hurry_ends_a_wait() -> None:
    rounds = threading.Semaphore(0)
    task = PeriodicTask("hotlist", 86_400.0, lambda: 0.5, rounds.release)
    with supervised([task]):
        assert rounds.acquire(timeout=SOON_S)
        task.hurry()
        assert rounds.acquire(timeout=SOON_S)


def test_a_first_wait_comes_before_the_first_step() -> None:
    clock = Clock()
    task = PeriodicTask("state", 300.0, lambda: 0.5, lambda: None, first_s=30.0, timing=clock.timing)
    task.start()
    assert clock.waited.wait(SOON_S)
    assert clock.waits[0] == 30.0
    task.stop()


def test_a_loop_is_begun_again_after_any_exception() -> None:
    begun = threading.Semaphore(0)
    clock = Clock()

    def body() -> None:
        begun.release()
        raise MemoryError

    loop = Loop("camera", body, timing=clock.timing)
    with supervised([loop]):
        for _ in range(5):
            assert begun.acquire(timeout=SOON_S)
    assert clock.waits[:4] == [0.2, 0.4, 0.8, 1.6]
    assert max(clock.waits) <= 5.0


def test_the_supervisor_starts_a_dead_thread_again() -> None:
    """What is no ``Exception`` ends a thread: a library that calls ``sys.exit``, for one."""
    done = threading.Event()

    def work(job: str) -> None:
        if job == "deadly":
            raise SystemExit(3)
        done.set()

    worker = Worker("jobs", work)
    worker.start()
    supervisor = Supervisor([worker])
    worker.put("deadly")
    worker.join(SOON_S)
    assert worker.died
    assert supervisor.unwell()[0].fault == "SystemExit"
    supervisor.step()
    worker.put("good")
    assert done.wait(SOON_S)
    assert worker.health().restarts == 1
    worker.stop()
    supervisor.step()
    assert not worker.alive


def test_a_task_that_was_stopped_stays_stopped() -> None:
    task = PeriodicTask("hotlist", 60.0, lambda: 0.5, lambda: None)
    task.start()
    task.stop()
    Supervisor([task]).step()
    assert not task.alive
    assert not task.died


def test_the_supervisor_finds_the_tasks_of_parts() -> None:
    class Desk:
        def __init__(self) -> None:
            self.tasks = (Worker[str]("desk", lambda job: None),)

    desk, task = Desk(), Loop("camera", lambda: None)
    assert tasks_of([desk, task, object()]) == [*desk.tasks, task]


def test_a_long_job_shows_as_busy() -> None:
    clock, begun, release = Clock(), threading.Event(), threading.Event()

    def work(job: str) -> None:
        begun.set()
        release.wait(SOON_S)

    worker = Worker("jobs", work, timing=clock.timing)
    with supervised([worker]):
        worker.put("slow")
        assert begun.wait(SOON_S)
        clock.now += 40
        assert worker.health().busy_s == 40
        release.set()


def test_the_log_holds_the_place_of_an_unexpected_error_and_never_its_message() -> None:
    with pytest.raises(KeyError) as raised:
        {}["370101199001011234"]
    told = described(raised.value)
    assert told.startswith("KeyError at test_tasks.py:")
    assert "3701" not in told
    assert described(Unwell("detail")) == "runtime.unwell: detail"
    assert fault_code(OSError(errno.ENOSPC, "full")) == "OSError.ENOSPC"


def test_a_single_call_gives_its_result_or_its_error() -> None:
    assert OneShot("sum", lambda: 1 + 1).result() == 2

    def fails() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        OneShot("fails", fails).result()
    release = threading.Event()
    slow = OneShot("slow", release.wait)
    with pytest.raises(TimeoutError):
        slow.result(0.01)
    release.set()
    assert slow.result(SOON_S)


class Clock:
    """Waits end at once and are written down."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []
        self.waited = threading.Event()
        self.timing = Timing(lambda: self.now, self._wait)

    def _wait(self, event: threading.Event, wait_s: float) -> bool:
        self.waits.append(wait_s)
        self.waited.set()
        return event.wait(0.001)
