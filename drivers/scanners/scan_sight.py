"""Scans of hand scanners on their way to the visit: classified, with quiet times, broken ones with a sign."""

from __future__ import annotations

import hashlib
import time

from domain.codes.code import Code, UnusableCode
from drivers.codes.classify import classify
from drivers.codes.code_seen import CodeSeen
from drivers.codes.copies import ANY_COPY, CopyRules
from drivers.codes.events import ScannerChanged
from drivers.codes.quiet_time import QuietTime, Sight
from drivers.events import Post
from drivers.scanners.layouts import classify_typed

BROKEN = "scanner.broken_scan"
WRONG_LAYOUT = "scanner.wrong_layout"


class ScanSight:
    """Quiet times of one hand scanner, on whichever path its scans come. A scan is kept as a hash only.

    Posts ``CodeSeen``; ``ScannerChanged`` when a scanner begins or ends to type in a wrong layout.
    """

    def __init__(self, quiet_ms: float, post: Post, copies: CopyRules = ANY_COPY) -> None:
        self._quiet = QuietTime(quiet_ms)
        self._copies = copies
        self._post = post
        self._layout = ""

    def scanned(self, untrusted: bytes) -> None:
        """A scan as bytes, from a serial line or a grabbed device."""
        text = untrusted.decode("utf-8", "replace")
        self._seen(classify("", text, untrusted, self._copies), untrusted)

    def typed(self, untrusted: str) -> None:
        """A scan as keys, in any keyboard layout."""
        code, layout = classify_typed(untrusted, self._copies)
        if bool(layout) != bool(self._layout):
            self._post(ScannerChanged(time.monotonic() * 1000, WRONG_LAYOUT if layout else ""))
        self._layout = layout
        self._seen(code, untrusted.encode("utf-8", "replace"))

    def broken(self) -> None:
        """A scan that was cut off and discarded: the person sees it and scans again."""
        self._post(CodeSeen(time.monotonic() * 1000, "scanner", "", UnusableCode(BROKEN)))

    def _seen(self, code: Code, untrusted: bytes) -> None:
        """A hand scanner is triggered by hand: each scan is a presentation."""
        at_ms = time.monotonic() * 1000
        sight = self._quiet.look(hashlib.sha256(untrusted).digest(), at_ms)
        self._post(CodeSeen(at_ms, "scanner", "", code, sight is not Sight.NEW))
