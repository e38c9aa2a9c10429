"""FC-40: no centre starts that anybody could speak to; the shipped unit is run as it is written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from central.exposure import Unprotected, check_exposure, secret_of
from drivers.system.kept_port import KeptPort
from tests.integration.central.test_workers import until

UNIT = Path(__file__).parents[4] / "packaging" / "systemd" / "onecard-central.service"
SECRET = "sixteen letters!"
PATIENCE_S = 60
BEYOND = ("0.0.0.0", "::", "192.0.2.1", "central.example", "127.0.0.1.example", "")  # noqa: S104 (refused)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "LOCALHOST", "2001:db8::1", *BEYOND],
)
def test_no_host_serves_without_proof(host: str) -> None:
    with pytest.raises(Unprotected):
        check_exposure(host, (), "", demonstration=False)
    with pytest.raises(Unprotected):
        check_exposure(host, ("",), "", demonstration=False)
    check_exposure(host, ("central.example",), "", demonstration=False)
    check_exposure(host, (), "", demonstration=True)


@pytest.mark.parametrize("host", BEYOND)
def test_a_secret_is_no_protection_beyond_loopback(host: str) -> None:
    with pytest.raises(Unprotected, match="mutual TLS"):
        check_exposure(host, (), SECRET, demonstration=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_loopback_a_secret_of_sixteen_characters_is_enough(host: str) -> None:
    check_exposure(host, (), SECRET, demonstration=False)
    with pytest.raises(Unprotected):
        check_exposure(host, (), SECRET[1:], demonstration=False)


def test_the_secret_is_a_credential_before_a_variable(tmp_path: Path) -> None:
    assert secret_of({}) == ""
    assert secret_of({"ONECARD_CENTRAL_SECRET": f" {SECRET}\n"}) == SECRET
    (tmp_path / "central-secret").write_text("of the service manager\n", encoding="utf-8")
    both = {"ONECARD_CENTRAL_SECRET": SECRET, "CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert secret_of(both) == "of the service manager"


def command(tmp_path: Path, *words: str) -> list[str]:
    place = ["--database", f"sqlite:///{tmp_path}/c.db", "--keys", str(tmp_path / "keys")]
    return [sys.executable, "-m", "terminal", "central", *place, *words]


@pytest.mark.parametrize(
    "words", [(), ("--host", BEYOND[0]), ("--host", "::1"), ("--host", "localhost"), ("--workers", "1")]
)
def test_the_command_refuses_and_says_what_to_do(words: tuple[str, ...], tmp_path: Path) -> None:
    answer = subprocess.run(
        command(tmp_path, *words, "--port", "0"),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert answer.returncode == 2
    assert "--name" in answer.stderr
    assert not (tmp_path / "c.db").exists()


def exec_start(**environment: str) -> list[str]:
    """The command of the shipped unit, its variables filled in as systemd does: whole words."""
    (line,) = re.findall(r"^ExecStart=(.+)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    words = shlex.split(re.sub(r"\$\{(\w+)\}", lambda name: environment.get(name[1], "''"), line))
    assert words[0].endswith("/onecard")
    return [sys.executable, "-m", "terminal", *words[1:]]


def test_the_shipped_unit_takes_nothing_from_a_stranger(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/central.db"
    words = exec_start(ONECARD_DATABASE=database, ONECARD_CENTRAL_NAME="127.0.0.1")
    with KeptPort() as port:
        words[words.index("--port") + 1] = str(port.number)
        words[words.index("--host") + 1] = "127.0.0.1"
        process = subprocess.Popen(
            words, env={**os.environ, "XDG_DATA_HOME": str(tmp_path)}, stderr=subprocess.DEVNULL
        )
        with process:
            try:
                url = f"https://127.0.0.1:{port.number}"
                authority = tmp_path / "onecard" / "central" / "fleet" / "authority.crt"
                until(lambda: health(url, authority) == 200)
                for path in ("/v1/transactions", "/v1/identifications", "/v1/questions", "/v1/attachments"):
                    answer = requests.post(url + path, json={}, verify=str(authority), timeout=60)
                    assert (answer.status_code, answer.json()["code"]) == (401, "enrolment.required")
                with pytest.raises(requests.RequestException):
                    requests.post(f"http://127.0.0.1:{port.number}/v1/transactions", json={}, timeout=5)
            finally:
                process.terminate()


def health(url: str, authority: Path) -> int:
    try:
        return requests.get(f"{url}/v1/health", verify=str(authority), timeout=PATIENCE_S).status_code
    except (requests.RequestException, OSError):
        return 0


def test_the_shipped_unit_without_a_name_does_not_start(tmp_path: Path) -> None:
    words = exec_start(ONECARD_DATABASE=f"sqlite:///{tmp_path}/central.db")
    answer = subprocess.run(
        words,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert answer.returncode == 2
    assert "--name" in answer.stderr
