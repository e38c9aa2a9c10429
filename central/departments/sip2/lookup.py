"""Questions about patrons and copies (63, 17) with their answers checked; they change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from central.departments.sip2.aliases import Aliases
from central.departments.sip2.faults import Malformed
from central.departments.sip2.line import Line
from central.departments.sip2.messages import (
    ItemInformation,
    ItemInformationResponse,
    PatronInformation,
    PatronInformationResponse,
)
from central.departments.sip2.patron import same
from central.departments.sip2.steps import Terms

HOLDS, CHARGED, FINES = "Y         ", "  Y       ", "   Y      "
"""Summary of message 63: the standard permits one ``Y``."""
LONGEST_LIST = "9999"


def patron_question(
    patron_number: str, terms: Terms, now: datetime, summary: str = CHARGED
) -> PatronInformation:
    """Ask for a patron's record with one whole list."""
    return PatronInformation(
        transaction_date=now,
        summary=summary,
        institution_id=terms.institution,
        patron_identifier=patron_number,
        terminal_password=terms.terminal_password,
        start_item="1",
        end_item=LONGEST_LIST,
    )


def item_question(barcode: str, terms: Terms, now: datetime) -> ItemInformation:
    return ItemInformation(
        transaction_date=now,
        institution_id=terms.institution,
        item_identifier=barcode,
        terminal_password=terms.terminal_password,
    )


@dataclass(frozen=True, slots=True)
class Lookup:
    """Questions on one line. ``timeout_ms`` is the line's own when None."""

    line: Line
    terms: Terms
    aliases: Aliases
    now: datetime
    timeout_ms: int | None = None

    def patron(self, number: str, summary: str = CHARGED) -> tuple[PatronInformationResponse, str]:
        """The patron's record, and the number the system answers with. Raises ``Silent``, ``Malformed``."""
        found = self._ask_patron(number, summary)
        answered = found.patron_identifier.strip() or number
        if not same(answered, number) and not self.aliases.knows(number, answered):
            again = self._ask_patron(answered, summary)
            confirmed = same(again.patron_identifier, answered) and _record(again) == _record(found)
            self._learn(number, answered, confirmed=confirmed and found.valid_patron is not False)
        return found, answered

    def item(self, barcode: str) -> tuple[ItemInformationResponse, str]:
        """The copy's record, and the number the system answers with. Raises ``Silent``, ``Malformed``."""
        found = self._ask_item(barcode)
        answered = found.item_identifier.strip() or barcode
        if not same(answered, barcode) and not self.aliases.knows(barcode, answered):
            again = self._ask_item(answered)
            confirmed = same(again.item_identifier, answered) and _copy(again) == _copy(found)
            self._learn(barcode, answered, confirmed=confirmed and bool(found.title_identifier.strip()))
        return found, answered

    def _learn(self, asked: str, answered: str, *, confirmed: bool) -> None:
        if not confirmed:
            self.line.close()
            raise Malformed("an answer about another patron or copy")
        self.aliases.learn(asked, answered)

    def _ask_patron(self, number: str, summary: str) -> PatronInformationResponse:
        question = patron_question(number, self.terms, self.now, summary)
        return self.line.exchange(question, PatronInformationResponse, self.timeout_ms)

    def _ask_item(self, barcode: str) -> ItemInformationResponse:
        question = item_question(barcode, self.terms, self.now)
        return self.line.exchange(question, ItemInformationResponse, self.timeout_ms)


def _record(patron: PatronInformationResponse) -> tuple[object, ...]:
    return patron.personal_name.strip(), patron.valid_patron, patron.charged_items_count


def _copy(item: ItemInformationResponse) -> tuple[object, ...]:
    return item.title_identifier.strip(), item.circulation_status, item.due_date
