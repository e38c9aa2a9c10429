"""Account of a patron in the built-in library: loans, fines, holds. Read only."""

from __future__ import annotations

from datetime import date

from pydantic import JsonValue
from sqlalchemy import Connection, select

from central.departments import library_fines
from central.departments.library_rules import LibraryRules
from central.departments.library_tables import library_hold
from central.tables import library_copy, library_loan, library_patron


def account(
    connection: Connection, subject: str, rules: LibraryRules, today: date | None = None
) -> dict[str, JsonValue]:
    """With ``today``: what each book that is out would cost if it came back now, and until when a book
    borrowed now may be kept."""
    patron = connection.execute(
        select(library_patron).where(library_patron.c.subject == subject)
    ).one_or_none()
    clerk = library_fines.is_staff(connection, subject)
    if patron is None:
        return {"status": "unknown", "loans": 0, "loan_limit": 0, "staff": clerk}
    kind = rules.type_of(patron.type)
    loans = connection.execute(
        select(library_loan.c.due_date, library_loan.c.barcode, library_loan.c.renewals, library_copy.c.title)
        .join(library_copy)
        .where(library_loan.c.subject == subject, library_loan.c.returned_at.is_(None))
        .order_by(library_loan.c.due_date, library_loan.c.id)
    ).all()
    listed: list[JsonValue] = []
    for loan in loans:
        told: dict[str, JsonValue] = {
            "barcode": loan.barcode,
            "title": loan.title,
            "due_date": loan.due_date.isoformat(),
            "renewals_left": max(0, kind.renewals - loan.renewals),
        }
        if today is not None:
            told["fine_fen"] = rules.fine_fen(kind.id, loan.due_date, today)
        listed.append(told)
    known: dict[str, JsonValue] = {
        "status": patron.status,
        "type": kind.id,
        "loans": len(loans),
        "loan_limit": patron.loan_limit or kind.loan_limit,
        "loan_days": kind.loan_days,
        "loan_list": listed,
        "owed_fen": library_fines.owed_fen(connection, subject),
        "owing_limit_fen": kind.owing_limit_fen,
        "staff": clerk,
    }
    if today is not None:
        known["due_today"] = rules.due_date(kind.id, today).isoformat()
        known["fines"] = [
            {"title": each.title, "days_late": each.days_late, "fen": each.fen}
            for each in library_fines.owed(connection, subject)
        ]
        known["holds"] = _holds(connection, subject, today)
    return known


def _holds(connection: Connection, subject: str, today: date) -> list[JsonValue]:
    """Books the reader asked for; ``collect_by`` is there once one waits to be collected."""
    rows = connection.execute(
        select(library_copy.c.title, library_hold.c.collect_by)
        .join(library_copy, library_copy.c.barcode == library_hold.c.barcode)
        .where(library_hold.c.subject == subject, library_hold.c.ended_at.is_(None))
        .order_by(library_hold.c.placed_at, library_hold.c.id)
    )
    return [
        {"title": row.title, "collect_by": row.collect_by.isoformat() if row.collect_by else None}
        for row in rows
        if row.collect_by is None or row.collect_by >= today
    ]
