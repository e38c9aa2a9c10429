"""Shared by the commands of ``onecard journal``: the keys, the stopped journal, an entry as a document."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.transaction_state import Standing
from terminal.journal.encryption import KeyRing, load_ring
from terminal.journal.opening import begun_of, journal_directory, keys_of
from terminal.journal.reading import reading
from terminal.journal.record import Entry
from terminal.journal.store import Journal

Document = dict[str, Any]


def ring_of(data: Path) -> KeyRing:
    """Raises ``KeyMissing`` or ``KeyExposed``."""
    return load_ring(keys_of(data, os.environ))


def stopped_journal(data: Path, now: datetime) -> Journal:
    """The journal of a terminal that does not run. Raises ``JournalInUse`` when it does."""
    directory = journal_directory(data)
    with reading(directory) as journal:
        terminal = journal.terminal()
    opened = Journal(directory, ring_of(data), terminal, begun=begun_of(data))
    opened.open(lambda _service, _action: Standing.OPEN, now)
    return opened


def entry_document(entry: Entry) -> Document:
    """Without anything of the person."""
    return {
        "sequence": entry.sequence,
        "id": str(entry.id),
        "service": entry.service,
        "action": entry.action,
        "trust": entry.trust.value,
        "occurred_at": entry.occurred_at.isoformat(),
        "amount_fen": entry.amount_fen,
        "standing": entry.standing.value,
        "code": entry.code,
        "changed_at": entry.changed_at.isoformat(),
        "content": "kept" if entry.kept else "purged",
    }


def print_document(document: Document) -> None:
    print(json.dumps(document, ensure_ascii=False))
