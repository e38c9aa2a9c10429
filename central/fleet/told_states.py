"""How terminals say they are: taken from each, kept until its next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from fastapi import FastAPI, Request
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from central.database import Database
from central.fleet.peer import SpeaksFor
from central.fleet.tables import told_state
from central.problems import problem_answers
from domain.messages.terminal_state import StateNoted, TerminalState


def add_told_states(
    application: FastAPI, database: Database, now: Callable[[], datetime], speaks_for: SpeaksFor
) -> None:
    @application.post("/v1/terminal-states", responses=problem_answers(403, 422, 503))
    def tell(state: TerminalState, sender: Request) -> StateNoted:
        speaks_for(sender, state.terminal)
        at = now()
        database.write(lambda connection: keep(connection, state, at))
        return StateNoted(server_time=at)


def keep(connection: Connection, state: TerminalState, now: datetime) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    said = {"told_at": now, "state": state.model_dump_json()}
    noted = dialect.insert(told_state).values(terminal=state.terminal, **said)
    connection.execute(noted.on_conflict_do_update(index_elements=["terminal"], set_=said))


def newest(connection: Connection) -> Mapping[str, tuple[datetime, TerminalState]]:
    """By terminal: when it said so, and what."""
    rows = connection.execute(select(told_state))
    return {row.terminal: (row.told_at, TerminalState.model_validate_json(row.state)) for row in rows}
