"""Decision about a payment from the amount the patron owes now. Pure.

All that is owed is paid at once: so whether a payment was booked can be told from the sum that is left.
"""

from __future__ import annotations

from central.departments.department import confirmed, refused
from central.departments.sip2 import patron as records
from central.departments.sip2.amounts import amount_of
from central.departments.sip2.messages import FeePaid, FeePaidResponse
from central.departments.sip2.requests import Before, Request, State
from central.departments.sip2.steps import Later, Send, Settle, Sight, Step, Terms

OVERDUE, CASH = 4, 0
"""Fee type and payment type of the standard (SIP2 2.00, 4)."""
MOST_SENDS = 2
"""A system that books a payment without lowering the sum would book every repeat: a clerk decides then."""


def rule(request: Request, sight: Sight, terms: Terms) -> Step:
    if sight.patron is None or sight.patron.valid_patron is False:
        return Settle(refused("sip2.reader_unknown"))
    owed = records.owed_fen(sight.patron, terms.fee_field)
    if owed is None:
        return Settle(refused("sip2.payment_unsure"))
    if request.state is State.WRITTEN:
        if not owed:
            return Settle(refused("library.nothing_owed"))
        if owed != request.amount_fen:
            return Settle(refused("library.owed_changed", owed_fen=owed))
        return Send(_fee_paid(request, sight, terms), FeePaidResponse, Before(owed_fen=owed))
    before = request.before.owed_fen or 0
    if owed == before - request.amount_fen:
        return Settle(confirmed(paid_fen=request.amount_fen, owed_fen=owed))
    if owed != before:
        return Settle(refused("sip2.payment_unsure", owed_fen=owed))
    if not sight.believed:
        return Later()
    if request.sends >= MOST_SENDS:
        return Settle(refused("sip2.payment_unsure", owed_fen=owed))
    return Send(_fee_paid(request, sight, terms), FeePaidResponse, Before(owed_fen=owed))


def _fee_paid(request: Request, sight: Sight, terms: Terms) -> FeePaid:
    return FeePaid(
        transaction_date=request.occurred_at,
        fee_type=OVERDUE,
        payment_type=CASH,
        fee_amount=amount_of(request.amount_fen),
        institution_id=terms.institution,
        patron_identifier=sight.patron_number,
        terminal_password=terms.terminal_password,
        transaction_id=request.id,
    )
