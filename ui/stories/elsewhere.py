"""Events elsewhere in the city during a story: another counter, and the centre's own desk."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

from pydantic import JsonValue

from config.personas import Persona
from domain.messages.contract import (
    Answer,
    CredentialMessage,
    Delivery,
    Holder,
    IdentificationRequest,
    PendingWork,
    Question,
    SocialSecurityCardPresented,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
    body_hash,
)
from terminal.app.embedded import administer_central
from ui.demonstration import Demonstration

BUDGET_MS = 10_000
NAME = "STORY-0001"


class AnotherCounter:
    """A terminal of the city that is not on the stage, called ``name``."""

    def __init__(self, demonstration: Demonstration, name: str = NAME) -> None:
        self._demonstration = demonstration
        self.name = name
        self._sequence = 0
        self._previous = "0" * 64

    def identify(self, persona: str, *services: str) -> Holder:
        request = IdentificationRequest(
            terminal=self.name,
            trust=TrustLevel.READ,
            credential=card_of(self._demonstration.city.personas[persona]),
            services=services,
        )
        return self._demonstration.access.client().identify(request, BUDGET_MS)

    def ask(self, persona: str, service: str, question: str, **body: JsonValue) -> dict[str, JsonValue]:
        subject = self.identify(persona).subject
        asked = Question(terminal=self.name, subject=subject, service=service, name=question, body=body)
        answer: Answer = self._demonstration.access.client().ask(asked, BUDGET_MS)
        return answer.data

    def book(self, persona: str, service: str, action: str, **body: JsonValue) -> TransactionResult:
        """Business of this person's card, booked at the centre at once."""
        return self.book_on(card_of(self._demonstration.city.personas[persona]), service, action, **body)

    def book_on(
        self, shown: CredentialMessage, service: str, action: str, **body: JsonValue
    ) -> TransactionResult:
        """Business on whatever was shown there."""
        self._sequence += 1
        made = Transaction(
            id=UUID(int=secrets.randbits(128), version=4),
            terminal=self.name,
            sequence=self._sequence,
            previous=self._previous,
            service=service,
            action=action,
            occurred_at=self._demonstration.now(),
            trust=TrustLevel.READ,
            credential=shown,
            body=body,
        )
        self._previous = body_hash(made)
        batch = TransactionBatch(
            terminal=self.name, pending=PendingWork(count=0), deliveries=(Delivery(transaction=made),)
        )
        (result,) = self._demonstration.access.client().deliver(batch, BUDGET_MS).results
        return result


def card_of(person: Persona) -> SocialSecurityCardPresented:
    return SocialSecurityCardPresented(
        card_number=person.card_number, identification_code=person.identification_code
    )


def ordered(demonstration: Demonstration, order: str, *words: str) -> list[str]:
    """An order given at the centre's own desk. Raises ``Fault``."""
    directory = demonstration.data / "central"
    return administer_central(
        f"sqlite:///{directory / 'central.db'}",
        directory / "fleet",
        order,
        words,
        demonstration.now,
        demonstration.city,
    )


def once_more_within(seconds: float) -> float:
    """A moment in monotonic time to give up at."""
    return time.monotonic() + seconds
