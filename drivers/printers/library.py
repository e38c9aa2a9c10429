"""python-escpos, which knows the commands of receipt printers, without what it leaves behind.

Importing it sets up the root logger, and writes a pickle into a new folder under the system's temporary
folder at every start: both are undone here. It is imported late because it takes 0.1 s.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from tempfile import gettempdir
from typing import Any


def command_buffer() -> Any:
    """A printer of the library that keeps its commands in memory (``output``)."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    from escpos import capabilities
    from escpos.printer import Dummy

    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
    left = Path(capabilities.pickle_dir)
    if left.parent == Path(gettempdir()):
        shutil.rmtree(left, ignore_errors=True)
    return Dummy()
