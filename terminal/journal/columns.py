"""Values of columns, read back: what does not parse was not written by this product."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.transaction_state import Standing
from terminal.journal.faults import JournalDamaged


def standing_in(untrusted: Any) -> Standing:
    """Raises ``JournalDamaged``."""
    try:
        return Standing(untrusted)
    except ValueError as error:
        raise JournalDamaged("a standing is none") from error


def time_in(untrusted: Any) -> datetime:
    """Raises ``JournalDamaged``."""
    try:
        return datetime.fromisoformat(untrusted)
    except (ValueError, TypeError) as error:
        raise JournalDamaged("a time is none") from error


def id_in(untrusted: Any) -> UUID:
    """Raises ``JournalDamaged``."""
    try:
        return UUID(bytes=untrusted)
    except (ValueError, TypeError) as error:
        raise JournalDamaged("an id is none") from error


def hash_in(untrusted: Any) -> str:
    """A SHA-256 in hex. Raises ``JournalDamaged``."""
    if not isinstance(untrusted, bytes) or len(untrusted) != 32:
        raise JournalDamaged("a hash is none")
    return untrusted.hex()
