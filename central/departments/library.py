"""The city library's built-in backend: loans, returns, renewals, holds, fines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, update

from central.city_of import city_of
from central.departments import library_fines, library_holds
from central.departments.department import Business, Decision, Enquiry, Visitor, confirmed, refused
from central.departments.library_account import account
from central.departments.library_rules import (
    LibraryRules,
    Standing,
    days_late,
    due_as_told,
    library_rules,
    limit_of,
    why_not_lent,
)
from central.tables import library_copy, library_loan, library_patron
from domain.messages.contract import Transaction

LOAN_DAYS = 28
"""Loan period where a library's own system states no due date."""
LONGEST_BARCODE = 32


class Library:
    """See ``central.departments.department.Department``. ``rules``: None for those of the city."""

    def __init__(self, rules: LibraryRules | None = None) -> None:
        self._own_rules = rules

    def apply(self, connection: Connection, business: Business) -> Decision:
        if business.transaction.action == "pay":
            _patron(connection, business.subject)
            return library_fines.pay(connection, business)
        does = {
            "borrow": self._borrow,
            "return": self._return,
            "renew": self._renew,
            "hold": self._hold,
            "cancel-hold": self._cancel_hold,
        }.get(business.transaction.action)
        if does is None:
            return refused("central.action_unknown")
        copy = _copy(connection, business.transaction)
        if copy is None:
            return refused("library.copy_unknown")
        return does(connection, business, copy)

    def _rules(self, connection: Connection) -> LibraryRules:
        return self._own_rules or library_rules(city_of(connection))

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]:
        return account(connection, visitor.subject, self._rules(connection))

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``account``: loans, fines and holds as they stand today."""
        if enquiry.name != "account":
            return None
        return account(
            connection, enquiry.subject, self._rules(connection), city_of(connection).day(enquiry.now)
        )

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """Undo business that was never confirmed to the person, with the hold it ended and the fine it made;
        a renewal stays, and so does a return whose fine was paid.
        """
        by = str(transaction.id)
        match transaction.action:
            case "borrow":
                done = connection.execute(_UNLEND, {"by": by}).rowcount == 1
                if done:
                    library_holds.undo_end(connection, by)
                return done
            case "return":
                return _undo_return(connection, transaction)
            case "pay":
                return library_fines.undo_payment(connection, by)
            case "hold":
                return library_holds.undo_place(connection, by)
            case "cancel-hold":
                return library_holds.undo_end(connection, by)
        return False

    def _borrow(self, connection: Connection, business: Business, copy: Row[Any]) -> Decision:
        patron = _patron(connection, business.subject)
        if patron is None:
            return refused("library.reader_blocked")
        standing = Standing(
            status=patron.status,
            type_id=patron.type,
            own_limit=patron.loan_limit,
            loans=_loan_count(connection, business.subject),
            owed_fen=library_fines.owed_fen(connection, business.subject),
        )
        if standing.status != "active":
            return refused("library.reader_blocked")
        if not copy.lendable:
            return refused("library.not_lendable", title=copy.title)
        loan = _open_loan(connection, copy.barcode)
        if loan is not None:
            mine = loan.subject == business.subject
            return refused("library.already_yours" if mine else "library.copy_on_loan", title=copy.title)
        lent_at = _happened(business)
        lent_on = city_of(connection).day(lent_at)
        hold = library_holds.first_hold(connection, copy.barcode, lent_on)
        if hold is not None and hold.subject != business.subject:
            return refused("library.on_hold", title=copy.title)
        if why := why_not_lent(self._rules(connection), standing, already_left=business.accepted_offline):
            return refused(why, title=copy.title)
        by = str(business.transaction.id)
        if hold is not None:
            library_holds.end(connection, hold.id, lent_at, by)
        due = due_as_told(self._rules(connection).due_date(patron.type, lent_on), _told(business), lent_on)
        lent = {"barcode": copy.barcode, "subject": business.subject, "borrowed_at": lent_at}
        connection.execute(_LEND, {**lent, "due_date": due, "borrowed_by": by, "renewals": 0})
        over_limit = standing.loans >= limit_of(self._rules(connection), standing)
        return confirmed(title=copy.title, due_date=due.isoformat(), over_limit=over_limit)

    def _return(self, connection: Connection, business: Business, copy: Row[Any]) -> Decision:
        """A return that comes late never ends a loan that began after it."""
        loan = _open_loan(connection, copy.barcode)
        if loan is None or loan.borrowed_at > business.transaction.occurred_at:
            if business.accepted_offline:
                return confirmed(title=copy.title, was_on_loan=False)
            return refused("library.not_on_loan", title=copy.title)
        returned_at, by = _happened(business), str(business.transaction.id)
        returned_on = city_of(connection).day(returned_at)
        connection.execute(_TAKE_BACK, {"loan": loan.id, "at": returned_at, "by": by})
        patron = _patron(connection, loan.subject)
        late = days_late(loan.due_date, returned_on)
        fine = self._rules(connection).fine_fen(patron.type if patron else "", loan.due_date, returned_on)
        library_fines.charge(connection, loan.subject, copy.barcode, fine, late, returned_at, by)
        told: dict[str, JsonValue] = {"title": copy.title, "was_on_loan": True, "days_late": late}
        if fine:
            told["fine_fen"] = fine
        if collect_by := library_holds.put_aside(
            connection, copy.barcode, returned_at, by, self._rules(connection)
        ):
            told |= {"put_aside": True, "collect_by": collect_by.isoformat()}
        return confirmed(**told)

    def _renew(self, connection: Connection, business: Business, copy: Row[Any]) -> Decision:
        loan = _open_loan(connection, copy.barcode)
        if loan is None or loan.subject != business.subject:
            return refused("library.not_on_loan", title=copy.title)
        patron = _patron(connection, business.subject)
        if patron is None or patron.status != "active":
            return refused("library.reader_blocked", title=copy.title)
        renewed_on = city_of(connection).day(_happened(business))
        stands: dict[str, JsonValue] = {"title": copy.title, "due_date": loan.due_date.isoformat()}
        if days_late(loan.due_date, renewed_on):
            return refused("library.overdue", **stands)
        if library_holds.first_hold(connection, copy.barcode, renewed_on):
            return refused("library.on_hold", **stands)
        if loan.renewals >= self._rules(connection).type_of(patron.type).renewals:
            return refused("library.renewal_limit", **stands)
        by_rule = max(loan.due_date, self._rules(connection).due_date(patron.type, renewed_on))
        due = due_as_told(by_rule, _told(business), renewed_on)
        connection.execute(
            update(library_loan)
            .where(library_loan.c.id == loan.id)
            .values(due_date=due, renewals=loan.renewals + 1)
        )
        return confirmed(title=copy.title, due_date=due.isoformat())

    def _hold(self, connection: Connection, business: Business, copy: Row[Any]) -> Decision:
        """Only what is out can be asked for: what stands on the shelf can be taken."""
        patron = _patron(connection, business.subject)
        if patron is None or patron.status != "active":
            return refused("library.reader_blocked", title=copy.title)
        loan = _open_loan(connection, copy.barcode)
        if loan is None:
            return refused("library.not_on_loan", title=copy.title)
        if loan.subject == business.subject:
            return refused("library.already_yours", title=copy.title)
        if library_holds.hold_of(connection, copy.barcode, business.subject):
            return refused("library.already_asked_for", title=copy.title)
        place = library_holds.place(
            connection, copy.barcode, business.subject, _happened(business), str(business.transaction.id)
        )
        return confirmed(title=copy.title, place=place)

    def _cancel_hold(self, connection: Connection, business: Business, copy: Row[Any]) -> Decision:
        hold = library_holds.hold_of(connection, copy.barcode, business.subject)
        if hold is None:
            return refused("library.not_asked_for", title=copy.title)
        library_holds.end(connection, hold.id, _happened(business), str(business.transaction.id))
        return confirmed(title=copy.title)


def _happened(business: Business) -> datetime:
    """Time of the business as the terminal states it; a terminal clock that is ahead is limited to now."""
    return min(business.transaction.occurred_at, business.now)


def _told(business: Business) -> date | None:
    """Due date shown to the person while the terminal was offline; None online, where the centre's own
    applies.
    """
    told = business.transaction.body.get("expected_due_date") if business.accepted_offline else None
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None


def _undo_return(connection: Connection, transaction: Transaction) -> bool:
    by = str(transaction.id)
    back = (
        update(library_loan)
        .where(library_loan.c.returned_by == by, ~_lent_again(transaction.body.get("barcode")))
        .values(returned_at=None, returned_by=None)
    )
    if not library_fines.undo_charge(connection, by) or connection.execute(back).rowcount != 1:
        return False
    library_holds.undo_put_aside(connection, by)
    return True


# The statements of every loan are built once: building them costs more than running them.
_PATRON = select(library_patron).where(library_patron.c.subject == bindparam("subject")).with_for_update()
_COPY = select(library_copy).where(library_copy.c.barcode == bindparam("barcode")).with_for_update()
_OPEN_LOAN = select(library_loan).where(
    library_loan.c.barcode == bindparam("barcode"), library_loan.c.returned_at.is_(None)
)
_LOAN_COUNT = select(func.count()).where(
    library_loan.c.subject == bindparam("subject"), library_loan.c.returned_at.is_(None)
)
_LEND = insert(library_loan)
_UNLEND = library_loan.delete().where(
    library_loan.c.borrowed_by == bindparam("by"), library_loan.c.returned_at.is_(None)
)
_TAKE_BACK = (
    update(library_loan)
    .where(library_loan.c.id == bindparam("loan"))
    .values(returned_at=bindparam("at"), returned_by=bindparam("by"))
)


def _patron(connection: Connection, subject: str) -> Row[Any] | None:
    """Locked until the transaction ends: a limit is counted, and a fine paid, by one at a time."""
    return connection.execute(_PATRON, {"subject": subject}).one_or_none()


def _copy(connection: Connection, transaction: Transaction) -> Row[Any] | None:
    """Locked, so that two desks do not lend one copy."""
    barcode = transaction.body.get("barcode")
    if not isinstance(barcode, str) or len(barcode) > LONGEST_BARCODE:
        return None
    return connection.execute(_COPY, {"barcode": barcode}).one_or_none()


def _open_loan(connection: Connection, barcode: str) -> Row[Any] | None:
    return connection.execute(_OPEN_LOAN, {"barcode": barcode}).one_or_none()


def _loan_count(connection: Connection, subject: str) -> int:
    return connection.execute(_LOAN_COUNT, {"subject": subject}).scalar_one()


def _lent_again(barcode: object) -> Any:
    """Whether the copy is out again: then an undone return would make two open loans of it."""
    later = library_loan.alias()
    out = and_(later.c.barcode == str(barcode), later.c.returned_at.is_(None))
    return select(later.c.id).where(out).exists()
