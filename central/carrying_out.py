"""Work that follows the centre's database transaction: business kept in other systems."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pydantic import JsonValue

from central.database import Database
from central.departments.department import Department, Visitor
from central.departments.library_port import KeptElsewhere
from central.transactions import stored_results
from domain.messages.contract import Delivery, Holder, Outcome, TransactionBatch, TransactionResult

BATCH_LIMIT_S = 8.0
"""No further item of one batch is begun after this long: its terminal waits fifteen seconds for an answer."""


def carried_out(
    database: Database,
    batch: TransactionBatch,
    results: Sequence[TransactionResult],
    departments: Mapping[str, Department],
    now: datetime,
    monotonic: Callable[[], float] = time.monotonic,
) -> list[TransactionResult]:
    """The results once everything kept elsewhere was asked for; ``running`` where that is not over."""
    begun = monotonic()
    asked = []
    for delivery, result in zip(batch.deliveries, results, strict=True):
        department = departments.get(delivery.transaction.service)
        if not _open(delivery, result) or not isinstance(department, KeptElsewhere):
            continue
        if monotonic() - begun < BATCH_LIMIT_S:
            department.carry_out(database, delivery, now)
        asked.append(delivery.transaction.id)
    if not asked:
        return list(results)
    with database.read() as connection:
        stored = stored_results(connection, asked)
    return [stored.get(each.id, each) if each.outcome in _MAY_CHANGE else each for each in results]


_MAY_CHANGE = (Outcome.RUNNING, Outcome.CONFIRMED)


def _open(delivery: Delivery, result: TransactionResult) -> bool:
    """True without an outcome, or with one that contradicts the answer given to the person."""
    return result.outcome is Outcome.RUNNING or (delivery.withdrawn and result.outcome is Outcome.CONFIRMED)


def here(departments: Mapping[str, Department], names: Sequence[str]) -> dict[str, Department]:
    """Of the named departments, those whose books are in the centre's own database. Unknown names are left
    out.
    """
    named = {name: departments.get(name) for name in names}
    return {name: each for name, each in named.items() if each and not isinstance(each, KeptElsewhere)}


def with_knowledge(
    database: Database,
    holder: Holder,
    services: Sequence[str],
    visitor: Visitor,
    departments: Mapping[str, Department],
) -> Holder:
    """Adds what the departments kept elsewhere know of a holder. They are asked one after the other."""
    known: dict[str, dict[str, JsonValue]] = {}
    for name in services:
        department = departments.get(name)
        if isinstance(department, KeptElsewhere):
            with database.read() as connection:
                known[name] = department.know(connection, visitor)
    if not known:
        return holder
    return holder.model_copy(update={"services": {**holder.services, **known}})
