"""Named faults of the centre, applied in the child process; the fault run has to find each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, update

from central import transactions
from central.departments.department import confirmed
from central.departments.library import Library
from central.tables import library_loan, received

Step = Callable[..., Any]


def _confirms_only(action: str) -> Callable[[], None]:
    """Answers as if booked, and books nothing."""

    def apply() -> None:
        def unbooked(*_: object) -> object:
            return confirmed(title="", was_on_loan=True)

        setattr(Library, f"_{action}", unbooked)

    return apply


def _twice(action: str) -> Callable[[], None]:
    def apply() -> None:
        once: Step = getattr(Library, f"_{action}")

        def doubled(*of: Any) -> object:
            first = once(*of)
            once(*of)
            return first

        setattr(Library, f"_{action}", doubled)

    return apply


def _wrong_party() -> None:
    once: Step = Library._borrow

    def lend(self: Library, connection: Any, business: Any, copy: Any) -> object:
        return once(self, connection, replace(business, subject="fault-0"), copy)

    setattr(Library, "_borrow", lend)  # noqa: B010 (a fault on purpose)


def _after_return(**values: object) -> Callable[[], None]:
    """Leaves the loan that a return ended with these values."""

    def apply() -> None:
        once: Step = Library._return

        def spoiled(self: Library, connection: Any, business: Any, copy: Any) -> object:
            decision = once(self, connection, business, copy)
            mine = library_loan.c.returned_by == str(business.transaction.id)
            connection.execute(update(library_loan).where(mine).values(**values))
            return decision

        setattr(Library, "_return", spoiled)  # noqa: B010 (a fault on purpose)

    return apply


def _return_erases() -> None:
    once: Step = Library._return

    def erasing(self: Library, connection: Any, business: Any, copy: Any) -> object:
        decision = once(self, connection, business, copy)
        mine = library_loan.c.returned_by == str(business.transaction.id)
        connection.execute(delete(library_loan).where(mine))
        return decision

    setattr(Library, "_return", erasing)  # noqa: B010 (a fault on purpose)


def _undo(answer: bool) -> Callable[[], None]:
    def apply() -> None:
        setattr(Library, "undo", lambda *_: answer)  # noqa: B010 (a fault on purpose)

    return apply


def _no_deduplication() -> None:
    claim: Step = transactions._claim

    def forgetful(connection: Any, deliveries: Any, hashes: Any) -> object:
        connection.execute(delete(received).where(received.c.id.in_(list(hashes))))
        return claim(connection, deliveries, hashes)

    setattr(transactions, "_claim", forgetful)  # noqa: B010 (a fault on purpose)


def _applies_repeats() -> None:
    """A repeat gets the stored answer and is booked once more."""
    decide: Step = transactions._decide
    stored: Step = transactions._stored
    seen: dict[str, tuple[Any, ...]] = {}

    def noting(connection: Any, delivery: Any, *others: Any) -> object:
        seen[str(delivery.transaction.id)] = (delivery, *others)
        return decide(connection, delivery, *others)

    def again(connection: Any, ids: Any) -> object:
        for id in ids:
            if id in seen:
                decide(connection, *seen[id])
        return stored(connection, ids)

    setattr(transactions, "_decide", noting)  # noqa: B010 (a fault on purpose)
    setattr(transactions, "_stored", again)  # noqa: B010 (a fault on purpose)


MUTANTS: dict[str, Callable[[], None]] = {
    "confirms returns and does not book them": _confirms_only("return"),
    "confirms loans and does not book them": _confirms_only("borrow"),
    "confirms renewals and does not book them": _confirms_only("renew"),
    "books renewals twice": _twice("renew"),
    "lends to another person": _wrong_party,
    "returns under another id": _after_return(returned_by="other"),
    "reopens what was returned": _after_return(returned_at=None, returned_by=None),
    "erases returned loans": _return_erases,
    "says undone and keeps it": _undo(True),
    "undoes nothing": _undo(False),
    "deduplication off": _no_deduplication,
    "answers repeats as before and books them again": _applies_repeats,
}
