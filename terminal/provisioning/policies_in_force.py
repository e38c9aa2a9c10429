"""The offline policies a running counter promises by, as its catalogue and its centre change them.

Both come from threads of their own, at any moment; the next business is promised by what came, also in the
middle of a visit.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from domain.messages.signed_documents import Configuration
from domain.offline_policy import OfflinePolicies
from domain.published_policies import laid_over, published_in
from domain.transaction_state import Standing

log = logging.getLogger(__name__)

Use = Callable[[OfflinePolicies], None]


class PoliciesInForce:
    """``shipped`` are those of the files and the catalogue, ``published`` what was in force at the start.

    Raises ``SettingsFault`` for a publication that cannot be followed.
    """

    def __init__(self, shipped: OfflinePolicies, published: Configuration | None) -> None:
        self._lock = threading.Lock()
        self._shipped = shipped
        self._published = published_in(published.files) if published else {}
        self._uses: list[Use] = []
        self._now = laid_over(self._shipped, self._published)

    @property
    def now(self) -> OfflinePolicies:
        return self._now

    def when_interrupted(self, service: str, action: str) -> Standing:
        return self._shipped.when_interrupted(service, action)

    def tell(self, use: Use) -> None:
        """Register ``use`` for every change, called on the thread of the change."""
        self._uses.append(use)

    def by_catalogue(self, shipped: OfflinePolicies) -> None:
        """A newer catalogue."""
        with self._lock:
            self._shipped = shipped
            self._renew()

    def by_centre(self, published: Configuration) -> None:
        """A newer publication, checked before it was kept."""
        with self._lock:
            self._published = published_in(published.files)
            log.info("offline policies of version %d: %s", published.version, ", ".join(self._published))
            self._renew()

    def _renew(self) -> None:
        self._now = laid_over(self._shipped, self._published)
        for use in self._uses:
            use(self._now)
