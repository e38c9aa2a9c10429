"""Files that are there whole or not at all, and on disk when the call returns.

Written beside, fsynced, renamed, and the folder fsynced: the rename alone does not outlive a power cut
(rename(2), fsync(2)). Modes are set, not asked for, whatever the umask.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

DAMAGED = ".damaged"


def write_whole(file: Path, content: bytes, mode: int) -> None:
    """Replaces ``file`` in one step; nobody ever reads half of it, or a wider mode than ``mode``.

    Raises ``OSError``, e.g. on a full disk: the old file stands, and nothing is left beside it.
    """
    fresh = _beside(file, content, mode)
    try:
        fresh.rename(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def write_first(file: Path, content: bytes, mode: int) -> None:
    """Creates ``file`` unless it exists: of several that try at once, one writes and the others find it."""
    fresh = _beside(file, content, mode)
    try:
        os.link(fresh, file)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
    sync_folder(file.parent)


def read_private(file: Path) -> tuple[bytes, bool]:
    """The content of a file that is no link, and whether others may read it too. Raises ``OSError``."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(), bool(os.fstat(descriptor).st_mode & 0o077)


def set_aside(file: Path) -> Path:
    """Renames a damaged file, for a person to look into; one set aside earlier is replaced.

    Raises ``OSError``.
    """
    aside = file.with_name(file.name + DAMAGED)
    file.replace(aside)
    sync_folder(file.parent)
    return aside


def private_folder(folder: Path) -> None:
    """Makes ``folder`` and what is missing above it, each for its owner alone. Raises ``OSError``."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        return
    folder.chmod(0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in it outlive a power cut. Raises ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(file: Path, content: bytes, mode: int) -> Path:
    private_folder(file.parent)
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            os.fchmod(descriptor, mode)
            opened.write(content)
            opened.flush()
            os.fsync(descriptor)
    except BaseException:
        # On a full disk what was begun would take the little space that is left.
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
