"""SQLite files and lists kept by deltas: private, durable, begun again when damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.faults import Fault
from runtime.delta_store import DeltaStore, DeltaTable, kept_state
from runtime.sqlite_file import SqliteFile, damaged, writing
from runtime.whole_file import private_folder, write_whole

SCHEMA = "CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, size INTEGER NOT NULL) STRICT;"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PLAIN = DeltaTable("blocked", "fingerprint")
WITH_CONTENT = DeltaTable("entitled", "fingerprint", ("content",))


class OutOfOrder(Fault):
    code = "copy.out_of_order"


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    try:
        yield request.param
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_files_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    file = SqliteFile(tmp_path / "a" / "b" / "it.db", SCHEMA)
    with closing(file.open()) as database:
        database.execute("INSERT INTO thing VALUES (1, 2)")
        found = {each.name: mode(each) for each in file.path.parent.iterdir()}
    assert found == {"it.db": 0o600, "it.db-wal": 0o600, "it.db-shm": 0o600}
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    write_whole(tmp_path / "c" / "it.json", b"{}", 0o600)
    assert mode(tmp_path / "c") == 0o700
    assert mode(tmp_path / "c" / "it.json") == 0o600
    private_folder(tmp_path / "d" / "e")
    assert mode(tmp_path / "d" / "e") == 0o700


def test_a_file_of_an_earlier_version_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "it.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        database.execute("INSERT INTO thing VALUES (1, 2)")
        database.commit()
    path.chmod(0o644)
    with closing(SqliteFile(path, SCHEMA).open()) as database:
        assert database.execute("SELECT size FROM thing").fetchall() == [(2,)]
    assert mode(path) == 0o600


def test_pragmas_are_in_force(tmp_path: Path) -> None:
    with closing(SqliteFile(tmp_path / "it.db", SCHEMA, pragmas=("secure_delete=ON",)).open()) as database:
        asked = ("journal_mode", "synchronous", "busy_timeout", "secure_delete")
        assert [database.execute(f"PRAGMA {each}").fetchone()[0] for each in asked] == ["wal", 2, 2000, 1]


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    file = SqliteFile(tmp_path / "it.db", SCHEMA)
    file.path.write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError) as raised:
        file.open()
    assert damaged(raised.value)
    database, renewed = file.open_or_renew()
    with closing(database):
        assert renewed
        assert database.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    assert (tmp_path / "it.db.damaged").read_bytes() == content


def test_a_locked_file_is_not_damaged(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "it.db", SCHEMA, busy_ms=1)
    with closing(file.open()) as first:
        first.execute("INSERT INTO thing VALUES (1, 2)")
        first.execute("PRAGMA locking_mode=EXCLUSIVE")
        first.execute("BEGIN EXCLUSIVE")
        first.execute("INSERT INTO thing VALUES (2, 2)")
        with pytest.raises(sqlite3.OperationalError):
            file.open_or_renew()
        first.execute("COMMIT")
        assert first.execute("SELECT count(*) FROM thing").fetchone() == (2,)


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    with closing(SqliteFile(tmp_path / "it.db", SCHEMA).open()) as database:
        with pytest.raises(sqlite3.IntegrityError), writing(database):
            database.executemany("INSERT INTO thing VALUES (1, ?)", [(2,), (3,)])
        with writing(database):
            database.execute("INSERT INTO thing VALUES (2, 2)")
        assert database.execute("SELECT id FROM thing").fetchall() == [(2,)]


@pytest.mark.parametrize("table", [PLAIN, WITH_CONTENT])
def test_deltas_follow_each_other(tmp_path: Path, table: DeltaTable) -> None:
    rest = (b"content",) * len(table.columns)
    store = DeltaStore(tmp_path / "list.db", table, OutOfOrder)
    store.apply(0, 2, [(b"a", *rest), (b"b", *rest)], [], None)
    assert (store.state.version, store.state.checked_at, store.state.entries) == (2, None, 2)
    store.apply(2, 3, [(b"c", *rest)], [b"a"], NOW)
    for base, version in ((2, 4), (4, 5), (3, 2)):
        with pytest.raises(OutOfOrder):
            store.apply(base, version, [], [], NOW)
    assert [each for batch in store.batches() for each in batch] == [b"b", b"c"]
    assert store.find(b"a") is None
    assert store.find(b"c") is not None
    store.close()
    assert kept_state(tmp_path / "list.db", table) == store.state


def test_a_damaged_list_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "list.db"
    path.write_bytes(b"x" * 5000)
    store = DeltaStore(path, PLAIN, OutOfOrder)
    assert store.renewed
    assert store.state.version == 0
    store.apply(0, 7, [(b"a",)], [], NOW)
    assert store.find(b"a") is not None
    store.close()


def test_a_list_damaged_while_it_is_used_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "list.db"
    store = DeltaStore(path, PLAIN, OutOfOrder)
    store.apply(0, 7, [(number.to_bytes(16),) for number in range(150_000)], [], NOW)
    store.close()
    store = DeltaStore(path, PLAIN, OutOfOrder)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xee" * (path.stat().st_size - 4096))
    every_page = [(number.to_bytes(16),) for number in range(0, 150_000, 50)]
    with pytest.raises(sqlite3.DatabaseError):
        store.apply(7, 8, every_page, [], NOW)
    assert store.state.version == 0
    store.apply(0, 8, [(b"b",)], [], NOW)
    assert store.find(b"b") is not None
    store.close()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sets(st.binary(min_size=2, max_size=2), max_size=5),
            st.sets(st.binary(min_size=2, max_size=2), max_size=5),
        ),
        max_size=8,
    )
)
def test_a_list_is_what_a_set_would_be(
    tmp_path_factory: pytest.TempPathFactory, deltas: list[tuple[bool, set[bytes], set[bytes]]]
) -> None:
    store = DeltaStore(tmp_path_factory.mktemp("list") / "list.db", PLAIN, OutOfOrder, "NORMAL")
    model: set[bytes] = set()
    for whole, added, removed in deltas:
        version = store.state.version
        store.apply(0 if whole else version, version + 1, [(each,) for each in added], removed, NOW)
        model = (set() if whole else model - removed) | added
        assert store.state.entries == len(model)
        assert {each for batch in store.batches() for each in batch} == model
    store.close()
