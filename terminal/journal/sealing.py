"""Sealed parts of a record and of its answer, and how they are opened again."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from domain.messages.contract import Transaction, TransactionResult, canonical
from terminal.journal.encryption import KeyRing, RandomBytes
from terminal.journal.faults import JournalDamaged

M = TypeVar("M", Transaction, TransactionResult)


def seal_record(ring: KeyRing, sequence: int, content: bytes, random_bytes: RandomBytes) -> bytes:
    return ring.seal(content, b"record %d" % sequence, random_bytes)


def opened_record(ring: KeyRing, sequence: int, key: int, sealed: bytes) -> Transaction:
    """Raises ``KeyMissing`` or ``JournalDamaged``."""
    return _parsed(Transaction, ring.open(key, sealed, b"record %d" % sequence))


def seal_answer(ring: KeyRing, sequence: int, result: TransactionResult, random_bytes: RandomBytes) -> bytes:
    return ring.seal(canonical(result), b"answer %d" % sequence, random_bytes)


def opened_answer(ring: KeyRing, sequence: int, key: int, sealed: bytes) -> TransactionResult:
    """Raises ``KeyMissing`` or ``JournalDamaged``."""
    return _parsed(TransactionResult, ring.open(key, sealed, b"answer %d" % sequence))


def _parsed(kind: type[M], content: bytes) -> M:
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        raise JournalDamaged(f"a sealed {kind.__name__} is none") from error
