"""The settings of this terminal as the centre published them, or as they were shipped.

A published configuration has the files of a profile. ``profile.toml`` is its settings: they take effect at
the next start, so that nothing changes under a person who is being served. ``offline/*.toml`` are the limits
of what its services may promise without the centre: they count from the next business on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from config.settings import Settings, SettingsFault, parse_settings
from drivers.central.client import CentralClient
from drivers.central.configuration import Configuration, ConfigurationCopy, ConfigurationFault
from drivers.central.faults import CentralFault
from terminal.periodic import Periodic
from terminal.published_policies import check_published

log = logging.getLogger(__name__)

PROFILE = "profile.toml"
BUDGET_MS = 10_000


def check(configuration: Configuration) -> None:
    """Whether a terminal can work with it. Raises ``SettingsFault`` with the place of the mistake."""
    check_published(configuration.files, settings_in(configuration).services)


def settings_in(configuration: Configuration) -> Settings:
    """The settings of the profile; the terminal's name in it means nothing, its identity says that.

    Raises ``SettingsFault``.
    """
    if PROFILE not in configuration.files:
        raise SettingsFault(f"{PROFILE} is missing")
    return parse_settings(configuration.files[PROFILE], PROFILE)


class ConfigurationRefresh(Periodic):
    """Fetch published settings; ``newer`` receives a version other than the one this start began with."""

    def __init__(
        self,
        copy: ConfigurationCopy,
        name: str,
        central: CentralClient,
        random: Callable[[], float],
        newer: Callable[[Configuration], None],
        every_s: float,
    ) -> None:
        super().__init__("configuration", self.step)
        self._copy = copy
        self._name = name
        self._central = central
        self._random = random
        self._newer = newer
        self._every_s = every_s
        self._tag = ""

    def step(self) -> float:
        """One round; gives the seconds until the next."""
        try:
            self._fetch()
        except (CentralFault, ConfigurationFault) as fault:
            log.warning("the settings stay as they are: %s", fault)
        return self._every_s * (0.5 + self._random())

    def _fetch(self) -> None:
        answer = self._central.configuration(self._name, self._tag, BUDGET_MS)
        if answer is None:
            return
        document, tag = answer
        before = self._copy.in_force()
        said = self._copy.accept(document)
        self._tag = tag
        if said != before:
            log.info("settings %s version %d", said.name, said.version)
            self._newer(said)
