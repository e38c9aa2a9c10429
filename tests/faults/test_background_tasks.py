"""Every background task against every failure: it goes on, reports the failure, and recovers in its period.

FC-57: a disk that was full once ended the renewal of the hotlist until the next start. FC-49: a database that
was stopped ended reports for ever; ``tests/integration/central/test_chores.py`` stops a real one.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from drivers.central.configuration_copy import ConfigurationCopy
from drivers.central.faults import OutcomeUnknown, Unreachable
from runtime.periodic import PeriodicTask
from runtime.task import fault_code
from terminal.identification.code_trust import IssuersRefresh, KnownIssuers
from terminal.identification.hotlist.refresh import HotlistRefresh
from terminal.identification.hotlist.store import Hotlist
from terminal.provisioning.catalogue_delivery import CatalogueCopy, CatalogueRefresh
from terminal.provisioning.configuration import ConfigurationRefresh
from terminal.ticketing.entitlements.refresh import EntitlementRefresh
from terminal.ticketing.entitlements.store import EntitlementList
from terminal.ticketing.fare_budgets import BudgetRefresh
from terminal.ticketing.tariffs import TariffBook, TariffRefresh
from tests.cities import shipped_tariff
from tests.integration.central.fleet.city import City, Machine, a_city

PERIOD_S = 600.0
FAILURES: tuple[Callable[[], Exception], ...] = (
    lambda: KeyError("spent"),
    lambda: OSError(errno.ENOSPC, "No space left on device"),
    lambda: OSError(errno.EIO, "Input/output error"),
    MemoryError,
    RecursionError,
    lambda: sqlite3.OperationalError("database or disk is full"),
    lambda: sqlite3.DatabaseError("database disk image is malformed"),
    lambda: requests.ConnectionError("refused"),
    lambda: requests.exceptions.ChunkedEncodingError("cut off"),
    lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    lambda: Unreachable("no connection"),
    lambda: OutcomeUnknown("no answer in time"),  # a slow answer, as the client reports it
)
GARBAGE: tuple[object, ...] = (b"", "text", 7, [], {}, (), ("document", "tag"), (None, None), object())


@dataclass
class Unsteady:
    """The city's real centre, or what stands in its way: ``failure`` is raised, ``garbage`` answered."""

    client: Any
    failure: Callable[[], Exception] | None = None
    garbage: list[object] = field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., object]:
        def ask(*arguments: object) -> object:
            if self.failure:
                raise self.failure()
            return self.garbage[0] if self.garbage else getattr(self.client, name)(*arguments)

        return ask


@pytest.fixture(scope="module")
def one_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with a_city(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest.fixture(scope="module")
def machine(one_city: City) -> Machine:
    return one_city.enrolled("machine")


@dataclass
class Bench:
    city: City
    data: Path
    central: Any

    def authority(self) -> Any:
        return self.city.fleet.authority.certificate


def now() -> datetime:
    return datetime.now(UTC)


def hotlist(bench: Bench) -> PeriodicTask:
    here = Hotlist(bench.data / "hotlist.db")
    return HotlistRefresh(here, bench.central, bench.authority, now, lambda: 0.5, lambda _: None, PERIOD_S)


def entitlements(bench: Bench) -> PeriodicTask:
    here = EntitlementList(bench.data / "entitlements.db", 30)
    return EntitlementRefresh(here, bench.central, bench.authority, now, lambda: 0.5, PERIOD_S)


def issuers(bench: Bench) -> PeriodicTask:
    return IssuersRefresh(KnownIssuers(bench.data, bench.authority), bench.central, lambda: 0.5)


def catalogue(bench: Bench) -> PeriodicTask:
    copy = CatalogueCopy(bench.data, ("library",), bench.authority)
    return CatalogueRefresh(copy, bench.central, lambda: 0.5, lambda _: None, PERIOD_S)


def tariff(bench: Bench) -> PeriodicTask:
    book = TariffBook(bench.data, "binzhou", shipped_tariff("binzhou"), "1", bench.authority)
    return TariffRefresh(book, bench.central, now, lambda: 0.5, PERIOD_S)


def configuration(bench: Bench) -> PeriodicTask:
    copy = ConfigurationCopy(bench.data, "machine", bench.authority(), lambda _: None)
    return ConfigurationRefresh(copy, "machine", bench.central, lambda: 0.5, lambda _: None, PERIOD_S)


def budgets(bench: Bench) -> PeriodicTask:
    return BudgetRefresh(bench.central, "BZ-BUS-0001", lambda: 0.5, lambda _: None, PERIOD_S)


TASKS = (hotlist, entitlements, issuers, catalogue, tariff, configuration)
"""Those a real centre answers here."""
ALL_TASKS = (*TASKS, budgets)


@pytest.fixture
def bench(one_city: City, machine: Machine, tmp_path: Path) -> Bench:
    return Bench(one_city, tmp_path, Unsteady(machine.client()))


@pytest.mark.parametrize("make", ALL_TASKS)
def test_no_exception_ends_a_task_and_each_is_reported(
    bench: Bench, make: Callable[[Bench], PeriodicTask]
) -> None:
    task = make(bench)
    for failure in FAILURES:
        bench.central.failure = failure
        assert 0 < task.step() <= PERIOD_S
        assert task.health().fault == fault_code(failure())
    assert task.health().failures_in_row == len(FAILURES)


@pytest.mark.parametrize("make", TASKS)
def test_a_task_recovers_in_the_next_round(bench: Bench, make: Callable[[Bench], PeriodicTask]) -> None:
    task = make(bench)
    for failure in FAILURES:
        bench.central.failure = failure
        task.step()
        bench.central.failure = None
        task.step()
        assert (task.health().failures_in_row, task.health().fault) == (0, "")


@pytest.mark.parametrize("make", TASKS)
def test_a_garbage_answer_changes_nothing_and_the_next_good_one_is_used(
    bench: Bench, make: Callable[[Bench], PeriodicTask]
) -> None:
    task = make(bench)
    for garbage in GARBAGE:
        bench.central.garbage = [garbage]
        assert 0 < task.step() <= PERIOD_S
    bench.central.garbage = []
    task.step()
    assert task.health().failures_in_row == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own. Needs the right to mount, as root has."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500000", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def filled(disk: Path) -> Path:
    """A file that takes all the space that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    assert os.statvfs(disk).f_bavail == 0
    return ballast


def test_a_full_disk_costs_the_hotlist_one_round(bench: Bench, small_disk: Path) -> None:
    """FC-57: the hotlist is fetched while the disk is full, and again once it is not."""
    here = Hotlist(small_disk / "hotlist.db")
    task = HotlistRefresh(here, bench.central, bench.authority, now, lambda: 0.5, lambda _: None, PERIOD_S)
    ballast = filled(small_disk)
    for _ in range(3):
        assert task.step() < PERIOD_S
    assert task.health().failures_in_row == 3
    assert here.state.checked_at is None
    ballast.unlink()
    task.step()
    assert task.health().failures_in_row == 0
    assert now() - (here.state.checked_at or datetime.min.replace(tzinfo=UTC)) < timedelta(minutes=1)
    here.close()


def test_a_full_disk_costs_a_signed_document_one_round(bench: Bench, small_disk: Path) -> None:
    """FC-57, for the issuers of codes."""
    known = KnownIssuers(small_disk, bench.authority)
    task = IssuersRefresh(known, bench.central, lambda: 0.5)
    ballast = filled(small_disk)
    for _ in range(3):
        task.step()
        assert task.health().fault == "OSError.ENOSPC"
    assert not known.known
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast"]
    ballast.unlink()
    task.step()
    assert known.known
    assert KnownIssuers(small_disk, bench.authority).known


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 300, b"{}", b"\0" * 5000])
@pytest.mark.parametrize(
    ("make", "file"),
    [
        (hotlist, "hotlist.db"),
        (entitlements, "entitlements.db"),
        (issuers, "code-trust.signed.json"),
        (tariff, "9.signed.json"),
        (configuration, "machine.signed.json"),
    ],
)
def test_a_damaged_file_is_fetched_again(
    bench: Bench, make: Callable[[Bench], PeriodicTask], file: str, damage: bytes
) -> None:
    (bench.data / file).write_bytes(damage)
    task = make(bench)
    task.step()
    assert task.health().failures_in_row == 0
