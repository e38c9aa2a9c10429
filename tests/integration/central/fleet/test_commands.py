"""``onecard enrol`` and ``onecard doctor`` as an operator uses them, against a real centre."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from config.settings import CentralSettings, Settings
from drivers.central.faults import Final
from terminal.__main__ import main
from terminal.commands import enrol as command
from terminal.commands.enrol import as_squares
from terminal.provisioning.access import NamedOtherwise, NotEnrolledHere, to_city, to_embedded
from tests.integration.central.fleet.city import BUDGET_MS, City

NAME = "BZ-LIB-0001"


def settings(city: City, name: str = NAME) -> Settings:
    return Settings(terminal=name, central=CentralSettings(url=city.url))


def profile(directory: Path) -> str:
    place = directory / "counter.toml"
    place.write_text(f'terminal = "{NAME}"\n', encoding="utf-8")
    return str(place)


def enrol(city: City, authority: str, url: str = "") -> int:
    place = city.directory
    words = ["enrol", "--profile", profile(place), "--data", str(place / "data")]
    return main([*words, "--central", url or city.url, "--authority", authority])


def test_an_operator_enrols_a_terminal_with_the_centres_code(
    city: City, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = threading.Event()
    show = command.show

    def approved_meanwhile(code: str, until: object) -> None:
        show(code, until)  # type: ignore[arg-type]
        city.approve(code)
        shown.set()

    monkeypatch.setattr(command, "show", approved_meanwhile)
    monkeypatch.setattr("terminal.provisioning.enrolment.ASKED_EVERY_S", 0.01)
    assert enrol(city, city.fleet.code) == 0
    assert shown.is_set()
    out = capsys.readouterr().out
    assert "BZ-LIB-0001 is enrolled until" in out
    assert "█" in out
    access = to_city(settings(city), city.directory / "data", {})
    assert access.client().hotlist(0, BUDGET_MS)
    assert access.authority() == city.fleet.authority.certificate
    with pytest.raises(NamedOtherwise):
        to_city(settings(city, "BZ-BUS-0001"), city.directory / "data", {})


def test_a_wrong_code_a_wrong_address_and_no_tls_are_told_apart(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enrol(city, "0000-0000-0000-0000-0000-0000") == 1
    assert "enrolment.authority_differs" in capsys.readouterr().err
    assert enrol(city, city.fleet.code, "https://127.0.0.1:1") == 4
    assert enrol(city, city.fleet.code, "http://127.0.0.1:1") == 2
    assert main(["enrol", "--profile", "/none.toml", "--authority", "A"]) == 2


def test_a_terminal_that_is_not_enrolled_does_not_try_a_centre_on_the_network(
    city: City, tmp_path: Path
) -> None:
    with pytest.raises(NotEnrolledHere):
        to_city(settings(city), tmp_path, {})


def test_the_embedded_centre_is_reached_without_any_identity(tmp_path: Path) -> None:
    access = to_embedded("http://127.0.0.1:1", "secret", tmp_path / "authority.crt")
    assert access.identity is None
    assert access.authority() is None


def test_doctor_names_what_is_wrong_with_the_identity(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def doctor(data: Path) -> dict[str, tuple[bool, str]]:
        main(["doctor", "--json", "--profile", profile(tmp_path), "--central", city.url, "--data", str(data)])
        checks = json.loads(capsys.readouterr().out)["checks"]
        return {each["name"]: (each["ok"], each["message"]) for each in checks}

    nobody = doctor(tmp_path / "empty")
    assert nobody["identity"][0] is False
    assert "onecard enrol" in nobody["identity"][1]
    city.enrolled("doctor")
    somebody = doctor(city.directory / "doctor")
    assert somebody["identity"] == (True, "BZ-LIB-0001, 89 days left; it renews itself")
    assert somebody["central"][0] is True
    city.revoke()
    assert "withdrew" in doctor(city.directory / "doctor")["central"][1]


def test_the_code_is_drawn_so_that_a_scanner_reads_it(city: City) -> None:
    import numpy as np
    import zxingcpp

    code = city.machine("drawn").files.applicant(NAME).code
    rows = as_squares(code).splitlines()
    light = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    lines = [[light[block][half] for block in row] for row in rows for half in (0, 1)]
    picture = np.kron(np.array(lines, dtype=np.uint8), np.ones((6, 6), dtype=np.uint8))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [code]


def test_a_request_the_centre_does_not_take_ends_enrolling(city: City) -> None:
    machine = city.machine("odd")
    with pytest.raises(Final, match=r"enrolment\.code_unknown"):
        machine.stranger().enrolment("0000", BUDGET_MS)
