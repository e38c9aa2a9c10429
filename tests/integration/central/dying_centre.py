"""A centre that dies at a point of a payout: its process ends there, as by a power cut.

Run as a program; standard input holds the database, the point and the transaction, a line each.
"""

from __future__ import annotations

import os
import sys

from central.carrying_out import carried_out
from central.database import Database
from central.departments.catalogue.payout import PayoutDepartment
from central.transactions import apply_batch
from config.catalogue.entries import Payout
from config.catalogue.loading import catalogue
from domain.messages.contract import Delivery, PendingWork, Transaction, TransactionBatch
from tests.integration.central.conftest import NOW


def main() -> None:
    url, point, content = sys.stdin.read().splitlines()
    made = Transaction.model_validate_json(content)
    entry = catalogue().services[made.service]
    assert isinstance(entry, Payout)

    def at(reached: str) -> None:
        if reached == point:
            os._exit(9)

    departments = {made.service: PayoutDepartment(entry, at=at)}
    database = Database(url)
    batch = TransactionBatch(
        terminal=made.terminal, pending=PendingWork(count=0), deliveries=(Delivery(transaction=made),)
    )
    results = database.write(lambda connection: apply_batch(connection, batch, departments, NOW))
    carried_out(database, batch, results, departments, NOW)


if __name__ == "__main__":
    main()
