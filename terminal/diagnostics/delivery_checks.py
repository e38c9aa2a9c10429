"""Self-tests of what a centre delivers: settings with limits, issuers of codes, entitled cards, the tariff.

They read the copies on this disk, beside a running terminal or without one.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from cryptography.x509 import Certificate
from pydantic import ValidationError

from config.city.city import City
from config.city.loading import load_city
from config.faults import Fault
from config.settings import Settings
from domain.messages.code_trust import CodeTrust
from domain.messages.signed_documents import SignedDocument, opened
from domain.offline_policy import OfflinePolicies, load_policies
from domain.published_policies import published_in
from drivers.central.identity import authority_in
from drivers.codes.replay import remembered
from terminal.diagnostics.check import Check, Trouble, failed, well, wrong
from terminal.identification.code_checking import REPLAY_TABLE
from terminal.identification.code_trust import FILE
from terminal.provisioning.access import to_city
from terminal.provisioning.policies_in_force import PoliciesInForce
from terminal.provisioning.published_settings import PublishedSettings
from terminal.ticketing.entitlements.store import ENTITLEMENTS, kept_state
from terminal.ticketing.fare_desk import SERVICE
from terminal.ticketing.tariffs import tariff_book

CODES = Path("codes")
EMBEDDED = Path("central") / "fleet" / "authority.crt"
HOUR_S = 3600


def policies_of(settings: Settings, data: Path) -> OfflinePolicies:
    """Offline policies of this counter: the shipped limits with those its centre published. Raises
    ``Fault``."""
    published = PublishedSettings(settings, data, to_city(settings, data, os.environ)).in_force
    return PoliciesInForce(load_policies(settings.services), published).now


def published(settings: Settings, data: Path) -> Check:
    """Which settings its centre published for this terminal, and which services' limits."""
    try:
        said = PublishedSettings(settings, data, to_city(settings, data, os.environ)).in_force
    except Fault as fault:
        return failed("settings", fault, Trouble.OTHER)
    if said is None:
        return well("settings", "shipped")
    limited = ", ".join(sorted(published_in(said.files))) or "-"
    return well("settings", "published", version=said.version, limited=limited)


def issuers(settings: Settings, data: Path) -> Check:
    """How many are believed, and since when this list is."""
    file = data / CODES / FILE
    try:
        document = SignedDocument.model_validate_json(file.read_bytes())
        authority = _authority(settings, data)
        said = (
            opened(document, CodeTrust, authority)
            if authority
            else CodeTrust.model_validate_json(document.content)
        )
    except FileNotFoundError:
        return well("issuers", "none_yet")
    except Fault as fault:
        return failed("issuers", fault, Trouble.OTHER)
    except (OSError, ValidationError) as error:
        return wrong("issuers", "unreadable", Trouble.OTHER, path=file, error=type(error).__name__)
    facts = {
        "version": said.version,
        "cards": len(said.e_card_issuers),
        "rides": len(said.ride_code_authorities),
        "hours": _hours_since(said.issued_at),
    }
    if any(each.not_after > datetime.now(UTC) for each in said.e_card_issuers):
        return well("issuers", "believed", **facts)
    return wrong("issuers", "ran_out", Trouble.OTHER, **facts)


def replay(data: Path, city: City | None = None) -> Check:
    """How many codes that were shown here are still refused."""
    path = data / CODES / REPLAY_TABLE
    try:
        found = remembered(path)
    except sqlite3.Error as error:
        return wrong("replay", "unreadable", Trouble.OTHER, path=path, error=error)
    if found is None:
        return well("replay", "none_yet")
    if found.oldest_ends_at is None:
        return well("replay", "empty")
    oldest = (city or load_city()).local(found.oldest_ends_at)
    return well("replay", "remembered", codes=f"{found.codes:,}", oldest=f"{oldest:%Y-%m-%d %H:%M}")


def entitlements(settings: Settings, data: Path) -> Check:
    """How many cards ride for less by the list on board, and how old it is."""
    if SERVICE not in settings.services:
        return well("entitlements", "not_used")
    path = data / ENTITLEMENTS
    try:
        state = kept_state(path)
    except sqlite3.Error as error:
        return wrong("entitlements", "unreadable", Trouble.OTHER, path=path, error=error)
    if state is None or state.checked_at is None:
        return well("entitlements", "none_yet")
    facts = {
        "version": state.version,
        "cards": f"{state.entries:,}",
        "hours": _hours_since(state.checked_at),
    }
    days = settings.bus.entitlements_good_days
    if not state.good(datetime.now(UTC), days):
        return wrong("entitlements", "too_old", Trouble.OTHER, **facts, days=days)
    return well("entitlements", "fresh", **facts)


def tariff(settings: Settings, data: Path) -> Check:
    """By which tariff a ride costs what it costs, and which comes next."""
    now = datetime.now(UTC)
    authority = _authority(settings, data)
    try:
        book = tariff_book(settings, data, lambda: authority)
    except Fault as fault:
        return failed("tariff", fault, Trouble.OTHER)
    if book is None:
        return well("tariff", "not_used")
    city = load_city(settings.city)
    name, version = book.name, book.in_force(now).version[:12]
    since, coming = book.publication_in_force(now), book.coming(now)
    if coming:
        facts = {
            "next": coming.tariff.version[:12],
            "from": f"{city.local(coming.valid_from):%Y-%m-%d %H:%M}",
        }
        return well("tariff", "changes", tariff=name, version=version, **facts)
    if since:
        shown = f"{city.local(since.valid_from):%Y-%m-%d %H:%M}"
        return well("tariff", "published", tariff=name, version=version, number=since.number, since=shown)
    return well("tariff", "shipped", tariff=name, version=version)


def calendar(settings: Settings, now: datetime) -> Check:
    """Whether the holidays of this year are known, and those of the next one once their notice is out."""
    city = load_city(settings.city)
    today = city.day(now)
    missing = city.calendar.missing_years(today)
    facts = {"city": city.name.en, "file": city.folder / "calendar.toml"}
    if today.year in missing:
        return wrong("calendar", "missing", Trouble.OTHER, year=today.year, **facts)
    if missing:
        return wrong("calendar", "next_missing", Trouble.ADVICE, year=missing[0], **facts)
    known = [each for each in city.calendar.year if each.year == today.year]
    return well("calendar", "known", year=today.year, confidence=known[0].confidence, city=city.name.en)


def _authority(settings: Settings, data: Path) -> Certificate | None:
    """Authority that signs documents for this terminal; None where it is not enrolled and has no centre of
    its own.
    """
    try:
        if not settings.central.url:
            return authority_in(data / EMBEDDED)
        return to_city(settings, data, os.environ).authority()
    except Fault:
        return None


def _hours_since(at: datetime) -> str:
    return f"{(datetime.now(UTC) - at).total_seconds() / HOUR_S:.1f}"
