"""``onecard reader`` with a person beside it, over a real pcscd."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.vpcd_slot import VpcdSlot
from terminal.__main__ import main
from terminal.commands import reader as command
from tests.cities import card_of, personas
from tests.hardware.conftest import DESK, SECOND

LIU = personas()["liu-zhiyong"]
STEPS = ["attached", "card", "exchanges", "held", "removed", "card_again"]

Person = Callable[[str], None]


@pytest.fixture
def person(slot: VpcdSlot) -> Person:
    """Does what the instruction says, with a card of hers."""

    def act(instruction: str) -> None:
        if instruction.startswith("Lay"):
            slot.insert(card_of("liu-zhiyong"))
        else:
            slot.remove()

    return act


def test_a_good_reader_passes_every_step_and_its_report_names_no_person(
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(command, "_say", person)
    code = main(["reader", "--reader", DESK, "--wait", "8", "--json", "--report", str(tmp_path / "report")])
    printed = capsys.readouterr().out
    document = json.loads(printed)
    assert [(step["name"], step["passed"]) for step in document["steps"]] == [(name, True) for name in STEPS]
    assert (code, document["passed"]) == (0, True)
    assert {(slot["name"], slot["used"]) for slot in document["slots"]} == {(DESK, True), (SECOND, False)}
    assert json.loads((tmp_path / "report").read_text()) == document
    for secret in (LIU.card_number, LIU.identification_code, LIU.name, LIU.social_security_number):
        assert str(secret) not in printed


def test_without_a_card_the_report_says_so(
    daemon: PcscDaemon, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_say", lambda _: None)
    assert main(["reader", "--reader", DESK, "--wait", "0.5"]) == 1
    assert "FAILED card" in capsys.readouterr().out


def test_without_a_reader_that_matches_a_device_is_missing(
    daemon: PcscDaemon, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reader", "--reader", "*OMNIKEY*", "--wait", "0.5"]) == 3
    assert "FAILED attached" in capsys.readouterr().out


def test_a_card_that_cannot_be_had_after_its_release_fails_the_step(
    person: Person, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_say", person)
    monkeypatch.setattr("terminal.diagnostics.reader_qualification.RELEASED_WITHIN_MS", 0.0)
    assert main(["reader", "--reader", DESK, "--wait", "8"]) == 1
    assert "FAILED held" in capsys.readouterr().out
