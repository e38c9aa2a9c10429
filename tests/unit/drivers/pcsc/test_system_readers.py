"""Virtual readers of the machine's own PC/SC service are found, whatever they are called (FC-1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.pcsc.system_readers import SystemReaders

VPCD = """FRIENDLYNAME "{name}"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID    0x8C7B
"""
SERIAL = '#FRIENDLYNAME "GemPCTwin serial"\n#LIBPATH /usr/lib/pcsc/drivers/serial/libccidtwin.so\n'
SOCKETS = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when
   0: 00000000:8C7B 00000000:0000 {state} 00000000:00000000 00:00000000
   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000
"""


def configured(folder: Path, files: dict[str, str]) -> SystemReaders:
    for name, text in files.items():
        (folder / name).write_text(text)
    return SystemReaders(folder, ())


@pytest.mark.parametrize("name", ["Virtual PCD", "Desk", "ACS ACR1252"])
def test_the_driver_tells_and_not_the_name(tmp_path: Path, name: str) -> None:
    system = configured(tmp_path, {"zz-reader": VPCD.format(name=name), "libccidtwin": SERIAL})
    assert system.virtual_entries() == (str(tmp_path / "zz-reader"),)


def test_entries_that_pcscd_does_not_read_are_none(tmp_path: Path) -> None:
    commented = "".join(f"#{line}\n" for line in VPCD.splitlines())
    system = configured(tmp_path, {".vpcd": VPCD, "vpcd": commented, "libccidtwin": SERIAL})
    assert system.virtual_entries() == ()
    assert SystemReaders(tmp_path / "absent", ()).virtual_entries() == ()


@pytest.mark.parametrize(("state", "found"), [("0A", ("TCP port 35963",)), ("01", ())])
def test_a_listening_port_of_vpcd_is_found(tmp_path: Path, state: str, found: tuple[str, ...]) -> None:
    table = tmp_path / "tcp"
    table.write_text(SOCKETS.format(state=state))
    assert SystemReaders(tmp_path, (table, tmp_path / "tcp6")).virtual_ports() == found
