"""Patron's and copy's records, parsed from the answers of a library's system. Pure."""

from __future__ import annotations

import re
from datetime import date

from central.departments.sip2.messages import ItemInformationResponse, PatronInformationResponse

CHARGES_DENIED, CARD_LOST, TOO_MANY_CHARGED = 0, 4, 5
BLOCKS = (CHARGES_DENIED, CARD_LOST, 6, 10, 11, 12, 13)
"""Marks of the patron status (SIP2 2.00, 4.2): charges denied, card lost, too many overdue, excessive fines,
excessive fees, recall overdue, too many billed."""

ON_LOAN = {4, 5, 7}
"""Circulation status: charged; charged and not to be recalled yet; recalled."""
NOT_ON_LOAN = {2, 3, 6, 8, 9, 10, 13}
"""On order, available, in process, on the hold shelf, to be re-shelved, between libraries, missing.
The rest (other, claimed returned, lost) does not say."""
OTHER = 1

_DIGITS_DATE = re.compile(r"\D*(20[0-9]{2})(?:[-/.年])?(0[1-9]|1[0-2])(?:[-/.月])?(0[1-9]|[12][0-9]|3[01])")
_AMOUNT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2})0*)?", re.ASCII)
_DAY_FIRST = re.compile(r"\D*(0[1-9]|[12][0-9]|3[01])[-/.](0[1-9]|1[0-2])[-/.](20[0-9]{2})")


def marked(status: str, place: int) -> bool:
    return status[place : place + 1] == "Y"


def blocked(patron: PatronInformationResponse) -> bool:
    return any(marked(patron.patron_status, place) for place in BLOCKS)


def loan_limit(patron: PatronInformationResponse) -> int | None:
    limit = patron.charged_items_limit.strip()
    return int(limit) if limit.isascii() and limit.isdigit() else None


def owed_fen(patron: PatronInformationResponse) -> int | None:
    """Amount the patron owes, in fen; 0 when absent, None when unreadable.

    The amount is free text in this protocol: read is ``12``, ``12.5``, ``12.50``, ``¥12.50``.
    """
    amount = patron.fee_amount.strip().lstrip("¥￥").strip()
    if not amount:
        return 0
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def amount_of(fen: int) -> str:
    """As this protocol writes money."""
    return f"{fen // 100}.{fen % 100:02d}"


def same(identifier: str, other: str) -> bool:
    """Systems pad identifiers and change their letters' case."""
    return identifier.strip().casefold() == other.strip().casefold()


def has_on_loan(patron: PatronInformationResponse, barcode: str, *, lists_barcodes: bool) -> bool | None:
    """Whether a copy stands in the list of what the reader has; None when the list does not tell.

    Some systems list titles, some only as many as they like: then a missing barcode proves nothing.
    """
    if any(same(each, barcode) for each in patron.charged_items):
        return True
    if patron.charged_items_count == 0:
        return False
    complete = patron.charged_items_count is not None and (
        len(patron.charged_items) >= patron.charged_items_count
    )
    return False if lists_barcodes and complete else None


def is_on_loan(item: ItemInformationResponse) -> bool | None:
    """None when the record does not tell. A due date tells where the status does not."""
    if item.circulation_status in ON_LOAN:
        return True
    if item.circulation_status in NOT_ON_LOAN:
        return False
    return True if item.due_date.strip() else None


def is_unknown(item: ItemInformationResponse) -> bool:
    """There is no answer "no such copy" in this protocol: systems send one without a title."""
    return item.circulation_status in (None, OTHER) and not item.title_identifier.strip()


def read_due_date(untrusted_text: str) -> date | None:
    """The day in a due date, which this protocol leaves to each system to write.

    Read are year month day with or without signs between them, and day month year with them.
    """
    found = _DIGITS_DATE.match(untrusted_text)
    parts = found.groups() if found else None
    if parts is None and (found := _DAY_FIRST.match(untrusted_text)):
        parts = (found[3], found[2], found[1])
    if parts is None:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
