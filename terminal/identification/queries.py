"""Asking the centre who is here and what it knows: one thread, one question at a time, the newest wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from domain.credential import PersonalCredential
from domain.messages.contract import Answer, Holder, IdentificationRequest, Question
from drivers.central.faults import CentralFault, Final, OutcomeUnknown
from runtime.task import Task
from runtime.worker import Worker
from terminal.visit.events import Answered, Identified, NotAnswered, NotIdentified
from terminal.visit.steps import Look


class IdentificationPort(Protocol):
    """Port of the central client for identification."""

    def identify(self, request: IdentificationRequest, budget_ms: int) -> Holder: ...

    def ask(self, question: Question, budget_ms: int) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way."""

    question: Question


Heard = Identified | NotIdentified | Answered | NotAnswered


class Identification:
    """``ask`` and ``look`` return at once; the answer is posted as ``Identified`` or ``NotIdentified``,
    ``Answered`` or ``NotAnswered``.

    ``reached`` receives after every question whether the centre answered at all.
    """

    def __init__(
        self,
        central: IdentificationPort,
        terminal: str,
        budget_ms: int,
        post: Callable[[Heard], None],
        reached: Callable[[bool], None],
    ) -> None:
        self._central = central
        self._terminal = terminal
        self._budget_ms = budget_ms
        self._post = post
        self._reached = reached
        self._worker: Worker[IdentificationRequest | Asked] = Worker(
            "identification", self._work, failed=self._failed, newest_wins=True
        )
        self.tasks: tuple[Task, ...] = (self._worker,)

    def start(self) -> None:
        self._worker.start()

    def ask(self, credential: PersonalCredential, services: tuple[str, ...]) -> None:
        message = credential.message()
        self._worker.put(
            IdentificationRequest(
                terminal=self._terminal, trust=credential.trust, credential=message, services=services
            )
        )

    def look(self, question: Look, subject: str) -> None:
        message = Question(
            terminal=self._terminal,
            subject=subject or None,
            service=question.service,
            name=question.name,
            body=dict(question.body),
        )
        self._worker.put(Asked(message))

    def stop(self) -> None:
        """Ends the thread; a question under way may take its budget."""
        self._worker.stop(self._budget_ms / 1000 + 1)

    def _work(self, question: IdentificationRequest | Asked) -> None:
        self._post(self._looked(question) if isinstance(question, Asked) else self._answer(question))

    def _failed(self, question: IdentificationRequest | Asked, _: Exception) -> None:
        if isinstance(question, Asked):
            self._post(NotAnswered(question.question.name, OutcomeUnknown.code))
        else:
            self._post(NotIdentified(OutcomeUnknown.code))

    def _looked(self, asked: Asked) -> Answered | NotAnswered:
        name = asked.question.name
        try:
            answer = self._central.ask(asked.question, self._budget_ms)
        except Final as refused:
            self._reached(True)
            return NotAnswered(name, refused.problem_code)
        except CentralFault as fault:
            self._reached(False)
            return NotAnswered(name, fault.code)
        self._reached(True)
        return Answered(name, answer.data)

    def _answer(self, question: IdentificationRequest) -> Identified | NotIdentified:
        try:
            holder = self._central.identify(question, self._budget_ms)
        except Final as refused:
            self._reached(True)
            return NotIdentified(refused.problem_code)
        except CentralFault as fault:
            self._reached(False)
            return NotIdentified(fault.code)
        self._reached(True)
        return Identified(holder)
