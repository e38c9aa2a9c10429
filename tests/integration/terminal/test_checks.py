"""Self-tests speak both languages from one source, and do not take a running terminal's devices away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.check_texts import check_texts
from config.fault_texts import fault_texts
from config.settings import CameraSettings, PrinterSettings, Settings
from domain.messages.contract import Health
from drivers.central.client import CentralClient
from drivers.central.faults import Unreachable
from drivers.pcsc.system_readers import SystemReaders
from terminal.diagnostics import checks, delivery_checks, reader_checks
from terminal.diagnostics.check import Trouble, failed
from terminal.diagnostics.checks import PARTS, Running, all_checks

SOURCE = "".join(
    Path(str(module.__file__)).read_text(encoding="utf-8")
    for module in (checks, delivery_checks, reader_checks)
)


class Centre(CentralClient):
    """Answers, or does not, as the test says."""

    def __init__(self, health: Health | None) -> None:
        self._health = health

    def health(self, budget_ms: int) -> Health:
        if self._health is None:
            raise Unreachable("no connection")
        return self._health


def running(
    health: Health | None = None, size: tuple[int, int] | None = None, faults: dict[str, str] | None = None
) -> Running:
    return Running(
        Centre(health), lambda: size, lambda: "371600010001", lambda one: (faults or {}).get(one, "")
    )


def test_every_finding_has_its_sentence_and_every_sentence_is_used() -> None:
    named = {
        f"{check}.{finding}"
        for check, finding in re.findall(r'(?:well|wrong)\(\s*"(\w+)",\s*"(\w+)"', SOURCE)
    }
    named |= {"staff_call.waits", "sam.central_hsm", "sam.not_used", "printer.near_end", "printer.ready"}
    named |= {"voice.espeak", "voice.syllables", "voice.recorded"}
    assert named == set(check_texts())


@pytest.mark.parametrize("name", sorted(check_texts()))
def test_both_languages_fill_in_the_same(name: str) -> None:
    text = check_texts()[name]
    assert set(re.findall(r"\{\w+\}", text.zh)) == set(re.findall(r"\{\w+\}", text.en))


def test_every_part_is_tested_and_told_in_both_languages(tmp_path: Path) -> None:
    found = list(all_checks(Settings(), tmp_path))
    assert [check.name for check in found] == list(PARTS)
    for check in found:
        for language in ("zh_CN", "en"):
            said = check.message_in(language)
            assert said, check.name
            assert "{" not in said, check.name


def test_a_fault_is_told_with_what_to_do_and_its_code() -> None:
    check = failed("central", Unreachable("no connection"), Trouble.CENTRAL)
    assert check.code == "central.unreachable"
    assert not check.ok
    assert "central.unreachable" in check.message_in("zh_CN")
    assert re.search("[\u4e00-\u9fff]", check.message_in("zh_CN"))
    assert not re.search("[\u4e00-\u9fff]", check.message)


@pytest.mark.parametrize(
    "code", sorted(code for code in fault_texts() if code.startswith(("camera.", "scanner.")))
)
def test_staff_read_what_a_blind_camera_or_a_lost_scanner_needs(code: str) -> None:
    """FC-19: in their own words, not in those for the person at the counter."""
    device = code.partition(".")[0]
    settings = Settings(camera=CameraSettings(source="/dev/null-camera"))
    found = checks.PARTS[device](settings, Path(), running(size=(1280, 720), faults={device: code}))
    assert (found.ok, found.code) == (False, code)
    for language in ("zh_CN", "en"):
        assert code in found.message_in(language)
    text = fault_texts()[code]
    assert text.hint in found.message
    assert text.hint_zh in found.message_in("zh_CN")
    assert text.next_zh not in found.message_in("zh_CN")
    assert checks.PARTS[device](settings, Path(), running(size=(1280, 720))).ok


def test_a_running_terminals_camera_is_not_opened_twice(tmp_path: Path) -> None:
    settings = Settings(camera=CameraSettings(source="/dev/null-camera"))
    assert checks.camera(settings, running(size=(1280, 720))).ok
    none = checks.camera(settings, running())
    assert (none.trouble, none.finding) == (Trouble.DEVICE, "no_picture")


def test_a_running_terminal_asks_its_own_centre_even_an_embedded_one(tmp_path: Path) -> None:
    health = Health(server_time=datetime.now(UTC), retention_days=400)
    assert checks.central(Settings(), tmp_path, running(health)).finding == "reached"
    assert checks.central(Settings(), tmp_path, running()).trouble is Trouble.CENTRAL
    assert checks.clock(Settings(), tmp_path, running(health)).finding == "right"
    old = health.model_copy(update={"server_time": datetime(2020, 1, 1, tzinfo=UTC)})
    assert checks.clock(Settings(), tmp_path, running(old)).trouble is Trouble.OTHER


def test_a_printer_that_is_gone_is_told_with_its_code(tmp_path: Path) -> None:
    settings = Settings(printer=PrinterSettings(address=f"file:{tmp_path}/no/such/printer"))
    check = checks.printer(settings)
    assert check.code.startswith("printer.")


def test_a_virtual_reader_of_the_systems_service_is_a_failure(tmp_path: Path) -> None:
    """FC-1: whatever is attached besides."""
    (tmp_path / "vpcd").write_text("LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\n")
    found = reader_checks.readers(Settings(), SystemReaders(tmp_path, ()))
    assert (found.ok, found.trouble) == (False, Trouble.DEVICE)
    assert str(tmp_path / "vpcd") in found.message
