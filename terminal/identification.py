"""Asking the centre who is here: one thread, one question at a time, the newest wins."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Protocol

from drivers.central.contract import Holder, IdentificationRequest
from drivers.central.faults import CentralFault, Final
from terminal.credential import Credential
from terminal.visit.events import Identified, NotIdentified


class IdentificationPort(Protocol):
    """What identification needs of the central client."""

    def identify(self, request: IdentificationRequest, budget_ms: int) -> Holder: ...


class Identification:
    """``ask`` returns at once; the answer is posted as ``Identified`` or ``NotIdentified``.

    ``reached`` hears after every question whether the centre could be asked at all.
    """

    def __init__(
        self,
        central: IdentificationPort,
        terminal: str,
        budget_ms: int,
        post: Callable[[Identified | NotIdentified], None],
        reached: Callable[[bool], None],
    ) -> None:
        self._central = central
        self._terminal = terminal
        self._budget_ms = budget_ms
        self._post = post
        self._reached = reached
        self._questions: queue.SimpleQueue[IdentificationRequest | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="identification", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask(self, credential: Credential, services: tuple[str, ...]) -> None:
        message = credential.message()
        self._questions.put(
            IdentificationRequest(
                terminal=self._terminal, trust=credential.trust, credential=message, services=services
            )
        )

    def stop(self) -> None:
        """Ends the thread; a question under way may take its budget."""
        self._questions.put(None)
        if self._thread.is_alive():
            self._thread.join(self._budget_ms / 1000 + 1)

    def _run(self) -> None:
        while (question := self._questions.get()) is not None:
            while not self._questions.empty():
                newer = self._questions.get()
                if newer is None:
                    return
                question = newer
            self._post(self._answer(question))

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
