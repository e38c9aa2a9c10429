"""Scopes: the signed list of services that a terminal may do, carried by its certificate.

A profile bounds the list: the settings published for the terminal, or a shipped profile.
``catalogue:village`` stands for all services of one kind of counter, as in a profile, so that a newer
catalogue needs no new certificate.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography import x509
from sqlalchemy import Connection

from central.departments.published import CatalogueInForce
from central.fleet import configurations
from central.fleet.refusals import NothingPublished, ProfileUnknown
from config.catalogue.loading import Catalogue
from config.settings import SettingsFault, load_profile, parse_settings, shipped_profiles
from domain.messages.signed_documents import Configuration

SERVICE_URN = "urn:onecard:service:"
"""Before the name of a service, as a URI in the alternative names of a terminal's certificate."""
COUNTER = "catalogue:"
NOTHING = "none"
"""The list of a terminal that may do nothing; a certificate without any list is older than the lists."""
PROFILE_FILE = "profile.toml"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scope:
    """``names``: None for a certificate older than the lists, which is good for nothing that needs a PIN."""

    names: frozenset[str] | None

    def holds(self, service: str, catalogue: Catalogue) -> bool:
        entry = catalogue.services.get(service)
        if self.names is None:
            return entry is None or entry.trust != "holder"
        if service in self.names:
            return True
        return entry is not None and any(COUNTER + kind in self.names for kind in entry.counters)


EVERYTHING = Scope(frozenset())
"""Compared by identity: the one terminal of a centre on loopback, which runs both."""


class Scopes:
    """Whether a scope holds a service, by the catalogue in force."""

    def __init__(self, known: CatalogueInForce) -> None:
        self._known = known

    def hold(self, scope: Scope, service: str) -> bool:
        return scope is EVERYTHING or scope.holds(service, self._known())


def bounded(wanted: Iterable[str], profile: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Of the services wanted those that the profile has; all of the profile where none are named."""
    allowed = tuple(dict.fromkeys(profile))
    names = tuple(dict.fromkeys(wanted)) or allowed
    bound = Scope(frozenset(allowed))
    return tuple(name for name in names if name in allowed or bound.holds(name, catalogue))


def profile_services(
    connection: Connection, terminal: str, profile: str, wanted: Sequence[str], catalogue: Catalogue
) -> tuple[str, ...]:
    """What bounds the terminal: the settings published under its name, else the shipped ``profile``, else
    (no ``profile`` named) the first shipped one that has everything ``wanted``.

    Raises ``ProfileUnknown``.
    """
    try:
        document = configurations.newest(connection, terminal.lower())
        files: Mapping[str, str] = Configuration.model_validate_json(document.content).files
        return parse_settings(files.get(PROFILE_FILE, ""), PROFILE_FILE).services
    except NothingPublished:
        pass
    except SettingsFault as fault:
        raise ProfileUnknown(str(fault)) from fault
    if not profile:
        for name in shipped_profiles():
            services = load_profile(name).services
            if wanted and set(bounded(wanted, services, catalogue)) == set(wanted):
                return services
    if profile not in shipped_profiles():
        raise ProfileUnknown(profile or terminal)
    try:
        return load_profile(profile).services
    except SettingsFault as fault:
        raise ProfileUnknown(str(fault)) from fault


def service_names(services: Iterable[str]) -> list[x509.GeneralName]:
    """The list as a certificate carries it."""
    return [x509.UniformResourceIdentifier(SERVICE_URN + each) for each in tuple(services) or (NOTHING,)]


def scope_of(uris: Iterable[str]) -> Scope:
    """The scope of a certificate, by the URIs of its alternative names."""
    names = frozenset(uri.removeprefix(SERVICE_URN) for uri in uris if uri.startswith(SERVICE_URN))
    return Scope(names or None)
