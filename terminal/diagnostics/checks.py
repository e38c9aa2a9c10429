"""Self-tests of a terminal: one sentence each, saying what to do when it is not well."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.city.loading import load_city
from config.faults import Fault
from config.printer_address import parse_address
from config.settings import Settings
from config.version import version
from domain.messages.contract import CONTRACT_VERSION
from drivers.central.client import CentralClient
from drivers.central.faults import CentralFault
from drivers.codes.capture import Capture
from drivers.codes.faults import CameraLost
from drivers.printers.faults import PrinterFault
from drivers.printers.printer import PREVENTS, Printer
from drivers.printers.status import PrinterState
from drivers.system.voices import installed_voices
from terminal.diagnostics import delivery_checks, reader_checks
from terminal.diagnostics.check import Check, Trouble, failed, reported, well, wrong
from terminal.identification.hotlist.freshness import Freshness, freshness
from terminal.identification.hotlist.store import kept_state
from terminal.journal.faults import JournalFault
from terminal.journal.migrations import VERSION
from terminal.journal.opening import journal_directory, keys_of
from terminal.journal.reading import reading
from terminal.provisioning.access import to_city
from terminal.provisioning.fleet_parts import HOTLIST

CENTRAL_BUDGET_MS = 2_000
PROGRAM_LIMIT_S = 2.0
LEAST_FREE_BYTES = 500 * 1024 * 1024
CLOCK_TOLERANCE_S = 120
ESPEAK_VOICE = "espeak"
FONT = "Noto Sans CJK SC"
EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Running:
    """Devices of a running terminal for its self-tests, so that none is opened twice.

    ``size`` gives width and height of the camera's newest picture, None without one; ``sam_number`` the
    terminal number in the PSAM; ``client`` asks the centre as the terminal does; ``fault_of`` gives the fault
    code that the camera or the scanner reported last, empty while it is well.
    """

    client: CentralClient
    size: Callable[[], tuple[int, int] | None]
    sam_number: Callable[[], str]
    fault_of: Callable[[str], str] = lambda _device: ""


Part = Callable[[Settings, Path, Running | None], Check]


def all_checks(settings: Settings, data: Path, running: Running | None = None) -> Iterator[Check]:
    """Every check, one after the other; each takes two seconds at the most."""
    for part in PARTS.values():
        yield part(settings, data, running)


def camera(settings: Settings, running: Running | None = None) -> Check:
    source = settings.camera.source
    if not source:
        return well("camera", "not_used")
    if running:
        if code := running.fault_of("camera"):
            return reported("camera", code, Trouble.DEVICE)
        size = running.size()
        if size is None:
            return wrong("camera", "no_picture", Trouble.DEVICE, source=source)
        return well("camera", "gives", source=source, width=size[0], height=size[1])
    try:
        capture = Capture(settings.camera)
        try:
            picture = capture.picture(paced=False)
        finally:
            capture.close()
    except CameraLost as fault:
        return failed("camera", fault, Trouble.DEVICE)
    height, width = picture.shape
    return well("camera", "gives", source=source, width=width, height=height)


def scanner(settings: Settings, running: Running | None = None) -> Check:
    if running and (code := running.fault_of("scanner")):
        return reported("scanner", code, Trouble.DEVICE)
    device = settings.scanner.serial_device
    if not device:
        return well("scanner", "wedge")
    if Path(device).exists():
        return well("scanner", "found", device=device)
    return wrong("scanner", "missing", Trouble.DEVICE, device=device)


def printer(settings: Settings) -> Check:
    """A printer that does not tell its state is said to be so, not to be well."""
    address, width = settings.printer.address, settings.printer.width_mm
    if not address:
        return well("printer", "not_used")
    try:
        state = Printer(parse_address(address), width).state()
    except PrinterFault as fault:
        return failed("printer", fault, Trouble.DEVICE)
    if state in PREVENTS:
        return failed("printer", PREVENTS[state](address), Trouble.DEVICE)
    if state is PrinterState.UNKNOWN:
        return well("printer", "unknown", address=address)
    near_end = state is PrinterState.PAPER_NEAR_END
    return well(
        "printer",
        "near_end" if near_end else "ready",
        address=address,
        width=width,
        profile=settings.printer.profile,
    )


def central(settings: Settings, data: Path, running: Running | None = None) -> Check:
    if not settings.central.url and running is None:
        return well("central", "embedded")
    try:
        client = running.client if running else to_city(settings, data, os.environ).client()
        health = client.health(CENTRAL_BUDGET_MS)
        longest = delivery_checks.policies_of(settings, data).longest
    except CentralFault as fault:
        return failed("central", fault, Trouble.CENTRAL)
    except Fault:
        return wrong("central", "not_asked", Trouble.CENTRAL)
    facts = {
        "url": settings.central.url or EMBEDDED,
        "contract": health.contract,
        "days": str(health.retention_days),
    }
    if timedelta(days=health.retention_days) <= longest:
        needed = f"{longest.total_seconds() / 86400:.0f}"
        return wrong("central", "forgets", Trouble.OTHER, **facts, needed=needed)
    return well("central", "reached", **facts)


def identity(settings: Settings, data: Path) -> Check:
    """Whether the centre would know this terminal, and for how long."""
    try:
        own = to_city(settings, data, os.environ).identity
    except Fault as fault:
        return failed("identity", fault, Trouble.OTHER)
    if own is None:
        return well("identity", "not_needed")
    left = (own.expires_at - datetime.now(UTC)).days
    if left < 0:
        return wrong("identity", "ran_out", Trouble.OTHER, terminal=own.terminal)
    return well("identity", "good", terminal=own.terminal, days=left)


def hotlist(settings: Settings, data: Path) -> Check:
    """How many cards are blocked, and how old the list is."""
    try:
        state = kept_state(data / HOTLIST)
    except sqlite3.Error as error:
        return wrong("hotlist", "unreadable", Trouble.OTHER, path=data / HOTLIST, error=error)
    if state is None:
        return well("hotlist", "none_yet")
    shown = {"version": str(state.version), "entries": f"{state.entries:,}"}
    now = datetime.now(UTC)
    if state.checked_at is None:
        return wrong("hotlist", "unconfirmed", Trouble.OTHER, **shown)
    hours = (now - state.checked_at).total_seconds() / 3600
    if freshness(state, now, settings.hotlist) is Freshness.TOO_OLD:
        return wrong("hotlist", "too_old", Trouble.OTHER, **shown, hours=f"{hours:.0f}")
    return well("hotlist", "fresh", **shown, hours=f"{hours:.1f}")


def clock(settings: Settings, data: Path, running: Running | None = None) -> Check:
    now = load_city(settings.city).local(datetime.now(UTC))
    shown = f"{now:%Y-%m-%d %H:%M:%S %z}"
    if not settings.central.url and running is None:
        return well("clock", "shown", now=shown)
    try:
        client = running.client if running else to_city(settings, data, os.environ).client()
        health = client.health(CENTRAL_BUDGET_MS)
    except Fault:
        return well("clock", "not_compared", now=shown)
    wrong_s = abs((now.astimezone(UTC) - health.server_time).total_seconds())
    if wrong_s > CLOCK_TOLERANCE_S:
        return wrong("clock", "wrong", Trouble.OTHER, now=shown, seconds=f"{wrong_s:.0f}")
    return well("clock", "right", now=shown, seconds=f"{wrong_s:.1f}")


def disk(data: Path) -> Check:
    place = data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if not os.access(place, os.W_OK):
        return wrong("disk", "unwritable", Trouble.OTHER, place=place)
    if free < LEAST_FREE_BYTES:
        return wrong("disk", "low", Trouble.OTHER, mib=free >> 20, place=place)
    return well("disk", "free", gib=free >> 30, place=data)


def keys(data: Path) -> Check:
    path = keys_of(data, os.environ)
    if not path.exists():
        return well("keys", "none_yet")
    if path.stat().st_mode & 0o077:
        return wrong("keys", "exposed", Trouble.OTHER, path=path)
    return well("keys", "good", path=path)


def journal(data: Path) -> Check:
    directory = journal_directory(data)
    if not directory.exists():
        return well("journal", "none_yet")
    try:
        with reading(directory) as found:
            counted = found.counted()
    except JournalFault as fault:
        return failed("journal", fault, Trouble.OTHER)
    facts = {
        "count": str(counted.total),
        "pending": str(counted.pending),
        "inbox": f"{counted.inbox}{' (onecard journal inbox)' if counted.inbox else ''}",
    }
    if counted.oldest_at is None:
        return well("journal", "counted", **facts)
    hours = (datetime.now(UTC) - counted.oldest_at).total_seconds() / 3600
    return well("journal", "waiting", **facts, hours=f"{hours:.1f}")


def voice(data: Path) -> Check:
    """Red without Mandarin, amber with the last resort. Captions stand on the screen in any case."""
    found = installed_voices(data)
    if not found.best:
        return wrong("voice", "missing", Trouble.OTHER)
    if not found.player:
        return wrong("voice", "no_player", Trouble.OTHER)
    if found.best == ESPEAK_VOICE:
        return wrong("voice", found.best, Trouble.ADVICE)
    return well("voice", found.best)


def font() -> Check:
    try:
        listed = subprocess.run(
            ["fc-list", FONT, "family"], capture_output=True, text=True, timeout=PROGRAM_LIMIT_S, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        listed = ""
    if listed.strip():
        return well("font", "found", font=FONT)
    return wrong("font", "missing", Trouble.OTHER, font=FONT)


def versions() -> Check:
    return well(
        "versions",
        "running",
        terminal=version(),
        contract=CONTRACT_VERSION,
        journal=VERSION,
        python=platform.python_version(),
    )


PARTS: Mapping[str, Part] = {
    "readers": lambda settings, _data, _running: reader_checks.readers(settings),
    "sam": lambda settings, _data, running: reader_checks.sam(
        settings, running.sam_number if running else None
    ),
    "camera": lambda settings, _data, running: camera(settings, running),
    "scanner": lambda settings, _data, running: scanner(settings, running),
    "printer": lambda settings, _data, _running: printer(settings),
    "central": central,
    "identity": lambda settings, data, _running: identity(settings, data),
    "hotlist": lambda settings, data, _running: hotlist(settings, data),
    "settings": lambda settings, data, _running: delivery_checks.published(settings, data),
    "issuers": lambda settings, data, _running: delivery_checks.issuers(settings, data),
    "replay": lambda settings, data, _running: delivery_checks.replay(data, load_city(settings.city)),
    "entitlements": lambda settings, data, _running: delivery_checks.entitlements(settings, data),
    "calendar": lambda settings, _data, _running: delivery_checks.calendar(settings, datetime.now(UTC)),
    "tariff": lambda settings, data, _running: delivery_checks.tariff(settings, data),
    "clock": clock,
    "disk": lambda _settings, data, _running: disk(data),
    "keys": lambda _settings, data, _running: keys(data),
    "journal": lambda _settings, data, _running: journal(data),
    "voice": lambda _settings, data, _running: voice(data),
    "font": lambda _settings, _data, _running: font(),
    "versions": lambda _settings, _data, _running: versions(),
}
"""Every self-test by its name, in the order they are run."""
