"""What holds for all tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from drivers.virtual.pcsc_daemon import SOCKET_VARIABLE, PcscDaemon

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
"""How long one example takes says who else uses the machine; ``pytest-timeout`` ends what never ends."""


@pytest.fixture(scope="session", autouse=True)
def card_reader_service() -> Iterator[Path]:
    """The one place of every PC/SC service of this process.

    Its client library reads the name at the first call and keeps it: a test that comes to it unnamed hides
    the readers from all tests after it.
    """
    with tempfile.TemporaryDirectory(prefix="onecard-pcsc-") as name:
        directory = Path(name)
        os.environ[SOCKET_VARIABLE] = str(directory / "pcscd.comm")
        PcscDaemon.used = directory
        yield directory
