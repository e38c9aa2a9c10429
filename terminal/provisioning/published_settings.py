"""The settings in force: those the centre published where they work, else the last that did, else the shipped
ones.

    fetched ─▶ proved, checked ─▶ on disk ─▶ next start ─▶ in service for 20 s ─▶ kept as the last good one
                    └ refused: nothing changes     └ not in service twice ─▶ the last good one is used
"""

from __future__ import annotations

import logging
from pathlib import Path

from config.settings import Settings
from domain.messages.signed_documents import Configuration, ConfigurationFault
from drivers.central.client import CentralClient
from drivers.central.configuration_copy import ConfigurationCopy
from drivers.central.fetching import published
from runtime.whole_file import read_private, write_whole
from terminal.provisioning.access import CentralAccess
from terminal.provisioning.adoption import Adoption, Use, choice, decode, encode, reached_service, started
from terminal.provisioning.configuration import BUDGET_MS, check, settings_in

log = logging.getLogger(__name__)

FOLDER = "configuration"
RECORD = "adoption.json"


def published_as(settings: Settings) -> str:
    """The name a terminal's settings are published under: its own in small letters."""
    return settings.terminal.lower()


class PublishedSettings:
    """The published settings below ``data``; None of them without an enrolled terminal. Used on one
    thread."""

    def __init__(self, settings: Settings, data: Path, access: CentralAccess) -> None:
        self._shipped = settings
        self._folder = data / FOLDER
        self._identity = access.identity
        self._name = published_as(settings)
        self._used: tuple[Configuration, bytes] | None = None
        if self._identity:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def in_force(self) -> Configuration | None:
        """The chosen version. Raises ``ConfigurationFault`` for a copy that was tampered with."""
        newest = self.newest.in_force() if self._identity else None
        if newest is None:
            return None
        if choice(self.record, newest.version) is Use.NEWEST:
            return newest
        try:
            good = self._last_good.in_force()
        except ConfigurationFault as fault:
            log.warning("the last good settings are not used: %s", fault)
            good = None
        used = f"version {good.version}" if good else "the shipped ones"
        log.warning("settings version %d did not reach service: %s are used", newest.version, used)
        return good

    @property
    def newest(self) -> ConfigurationCopy:
        return self._copy(self._name)

    @property
    def _last_good(self) -> ConfigurationCopy:
        return self._copy(self._name, "good")

    def _copy(self, name: str, kept: str = "") -> ConfigurationCopy:
        assert self._identity is not None  # noqa: S101 (asked before)
        folder = self._folder / kept if kept else self._folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ConfigurationCopy(folder, name, self._identity.authority, check)

    @property
    def record(self) -> Adoption:
        try:
            return decode(read_private(self._folder / RECORD)[0])
        except OSError:
            return Adoption()

    def start(self) -> Settings:
        """The settings of this start, counted before they are used. Names of machine and centre stay its own.

        Raises ``ConfigurationFault``, ``OSError``.
        """
        if self._identity and (newest := self.newest.in_force()):
            write_whole(self._folder / RECORD, encode(started(self.record, newest.version)), 0o600)
        said = self.in_force
        if said is None:
            return self._shipped
        copy = self.newest if choice(self.record, said.version) is Use.NEWEST else self._last_good
        self._used = said, copy.stored.file.read_bytes()
        own = {"terminal": self._shipped.terminal, "central": self._shipped.central}
        return settings_in(said).model_copy(update=own)

    def in_service(self) -> None:
        """Keep the version of this start as the last good one. Raises ``OSError``."""
        if self._used and self.record.good != self._used[0].version:
            said, document = self._used
            write_whole(self._last_good.stored.file, document, 0o600)
            write_whole(self._folder / RECORD, encode(reached_service(self.record, said.version)), 0o600)

    def fetch(self, client: CentralClient) -> bool:
        """Fetch a newer version once, also while the terminal is out of service; True when there was one.

        Raises ``CentralFault``, ``ConfigurationFault``, ``OSError``.
        """
        if not self._identity:
            return False
        answer = published(client, self._name, BUDGET_MS)("")
        return answer is not None and self.newest.stored.accept(answer[0]).changed
