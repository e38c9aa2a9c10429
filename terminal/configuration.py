"""The settings of this terminal as the centre published them, or as they were shipped.

A published configuration has the files of a profile: ``profile.toml`` is its settings, ``offline/*.toml`` its
services' offline policies; others (fares) are read by whom they concern. It takes effect at the next start,
so that nothing changes under a person who is being served.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import PurePosixPath

from config.settings import Settings, SettingsFault, parse_settings
from drivers.central.client import CentralClient
from drivers.central.configuration import Configuration, ConfigurationCopy, ConfigurationFault
from drivers.central.faults import CentralFault
from terminal.offline_policy import ActionPolicy, OfflinePolicies, load_policies, parse_policies
from terminal.periodic import Periodic

log = logging.getLogger(__name__)

PROFILE = "profile.toml"
OFFLINE = PurePosixPath("offline")
BUDGET_MS = 10_000


def check(configuration: Configuration) -> None:
    """Whether a terminal can work with it. Raises ``SettingsFault`` with the place of the mistake."""
    settings_in(configuration)
    policies_in(configuration)


def settings_in(configuration: Configuration) -> Settings:
    """The settings of the profile; the terminal's name in it means nothing, its identity says that.

    Raises ``SettingsFault``.
    """
    if PROFILE not in configuration.files:
        raise SettingsFault(f"{PROFILE} is missing")
    return parse_settings(configuration.files[PROFILE], PROFILE)


def policies_in(configuration: Configuration) -> OfflinePolicies:
    """The published offline policies over the shipped ones of its services. Raises ``SettingsFault``."""
    services = settings_in(configuration).services
    actions: dict[tuple[str, str], ActionPolicy] = dict(load_policies(services).actions)
    for name, content in configuration.files.items():
        path = PurePosixPath(name)
        if path.parent == OFFLINE:
            actions = {key: value for key, value in actions.items() if key[0] != path.stem}
            actions |= parse_policies(content, path.stem)
    return OfflinePolicies(actions)


class ConfigurationRefresh(Periodic):
    """Fetches what is published; ``newer`` hears of a version that is not the one this start began with."""

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
            log.info("settings %s version %d, from the next start on", said.name, said.version)
            self._newer(said)
