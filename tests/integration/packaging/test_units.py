"""The units are read by systemd's own checker, and hold what the documents promise of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
UNITS = ROOT / "packaging" / "systemd"
DISPLAYS = ("onecard-wayland", "onecard-x11")
LOCKED = (
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "RestrictNamespaces=yes",
    "RestrictSUIDSGID=yes",
    "SystemCallArchitectures=native",
    "LimitCORE=0",
    "MemorySwapMax=0",
)


def unit(name: str) -> list[str]:
    return (UNITS / f"{name}.service").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("display", DISPLAYS)
def test_systemd_finds_nothing_wrong_with_them(display: str, tmp_path: Path) -> None:
    assert shutil.which("systemd-analyze"), "see packaging/debian-packages.txt"
    for path in (*UNITS.glob("*.service"), *UNITS.glob("*.timer")):
        content = path.read_text(encoding="utf-8").replace("/opt/onecard", str(ROOT))
        for program in ("/usr/bin/cage", "/usr/bin/xinit"):
            content = content.replace(program, shutil.which(Path(program).name) or "/bin/true")
        (tmp_path / path.name).write_text(content, encoding="utf-8")
    (tmp_path / "onecard-display.service").symlink_to(f"{display}.service")
    (tmp_path / "seatd.service").write_text("[Service]\nExecStart=/bin/true\n", encoding="utf-8")
    system = "/usr/lib/systemd/system:/lib/systemd/system"
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.glob("onecard-*")))],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:{system}"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in checked.stderr.splitlines() if "onecard" in line]
    assert ours == []
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", ["onecard-terminal", "onecard-central", "onecard-settlement"])
def test_terminal_and_centre_are_locked_in(name: str) -> None:
    assert [line for line in LOCKED if line not in unit(name)] == []


def test_the_terminal_is_watched_and_started_anew() -> None:
    lines = unit("onecard-terminal")
    for line in ("Type=notify", "Restart=always", "RestartPreventExitStatus=5", "StartLimitAction=reboot"):
        assert line in lines
    (watchdog,) = [re.fullmatch(r"WatchdogSec=(\d+)s", line) for line in lines if "WatchdogSec" in line]
    assert watchdog
    assert 10 <= int(watchdog[1]) <= 30, "longer than any honest pause, shorter than a person's patience"


@pytest.mark.parametrize("name", ["onecard-terminal", "onecard-central", *DISPLAYS])
def test_no_personal_data_in_a_core_dump(name: str) -> None:
    assert "LimitCORE=0" in unit(name)


@pytest.mark.parametrize(("name", "most"), [("onecard-terminal", 2.5), ("onecard-central", 2.0)])
def test_systemd_rates_their_exposure_as_low(name: str, most: float) -> None:
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNITS / f"{name}.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"exposure level for \S+: ([0-9.]+)", rated.stdout)
    assert found, rated.stderr
    assert float(found[1]) <= most


def test_no_key_of_x_leads_out() -> None:
    content = (ROOT / "packaging" / "x11" / "kiosk.conf").read_text(encoding="utf-8")
    for option in ("DontVTSwitch", "DontZap"):
        assert f'Option "{option}" "true"' in content
    assert os.access(ROOT / "packaging" / "x11" / "session", os.X_OK)
    assert "cage -d --" in "".join(unit("onecard-wayland")), "-s would let consoles be switched"
