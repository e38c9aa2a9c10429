"""A tap is rated where the vehicle says it is, and by the settings where it says nothing to be believed."""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import JsonValue

from config.settings import BusSettings
from terminal.ticketing.entitlements.store import Entitled
from terminal.ticketing.fare_desk import FareDesk, OnlyTariff
from terminal.visit.steps import Look
from tests.cities import shipped_tariff

NOW = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
TAP = Look("fare", "bus", (("card", "card:1"), ("media", "social_security_card"), ("riders", 1)), local=True)


def rated(path: Path, where: Callable[[], tuple[str, str] | None]) -> dict[str, Any]:
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    settings = BusSettings(tariff="binzhou", line="1", stop="railway", vehicle="BZ-BUS-0001")
    tariff = shipped_tariff("binzhou")
    desk = FareDesk(
        settings, OnlyTariff(tariff), path / "rides.db", lambda: NOW, lambda: "tap", answers.put, where
    )
    desk.start()
    desk.look(TAP)
    answer = answers.get(timeout=10)
    desk.stop()
    return dict(answer.data)


def asked_of(path: Path, entitled: Entitled | None, **asked: JsonValue) -> dict[str, Any]:
    """A tap of a card the list on board says this of."""
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    settings = BusSettings(tariff="binzhou", line="1", vehicle="BZ-BUS-0001")
    look_ups: list[str] = []

    def look_up(card: str, _now: datetime) -> Entitled | None:
        look_ups.append(card)
        return entitled

    tariff = shipped_tariff("binzhou")
    desk = FareDesk(
        settings,
        OnlyTariff(tariff),
        path / "rides.db",
        lambda: NOW,
        lambda: "tap",
        answers.put,
        entitled=look_up,
    )
    desk.start()
    desk.look(Look("fare", "bus", (*TAP.body, *asked.items()), local=True))
    answer = dict(answers.get(timeout=10).data)
    desk.stop()
    answer["look_ups"] = look_ups
    return answer


def test_the_list_on_board_says_who_rides_free_where_the_centre_was_not_asked(tmp_path: Path) -> None:
    fare = asked_of(tmp_path, Entitled(("disabled",), None, 7), known=False)
    assert (fare["amount_fen"], fare["entitlements"], fare["entitlement_list"]) == (0, ["disabled"], 7)
    old = asked_of(tmp_path, Entitled((), date(1950, 1, 1), 7), known=False)
    assert (old["amount_fen"], old["born"]) == (0, "1950-01-01")


def test_what_a_card_says_of_its_holder_goes_before_the_list(tmp_path: Path) -> None:
    fare = asked_of(tmp_path, Entitled((), date(1950, 1, 1), 7), known=False, born="1990-01-01")
    assert (fare["amount_fen"], fare["born"]) == (1, "1990-01-01")


def test_whom_the_centre_named_is_not_looked_up_and_who_is_on_no_list_pays(tmp_path: Path) -> None:
    known = asked_of(tmp_path, Entitled(("disabled",), None, 7), known=True)
    assert (known["amount_fen"], known["look_ups"]) == (1, [])
    nobody = asked_of(tmp_path, None, known=False)
    assert (nobody["amount_fen"], nobody["look_ups"]) == (1, ["card:1"])
    assert "entitlement_list" not in nobody


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
