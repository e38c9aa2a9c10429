"""An X display in memory, for what cannot be seen offscreen: key grabs, screen readers."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def x_server(width: int = 1920, height: int = 1080) -> Iterator[str]:
    """Its name for ``DISPLAY``; it chooses a free one itself."""
    reading, writing = os.pipe()
    arguments = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-displayfd", str(writing)]
    with subprocess.Popen(["Xvfb", *arguments], pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        try:
            yield display
        finally:
            server.terminate()
