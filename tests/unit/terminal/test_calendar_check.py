"""A year without holidays is said by the doctor, never taken silently for weekdays (FC-39)."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import Settings
from terminal.diagnostics import delivery_checks
from terminal.diagnostics.check import Trouble
from tests.cities import LUGANG


@pytest.mark.parametrize(
    ("today", "finding", "trouble"),
    [
        ("2026-06-01", "known", Trouble.NONE),
        ("2026-11-28", "next_missing", Trouble.ADVICE),
        ("2027-01-01", "missing", Trouble.OTHER),
    ],
)
def test_the_doctor_says_which_year_is_missing(
    tmp_path: Path, today: str, finding: str, trouble: Trouble
) -> None:
    folder = tmp_path / "lugang"
    shutil.copytree(LUGANG.folder, folder)
    now = datetime.fromisoformat(today).replace(hour=12, tzinfo=LUGANG.zone)
    check = delivery_checks.calendar(Settings(city=str(folder)), now)
    assert (check.finding, check.trouble) == (finding, trouble)
