"""A tap is rated where the vehicle says it is, and by the settings where it says nothing to be believed."""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.settings import BusSettings
from terminal.fare_desk import FareDesk, shipped_tariff
from terminal.visit.steps import Look

NOW = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
TAP = Look("fare", "bus", (("card", "card:1"), ("media", "social_security_card"), ("riders", 1)), local=True)


def rated(path: Path, where: Callable[[], tuple[str, str] | None]) -> dict[str, Any]:
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    settings = BusSettings(tariff="binzhou", line="1", stop="railway", vehicle="BZ-BUS-0001")
    tariff = shipped_tariff("binzhou")
    desk = FareDesk(settings, tariff, path / "rides.db", lambda: NOW, lambda: "tap", answers.put, where)
    desk.start()
    desk.look(TAP)
    answer = answers.get(timeout=10)
    desk.stop()
    return dict(answer.data)


def test_a_vehicle_on_another_line_charges_that_lines_fare(tmp_path: Path) -> None:
    fare = rated(tmp_path, lambda: ("601", "coach"))
    assert (fare["tap"]["route_id"], fare["tap"]["stop_id"]) == ("601", "coach")
    assert fare["standing"] == "held"


@pytest.mark.parametrize("told", [None, ("no such line", ""), ("1", "no such stop")])
def test_what_a_vehicle_tells_and_the_tariff_does_not_know_counts_for_nothing(
    tmp_path: Path, told: tuple[str, str] | None
) -> None:
    fare = rated(tmp_path, lambda: told)
    assert (fare["tap"]["route_id"], fare["tap"]["stop_id"]) == ("1", "railway")
    assert fare["amount_fen"] == 1
