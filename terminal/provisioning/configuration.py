"""The settings of this terminal as the centre published them, or as they were shipped.

A published configuration has the files of a profile. ``profile.toml`` is its settings: they take effect at
the next start, so that nothing changes under a person who is being served. ``offline/*.toml`` are the limits
of what its services may promise without the centre: they count from the next business on.
"""

from __future__ import annotations

from collections.abc import Callable

from config.settings import Settings, SettingsFault, parse_settings
from domain.messages.signed_documents import Configuration
from domain.published_policies import check_published
from drivers.central.client import CentralClient
from drivers.central.configuration_copy import ConfigurationCopy
from drivers.central.fetching import published
from runtime.signed_copy import Sync

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


class ConfigurationRefresh(Sync[Configuration]):
    """Fetch published settings; ``newer`` gets a version that is not the one this start began with."""

    def __init__(
        self,
        copy: ConfigurationCopy,
        name: str,
        central: CentralClient,
        random: Callable[[], float],
        newer: Callable[[Configuration], None],
        every_s: float,
    ) -> None:
        fetch = published(central, name, BUDGET_MS)
        super().__init__("configuration", fetch, copy.stored, every_s, random, newer)
