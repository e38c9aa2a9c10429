"""Budgets as a vehicle hears of them: sensible ones are kept, the rest changes nothing."""

from __future__ import annotations

import queue
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import JsonValue

from config.settings import BusSettings
from domain.messages.contract import Answer, Question
from drivers.central.faults import CentralFault
from terminal.ticketing.fare_budgets import BudgetRefresh, amounts
from terminal.ticketing.fare_desk import Budgets, FareDesk, OnlyTariff
from terminal.visit.events import Answered
from terminal.visit.steps import Look
from tests.cities import shipped_tariff

MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TAP = Look("fare", "bus", (("card", "card:1"), ("media", "social_security_card")), local=True)


class Centre:
    def __init__(self, spent: JsonValue) -> None:
        self.spent = spent
        self.asked: list[Question] = []

    def ask(self, question: Question, budget_ms: int) -> Answer:
        self.asked.append(question)
        if self.spent is None:
            raise CentralFault("gone")
        return Answer(data={"spent": self.spent})


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"one-fen": 199}, [{"one-fen": 199}]),
        ({"one-fen": -1, "x": True, "y": "7", "z": 2**60}, [{}]),
        ([], [{}]),
        (None, []),
    ],
)
def test_what_the_centre_says_is_heard_and_nonsense_is_not(said: JsonValue, heard: list[object]) -> None:
    told: list[Budgets] = []
    refresh = BudgetRefresh(Centre(said), "BZ-BUS-0001", lambda: 0.5, told.append)
    assert refresh.step() == (60.0 if said is not None else 2.0)
    assert [dict(each.spent) for each in told] == heard


def test_amounts_that_are_none_are_left_out() -> None:
    assert amounts({"a": 1, "b": None}) == {"a": 1}


def test_a_fare_is_full_once_the_budget_is_gone_and_stays_so(tmp_path: Path) -> None:
    answers: queue.SimpleQueue[Answered] = queue.SimpleQueue()
    ids = iter(range(1000))
    settings = BusSettings(line="1", stop="railway")
    tariff = shipped_tariff("binzhou")
    desk = FareDesk(
        settings,
        OnlyTariff(tariff),
        tmp_path / "rides.db",
        lambda: MORNING,
        lambda: str(next(ids)),
        answers.put,
    )
    budget = next(each for each in tariff.city.promotion if each.id == "one-fen").budget_fen
    desk.start()
    fares = []
    for spent in (0, budget - 198, 5):
        desk.learn(Budgets({"one-fen": spent}))
        desk.look(TAP)
        fares.append(answers.get(timeout=20).data["amount_fen"])
    desk.stop()
    assert fares == [1, 200, 200]
