"""What the centre forgets, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from central.tables import alarm, e_card_token, identification, received

RETENTION_DAYS = 400
"""Ids, hashes and results are kept this long: more than a year, so that a terminal found in a cellar
still delivers without doubling anything."""
TOKENS_KEPT = timedelta(days=1)
"""An expired token is remembered this long, so that a screenshot is told from an unknown code."""


def purge(connection: Connection, now: datetime) -> int:
    """Deletes what is older than it has to be; returns how many rows went."""
    before = now - timedelta(days=RETENTION_DAYS)
    deletions = (
        delete(received).where(received.c.decided_at < before),
        delete(identification).where(identification.c.at < before),
        delete(alarm).where(alarm.c.at < before),
        delete(e_card_token).where(e_card_token.c.expires_at < now - TOKENS_KEPT),
    )
    return sum(connection.execute(each).rowcount for each in deletions)
