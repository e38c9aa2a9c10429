"""Files that are there whole or not at all, and on disk when the call returns."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes, mode: int) -> None:
    """Replace ``file`` in one step; no reader ever sees half of it, or a wider mode than ``mode``."""
    _beside(file, content, mode).rename(file)
    _sync(file.parent)


def write_first(file: Path, content: bytes, mode: int) -> None:
    """Creates ``file`` unless it exists: of several that try at once, one writes and the others find it."""
    fresh = _beside(file, content, mode)
    try:
        os.link(fresh, file)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
    _sync(file.parent)


def read_private(file: Path) -> tuple[bytes, bool]:
    """The content of a file that is no link, and whether others may read it too. Raises ``OSError``."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(), bool(os.fstat(descriptor).st_mode & 0o077)


def _beside(file: Path, content: bytes, mode: int) -> Path:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "wb") as opened:
        os.fchmod(descriptor, mode)
        opened.write(content)
        opened.flush()
        os.fsync(descriptor)
    return Path(name)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
