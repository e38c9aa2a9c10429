"""Virtual readers of the machine's own PC/SC service, found before any program plays a card into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PORTS = (35_963, 35_964)
"""Where vpcd listens unless it is configured otherwise, one port a slot (vsmartcard: ``VPCDPORT`` 0x8C7B)."""
LISTENING = "0A"
_DRIVER = re.compile(r"^\s*LIBPATH\s+\S*(?:vpcd|vpicc|virtual)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SystemReaders:
    """``configuration`` is where pcscd looks for readers that are no USB devices; ``sockets`` are tables of
    TCP sockets as Linux prints them."""

    configuration: Path = Path("/etc/reader.conf.d")
    sockets: tuple[Path, ...] = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))

    def virtual_entries(self) -> tuple[str, ...]:
        """Files that give pcscd a virtual reader; pcscd reads no file whose name begins with a dot."""
        return tuple(str(file) for file in self._files() if _DRIVER.search(_text(file)))

    def virtual_ports(self) -> tuple[str, ...]:
        """Ports of vpcd on which something listens, as ``TCP port 35963``."""
        open_ports = {port for table in self.sockets for port in _listening(_text(table))}
        return tuple(f"TCP port {port}" for port in PORTS if port in open_ports)

    def _files(self) -> Iterator[Path]:
        if self.configuration.is_dir():
            yield from sorted(file for file in self.configuration.iterdir() if not file.name.startswith("."))


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _listening(table: str) -> Iterator[int]:
    """Local ports of listening sockets (proc(5), ``/proc/net/tcp``: local address and state)."""
    for row in table.splitlines()[1:]:
        fields = row.split()
        if len(fields) > 3 and fields[3] == LISTENING:
            yield int(fields[1].rpartition(":")[2], 16)
