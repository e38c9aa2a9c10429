"""The library as its own system keeps it, behind the same port as the built-in one."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import Connection, select

from central.database import Database
from central.departments.department import Business, Decision, Enquiry, Visitor, refused
from central.departments.library_fines import clerk_of, is_staff
from central.departments.sip2 import requests
from central.departments.sip2.account import Account, CopyCache
from central.departments.sip2.aliases import Aliases
from central.departments.sip2.carrying import Attempt, at_work
from central.departments.sip2.codec import check_sendable
from central.departments.sip2.faults import NotSendable, Sip2Fault
from central.departments.sip2.lookup import Lookup
from central.departments.sip2.messages import PatronInformationResponse
from central.departments.sip2.patron import blocked, loan_limit, owed_fen
from central.departments.sip2.pool import Pool
from central.departments.sip2.requests import Request
from central.departments.sip2.ruling import UNDECIDED_FOR, undecided
from central.departments.sip2.settings import Sip2Settings
from central.departments.sip2.steps import Terms
from central.tables import card, holder
from config.clock import utc_now
from domain.messages.contract import Delivery, Outcome, Transaction

ACTIONS = ("borrow", "return", "renew", "pay")
MOST_FEN = 10_000_000
LONGEST_BARCODE = 32

log = logging.getLogger(__name__)


class Sip2Library:
    """See ``central.departments.library_port``. One for the whole process; its sockets are shared."""

    def __init__(
        self,
        settings: Sip2Settings,
        *,
        now: Callable[[], datetime] = utc_now,
        at: Callable[[str], None] = at_work,
    ) -> None:
        self._settings = settings
        self._now = now
        self._at = at
        self._pool = Pool(settings)
        self._aliases = Aliases()
        self._copies = CopyCache()
        self._terms = Terms(
            zone=settings.dialect.zone,
            institution=settings.institution,
            location=settings.location,
            terminal_password=settings.terminal_password,
            lists_barcodes=settings.charged_items == "barcode",
            date_order=settings.date_order,
            fee_field=settings.fee_field,
        )

    @property
    def _account(self) -> Account:
        limit_ms = self._settings.knowledge_ms
        return Account(self._pool, self._terms, self._aliases, self._copies, limit_ms, self._now)

    def apply(self, connection: Connection, business: Business) -> Decision:
        """Writes down what is to be asked; nothing is sent here."""
        transaction = business.transaction
        if transaction.action not in ACTIONS:
            return refused("central.action_unknown")
        amount_fen = 0
        if transaction.action == "pay":
            if not clerk_of(connection, transaction.body.get("second"), business.subject):
                return refused("library.clerk_needed")
            told = transaction.body.get("amount_fen")
            amount_fen = told if type(told) is int and 0 < told <= MOST_FEN else 0
            if not amount_fen:
                return refused("library.owed_changed")
            barcode = payments_of(business.subject)
        else:
            barcode = self._barcode(transaction)
        if not barcode:
            return refused("library.copy_unknown")
        if transaction.action != "return" and not self._patron_number(connection, business.subject):
            return refused("sip2.reader_unknown")
        requests.write(
            connection,
            Request(
                id=str(transaction.id),
                action=transaction.action,
                barcode=barcode,
                subject=business.subject if transaction.action != "return" else "",
                occurred_at=min(transaction.occurred_at, business.now),
                told_due=_told_due(transaction),
                accepted_offline=business.accepted_offline,
                amount_fen=amount_fen,
            ),
        )
        return Decision(Outcome.RUNNING)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """Nothing is undone inside a database transaction; ``carry_out`` takes a loan back."""
        return False

    def carry_out(self, database: Database, delivery: Delivery, now: datetime) -> None:
        """Raises nothing of SIP2: what cannot be done now is done when the delivery is repeated."""
        id = str(delivery.transaction.id)
        waiting = database.write(lambda connection: self._waiting(connection, id, delivery))
        for each in waiting:
            if not self._carry_one(database, each, now):
                return

    def _waiting(self, connection: Connection, id: str, delivery: Delivery) -> list[str]:
        requests.note_delivery(
            connection, id, accepted_offline=delivery.accepted_offline, withdrawn=delivery.withdrawn
        )
        return requests.in_line(connection, id)

    def _carry_one(self, database: Database, id: str, now: datetime) -> bool:
        """Whether the next in line may be carried out."""
        request = database.write(lambda connection: requests.take(connection, id, now))
        if request is None:
            return False
        reached = True
        try:
            decision = self._attempted(database, request)
        except NotSendable:
            decision = refused("sip2.not_sendable")
        except Sip2Fault as fault:
            log.warning("request %s waits: %s", id, fault)
            decision, reached = None, False
        if decision is None and self._given_up(request, now, reached=reached):
            with database.read() as connection:
                decision = undecided(requests.read(connection, id))
        if decision is None:
            database.write(lambda connection: requests.let_go(connection, id, now, reached=reached))
            return False
        settled = decision
        self._copies.forget(request.barcode)
        database.write(lambda connection: requests.settle(connection, id, settled, now))
        return True

    @staticmethod
    def _given_up(request: Request, now: datetime, *, reached: bool) -> bool:
        """An accepted loan waits for as long as the system is out of reach; anything else is bounded."""
        if request.reached_at is None or (request.accepted_offline and not reached):
            return False
        return now - request.reached_at >= UNDECIDED_FOR

    def _attempted(self, database: Database, request: Request) -> Decision | None:
        with database.read() as connection:
            patron_number = self._patron_number(connection, request.subject)
        quiet = timedelta(milliseconds=self._settings.quiet_ms)
        attempt = Attempt(request, patron_number, self._terms, self._aliases, quiet, self._now, self._at)
        return attempt.run(database, self._pool)

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]:
        """Patron's record in the system; empty when it cannot be asked in time."""
        number = self._patron_number(connection, visitor.subject)
        if not number:
            return {"status": "unknown"}
        patron = self._patron(number)
        if patron is None:
            return {}
        return {**self._known(patron), "staff": is_staff(connection, visitor.subject)}

    def _patron(self, number: str) -> PatronInformationResponse | None:
        try:
            with self._pool.line() as line:
                limit_ms = self._settings.knowledge_ms
                return Lookup(line, self._terms, self._aliases, self._now(), limit_ms).patron(number)[0]
        except Sip2Fault as fault:
            log.warning("no record of a patron: %s", fault)
            return None

    def _known(self, patron: PatronInformationResponse) -> dict[str, JsonValue]:
        if patron.valid_patron is False:
            return {"status": "unknown"}
        known: dict[str, JsonValue] = {"status": "blocked" if blocked(patron) else "active"}
        if patron.charged_items_count is not None:
            known["loans"] = patron.charged_items_count
        if (limit := loan_limit(patron)) is not None:
            known["loan_limit"] = limit
        if (owed := owed_fen(patron, self._terms.fee_field)) is not None:
            known["owed_fen"] = owed
        if self._terms.lists_barcodes:
            known["loan_list"] = [{"barcode": each.strip()} for each in patron.charged_items]
        return known

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``account``: as ``know``, with titles, due dates, holds and fines as far as there is time."""
        if enquiry.name != "account":
            return None
        number = self._patron_number(connection, enquiry.subject)
        patron = self._patron(number) if number else None
        if patron is None:
            return {} if number else {"status": "unknown"}
        known = {**self._known(patron), "staff": is_staff(connection, enquiry.subject)}
        if known["status"] == "unknown":
            return known
        return {**known, **self._account.lists(number, patron)}

    def close(self) -> None:
        self._pool.close()

    def _barcode(self, transaction: Transaction) -> str:
        """Empty for what no message can carry: then no library has such a copy."""
        barcode = transaction.body.get("barcode")
        if not isinstance(barcode, str) or not 0 < len(barcode.strip()) <= LONGEST_BARCODE:
            return ""
        try:
            check_sendable(barcode.strip(), self._settings.dialect)
        except NotSendable:
            return ""
        return barcode.strip()

    def _patron_number(self, connection: Connection, subject: str) -> str:
        """The patron's number in the library; empty without a patron."""
        if not subject:
            return ""
        if self._settings.patron == "card_number":
            query = select(card.c.card_number).where(card.c.subject == subject, card.c.locked.is_(False))
        else:
            query = select(holder.c.social_security_number).where(holder.c.subject == subject)
        return str(connection.execute(query.limit(1)).scalar() or "")


def payments_of(subject: str) -> str:
    """Ordering key in place of a copy's barcode: payments of one patron are carried out in order."""
    return "pay:" + hashlib.sha256(subject.encode()).hexdigest()[: LONGEST_BARCODE - 4]


def _told_due(transaction: Transaction) -> date | None:
    told = transaction.body.get("expected_due_date")
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
