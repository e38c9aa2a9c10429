"""Writing a blank card that lies on the reader: the centre gives values and proof, the card is read back.

Nothing of what is written is kept here, or journalled: only that it was, and for which order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pydantic import JsonValue

from config.faults import Fault
from domain.cards.faults import CardAbsent, CardSpoilt
from domain.messages.contract import Answer, Question
from drivers.cards.connection import Connection
from drivers.cards.personalisation import Permit, personalise
from drivers.pcsc.readers import Readers
from terminal.card_issuing.personalisation_log import UnfinishedCards
from terminal.visit.events import Answered
from terminal.visit.steps import Look

WRITE = "write-card"


class PermitPort(Protocol):
    """Port of the central client for card writing."""

    def ask(self, question: Question, budget_ms: int) -> Answer: ...


class PermitRefused(Fault):
    """The centre gives nothing to write: the detail is its fault code."""

    code = "card_management.no_order"


class NotNoted(Fault):
    """The disk takes no note of the card: it is not begun."""

    code = "journal.unwritable"


class CardWriting:
    """``write`` returns at once; ``Answered`` follows, with ``fault`` empty once the card was read back."""

    def __init__(
        self,
        readers: Readers,
        central: PermitPort,
        terminal: str,
        budget_ms: int,
        post: Callable[[Answered], None],
        note: UnfinishedCards,
    ) -> None:
        self._readers = readers
        self._central = central
        self._terminal = terminal
        self._budget_ms = budget_ms
        self._post = post
        self._note = note

    def write(self, question: Look, reader: str) -> None:
        """``reader``: where the card lies, empty where none does."""

        def work(connection: Connection) -> None:
            try:
                personalise(connection, lambda challenge, factor: self._permit(question, challenge, factor))
            except Fault as fault:
                self._note.ended(untouched=not isinstance(fault, CardSpoilt))
                raise
            self._note.ended(untouched=False)

        def answer(result: Fault | None) -> None:
            code = result.code if isinstance(result, Fault) else ""
            self._post(Answered(question.name, {"fault": code}))

        if reader:
            self._readers.run(reader, work, answer)
        else:
            answer(CardAbsent("no card lies on a reader"))

    def _permit(self, question: Look, challenge: bytes, factor: bytes) -> Permit:
        body: dict[str, JsonValue] = {
            **dict(question.body),
            "challenge": challenge.hex(),
            "factor": factor.hex(),
        }
        asked = Question(terminal=self._terminal, service=question.service, name="personalisation", body=body)
        data = self._central.ask(asked, self._budget_ms).data
        values = data.get("values")
        if data.get("refusal") or not isinstance(values, dict):
            raise PermitRefused(str(data.get("refusal", "")))
        permit = Permit(
            bytes.fromhex(str(data.get("cryptogram", ""))),
            bytes.fromhex(str(data.get("content", ""))),
            {name: str(value) for name, value in values.items()},
        )
        try:
            self._note.begin(question.service, dict(question.body))
        except OSError as error:
            raise NotNoted(error.strerror or "") from error
        return permit
