"""Patron's and copy's records, parsed from the answers of a library's system. Pure."""

from __future__ import annotations

from enum import StrEnum

from central.departments.sip2.amounts import fen_of
from central.departments.sip2.messages import ItemInformationResponse, PatronInformationResponse

CHARGES_DENIED, RENEWAL_DENIED, CARD_LOST, TOO_MANY_CHARGED, TOO_MANY_RENEWALS = 0, 1, 4, 5, 7
BLOCKS = (CHARGES_DENIED, CARD_LOST, 6, 10, 11, 12, 13)
"""Marks of the patron status (SIP2 2.00, 4.2): charges denied, card lost, too many overdue, excessive fines,
excessive fees, recall overdue, too many billed."""

ON_LOAN = {4, 5, 7}
"""Circulation status: charged; charged and not to be recalled yet; recalled."""
NOT_ON_LOAN = {2, 3, 6, 8, 9, 10, 13}
"""On order, available, in process, on the hold shelf, to be re-shelved, between libraries, missing.
The rest (other, claimed returned, lost) does not say."""
OTHER = 1


def marked(status: str, place: int) -> bool:
    return status[place : place + 1] == "Y"


def blocked(patron: PatronInformationResponse) -> bool:
    return any(marked(patron.patron_status, place) for place in BLOCKS)


def loan_limit(patron: PatronInformationResponse) -> int | None:
    limit = patron.charged_items_limit.strip()
    return int(limit) if limit.isascii() and limit.isdigit() else None


class FeeField(StrEnum):
    """Field of message 64 with the patron's debt: BV by the standard; dp2's server writes the deposit there
    and the debt into CF and JF (facts: trades, section 5, from its source)."""

    BV = "BV"
    CF = "CF"
    JF = "JF"


def owed_fen(patron: PatronInformationResponse, field: FeeField = FeeField.BV) -> int | None:
    """Amount the patron owes, in fen; 0 when absent, None when unreadable."""
    written = {FeeField.BV: patron.fee_amount, FeeField.CF: patron.debt_cf, FeeField.JF: patron.debt_jf}
    return fen_of(written[field])


def same(identifier: str, other: str) -> bool:
    """Systems pad identifiers and change their letters' case."""
    return identifier.strip().casefold() == other.strip().casefold()


def holds_on(item: ItemInformationResponse) -> bool:
    """True when other patrons wait for the copy (CF, length of the hold queue)."""
    length = item.hold_queue_length.strip()
    return length.isascii() and length.isdigit() and int(length) > 0


def has_on_loan(patron: PatronInformationResponse, *barcodes: str, lists_barcodes: bool) -> bool | None:
    """Whether a copy stands in the list of what the reader has; None when the list does not tell.

    Some systems list titles, some only as many as they like: then a missing barcode proves nothing.
    """
    if any(same(each, barcode) for each in patron.charged_items for barcode in barcodes if barcode):
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
