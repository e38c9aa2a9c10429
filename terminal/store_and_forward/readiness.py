"""Whether the terminal may take business; posts ``BusinessStopped`` when that changes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from drivers.central.faults import Revoked
from terminal.journal.faults import JournalFault
from terminal.visit.events import BusinessStopped


class Readiness:
    """``journal_fault`` says what is wrong with the journal just now. Called from any thread."""

    def __init__(
        self, journal_fault: Callable[[], JournalFault | None], post: Callable[[BusinessStopped], None]
    ) -> None:
        self._journal_fault = journal_fault
        self._post = post
        self._turn = threading.Lock()
        self._code = ""
        self._revoked = False

    @property
    def code(self) -> str:
        """Why no business is taken, empty while it is."""
        return self._code

    @property
    def revoked(self) -> bool:
        return self._revoked

    def look(self) -> None:
        """Asks the journal again; the state lifts by itself once there is room."""
        with self._turn:
            fault = self._journal_fault()
            code = Revoked.code if self._revoked else fault.code if fault else ""
            if code != self._code:
                self._code = code
                self._post(BusinessStopped(code))

    def revoke(self) -> None:
        """The centre no longer knows this terminal: no more business until it is enrolled again."""
        self._revoked = True
        self.look()
