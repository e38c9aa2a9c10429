"""The list of entitled cards of a city of four million: 600,000 who ride for less; a look-up on board, what
the whole list and a day's changes weigh, and how long a vehicle takes to take them over.
"""

from __future__ import annotations

import secrets
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.figure import Figure, figure, timed
from domain.messages.entitlements import ENTRY, KINDS, Entry, apart, joined, packed
from terminal.identification.hotlist.store import fingerprint
from terminal.ticketing.entitlements.store import EntitlementList

CITY = 600_000
PART = 100_000
"""Entries in one answer of the centre."""
A_DAY = 500
LOOK_UPS = 20_000


def run() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return on_board(Path(folder) / "entitlements.db")


def on_board(path: Path) -> dict[str, Figure]:
    now = datetime.now(UTC)
    cards = [f"card:{secrets.token_hex(16)}" for _ in range(CITY)]
    entries = [entry(number, card) for number, card in enumerate(cards)]
    parts = [joined(map(packed, entries[at : at + PART])) for at in range(0, CITY, PART)]
    with closing(EntitlementList(path, good_days=30)) as rights:

        def fetched() -> None:
            for version, part in enumerate(parts, 1):
                rights.apply(version - 1, version, apart(part), now)

        whole_ms = timed(fetched)
        day = [Entry(each.fingerprint, ("student",)) for each in entries[:A_DAY]]
        day_ms = timed(lambda: rights.apply(len(parts), len(parts) + 1, day, now))
        strangers = [f"card:{secrets.token_hex(16)}" for _ in range(LOOK_UPS)]
        known_ms = timed(lambda: [rights.of(each, now) for each in cards[:LOOK_UPS]])
        stranger_ms = timed(lambda: [rights.of(each, now) for each in strangers])
        assert rights.state.entries == CITY
    return {
        "entitled cards, 600,000: look-up of one who is": figure(known_ms * 1000 / LOOK_UPS, "µs"),
        "entitled cards, 600,000: look-up of one who is not": figure(stranger_ms * 1000 / LOOK_UPS, "µs"),
        "entitled cards, 600,000: sent in all": figure(
            sum(map(len, parts)) / 2**20, "MiB", {"in 21-byte entries": CITY * ENTRY.size / 2**20}
        ),
        "entitled cards, 600,000: on disk": figure(path.stat().st_size / 2**20, "MiB"),
        "entitled cards, 600,000: taken over": figure(whole_ms, "ms"),
        "entitled cards, 500 changes of a day": figure(
            day_ms, "ms", {"KiB sent": len(joined(map(packed, day))) / 1024}
        ),
    }


def entry(number: int, card: str) -> Entry:
    """Two in three are old enough, the others have a right."""
    if number % 3:
        return Entry(fingerprint(card), born=date(1930 + number % 36, 1 + number % 12, 1 + number % 28))
    return Entry(fingerprint(card), (KINDS[number % len(KINDS)],), date(2027, 8, 31))
