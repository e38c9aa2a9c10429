"""A book whose label was seen, as a hand turns it before the camera: its other codes are no scans. Pure but
for its memory."""

from __future__ import annotations

from collections.abc import Hashable

from domain.codes.code import Code, CopyBarcode, UnusableCode

TURN_MS = 2_000.0
"""Turning a book from its label to its back takes less; what comes later was shown on purpose."""
ISBN = "code.isbn"
PRINTED_ON_BOOKS = frozenset((ISBN, "code.url", "code.unknown", "code.not_a_copy"))
"""The number of the edition, the publisher's page, a bookseller's price."""


class BookInView:
    """Says of each code whether it is only another side of the copy just seen.

    The view lasts while its codes come, each within ``TURN_MS`` of the last. A copy has one ISBN: a second
    one is another book, and its person is shown where the label is."""

    def __init__(self) -> None:
        self._seen_ms = float("-inf")
        self._isbn: Hashable = None

    def covers(self, code: Code, content: Hashable, at_ms: float) -> bool:
        """True for what is printed on the book in view; ``content`` tells one ISBN from another."""
        if isinstance(code, CopyBarcode):
            self._seen_ms, self._isbn = at_ms, None
            return False
        if not isinstance(code, UnusableCode) or code.code not in PRINTED_ON_BOOKS:
            return False
        if not 0 <= at_ms - self._seen_ms < TURN_MS:
            return False
        if code.code == ISBN:
            if self._isbn not in (None, content):
                return False
            self._isbn = content
        self._seen_ms = at_ms
        return True
