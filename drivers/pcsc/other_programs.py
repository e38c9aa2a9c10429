"""Other programs on this machine that use PC/SC: candidates for the one that holds a card.

pcscd does not say who holds a transaction. Programs that have its client library loaded are found in /proc,
as far as this user may look; daemons known to use readers are found by name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

LIBRARY = "libpcsclite"
KNOWN = frozenset(
    [
        "scdaemon",
        "pcsc_scan",
        "gscriptor",
        "AusweisApp",
        "AusweisApp2",
        "ifdnfc-activate",
        "neard",
        "nfcd",
        "opensc-tool",
        "pkcs11-tool",
        "pkcs15-tool",
        "vpicc",
        "cardpeek",
        "p11-kit-server",
        "eidauthentication",
    ]
)


def other_programs(processes: Path = Path("/proc"), own: int | None = None) -> tuple[str, ...]:
    """Names with process numbers, as ``scdaemon (812)``; none where the system tells none."""
    own = os.getpid() if own is None else own
    return tuple(sorted(f"{name} ({number})" for number, name in _users(processes) if number != own))


def _users(processes: Path) -> Iterator[tuple[int, str]]:
    for process in processes.iterdir():
        if not process.name.isdecimal():
            continue
        try:
            name = (process / "comm").read_text("utf-8", "replace").strip()
            if name != "pcscd" and (name in KNOWN or _has_library(process)):
                yield int(process.name), name
        except OSError:
            continue


def _has_library(process: Path) -> bool:
    try:
        return LIBRARY in (process / "maps").read_text("utf-8", "replace")
    except OSError:
        return False
