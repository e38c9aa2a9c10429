"""A patron's account as a library's system lists it: loans with titles and due dates, holds, fines.

SIP2 lists barcodes or titles only; each copy is asked for its record (17), on several lines at a time and
from a cache of a few minutes, inside one time limit. A copy that was not reached in time is listed by its
barcode. """

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

from pydantic import JsonValue

from central.departments.sip2.aliases import Aliases
from central.departments.sip2.due_dates import read_due_date
from central.departments.sip2.faults import Sip2Fault
from central.departments.sip2.lookup import FINES, HOLDS, Lookup
from central.departments.sip2.messages import PatronInformationResponse
from central.departments.sip2.pool import Pool
from central.departments.sip2.steps import Terms

KEPT_S = 180.0
MOST_KEPT = 5_000
MOST_LISTED = 60
LINES = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Copy:
    """Record of a copy. ``due_date`` is the library's text."""

    title: str
    due_date: str


class CopyCache:
    """Records of copies for ``KEPT_S``. Any thread may ask; ``monotonic`` in seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._kept: OrderedDict[str, tuple[float, Copy]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, barcode: str) -> Copy | None:
        with self._lock:
            at, copy = self._kept.get(barcode, (0.0, None))
            return copy if copy and self._monotonic() - at < KEPT_S else None

    def put(self, barcode: str, copy: Copy) -> None:
        with self._lock:
            self._kept[barcode] = (self._monotonic(), copy)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def forget(self, barcode: str) -> None:
        with self._lock:
            self._kept.pop(barcode, None)


@dataclass(frozen=True, slots=True)
class Account:
    """Reads accounts within ``limit_ms`` each."""

    pool: Pool
    terms: Terms
    aliases: Aliases
    cache: CopyCache
    limit_ms: int
    now: Callable[[], datetime]

    def lists(self, number: str, patron: PatronInformationResponse) -> dict[str, JsonValue]:
        """``loan_list``, ``holds`` and ``fines`` of a patron whose record was just read."""
        ends = time.monotonic() + self.limit_ms / 1000
        loans = [each.strip() for each in patron.charged_items if each.strip()][:MOST_LISTED]
        fetch = SimpleQueue[Callable[[Lookup], None]]()
        found: dict[str, Copy] = {}
        texts: dict[str, list[str]] = {HOLDS: [], FINES: []}
        if patron.hold_items_count:
            fetch.put(lambda lookup: texts.update({HOLDS: list(lookup.patron(number, HOLDS)[0].hold_items)}))
        if patron.fine_items_count:
            fetch.put(lambda lookup: texts.update({FINES: list(lookup.patron(number, FINES)[0].fine_items)}))
        for barcode in loans if self.terms.lists_barcodes else ():
            if copy := self.cache.get(barcode):
                found[barcode] = copy
            else:
                fetch.put(lambda lookup, each=barcode: self._copy(lookup, each, found))  # type: ignore[misc]
        self._fetch(fetch, ends)
        return {
            "loan_list": [self._loan(each, found.get(each)) for each in loans],
            "holds": [{"title": each.strip()} for each in texts[HOLDS][:MOST_LISTED]],
            "fines": [{"title": each.strip()} for each in texts[FINES][:MOST_LISTED]],
        }

    def _fetch(self, fetch: SimpleQueue[Callable[[Lookup], None]], ends: float) -> None:
        size = min(LINES, fetch.qsize())
        if size:
            with ThreadPoolExecutor(size, thread_name_prefix="sip2 account") as threads:
                for _ in range(size):
                    threads.submit(self._work, fetch, ends)

    def _work(self, fetch: SimpleQueue[Callable[[Lookup], None]], ends: float) -> None:
        try:
            with self.pool.line() as line:
                while (left_ms := int((ends - time.monotonic()) * 1000)) > 0:
                    fetch.get_nowait()(Lookup(line, self.terms, self.aliases, self.now(), left_ms))
        except Empty:
            return
        except Sip2Fault as fault:
            log.info("an account is listed in part: %s", fault)

    def _copy(self, lookup: Lookup, barcode: str, found: dict[str, Copy]) -> None:
        item, _ = lookup.item(barcode)
        found[barcode] = Copy(item.title_identifier.strip(), item.due_date.strip())
        self.cache.put(barcode, found[barcode])

    def _loan(self, listed: str, copy: Copy | None) -> dict[str, JsonValue]:
        if copy is None:
            return {"barcode": listed} if self.terms.lists_barcodes else {"title": listed}
        loan: dict[str, JsonValue] = {"barcode": listed, "title": copy.title or listed}
        today = self.now().astimezone(self.terms.zone).date()
        if due := read_due_date(copy.due_date, self.terms.date_order, today):
            loan["due_date"] = due.day.isoformat()
            if due.guessed:
                loan["due_date_guessed"] = True
        return loan
