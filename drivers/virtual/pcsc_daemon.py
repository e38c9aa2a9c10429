"""A private PC/SC daemon with virtual readers: a real pcscd that only this process and its children use.

pcscd takes its listening socket from the process that starts it (socket activation), and the client library
finds
it by the environment variable ``PCSCLITE_CSOCK_NAME``, which it reads at its first call in a process. So
demonstrations and tests never touch the machine's own daemon, and several can run beside each other.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from config.faults import Fault
from drivers.pcsc.winscard import SOCKET_VARIABLE
from drivers.system.kept_port import KeptPort

DAEMON = "pcscd"
PORTS = (20_000, 32_000)
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
START = 'exec 3<&{carrier}; LISTEN_PID=$$ LISTEN_FDS=1 exec {daemon} --foreground --config "$0"'
GUARD = "read line; kill -KILL $0 2>/dev/null"
"""Ends the daemon when the process that started it is gone, however it went: its end of the pipe closes. The
daemon may have gone with it."""

READER = """FRIENDLYNAME "{name}"
DEVICENAME   /dev/null:{port}
LIBPATH      {driver}
CHANNELID    {port}
"""


class VirtualReadersUnavailable(Fault):
    """pcscd or vsmartcard's reader driver is not installed, or does not start."""

    code = "virtual.readers_unavailable"


def kept_port_pair() -> tuple[KeptPort, KeptPort]:
    """A port and the one after it: each virtual reader has two slots, one port each.

    Below the range from which the system takes ports for outgoing connections: a card that keeps trying
    a slot in that range could at last be connected to itself.
    """
    while True:
        port = random.randrange(*PORTS, 2)  # noqa: S311 (not a secret)
        with suppress(OSError):
            first = KeptPort(port)
            try:
                return first, KeptPort(port + 1)
            except OSError:
                first.close()


class PcscDaemon:
    """``directory`` holds its socket and configuration; ``reader`` is a friendly name.

    vpcd serves one reader with two slots: ``Desk`` appears to PC/SC as ``Desk 00 00`` and ``Desk 00 01``;
    ``ports`` says where each slot listens.
    """

    used: ClassVar[Path | None] = None

    def __init__(self, directory: Path, reader: str = "Onecard Counter") -> None:
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._ending = threading.Lock()
        self._kept: tuple[KeptPort, ...] = ()
        self.configure(reader)

    @property
    def socket_path(self) -> Path:
        return self._directory / "pcscd.comm"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise VirtualReadersUnavailable("pcscd is not running")
        return self._process.pid

    def configure(self, reader: str) -> None:
        """Names the reader of the next start."""
        self._give_back_ports()
        self._kept = kept_port_pair()
        port = self._kept[0].number
        self.ports = {f"{reader} 00 00": port, f"{reader} 00 01": port + 1}
        folder = self._directory / "reader.conf.d"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        text = READER.format(name=reader, port=port, driver=DRIVER)
        (folder / "virtual").write_text(text, encoding="utf-8")

    def start(self) -> None:
        """Ready when it returns: clients' calls wait in the socket until the daemon takes them. One that
        ended by itself is started again.

        Raises ``VirtualReadersUnavailable``.
        """
        daemon = shutil.which(DAEMON, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if daemon is None or not DRIVER.exists():
            self._give_back_ports()
            raise VirtualReadersUnavailable("install the packages pcscd and vsmartcard-vpcd")
        self._end()
        self._kept = self._kept or tuple(KeptPort(port, again=True) for port in self.ports.values())
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self.socket_path))
            listening.listen(16)
            self._process = self._spawn(daemon, listening)
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, str(self._process.pid)], stdin=subprocess.PIPE
        )

    def _spawn(self, daemon: str, listening: socket.socket) -> subprocess.Popen[bytes]:
        """Socket activation hands the listening socket over as descriptor 3."""
        carrier = os.dup(listening.fileno()) if listening.fileno() == 3 else listening.fileno()
        command = START.format(carrier=carrier, daemon=daemon)
        try:
            return subprocess.Popen(
                ["/bin/bash", "-c", command, str(self._directory / "reader.conf.d")],
                pass_fds=(carrier,),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            if carrier != listening.fileno():
                os.close(carrier)

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._ended()

    def stop(self) -> None:
        """Ends it in good order, and gives its ports back."""
        self._end()
        self._give_back_ports()

    def _give_back_ports(self) -> None:
        for port in self._kept:
            port.close()
        self._kept = ()

    def _end(self) -> None:
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._ended()
        self.socket_path.unlink(missing_ok=True)

    def _ended(self) -> None:
        """The guard goes first: the daemon's number may soon be somebody else's."""
        with self._ending:
            if self._guard and self._guard.stdin:
                self._guard.kill()
                self._guard.wait()
                self._guard.stdin.close()
            if self._process:
                self._process.wait()
            self._process = self._guard = None

    def use(self) -> None:
        """Points this process's PC/SC calls here; to be called before the first of them."""
        os.environ[SOCKET_VARIABLE] = str(self.socket_path)
        PcscDaemon.used = self._directory

    @classmethod
    def place(cls, otherwise: Path) -> Path:
        """Where this process looks for its PC/SC service: the client library reads the name only once, so
        that a second daemon takes the first one's place."""
        return cls.used or otherwise
