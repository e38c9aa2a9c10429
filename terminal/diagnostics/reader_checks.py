"""Self-tests of card readers and of the PSAM."""

from __future__ import annotations

import os
from collections.abc import Callable

from config.settings import Settings
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.psam import PsamKeys
from drivers.cards.psam_faults import SamFault
from drivers.pcsc.connection import list_readers, open_card
from drivers.pcsc.faults import ReaderFault
from drivers.pcsc.monitor import matching
from drivers.pcsc.roles import is_virtual
from drivers.pcsc.system_readers import SystemReaders
from drivers.pcsc.winscard import SOCKET_VARIABLE
from terminal.diagnostics.check import Check, Trouble, failed, well, wrong


def readers(settings: Settings, system: SystemReaders | None = None) -> Check:
    """A virtual reader on a terminal comes first: any program could play a card there.

    ``system`` is what the machine's own PC/SC service is made of; a private one (demonstration, tests) has
    none of it.
    """
    system = system or (None if SOCKET_VARIABLE in os.environ else SystemReaders())
    if system and (found := (*system.virtual_entries(), *system.virtual_ports())):
        return wrong("readers", "virtual_driver", Trouble.DEVICE, found=", ".join(found))
    try:
        names = list_readers()
    except ReaderFault as fault:
        return failed("readers", fault, Trouble.DEVICE)
    pattern = settings.readers.cards
    virtual = [name for name in names if is_virtual(name)]
    if virtual:
        return wrong("readers", "virtual", Trouble.DEVICE, names=", ".join(virtual))
    found = matching(names, pattern, settings.readers.sam)
    if found:
        return well("readers", "found", names=", ".join(found))
    if names:
        there = ", ".join(names)
        return wrong("readers", "no_match", Trouble.DEVICE, pattern=repr(pattern), names=there)
    return wrong("readers", "none", Trouble.DEVICE, pattern=repr(pattern))


def sam(settings: Settings, number_of_running: Callable[[], str] | None = None) -> Check:
    wanted = settings.readers.sam
    if not wanted:
        return well("sam", "central_hsm" if settings.readers.central_hsm else "not_used")
    try:
        names = list_readers()
        if wanted not in names:
            return wrong("sam", "missing", Trouble.DEVICE, slot=repr(wanted))
        number = number_of_running() if number_of_running else _terminal_number(wanted)
    except (ReaderFault, SamFault) as fault:
        return failed("sam", fault, Trouble.DEVICE)
    return well("sam", "number", slot=wanted, number=number) if number else well("sam", "found", slot=wanted)


def _terminal_number(slot: str) -> str:
    """Number of this terminal in the PSAM. Raises ``SamFault``."""
    psam = PsamAuthenticator(lambda: open_card(slot), PsamKeys())
    try:
        return psam.terminal_number()
    finally:
        psam.close()
