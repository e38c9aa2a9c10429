"""A card nobody here wrote: vsmartcard's own emulator plays an ISO 7816 card in the reader."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.virtual.pcsc_daemon import PcscDaemon
from terminal.__main__ import main
from tests.hardware.conftest import DESK

EMULATOR = Path("/usr/bin/vicc")
ITS_MODULES = "/usr/lib/python3/site-packages/virtualsmartcard"
"""Where Debian 12 puts them, which no Python looks at by itself."""

Emulate = Callable[[str], None]


@pytest.fixture
def emulate(daemon: PcscDaemon) -> Iterator[Emulate]:
    """Starts the emulator in the first slot; it needs the module ``Crypto`` of pycryptodome."""
    assert EMULATOR.exists(), "install the package vsmartcard-vpicc"
    assert importlib.util.find_spec("Crypto"), "install pycryptodome"
    running: list[subprocess.Popen[bytes]] = []

    def emulate(kind: str) -> None:
        words = ["--type", kind, "--hostname", "127.0.0.1", "--port", str(daemon.ports[DESK])]
        running.append(
            subprocess.Popen(
                [sys.executable, str(EMULATOR), *words],
                env={**os.environ, "PYTHONPATH": ITS_MODULES},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    yield emulate
    for emulator in running:
        emulator.kill()
        emulator.wait()


def test_a_card_of_another_kind_is_refused_by_name(
    emulate: Emulate, capsys: pytest.CaptureFixture[str]
) -> None:
    emulate("iso7816")
    assert main(["read", "--json", "--wait", "15"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "card.not_social_security"
