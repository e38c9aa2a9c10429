"""Carrying requests out: look, write down what is about to be sent, send, write down the outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from central.database import Database
from central.departments.department import Decision
from central.departments.sip2 import requests
from central.departments.sip2.aliases import Aliases
from central.departments.sip2.faults import Malformed, NotTaken, Silent
from central.departments.sip2.line import Line
from central.departments.sip2.lookup import Lookup
from central.departments.sip2.messages import EndPatronSession, ItemInformationResponse
from central.departments.sip2.pool import Pool
from central.departments.sip2.requests import Request, State
from central.departments.sip2.ruling import answered, dated, rule
from central.departments.sip2.steps import Later, Send, Settle, Sight, Terms
from domain.messages.contract import Outcome

SENDS = 2
"""How often one attempt sends what books: again only when the system said it did not take the first."""
LINES = 3
"""On how many lines one attempt looks: the first may have died since it last answered."""

log = logging.getLogger(__name__)


def at_work(_: str) -> None:
    """Where a test may end the process: ``written``, ``sent``, ``answered``."""


class Attempt:
    """One attempt at one request, by one worker. ``patron_number`` is empty where no card is needed."""

    def __init__(
        self,
        request: Request,
        patron_number: str,
        terms: Terms,
        aliases: Aliases,
        quiet: timedelta,
        now: Callable[[], datetime],
        at: Callable[[str], None] = at_work,
    ) -> None:
        self._request = request
        self._patron_number = patron_number
        self._terms = terms
        self._aliases = aliases
        self._quiet = quiet
        self._now = now
        self._at = at
        self._not_taken = False
        self._sends = 0

    def run(self, database: Database, pool: Pool) -> Decision | None:
        """The decision, or None while there is none. Raises ``OutOfService`` and ``NotSendable``."""
        for _ in range(LINES):
            try:
                with pool.line() as line:
                    line.serve(self._session())
                    return self._carry_on(database, line)
            except (Silent, Malformed) as fault:
                log.info("request %s on one line: %s", self._request.id, fault)
        return None

    def _carry_on(self, database: Database, line: Line) -> Decision | None:
        """Raises ``Silent`` when this line is of no use any more; what was sent is written down by then."""
        while True:
            sight = self._look(database, line)
            step = rule(self._request, sight, self._terms)
            if isinstance(step, Settle):
                return step.decision
            if isinstance(step, Later) or self._sends == SENDS:
                return None
            if decision := self._send(database, line, step, sight):
                return decision

    def _send(self, database: Database, line: Line, step: Send, sight: Sight) -> Decision | None:
        """None when the outcome is not known: then the next look-up decides."""
        now = self._now()
        database.write(
            lambda connection: requests.mark(connection, self._request.id, step.state, step.before, now)
        )
        self._request = replace(
            self._request, state=step.state, before=step.before, asked_at=now, sends=self._request.sends + 1
        )
        self._sends += 1
        self._not_taken = False
        self._at("written")
        try:
            answer = line.exchange(step.message, step.kind)
        except NotTaken:
            self._not_taken = True
            return None
        except Silent:
            if not line.alive:
                raise
            return None
        self._at("answered")
        decision = answered(self._request, sight, answer, self._terms)
        return self._with_due_date(line, decision) if decision else None

    def _with_due_date(self, line: Line, decision: Decision) -> Decision:
        """Some systems leave AH of an answer empty: the copy's own record is asked then."""
        if decision.outcome is not Outcome.CONFIRMED or self._request.action not in ("borrow", "renew"):
            return decision
        if "due_date" in decision.data:
            return decision
        due = ""
        try:
            item, _ = Lookup(line, self._terms, self._aliases, self._now()).item(self._request.barcode)
            due = item.due_date
        except (Silent, Malformed) as fault:
            log.info("request %s has no due date: %s", self._request.id, fault)
        return dated(self._request, decision, due, self._terms)

    def _look(self, database: Database, line: Line) -> Sight:
        """Raises ``Silent`` and ``Malformed``: looking changes nothing and may be done again."""
        lookup = Lookup(line, self._terms, self._aliases, self._now())
        number, barcode = self._patron_number, self._request.barcode
        item, item_alias = ItemInformationResponse(), ""
        if self._request.action != "pay":
            item, item_alias = lookup.item(barcode)
        patron, patron_alias = lookup.patron(number) if number else (None, "")
        with database.read() as connection:
            lent_since = self._request.action == "return" and requests.lent_since(
                connection, barcode, self._request.occurred_at
            )
        return Sight(item, patron, number, self._believed(), lent_since, patron_alias, item_alias)

    def _believed(self) -> bool:
        """Whether nothing that was sent can still be on its way."""
        if self._request.state in (State.WRITTEN, State.SETTLED) or self._not_taken:
            return True
        asked_at = self._request.asked_at
        return asked_at is not None and self._now() - asked_at >= self._quiet

    def _session(self) -> EndPatronSession | None:
        """Message that ends this patron's session; None for business without a patron."""
        if not self._patron_number:
            return None
        return EndPatronSession(
            transaction_date=self._now(),
            institution_id=self._terms.institution,
            patron_identifier=self._patron_number,
            terminal_password=self._terms.terminal_password,
        )
