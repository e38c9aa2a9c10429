"""Log of the blank being written, on disk before its first byte: a terminal that dies, or a visit that
ends, before the result is reported leaves no card without a record.

Such a card is journalled as unfinished and delivered as soon as the centre can be asked: its number never
becomes valid, and a clerk finds it in the inbox. The note names the order and the attempt, no person.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from pydantic import JsonValue

from domain.messages.contract import TrustLevel
from domain.offline_policy import UNFINISHED
from runtime.whole_file import write_whole
from terminal.visit.effects import SubmitDraft
from terminal.visit.events import Submitted
from terminal.visit.steps import Certainty, Draft

log = logging.getLogger(__name__)

TELLS = ("written", "spoilt")
OWN_LINE = -1
"""No line of a visit: reports that the terminal makes by itself are not shown at the counter."""


class SubmissionPort(Protocol):
    def submit(self, effect: SubmitDraft) -> None: ...


class UnfinishedCards:
    """``note`` is the file. Stands between the kiosk and the submission: ``submit`` passes on a visit's
    commands, ``told`` receives the outcomes, ``post`` gets those of the visit. From any thread.
    """

    def __init__(self, note: Path, post: Callable[[Submitted], None]) -> None:
        self._note = note
        self._post = post
        self._submission: SubmissionPort | None = None
        self._telling: dict[int, str] = {}
        self._writing = False
        self._left = False
        self._recovering = False
        self._turn = threading.Lock()

    def over(self, submission: SubmissionPort) -> None:
        """Set the submission that journals and sends; once, before the terminal starts."""
        self._submission = submission

    def begin(self, service: str, body: Mapping[str, JsonValue]) -> None:
        """From here on bytes may be on the card. Raises ``OSError``: then nothing is written."""
        told = {"service": service, "order": body.get("order"), "attempt": body.get("attempt")}
        with self._turn:
            write_whole(self._note, json.dumps(told).encode(), 0o600)
            self._writing, self._left = True, False

    def ended(self, *, untouched: bool) -> None:
        """The card is out of hand. ``untouched``: not one byte was written."""
        with self._turn:
            self._writing = False
            if untouched:
                self._note.unlink(missing_ok=True)
            left = self._left
        if left:
            self.recover()

    def leave(self) -> None:
        """End of the visit: report an unreported card now, or as soon as it has left the reader."""
        with self._turn:
            self._left = waits = self._writing
        if not waits:
            self.recover()

    def recover(self) -> None:
        """Report the card of a note; at the start, and whenever a visit reported nothing."""
        with self._turn:
            found = None if self._recovering else self._noted()
            if found is None or self._submission is None:
                return
            self._recovering = True
        log.warning("a card was not finished; it is told to the centre and to the staff")
        body = (("order", found.get("order")), ("attempt", found.get("attempt")))
        draft = Draft(str(found.get("service")), UNFINISHED, body, with_credential=False)
        self._submission.submit(SubmitDraft(OWN_LINE, draft, None, "", TrustLevel.NONE))

    def submit(self, effect: SubmitDraft) -> None:
        if effect.draft.action in TELLS:
            self._telling[effect.line] = effect.draft.action
        if self._submission:
            self._submission.submit(effect)

    def told(self, event: Submitted) -> None:
        """A reported card is finished; one that could not be reported is reported later."""
        certainty = event.outcome.certainty
        if event.line == OWN_LINE:
            self._recovering = False
            if certainty is Certainty.CONFIRMED:
                self._note.unlink(missing_ok=True)
            return
        if self._telling.pop(event.line, ""):
            if certainty is Certainty.CONFIRMED:
                self._note.unlink(missing_ok=True)
            else:
                self.recover()
        self._post(event)

    def _noted(self) -> dict[str, JsonValue] | None:
        try:
            found = json.loads(self._note.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.error("the note of an unfinished card cannot be read: %s", type(error).__name__)  # noqa: TRY400
            return None
        return found if isinstance(found, dict) else None
