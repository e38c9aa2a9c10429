"""Carrying sagas out: every step is on disk before the next begins, and a crash between two is gone on from.

A department whose books are in this database is asked and noted in one database transaction. One elsewhere
is noted as asked, then asked outside of any transaction; when it does not answer, the transaction stays
``running`` and the terminal, which repeats it until there is an answer, brings it here again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central import alarms
from central.database import Database
from central.departments.department import Decision, confirmed, refused
from central.departments.saga import (
    BACKWARDS,
    FORWARDS,
    Do,
    Ended,
    NoAnswer,
    Refusal,
    StepState,
    Undo,
    as_data,
    next_move,
)
from central.departments.saga_tables import saga, saga_step
from central.tables import received
from config.catalogue.entries import Name
from domain.messages.contract import Outcome, Transaction

HELD_FOR = timedelta(seconds=10)
"""So long one worker is left alone with a saga. Should it take longer, or crash, another takes over: no step
is done twice, because each is claimed where it is noted."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """Order to a department, to do or to undo, repeatable; ``id`` is the transaction's."""

    id: str
    service: str
    subject: str
    amount_fen: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Here:
    """A department with its books in this database. ``do`` raises ``Refusal`` and then leaves nothing."""

    name: Name
    do: Callable[[Connection, Order], None]
    undo: Callable[[Connection, Order], bool]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A department that is asked over a network. Both may be called again for one order and do it once;
    ``undo`` also sees to it that what is still on its way is never done. Both raise ``NoAnswer``, ``do``
    also ``Refusal``; ``undo`` says whether nothing is left."""

    name: Name
    do: Callable[[Order], None]
    undo: Callable[[Order], bool]


Participant = Here | Elsewhere
At = Callable[[str], None]


def nowhere(_: str) -> None:
    """Where a test may end the process: ``asked 1``, ``done 1``, ``undone 0``."""


def begin(connection: Connection, transaction: Transaction, order: Order, steps: int, fund: str = "") -> None:
    """Write the order down before any department is asked."""
    connection.execute(
        insert(saga).values(
            id=order.id,
            service=order.service,
            subject=order.subject,
            terminal=transaction.terminal,
            sequence=transaction.sequence,
            amount_fen=order.amount_fen,
            at=order.at,
            fund=fund,
        )
    )
    connection.execute(
        insert(saga_step),
        [
            {"saga": order.id, "number": number, "state": StepState.NOT_TRIED.value, "at": order.at}
            for number in range(steps)
        ],
    )


class Carrying:
    """One saga, held by one worker until it has an outcome or somebody does not answer."""

    def __init__(
        self,
        database: Database,
        participants: Sequence[Participant],
        now: Callable[[], datetime],
        at: At = nowhere,
    ) -> None:
        self._database = database
        self._participants = participants
        self._now = now
        self._at = at

    def run(self, id: str, *, withdrawn: bool, keeps_paid: bool = False) -> None:
        """Raises nothing of a department: what has no answer now is asked again with the next delivery."""
        found = self._database.write(
            lambda connection: self._take(connection, id, withdrawn=withdrawn, keeps_paid=keeps_paid)
        )
        if found is None:
            return
        order = Order(id, found.service, found.subject, found.amount_fen, found.at)
        try:
            while not self._moved(order, wanted=not found.withdrawn):
                pass
        except NoAnswer as fault:
            log.warning("saga %s waits: %s", id, fault)
            let_go = update(saga).where(saga.c.id == id).values(held_until=None)
            self._database.write(lambda connection: connection.execute(let_go))

    def _take(
        self, connection: Connection, id: str, *, withdrawn: bool, keeps_paid: bool = False
    ) -> Row[Any] | None:
        """The saga, held; None when there is nothing to do or somebody is at it."""
        row = connection.execute(select(saga).where(saga.c.id == id).with_for_update()).one_or_none()
        if row is None or (row.held_until is not None and row.held_until > self._now()):
            return None
        told_no = withdrawn or row.withdrawn
        if row.outcome != Outcome.RUNNING.value:
            if keeps_paid or not (told_no and row.outcome == Outcome.CONFIRMED.value):
                return None
            again = {"outcome": Outcome.RUNNING.value}
            connection.execute(update(received).where(received.c.id == id).values(**again))
            connection.execute(update(saga).where(saga.c.id == id).values(**again))
        held = {"held_until": self._now() + HELD_FOR, "withdrawn": told_no}
        connection.execute(update(saga).where(saga.c.id == id).values(**held))
        return connection.execute(select(saga).where(saga.c.id == id)).one()

    def _moved(self, order: Order, *, wanted: bool) -> bool:
        """One move. Whether that was the last."""
        with self._database.read() as connection:
            states = states_of(connection, order.id)
        match next_move(states, wanted=wanted):
            case Do(step):
                self._do(order, step)
            case Undo(step):
                self._undo(order, step)
            case Ended() as ended:
                self._database.write(
                    lambda connection: self._settle(connection, order, states, ended, wanted=wanted)
                )
                return True
        return False

    def _do(self, order: Order, step: int) -> None:
        try:
            match self._participants[step]:
                case Here(do=do):
                    self._database.write(lambda connection: self._done_here(connection, order, step, do))
                case Elsewhere(do=ask):
                    self._note(order, step, StepState.ASKED)
                    self._at(f"asked {step}")
                    ask(order)
                    self._note(order, step, StepState.DONE)
        except Refusal as refusal:
            reason = refusal.reason
            self._database.write(lambda connection: self._refused(connection, order, step, reason))
        self._at(f"done {step}")

    def _undo(self, order: Order, step: int) -> None:
        match self._participants[step]:
            case Here(undo=undo):
                self._database.write(lambda connection: self._undone_here(connection, order, step, undo))
            case Elsewhere(undo=ask):
                self._note(order, step, StepState.UNDOING)
                self._at(f"undoing {step}")
                self._note(order, step, ended(ask(order)))
        self._at(f"undone {step}")

    def _done_here(
        self, connection: Connection, order: Order, step: int, do: Callable[[Connection, Order], None]
    ) -> None:
        if self._claimed(connection, order, step, FORWARDS):
            do(connection, order)

    def _undone_here(
        self, connection: Connection, order: Order, step: int, undo: Callable[[Connection, Order], bool]
    ) -> None:
        if self._claimed(connection, order, step, BACKWARDS):
            self._mark(connection, order, step, ended(undo(connection, order)))

    def _note(self, order: Order, step: int, state: StepState) -> None:
        self._database.write(lambda connection: self._mark(connection, order, step, state))

    def _mark(self, connection: Connection, order: Order, step: int, state: StepState) -> None:
        mine = (saga_step.c.saga == order.id, saga_step.c.number == step)
        connection.execute(update(saga_step).where(*mine).values(state=state.value, at=self._now()))

    def _claimed(
        self, connection: Connection, order: Order, step: int, possible: tuple[StepState, ...]
    ) -> bool:
        """Notes the step as done, unless another worker was quicker. Rolled back with what is done for it."""
        claim = update(saga_step).where(
            saga_step.c.saga == order.id,
            saga_step.c.number == step,
            saga_step.c.state.in_([state.value for state in possible]),
        )
        done = claim.values(state=StepState.DONE.value, at=self._now())
        return connection.execute(done).rowcount == 1

    def _refused(self, connection: Connection, order: Order, step: int, reason: str) -> None:
        self._mark(connection, order, step, StepState.FAILED)
        connection.execute(update(saga).where(saga.c.id == order.id).values(code=reason))

    def _settle(
        self,
        connection: Connection,
        order: Order,
        states: Sequence[StepState],
        end: Ended,
        *,
        wanted: bool,
    ) -> None:
        """The answer to the transaction, from now on the same for every repeat of it."""
        row = connection.execute(select(saga).where(saga.c.id == order.id)).one()
        told = as_data([each.name for each in self._participants], states)
        if end.whole or not (end.clean or wanted):
            decision = confirmed(steps=told, amount_fen=order.amount_fen)
        elif not wanted:
            decision = Decision(Outcome.WITHDRAWN)
        else:
            decision = refused(row.code, steps=told, amount_fen=0)
        if not end.clean:
            alarms.raise_alarm(
                connection, row.terminal, "saga_stands", row.sequence, "not undone", self._now()
            )
        connection.execute(
            update(received)
            .where(received.c.id == order.id)
            .values(
                outcome=decision.outcome.value,
                code=decision.code,
                data=dict(decision.data),
                decided_at=self._now(),
            )
        )
        settled = {"outcome": decision.outcome.value, "held_until": None}
        connection.execute(update(saga).where(saga.c.id == order.id).values(**settled))


def ended(clean: bool) -> StepState:
    return StepState.UNDONE if clean else StepState.STANDS


def states_of(connection: Connection, id: str) -> list[StepState]:
    rows = connection.execute(
        select(saga_step.c.state).where(saga_step.c.saga == id).order_by(saga_step.c.number)
    )
    return [StepState(state) for state in rows.scalars()]
