"""Self-tests of a terminal: one sentence each, saying what to do when it is not well."""

from __future__ import annotations

import fnmatch
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from pathlib import Path

from config.fault_texts import fault_texts
from config.faults import Fault
from config.settings import Settings
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.psam import PsamKeys
from drivers.cards.psam_faults import SamFault
from drivers.central.faults import CentralFault
from drivers.codes.capture import Capture
from drivers.codes.faults import CameraLost
from drivers.pcsc.connection import list_readers, open_card
from drivers.pcsc.faults import ReaderFault
from drivers.printers.address import parse_address
from drivers.printers.faults import PrinterFault
from drivers.printers.printer import PREVENTS, Printer
from drivers.printers.status import PrinterState
from terminal.access import to_city
from terminal.fleet_parts import HOTLIST
from terminal.hotlist.freshness import Freshness, freshness
from terminal.hotlist.store import kept_state
from terminal.journal.faults import JournalFault
from terminal.journal.opening import journal_directory, keys_of
from terminal.journal.reading import reading
from terminal.offline_policy import load_policies

CENTRAL_BUDGET_MS = 2_000
PROGRAM_LIMIT_S = 2.0
LEAST_FREE_BYTES = 500 * 1024 * 1024
CLOCK_TOLERANCE_S = 120
VOICE_PACKAGES = "speech-dispatcher, speech-dispatcher-espeak-ng and espeak-ng"
FONT = "Noto Sans CJK SC"


class Trouble(Enum):
    NONE = auto()
    DEVICE = auto()
    CENTRAL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    message: str
    trouble: Trouble = Trouble.NONE

    @property
    def ok(self) -> bool:
        return self.trouble is Trouble.NONE


def all_checks(settings: Settings, data: Path) -> Iterator[Check]:
    """Every check, one after the other; each takes two seconds at the most."""
    parts: tuple[Callable[[], Check], ...] = (
        lambda: readers(settings),
        lambda: sam(settings),
        lambda: camera(settings),
        lambda: scanner(settings),
        lambda: printer(settings),
        lambda: central(settings, data),
        lambda: identity(settings, data),
        lambda: hotlist(settings, data),
        lambda: clock(settings, data),
        lambda: disk(data),
        lambda: keys(data),
        lambda: journal(data),
        voice,
        font,
    )
    for part in parts:
        yield part()


def said(fault: Fault) -> str:
    """What staff should do about a fault."""
    text = fault_texts().get(fault.code)
    return f"{text.hint} ({fault})" if text else str(fault)


def readers(settings: Settings) -> Check:
    try:
        names = list_readers()
    except ReaderFault as fault:
        return Check("readers", said(fault), Trouble.DEVICE)
    pattern = settings.readers.cards.lower()
    matching = [name for name in names if fnmatch.fnmatchcase(name.lower(), pattern)]
    if matching:
        return Check("readers", ", ".join(matching))
    there = f"there are: {', '.join(names)}" if names else "no reader is connected"
    return Check(
        "readers", f"No reader matches {settings.readers.cards!r}; {there}. Check its cable.", Trouble.DEVICE
    )


def sam(settings: Settings) -> Check:
    wanted = settings.readers.sam
    if not wanted and settings.readers.central_hsm:
        return Check("sam", "none here: the centre's HSM proves cards")
    if not wanted:
        return Check("sam", "not used: cards are read, not proved genuine")
    try:
        names = list_readers()
    except ReaderFault as fault:
        return Check("sam", said(fault), Trouble.DEVICE)
    if wanted not in names:
        return Check(
            "sam", f"No slot {wanted!r}: check the setting readers.sam and the module.", Trouble.DEVICE
        )
    psam = PsamAuthenticator(lambda: open_card(wanted), PsamKeys())
    try:
        number = psam.terminal_number()
    except SamFault as fault:
        return Check("sam", f"{wanted}: {said(fault)}", Trouble.DEVICE)
    finally:
        psam.close()
    return Check("sam", f"{wanted}, terminal number {number or 'not told'}")


def camera(settings: Settings) -> Check:
    source = settings.camera.source
    if not source:
        return Check("camera", "not used: set camera.source, e.g. to 0")
    try:
        capture = Capture(settings.camera)
        try:
            picture = capture.picture(paced=False)
        finally:
            capture.close()
    except CameraLost as fault:
        return Check("camera", said(fault), Trouble.DEVICE)
    height, width = picture.shape
    return Check("camera", f"{source} gives {width}×{height}")


def scanner(settings: Settings) -> Check:
    device = settings.scanner.serial_device
    if not device:
        return Check("scanner", "hand scanners that type need no setting")
    if Path(device).exists():
        return Check("scanner", device)
    return Check("scanner", f"{device} is not there: check the cable and the setting.", Trouble.DEVICE)


def printer(settings: Settings) -> Check:
    """A printer that does not tell its state is said to be so, not to be well."""
    address, width = settings.printer.address, settings.printer.width_mm
    if not address:
        return Check("printer", "not used: receipts are codes on the screen")
    try:
        state = Printer(parse_address(address), width).state()
    except PrinterFault as fault:
        return Check("printer", said(fault), Trouble.DEVICE)
    if state in PREVENTS:
        return Check("printer", said(PREVENTS[state](address)), Trouble.DEVICE)
    if state is PrinterState.UNKNOWN:
        return Check("printer", f"{address} is there and does not tell its state: onecard print --test")
    near_end = state is PrinterState.PAPER_NEAR_END
    return Check("printer", f"{address}, {width} mm{', paper near its end' if near_end else ''}")


def central(settings: Settings, data: Path) -> Check:
    if not settings.central.url:
        return Check("central", "embedded: started with the terminal")
    try:
        health = to_city(settings, data, os.environ).client().health(CENTRAL_BUDGET_MS)
    except CentralFault as fault:
        return Check("central", said(fault), Trouble.CENTRAL)
    except Fault:
        return Check("central", "not asked: it would not know this terminal", Trouble.CENTRAL)
    shown = f"{settings.central.url}, contract {health.contract}, keeps answers {health.retention_days} days"
    longest = load_policies(settings.services).longest
    if timedelta(days=health.retention_days) <= longest:
        needed = f"this terminal may stay offline for {longest.total_seconds() / 86400:.0f}"
        return Check("central", f"{shown}; {needed}: the centre must keep them longer.", Trouble.OTHER)
    return Check("central", shown)


def identity(settings: Settings, data: Path) -> Check:
    """Whether the centre would know this terminal, and for how long."""
    try:
        own = to_city(settings, data, os.environ).identity
    except Fault as fault:
        return Check("identity", said(fault), Trouble.OTHER)
    if own is None:
        return Check("identity", "none needed: the centre is on this machine")
    left = (own.expires_at - datetime.now(UTC)).days
    if left < 0:
        return Check("identity", f"{own.terminal} ran out: run onecard enrol.", Trouble.OTHER)
    return Check("identity", f"{own.terminal}, {left} days left; it renews itself")


def hotlist(settings: Settings, data: Path) -> Check:
    """How many cards are blocked, and how old the list is."""
    try:
        state = kept_state(data / HOTLIST)
    except sqlite3.Error as error:
        return Check("hotlist", f"{data / HOTLIST} cannot be read: {error}", Trouble.OTHER)
    if state is None:
        return Check("hotlist", "none yet: fetched at the first start")
    shown = f"version {state.version}, {state.entries:,} blocked"
    now = datetime.now(UTC)
    if state.checked_at is None:
        return Check("hotlist", f"{shown}, never confirmed: bring the terminal online.", Trouble.OTHER)
    hours = (now - state.checked_at).total_seconds() / 3600
    if freshness(state, now, settings.hotlist) is Freshness.TOO_OLD:
        return Check("hotlist", f"{shown}, {hours:.0f} h old: bring the terminal online.", Trouble.OTHER)
    return Check("hotlist", f"{shown}, {hours:.1f} h old")


def clock(settings: Settings, data: Path) -> Check:
    now = datetime.now().astimezone()
    shown = f"{now:%Y-%m-%d %H:%M:%S %z}"
    if not settings.central.url:
        return Check("clock", shown)
    try:
        health = to_city(settings, data, os.environ).client().health(CENTRAL_BUDGET_MS)
    except Fault:
        return Check("clock", f"{shown}, not compared: the centre is not reached")
    wrong_s = abs((now.astimezone(UTC) - health.server_time).total_seconds())
    if wrong_s > CLOCK_TOLERANCE_S:
        return Check(
            "clock", f"{shown} differs from the centre by {wrong_s:.0f} s: synchronise it.", Trouble.OTHER
        )
    return Check("clock", f"{shown}, {wrong_s:.1f} s from the centre")


def disk(data: Path) -> Check:
    place = data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if not os.access(place, os.W_OK):
        return Check("disk", f"{place} cannot be written by this user.", Trouble.OTHER)
    if free < LEAST_FREE_BYTES:
        return Check("disk", f"{free >> 20} MiB free on {place}: make room.", Trouble.OTHER)
    return Check("disk", f"{free >> 30} GiB free for {data}")


def keys(data: Path) -> Check:
    path = keys_of(data, os.environ)
    if not path.exists():
        return Check("keys", "none yet: made at the first start")
    if path.stat().st_mode & 0o077:
        return Check("keys", f"{path} can be read by others: chmod 600 it.", Trouble.OTHER)
    return Check("keys", str(path))


def journal(data: Path) -> Check:
    directory = journal_directory(data)
    if not directory.exists():
        return Check("journal", "none yet: made at the first start")
    try:
        with reading(directory) as found:
            counted = found.counted()
    except JournalFault as fault:
        return Check("journal", said(fault), Trouble.OTHER)
    waits = f", {counted.pending} pending"
    if counted.oldest_at:
        hours = (datetime.now(UTC) - counted.oldest_at).total_seconds() / 3600
        waits += f" (the oldest for {hours:.1f} h)"
    settle = f", {counted.inbox} for a clerk: onecard journal inbox" if counted.inbox else ""
    return Check("journal", f"{counted.total} transactions{waits}{settle}")


def voice() -> Check:
    """A counter without a voice is well: every sentence stands on its screen."""
    if not shutil.which("spd-say"):
        return Check("voice", f"none: install {VOICE_PACKAGES}; captions are shown anyway")
    try:
        listed = subprocess.run(
            ["spd-say", "-O"], capture_output=True, text=True, timeout=PROGRAM_LIMIT_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return Check("voice", f"none that speaks: is there a sound device, and {VOICE_PACKAGES}?")
    modules = listed.stdout.split()[2:]
    return Check("voice", f"speech-dispatcher with {', '.join(modules)}")


def font() -> Check:
    try:
        listed = subprocess.run(
            ["fc-list", FONT, "family"], capture_output=True, text=True, timeout=PROGRAM_LIMIT_S, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        listed = ""
    if listed.strip():
        return Check("font", FONT)
    return Check("font", f"{FONT} is missing: install fonts-noto-cjk.", Trouble.OTHER)
