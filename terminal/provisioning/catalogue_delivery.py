"""The catalogue of services as the centre published it: verified, stored, offered at the next idle moment.

At a start without the centre the copy on this disk is in force. A copy that was tampered with is not used:
the terminal offers what it was shipped with until it has fetched the catalogue again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from cryptography.x509 import Certificate

from config.catalogue.loading import Catalogue, catalogue, parse_catalogue
from config.faults import Fault
from domain.messages.signed_documents import (
    CATALOGUE_NAME,
    Configuration,
    ConfigurationFault,
    RolledBack,
    document_in,
    opened,
)
from domain.offline_policy import OfflinePolicies, load_policies
from drivers.central.client import CentralClient
from drivers.central.fetching import published
from runtime.signed_copy import Accepted, ProofNotPossible, SignedCopy, Sync
from terminal.services.registry import services_of
from terminal.visit.steps import ServiceSet

log = logging.getLogger(__name__)

FOLDER = "catalogue"
BUDGET_MS = 10_000
EVERY_S = 60.0
Authority = Callable[[], Certificate | None]


class Offer:
    """Services of a counter by one catalogue, with the offline policy of each.

    Raises ``SettingsFault`` where its profile names a service this catalogue does not have.
    """

    def __init__(self, names: tuple[str, ...], known: Catalogue, *, camera: bool = True) -> None:
        self.services: ServiceSet = services_of(names, known, camera=camera)
        self.policies: OfflinePolicies = load_policies(
            tuple(service.id for service in self.services.services), known
        )


class CatalogueCopy:
    """The copy under ``data``. ``names`` are the services of this counter's profile; ``camera``: whether it
    has one."""

    def __init__(
        self, data: Path, names: tuple[str, ...], authority: Authority, *, camera: bool = True
    ) -> None:
        self._names = names
        self._authority = authority
        self._camera = camera
        file = data / FOLDER / f"{CATALOGUE_NAME}.signed.json"
        self._copy = SignedCopy(file, self._proved, lambda said: said.version, RolledBack, self._offered)

    def offer(self) -> Offer:
        """By the catalogue in force: the copy's, or the shipped one. Raises ``SettingsFault``."""
        try:
            said = self._copy.read()
        except Fault as fault:
            log.warning("the stored catalogue is not used, the shipped one is: %s", fault)
            said = None
        return self._offered(said) if said else Offer(self._names, catalogue(), camera=self._camera)

    def intact(self) -> bool:
        """Whether a good copy is stored; a damaged one is set aside. Raises ``OSError``."""
        return self._copy.intact()

    def accept(self, untrusted_content: bytes) -> Accepted[Offer]:
        """Store a newer catalogue, on disk when it returns. Raises ``Fault``, ``OSError``."""
        accepted = self._copy.accept(untrusted_content)
        return Accepted(self._offered(accepted.value), accepted.changed)

    def _offered(self, said: Configuration) -> Offer:
        return Offer(self._names, parse_catalogue(said.files), camera=self._camera)

    def _proved(self, untrusted_content: bytes) -> Configuration:
        authority = self._authority()
        if authority is None:
            raise ProofNotPossible("the authority of the centre is not known yet")
        said = opened(document_in(untrusted_content), Configuration, authority)
        if said.name != CATALOGUE_NAME:
            raise ConfigurationFault(f"meant for {said.name}")
        return said


class CatalogueRefresh(Sync[Offer]):
    """Fetch the published catalogue; ``newer`` gets what it offers. ``random`` gives 0 to 1."""

    def __init__(
        self,
        copy: CatalogueCopy,
        central: CentralClient,
        random: Callable[[], float],
        newer: Callable[[Offer], None],
        every_s: float = EVERY_S,
    ) -> None:
        fetch = published(central, CATALOGUE_NAME, BUDGET_MS)
        super().__init__("catalogue", fetch, copy, every_s, random, newer)
