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
from drivers.central.client import CentralClient
from drivers.central.configuration import (
    CATALOGUE_NAME,
    Configuration,
    ConfigurationCopy,
    ConfigurationFault,
)
from drivers.central.faults import CentralFault, Final
from terminal.offline_policy import OfflinePolicies, load_policies
from terminal.periodic import Periodic
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
        self._folder = data / FOLDER
        self._names = names
        self._authority = authority
        self._camera = camera

    def offer(self) -> Offer:
        """By the catalogue in force: the copy's, or the shipped one. Raises ``SettingsFault``."""
        try:
            said = self._kept()
        except ConfigurationFault as fault:
            log.warning("the kept catalogue is not used, the shipped one is: %s", fault)
            said = None
        return self._offered(said) if said else Offer(self._names, catalogue(), camera=self._camera)

    def fetch(self, central: CentralClient, known_tag: str) -> tuple[Offer | None, str]:
        """Offer of a newer catalogue, None where there is none, and the tag for the next request.

        Raises ``CentralFault``, ``ConfigurationFault``.
        """
        authority = self._authority()
        if authority is None:
            return None, known_tag
        answer = central.configuration(CATALOGUE_NAME, known_tag, BUDGET_MS)
        if answer is None:
            return None, known_tag
        document, tag = answer
        try:
            before = self._kept()
        except ConfigurationFault:
            self._file.unlink(missing_ok=True)
            before = None
        said = self._copy(authority).accept(document)
        return (None if said == before else self._offered(said)), tag

    def _offered(self, said: Configuration) -> Offer:
        return Offer(self._names, parse_catalogue(said.files), camera=self._camera)

    def _kept(self) -> Configuration | None:
        if not self._file.exists():
            return None
        authority = self._authority()
        if authority is None:
            raise ConfigurationFault("there is a copy and nobody to prove it by")
        return self._copy(authority).in_force()

    def _copy(self, authority: Certificate) -> ConfigurationCopy:
        def check(configuration: Configuration) -> None:
            self._offered(configuration)

        return ConfigurationCopy(self._folder, CATALOGUE_NAME, authority, check)

    @property
    def _file(self) -> Path:
        return self._folder / f"{CATALOGUE_NAME}.signed.json"


class CatalogueRefresh(Periodic):
    """Fetch the published catalogue; ``newer`` receives its offer. ``random`` gives 0 to 1."""

    def __init__(
        self,
        copy: CatalogueCopy,
        central: CentralClient,
        random: Callable[[], float],
        newer: Callable[[Offer], None],
        every_s: float = EVERY_S,
    ) -> None:
        super().__init__("catalogue", self.step)
        self._copy = copy
        self._central = central
        self._random = random
        self._newer = newer
        self._every_s = every_s
        self._tag = ""

    def step(self) -> float:
        """One round; gives the seconds until the next."""
        try:
            offer, self._tag = self._copy.fetch(self._central, self._tag)
        except Final:
            log.debug("no catalogue is published")
        except (CentralFault, ConfigurationFault) as fault:
            log.warning("the catalogue stays as it is: %s", fault)
        else:
            if offer is not None:
                log.info("a newer catalogue: %d services here", len(offer.services.services))
                self._newer(offer)
        return self._every_s * (0.5 + self._random())
