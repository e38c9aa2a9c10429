"""A centre whose database goes away: every answer says whether something was booked. A real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
import requests
from sqlalchemy import Connection, text

from central.application import create_application
from central.database import CommitInDoubt, Database, DatabaseUnavailable
from central.readiness import KEPT_S, Readiness
from central.seeding import seed
from runtime.periodic import PeriodicTask
from tests.integration.central.conftest import NOW
from tests.integration.central.postgresql_server import Server, postgresql
from tests.integration.central.served import listening

BUDGET_S = 30


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as started:
        with closing(Database(started.url)) as database:
            database.write(lambda connection: seed(connection, NOW))
            database.write(
                lambda connection: connection.execute(text("CREATE TABLE booked (id text PRIMARY KEY)"))
            )
        yield started


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    with closing(Database(server.url)) as opened:
        yield opened


def book(connection: Connection, id: str) -> str:
    """Answers a repeated id from what is booked."""
    claimed = text("INSERT INTO booked VALUES (:id) ON CONFLICT DO NOTHING")
    return "booked" if connection.execute(claimed, {"id": id}).rowcount else "was booked"


def end_connection(database: Database, connection: Connection) -> None:
    """What a failover does to a client: the server ends its session."""
    number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with database.read_beside() as other:
        other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})


def test_a_stopped_database_is_busy_and_not_unknown(server: Server, database: Database) -> None:
    """FC-49: with PostgreSQL stopped, transactions got 500 "unknown"."""
    readiness = Readiness(database, monotonic=iter(range(0, 1000, int(2 * KEPT_S))).__next__)
    application = create_application(database, demonstration=True, readiness=readiness)
    with listening(application) as url:
        ready = f"{url}/v1/health/ready"
        assert requests.get(ready, timeout=BUDGET_S).status_code == 200
        server.stop()
        try:
            refused = requests.get(ready, timeout=BUDGET_S)
            assert (refused.status_code, refused.json()["code"]) == (503, "central.not_ready")
            assert refused.json()["detail"] == "database"
            assert requests.get(f"{url}/v1/health/live", timeout=BUDGET_S).status_code == 200
            wallet = requests.post(f"{url}/v1/wallets/{uuid4()}/tokens", timeout=BUDGET_S)
            assert (wallet.status_code, wallet.json()["code"]) == (503, "central.unavailable")
            assert wallet.headers["content-type"] == "application/problem+json"
            assert 1 <= int(wallet.headers["Retry-After"]) <= 4
        finally:
            server.start()
        assert requests.get(ready, timeout=BUDGET_S).status_code == 200


def test_a_restarted_database_costs_a_write_nothing(server: Server, database: Database) -> None:
    """The connections in the pool did not outlive the server; the write goes on a new one."""
    assert database.write(lambda connection: book(connection, "before")) == "booked"
    server.stop()
    server.start()
    assert database.write(lambda connection: book(connection, "after")) == "booked"


def test_a_session_ended_before_the_commit_books_once(database: Database) -> None:
    ended: list[int] = []

    def work(connection: Connection) -> str:
        answer = book(connection, "session ended")
        if not ended:
            ended.append(1)
            end_connection(database, connection)
            connection.execute(text("SELECT 1"))
        return answer

    assert database.write(work) == "booked"


def test_a_session_ended_during_the_commit_is_decided_by_the_id(database: Database) -> None:
    ended: list[int] = []

    def work(connection: Connection) -> str:
        answer = book(connection, "in doubt")
        if not ended:
            ended.append(1)
            end_connection(database, connection)
        return answer

    assert database.write_by_id(work) in ("booked", "was booked")
    assert database.write_by_id(work) == "was booked"


def test_a_commit_in_doubt_is_not_repeated_where_ids_do_not_decide(database: Database) -> None:
    runs: list[int] = []

    def work(connection: Connection) -> None:
        runs.append(1)
        connection.execute(text("SELECT 1"))
        end_connection(database, connection)

    with pytest.raises(CommitInDoubt):
        database.write(work)
    assert len(runs) == 1


def test_a_server_that_only_reads_books_nothing(database: Database) -> None:
    """A primary that became a standby: SQLSTATE 25006."""

    def work(connection: Connection) -> str:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        return book(connection, "standby")

    with pytest.raises(DatabaseUnavailable):
        database.write(work)


def test_a_chore_that_died_is_not_ready_and_one_that_fails_is(database: Database) -> None:
    tried = threading.Event()

    def fails() -> None:
        tried.set()
        raise OSError

    def dies() -> None:
        raise SystemExit

    failing = PeriodicTask("failing", 60.0, lambda: 0.5, fails)
    dying = PeriodicTask("dying", 60.0, lambda: 0.5, dies)
    failing.start()
    dying.start()
    assert tried.wait(BUDGET_S)
    dying.join(BUDGET_S)
    assert Readiness(database, [failing, dying]).lacking() == ("dying",)
    failing.stop()
