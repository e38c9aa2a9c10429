"""The city library's built-in backend: loans, returns, renewals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import JsonValue
from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, update

from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.tables import library_copy, library_loan, library_patron
from drivers.central.contract import Transaction

LOAN_DAYS = 28
RENEWALS = 2
CITY = ZoneInfo("Asia/Shanghai")


class Library:
    """See ``central.departments.department.Department``."""

    def apply(self, connection: Connection, business: Business) -> Decision:
        match business.transaction.action:
            case "borrow":
                return self._borrow(connection, business)
            case "return":
                return self._return(connection, business)
            case "renew":
                return self._renew(connection, business)
        return refused("central.action_unknown")

    def know(self, connection: Connection, subject: str) -> dict[str, JsonValue]:
        patron = _patron(connection, subject)
        if patron is None:
            return {"status": "unknown", "loans": 0, "loan_limit": 0}
        loans = connection.execute(
            select(library_loan.c.due_date, library_loan.c.barcode, library_copy.c.title)
            .join(library_copy)
            .where(library_loan.c.subject == subject, library_loan.c.returned_at.is_(None))
            .order_by(library_loan.c.due_date)
        ).all()
        listed: list[JsonValue] = [
            {"barcode": loan.barcode, "title": loan.title, "due_date": loan.due_date.isoformat()}
            for loan in loans
        ]
        return {
            "status": patron.status,
            "loans": len(loans),
            "loan_limit": patron.loan_limit,
            "loan_list": listed,
        }

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``account``: what the person has on loan."""
        return self.know(connection, enquiry.subject) if enquiry.name == "account" else None

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """A borrow nobody was told of is taken back, and so is a return; a renewal stays."""
        match transaction.action:
            case "borrow":
                done = connection.execute(
                    library_loan.delete().where(
                        library_loan.c.borrowed_by == str(transaction.id),
                        library_loan.c.returned_at.is_(None),
                    )
                )
            case "return":
                done = connection.execute(
                    update(library_loan)
                    .where(
                        library_loan.c.returned_by == str(transaction.id),
                        ~_lent_again(transaction.body.get("barcode")),
                    )
                    .values(returned_at=None, returned_by=None)
                )
            case _:
                return False
        return done.rowcount == 1

    def _borrow(self, connection: Connection, business: Business) -> Decision:
        patron = _patron(connection, business.subject)
        if patron is None or patron.status != "active":
            return refused("library.reader_blocked")
        copy = _copy(connection, business.transaction)
        if copy is None:
            return refused("library.copy_unknown")
        if not copy.lendable:
            return refused("library.not_lendable", title=copy.title)
        loan = _open_loan(connection, copy.barcode)
        if loan is not None:
            mine = loan.subject == business.subject
            return refused("library.already_yours" if mine else "library.copy_on_loan", title=copy.title)
        over_limit = _loan_count(connection, business.subject) >= patron.loan_limit
        if over_limit and not business.accepted_offline:
            return refused("library.limit_reached", title=copy.title)
        borrowed_at = min(business.transaction.occurred_at, business.now)
        due = due_date(borrowed_at)
        connection.execute(
            _LEND,
            {
                "barcode": copy.barcode,
                "subject": business.subject,
                "borrowed_at": borrowed_at,
                "due_date": due,
                "borrowed_by": str(business.transaction.id),
                "renewals": 0,
            },
        )
        return confirmed(title=copy.title, due_date=due.isoformat(), over_limit=over_limit)

    def _return(self, connection: Connection, business: Business) -> Decision:
        """A return that comes late never ends a loan that began after it."""
        copy = _copy(connection, business.transaction)
        if copy is None:
            return refused("library.copy_unknown")
        loan = _open_loan(connection, copy.barcode)
        if loan is None or loan.borrowed_at > business.transaction.occurred_at:
            if business.accepted_offline:
                return confirmed(title=copy.title, was_on_loan=False)
            return refused("library.not_on_loan", title=copy.title)
        transaction = business.transaction
        returned_at = min(transaction.occurred_at, business.now)
        taken_back = {"loan": loan.id, "at": returned_at, "by": str(transaction.id)}
        connection.execute(_TAKE_BACK, taken_back)
        late = (returned_at.astimezone(CITY).date() - loan.due_date).days
        return confirmed(title=copy.title, was_on_loan=True, days_late=max(0, late))

    def _renew(self, connection: Connection, business: Business) -> Decision:
        copy = _copy(connection, business.transaction)
        if copy is None:
            return refused("library.copy_unknown")
        loan = _open_loan(connection, copy.barcode)
        if loan is None or loan.subject != business.subject:
            return refused("library.not_on_loan", title=copy.title)
        if loan.renewals >= RENEWALS:
            return refused("library.renewal_limit", title=copy.title, due_date=loan.due_date.isoformat())
        renewed_at = min(business.transaction.occurred_at, business.now)
        due = max(loan.due_date, due_date(renewed_at))
        connection.execute(
            update(library_loan)
            .where(library_loan.c.id == loan.id)
            .values(due_date=due, renewals=loan.renewals + 1)
        )
        return confirmed(title=copy.title, due_date=due.isoformat())


def due_date(borrowed_at: datetime) -> date:
    """Counted from the day of the loan in the city, however late the centre hears of it."""
    return borrowed_at.astimezone(CITY).date() + timedelta(days=LOAN_DAYS)


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
_TAKE_BACK = (
    update(library_loan)
    .where(library_loan.c.id == bindparam("loan"))
    .values(returned_at=bindparam("at"), returned_by=bindparam("by"))
)


def _patron(connection: Connection, subject: str) -> Row[Any] | None:
    """Locked until the transaction ends: a limit is counted by one at a time."""
    return connection.execute(_PATRON, {"subject": subject}).one_or_none()


def _copy(connection: Connection, transaction: Transaction) -> Row[Any] | None:
    """Locked, so that two desks do not lend one copy."""
    barcode = transaction.body.get("barcode")
    if not isinstance(barcode, str) or len(barcode) > 32:
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
