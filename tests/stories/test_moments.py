"""No story and no test depends on the hour, the date or the zone of the machine (FC-62).

A story begins at moments of a day, on a holiday and on 29 February. From outside, libfaketime, which is not
ours, sets the clock of whole processes, and TZ their zone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stories.test_stories import onecard

MOMENTS = (
    "2026-12-01T00:30+08:00",
    "2026-12-01T03:59:50+08:00",  # the day of rides ends at four
    "2026-12-01T04:59:50+08:00",  # the night fare ends at five
    "2026-12-01T12:00+08:00",
    "2026-12-01T21:59:50+08:00",  # the night fare begins at ten
    "2026-12-01T23:59:50+08:00",
    "2027-02-06T08:00+08:00",  # New Year of the lunar calendar, a Saturday
    "2028-02-29T12:00-05:00",
)
FAKED = (
    ("2026-12-01 23:30:00", "Asia/Shanghai"),
    ("2028-02-29 05:00:00", "America/New_York"),
    ("2026-12-31 23:59:30", "Pacific/Kiritimati"),
)
SENSITIVE = (
    "tests/integration/central/fleet/test_tariffs.py::"
    "test_a_ride_told_by_a_tariff_that_was_out_of_date_is_settled_by_that_one",
    "tests/stories/test_tariff_delivery.py",
    "tests/stories/test_forks_of_places.py",
)
LIBFAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
SLEEP = """
#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *left)
{ return syscall(SYS_clock_nanosleep, clock, flags, request, left) == 0 ? 0 : errno; }
"""
"""libfaketime 0.9.10 answers EINVAL to Python's sleep, which is absolute and monotonic."""


@pytest.mark.parametrize("at", MOMENTS)
def test_riders_pay_the_fare_of_the_hour(at: str, tmp_path: Path) -> None:
    told = onecard("story", "S6-cards", "--at", at, "--json", "--no-pictures", directory=tmp_path)
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""


@pytest.fixture(scope="module")
def sleeping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sleep")
    (folder / "sleep.c").write_text(SLEEP, encoding="ascii")
    library = folder / "sleep.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, folder / "sleep.c"], check=True)
    return library


@pytest.mark.parametrize(("at", "zone"), FAKED)
def test_the_clock_and_zone_of_the_machine_decide_no_test(at: str, zone: str, sleeping: Path) -> None:
    environment = os.environ | {
        "LD_PRELOAD": f"{sleeping} {LIBFAKETIME}",
        "FAKETIME": f"@{at}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": zone,
    }
    environment.pop("PYTEST_XDIST_WORKER", None)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *SENSITIVE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]
