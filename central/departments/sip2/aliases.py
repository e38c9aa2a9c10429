"""Other numbers of one patron or copy in a library's system.

Koha answers the card number for a user id; others answer a barcode without its check digit or with an
institution before it. An answer with another number is accepted only after a question with that number was
answered with itself and the same record: an answer that belongs to an earlier question fails that. """

from __future__ import annotations

import threading
from collections import OrderedDict

MOST = 20_000


class Aliases:
    """Confirmed pairs of an asked and an answered number, the ``MOST`` last used. Any thread may ask."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, asked: str, answered: str) -> bool:
        with self._lock:
            pair = _pair(asked, answered)
            if pair not in self._known:
                return False
            self._known.move_to_end(pair)
            return True

    def learn(self, asked: str, answered: str) -> None:
        with self._lock:
            self._known[_pair(asked, answered)] = None
            if len(self._known) > MOST:
                self._known.popitem(last=False)


def _pair(asked: str, answered: str) -> tuple[str, str]:
    return asked.strip().casefold(), answered.strip().casefold()
