"""Decision about one request from the present state of the copy and its patron. Pure: no socket, no database.

SIP2 carries no key by which a system would know a repeat, and a repeated check-out renews. So every message
that books is preceded by a look-up, and after an unknown outcome the look-up decides:

- it is as if carried out           that is the outcome
- it is as it was, and believed     it may be sent, as if for the first time
- it is as it was, too early        later: the lost message may still be on its way
- it cannot be known                 refused with a code of its own, for the desk; never sent again
"""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from pydantic import JsonValue

from central.departments.department import Decision, confirmed, refused
from central.departments.library import LOAN_DAYS
from central.departments.sip2 import patron as records
from central.departments.sip2 import payment
from central.departments.sip2.due_dates import days_late, read_due_date
from central.departments.sip2.messages import (
    Checkin,
    CheckinResponse,
    Checkout,
    CheckoutResponse,
    FeePaidResponse,
    Message,
    Renew,
    RenewResponse,
)
from central.departments.sip2.requests import Before, Request, State
from central.departments.sip2.steps import Booked, Later, Send, Settle, Sight, Step, Terms
from domain.messages.contract import Outcome

UNKNOWN_OUTCOME = "sip2.outcome_unknown"
UNDECIDED_FOR = timedelta(seconds=90)
"""After this long a request that reached the library's system is left to the desk: nothing blocks a copy."""
MOST_LINES, LONGEST_WORDS = 8, 200


def rule(request: Request, sight: Sight, terms: Terms) -> Step:
    """The next step. A message is only ever sent from here, after a look."""
    if request.withdrawn:
        return _withdraw(request, sight, terms)
    if request.action == "pay":
        return payment.rule(request, sight, terms)
    if records.is_unknown(sight.item):
        return Settle(refused("library.copy_unknown"))
    match request.action:
        case "borrow":
            return _borrow(request, sight, terms)
        case "return":
            return _return(request, sight, terms)
    return _renew(request, sight, terms)


def _mine(request: Request, sight: Sight, terms: Terms) -> bool | None:
    if sight.patron is None:
        return None
    barcodes = (request.barcode, sight.item_alias)
    return records.has_on_loan(sight.patron, *barcodes, lists_barcodes=terms.lists_barcodes)


def _title(sight: Sight) -> str:
    return sight.item.title_identifier.strip()


def _before(sight: Sight) -> Before:
    charged = sight.patron.charged_items_count if sight.patron else None
    return Before(sight.item.due_date.strip(), charged)


def _borrow(request: Request, sight: Sight, terms: Terms) -> Step:
    if sight.patron is not None and sight.patron.valid_patron is False:
        return Settle(refused("sip2.reader_unknown"))
    mine, out = _mine(request, sight, terms), records.is_on_loan(sight.item)
    if request.state is State.WRITTEN:
        if mine:
            return Settle(refused("library.already_yours", title=_title(sight)))
        if out:
            return Settle(refused("library.copy_on_loan", title=_title(sight)))
        return _checkout(request, sight, terms)
    if mine:
        return Settle(_lent(request, _title(sight), sight.item.due_date, terms))
    if out is False or (mine is False and out is None):
        return _checkout(request, sight, terms) if sight.believed else Later()
    if mine is False:
        return Settle(refused("library.copy_on_loan", title=_title(sight)))
    match _counted(request, sight):
        case True:
            return Settle(_lent(request, _title(sight), sight.item.due_date, terms))
        case False:
            return Settle(refused("library.copy_on_loan", title=_title(sight)))
    return Settle(refused(UNKNOWN_OUTCOME, title=_title(sight)))


def _counted(request: Request, sight: Sight) -> bool | None:
    """The copy is out and no list says to whom: whether the number of the reader's loans does."""
    had, has = request.before.charged, sight.patron.charged_items_count if sight.patron else None
    if had is None or has is None:
        return None
    return {had: False, had + 1: True}.get(has)


def _checkout(request: Request, sight: Sight, terms: Terms) -> Send:
    message = Checkout(
        sc_renewal_policy=False,
        no_block=request.accepted_offline,
        transaction_date=request.occurred_at,
        nb_due_date=_told(request, terms),
        institution_id=terms.institution,
        patron_identifier=sight.patron_number,
        item_identifier=request.barcode,
        terminal_password=terms.terminal_password,
    )
    return Send(message, CheckoutResponse, _before(sight))


def _told(request: Request, terms: Terms) -> datetime:
    """End of the day that the person was shown, or would be."""
    return datetime.combine(_expected(request, terms), time(23, 59, 59), terms.zone)


def _expected(request: Request, terms: Terms) -> date:
    """The day shown to the person, or the usual length of a loan."""
    return request.told_due or _day_of(request.occurred_at, terms.zone) + timedelta(days=LOAN_DAYS)


def _return(request: Request, sight: Sight, terms: Terms) -> Step:
    out = records.is_on_loan(sight.item)
    if request.state is State.WRITTEN:
        if out is False or sight.lent_since:
            return Settle(_not_on_loan(request, sight))
        return Send(_checkin(request, terms), CheckinResponse, _before(sight))
    if out is False or (out and sight.item.due_date.strip() != request.before.due_date):
        return Settle(_returned(request, _title(sight), terms))
    return Send(_checkin(request, terms), CheckinResponse, request.before) if sight.believed else Later()


def _not_on_loan(request: Request, sight: Sight) -> Decision:
    """To whom the return was accepted already, there is nothing left to do."""
    if request.accepted_offline:
        return confirmed(title=_title(sight), was_on_loan=False)
    return refused("library.not_on_loan", title=_title(sight))


def _checkin(request: Request, terms: Terms, *, no_block: bool = False) -> Checkin:
    return Checkin(
        no_block=no_block or request.accepted_offline,
        transaction_date=request.occurred_at,
        return_date=request.occurred_at,
        current_location=terms.location,
        institution_id=terms.institution,
        item_identifier=request.barcode,
        terminal_password=terms.terminal_password,
    )


def _renew(request: Request, sight: Sight, terms: Terms) -> Step:
    mine, out = _mine(request, sight, terms), records.is_on_loan(sight.item)
    if mine is False or (mine is None and out is False):
        return Settle(refused("library.not_on_loan", title=_title(sight)))
    if request.state is State.WRITTEN:
        message = Renew(
            no_block=request.accepted_offline,
            transaction_date=request.occurred_at,
            nb_due_date=_told(request, terms),
            institution_id=terms.institution,
            patron_identifier=sight.patron_number,
            item_identifier=request.barcode,
            terminal_password=terms.terminal_password,
        )
        return Send(message, RenewResponse, _before(sight))
    if sight.item.due_date.strip() != request.before.due_date:
        return Settle(_lent(request, _title(sight), sight.item.due_date, terms))
    if not sight.believed:
        return Later()
    # A renewal on the day of the loan moves no date: an unchanged one does not prove that none was booked.
    due = _due_of(request, sight.item.due_date, terms)
    return Settle(refused("sip2.renewal_unsure", title=_title(sight), **due))


def _withdraw(request: Request, sight: Sight, terms: Terms) -> Step:
    """Withdraw a request whose person was shown "not booked": a loan is taken back; anything else stays and
    is reported.
    """
    if request.state is State.WRITTEN:
        return Settle(Decision(Outcome.WITHDRAWN))
    if request.action != "borrow":
        found = rule(replace(request, withdrawn=False), sight, terms)
        # What is not booked by now is not sent any more.
        return Settle(Decision(Outcome.WITHDRAWN)) if isinstance(found, Send) else found
    mine, out = _mine(request, sight, terms), records.is_on_loan(sight.item)
    if mine is None and out is not False:
        if request.state is State.SETTLED:
            return Later()
        mine = _counted(request, sight)
        if mine is None:
            return Settle(refused(UNKNOWN_OUTCOME, title=_title(sight)))
    if not mine:
        return Settle(Decision(Outcome.WITHDRAWN)) if sight.believed else Later()
    if request.state is State.TAKING_BACK and not sight.believed:
        return Later()
    checkin = _checkin(request, terms, no_block=True)
    return Send(checkin, CheckinResponse, request.before, State.TAKING_BACK)


def answered(
    request: Request,
    sight: Sight,
    answer: Booked,
    terms: Terms,
) -> Decision | None:
    """Meaning of the system's answer; None when it concerns another copy, so that the outcome is unknown."""
    if isinstance(answer, FeePaidResponse):
        if not answer.payment_accepted:
            return refused("sip2.refused", **said_by_library(answer))
        return confirmed(paid_fen=request.amount_fen, owed_fen=0, **said_by_library(answer))
    if not _about(answer.item_identifier, request, sight):
        return None
    title = (answer.title_identifier or sight.item.title_identifier).strip()
    if request.state is State.TAKING_BACK:
        return Decision(Outcome.WITHDRAWN) if answer.ok else None
    words = said_by_library(answer)
    match answer:
        case CheckinResponse(ok=True):
            return _returned(request, title, terms, alert=answer.alert, words=words)
        case CheckinResponse():
            if request.accepted_offline:
                return _not_on_loan(request, sight)
            return refused("sip2.refused", title=title, **words)
        case CheckoutResponse(ok=True) | RenewResponse(ok=True):
            return _lent(request, title, answer.due_date, terms, words)
    return refused(_reason(sight, answer), title=title, **words)


def _about(identifier: str, request: Request, sight: Sight) -> bool:
    """True for an answer about the requested copy, by its number or its confirmed alias, or without a
    number."""
    written = identifier.strip()
    return not written or any(
        records.same(written, each) for each in (request.barcode, sight.item_alias) if each
    )


def _reason(sight: Sight, answer: CheckoutResponse | RenewResponse) -> str:
    """Code of a refusal, which has none in this protocol: the marks of the patron's record and the holds of
    the copy explain some; the library's own words are shown beside it (WH: never decide by AF)."""
    renewing, patron = isinstance(answer, RenewResponse), sight.patron
    if patron is not None:
        if records.blocked(patron):
            return "library.reader_blocked"
        if renewing and records.marked(patron.patron_status, records.TOO_MANY_RENEWALS):
            return "library.renewal_limit"
        if not renewing and records.marked(patron.patron_status, records.TOO_MANY_CHARGED):
            return "library.limit_reached"
    if records.holds_on(sight.item):
        return "library.on_hold"
    return "sip2.refused"


def said_by_library(answer: Message) -> dict[str, JsonValue]:
    """The library's screen messages (AF) and print lines (AG), as shown on the screen and the slip."""
    said = {
        "message": getattr(answer, "screen_message", ()),
        "print_lines": getattr(answer, "print_line", ()),
    }
    words: dict[str, JsonValue] = {}
    for name, untrusted_lines in said.items():
        lines = [line for each in untrusted_lines[:MOST_LINES] if (line := _legible(each))]
        if lines:
            words[name] = list(lines)
    return words


def _legible(untrusted_text: str) -> str:
    """One printable line; Koha writes ``|`` as ``&#124;`` because it ends a field."""
    text = html.unescape(untrusted_text)
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:LONGEST_WORDS]


def _lent(
    request: Request,
    title: str,
    untrusted_due_date: str,
    terms: Terms,
    words: dict[str, JsonValue] | None = None,
) -> Decision:
    return confirmed(title=title, **_due_of(request, untrusted_due_date, terms), **(words or {}))


def _due_of(request: Request, untrusted_due_date: str, terms: Terms) -> dict[str, JsonValue]:
    """A due date as the contract writes it. An unreadable one is shown as the library writes it."""
    lent_on = _day_of(request.occurred_at, terms.zone)
    if due := read_due_date(untrusted_due_date, terms.date_order, lent_on):
        guess: dict[str, JsonValue] = {"due_date_guessed": True} if due.guessed else {}
        return {"due_date": due.day.isoformat(), **guess}
    written = _legible(untrusted_due_date)[:40]
    return {"due_date": written} if written else {}


def dated(request: Request, decision: Decision, untrusted_due_date: str, terms: Terms) -> Decision:
    """A loan with the due date of the copy's record; without any, the day shown to the person, marked as a
    guess."""
    due = _due_of(request, untrusted_due_date, terms)
    if not due:
        due = {"due_date": _expected(request, terms).isoformat(), "due_date_guessed": True}
    return replace(decision, data={**decision.data, **due})


def undecided(request: Request) -> Decision:
    """Outcome of a request that the library's system answered without deciding it, for ``UNDECIDED_FOR``."""
    if request.withdrawn and request.state is State.WRITTEN:
        return Decision(Outcome.WITHDRAWN)
    if request.action == "pay":
        return refused("sip2.payment_unsure")
    return refused("sip2.undecided" if request.state is State.WRITTEN else UNKNOWN_OUTCOME)


def _returned(
    request: Request,
    title: str,
    terms: Terms,
    *,
    alert: bool = False,
    words: dict[str, JsonValue] | None = None,
) -> Decision:
    data: dict[str, JsonValue] = {"title": title, "was_on_loan": True, **(words or {})}
    returned_on = _day_of(request.occurred_at, terms.zone)
    late = days_late(request.before.due_date, terms.date_order, returned_on)
    if late is not None:
        data["days_late"] = late
    if alert:
        data["alert"] = True
    return confirmed(**data)


def _day_of(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
