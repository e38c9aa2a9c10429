"""One writer a journal: a lock the system releases when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from terminal.journal.faults import JournalInUse


class WriterLock:
    """Held from ``take`` to ``release``. The file says which process holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def take(self) -> None:
        """Raises ``JournalInUse`` when another process, or another part of this one, holds it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise JournalInUse(f"process {holder} writes {self._path.parent}") from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
