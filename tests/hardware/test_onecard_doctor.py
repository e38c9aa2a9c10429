"""``onecard doctor`` on machines where something is missing, and on one where all is well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from central.database import Database
from drivers.system.kept_port import KeptPort
from drivers.virtual.pcsc_daemon import PcscDaemon
from tests.hardware.conftest import DESK
from tests.integration.central.served import served
from tests.unit.terminal.counter_with_journal import JournalledCounter, borrow


@contextmanager
def centre(folder: Path) -> Iterator[str]:
    with (
        closing(Database(f"sqlite:///{folder / 'central.db'}")) as database,
        served(database, demonstration=True) as url,
    ):
        yield url


class Machine:
    """One on which the command is typed; ``socket`` is where its PC/SC service would listen."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self._data = folder / "data"
        self._environment = {**os.environ, "PCSCLITE_CSOCK_NAME": str(socket)}
        self.code = -1
        self.said: dict[str, dict[str, object]] = {}

    def doctor(self, *words: str) -> None:
        command = [sys.executable, "-m", "terminal", "doctor", "--json", "--data", str(self._data), *words]
        ended = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=60)
        self.code = ended.returncode
        self.said = {each["name"]: each for each in json.loads(ended.stdout)["checks"]}

    def wrong(self) -> set[str]:
        return {name for name, check in self.said.items() if not check["ok"]}


def test_a_machine_with_nothing_attached_is_told_what_is_missing(tmp_path: Path) -> None:
    profile = tmp_path / "counter.toml"
    profile.write_text(
        f'[camera]\nsource = "{tmp_path}/no-video"\n'
        f'[scanner]\nserial_device = "{tmp_path}/no-scanner"\n'
        f'[printer]\naddress = "file:{tmp_path}/gone/printer"\n'
        '[readers]\nsam = "Nobody 00"\n'
    )
    machine = Machine(tmp_path, tmp_path / "no-service")
    machine.doctor("--profile", str(profile))
    assert machine.code == 3
    assert machine.wrong() == {"readers", "sam", "camera", "scanner", "printer"}
    assert "systemctl restart pcscd" in str(machine.said["readers"]["message"])
    assert "no-scanner is not there" in str(machine.said["scanner"]["message"])


def test_a_service_without_a_reader_that_fits_names_those_there_are(
    tmp_path: Path, daemon: PcscDaemon
) -> None:
    profile = tmp_path / "counter.toml"
    profile.write_text('[readers]\ncards = "*OMNIKEY*"\n')
    machine = Machine(tmp_path, daemon.socket_path)
    machine.doctor("--profile", str(profile))
    assert (machine.code, machine.wrong()) == (3, {"readers"})
    assert DESK in str(machine.said["readers"]["message"])


def test_a_centre_that_is_not_reached_has_its_own_code(tmp_path: Path, daemon: PcscDaemon) -> None:
    machine = Machine(tmp_path, daemon.socket_path)
    with KeptPort() as nobody:
        machine.doctor("--central", f"http://127.0.0.1:{nobody.number}")
    assert (machine.code, machine.wrong()) == (4, {"central"})


def test_a_machine_on_which_all_is_well(tmp_path: Path, daemon: PcscDaemon) -> None:
    counter = JournalledCounter(tmp_path / "data")
    counter.submit(borrow("371600-1"))
    machine = Machine(tmp_path, daemon.socket_path)
    with centre(tmp_path) as url:
        machine.doctor("--central", url)
    counter.close()
    assert (machine.code, machine.wrong()) == (0, set())
    assert machine.said["journal"]["message"] == "1 transactions, 0 pending, 0 for a clerk"
    assert "keeps answers 400 days" in str(machine.said["central"]["message"])


def test_a_centre_that_forgets_before_the_terminal_may_deliver_is_named(
    tmp_path: Path, daemon: PcscDaemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.retention.LEAST_DAYS", 1)
    monkeypatch.setenv("ONECARD_CENTRAL_KEEP_DAYS", "7")
    machine = Machine(tmp_path, daemon.socket_path)
    with centre(tmp_path) as url:
        machine.doctor("--central", url)
    assert (machine.code, machine.wrong()) == (1, {"central"})
    assert "may stay offline for 7" in str(machine.said["central"]["message"])


def test_an_unknown_profile_is_wrong_use(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "terminal", "doctor", "--profile", "nowhere"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "there are: " in ended.stderr
