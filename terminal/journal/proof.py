"""Seals over standings and over the journal's head, so that edits and truncation are recognised.

The chain of hashes proves what is there; it says nothing of records cut off at its end, of standings, and of
the columns of purged records. So each standing carries an HMAC-SHA-256 over itself and its record's columns,
and a file beside the keys, outside the database, carries the newest sequence number and its hash under an
HMAC. The key is derived from the journal's own; somebody with the disk and without the key can forge neither.
A complete older copy of database and head is recognised by the centre only, which knows the newest number it
was sent."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from runtime.whole_file import sync_folder
from terminal.journal.encryption import KeyRing
from terminal.journal.faults import JournalDamaged

SEAL_BYTES = 16
HEAD_BYTES = 8 + 32 + 32
_COLUMNS = (
    "r.sequence, r.id, r.hash, r.previous, r.service, r.action, r.trust, r.occurred_at, r.amount_fen, "
    "r.sealed IS NOT NULL, s.standing, s.code, s.changed_at"
)
_SETTLEMENT = "number, sequence, standing, decision, by, reason, at"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest record: its sequence number and its hash in hex; 0 for an empty journal."""

    sequence: int
    hash: str


def _digest(ring: KeyRing, kind: str, values: Iterable[object]) -> bytes:
    key = hmac.digest(ring.lane_key, b"proof of the journal", hashlib.sha256)
    listed = [value.hex() if isinstance(value, bytes) else value for value in values]
    return hmac.digest(key, json.dumps([kind, *listed]).encode(), hashlib.sha256)


def seal_standings(database: sqlite3.Connection, ring: KeyRing, sequences: Iterable[int]) -> None:
    """Seal the present standing of each record. To be called in the transaction that changed them."""
    for sequence in set(sequences):
        row = database.execute(
            f"SELECT {_COLUMNS} FROM record r JOIN standing s USING (sequence) WHERE sequence = ?",  # noqa: S608
            (sequence,),
        ).fetchone()
        if row:
            seal = _digest(ring, "standing", row)[:SEAL_BYTES]
            database.execute("UPDATE standing SET seal = ? WHERE sequence = ?", (seal, sequence))


def seal_settlements(database: sqlite3.Connection, ring: KeyRing) -> None:
    """Seal the decisions that have no seal yet."""
    rows = database.execute(f"SELECT {_SETTLEMENT} FROM settlement WHERE seal IS NULL").fetchall()  # noqa: S608
    for row in rows:
        seal = _digest(ring, "settlement", row)[:SEAL_BYTES]
        database.execute("UPDATE settlement SET seal = ? WHERE number = ?", (seal, row[0]))


def seal_checkpoints(database: sqlite3.Connection, ring: KeyRing) -> None:
    """Seal the checkpoints that have no seal yet."""
    for row in database.execute("SELECT sequence, hash, at FROM checkpoint WHERE seal IS NULL").fetchall():
        seal = _digest(ring, "checkpoint", row)[:SEAL_BYTES]
        database.execute("UPDATE checkpoint SET seal = ? WHERE sequence = ?", (seal, row[0]))


def seal_everything(database: sqlite3.Connection, ring: KeyRing) -> None:
    """Seal a journal of an earlier version, which had no seals."""
    seal_standings(database, ring, [row[0] for row in database.execute("SELECT sequence FROM standing")])
    seal_settlements(database, ring)
    seal_checkpoints(database, ring)


def edited_standings(database: sqlite3.Connection, ring: KeyRing, above: int = 0) -> list[int]:
    """Sequence numbers above ``above`` whose standing or columns are not those that were sealed."""
    rows = database.execute(
        f"SELECT s.seal, {_COLUMNS} FROM record r JOIN standing s USING (sequence) "  # noqa: S608
        "WHERE sequence > ? ORDER BY sequence",
        (above,),
    )
    return [row[0] for seal, *row in rows if not _same(seal, _digest(ring, "standing", row))]


def edited_settlements(database: sqlite3.Connection, ring: KeyRing) -> list[int]:
    """Sequence numbers whose recorded decision was edited, or is missing although the record is settled."""
    rows = database.execute(f"SELECT seal, {_SETTLEMENT} FROM settlement ORDER BY number").fetchall()  # noqa: S608
    edited = [row[1] for seal, *row in rows if not _same(seal, _digest(ring, "settlement", row))]
    without = database.execute(
        "SELECT sequence FROM standing WHERE standing = 'settled' "
        "AND sequence NOT IN (SELECT sequence FROM settlement) ORDER BY sequence"
    )
    return edited + [sequence for (sequence,) in without]


def edited_checkpoints(database: sqlite3.Connection, ring: KeyRing) -> list[int]:
    rows = database.execute("SELECT seal, sequence, hash, at FROM checkpoint ORDER BY sequence").fetchall()
    return [row[0] for seal, *row in rows if not _same(seal, _digest(ring, "checkpoint", row))]


def has_seals(database: sqlite3.Connection) -> bool:
    """True once a standing was sealed: only a journal of an earlier version has none."""
    return database.execute("SELECT 1 FROM standing WHERE seal IS NOT NULL LIMIT 1").fetchone() is not None


def _same(seal: object, digest: bytes) -> bool:
    return isinstance(seal, bytes) and hmac.compare_digest(seal, digest[:SEAL_BYTES])


class HeadFile:
    """The head of a journal in a file of its own, written after each commit and so never ahead of the
    database.

    It is not fsynced: after a power cut it may be behind, which proves less and accuses nobody.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def read(self, ring: KeyRing) -> Head | None:
        """None when there is no file. Raises ``JournalDamaged`` for one without a right seal."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        sequence, hash, seal = content[:8], content[8:40], content[40:]
        head = Head(int.from_bytes(sequence), hash.hex())
        if len(content) != HEAD_BYTES or not hmac.compare_digest(seal, _head_seal(ring, head)):
            raise JournalDamaged(f"{self.path.name} is damaged")
        return head

    def write(self, ring: KeyRing, head: Head) -> None:
        content = head.sequence.to_bytes(8) + bytes.fromhex(head.hash) + _head_seal(ring, head)
        if self._descriptor is not None:
            os.pwrite(self._descriptor, content, 0)
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        os.pwrite(self._descriptor, content, 0)
        # On disk before the first record. Later writes change one block in place: no cut leaves half of it.
        os.fsync(self._descriptor)
        sync_folder(self.path.parent)

    def close(self) -> None:
        """On disk when it returns, as far as the disk takes it."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.fsync(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None


def _head_seal(ring: KeyRing, head: Head) -> bytes:
    return _digest(ring, "head", (head.sequence, head.hash))


def missing_after(database: sqlite3.Connection, head: Head) -> str:
    """Description of what the database lacks or has changed at the sealed head; empty when it fits."""
    newest = database.execute("SELECT max(sequence) FROM record").fetchone()[0] or 0
    checkpoint = database.execute("SELECT max(sequence) FROM checkpoint").fetchone()[0] or 0
    last = max(newest, checkpoint)
    if head.sequence > last:
        return f"records {last + 1} to {head.sequence} were cut off"
    row = database.execute("SELECT hash FROM record WHERE sequence = ?", (head.sequence,)).fetchone()
    if row is not None and row[0].hex() != head.hash:
        return f"record {head.sequence} is not the one that was written"
    return ""
