"""Which services there are. A counter's profile names the ones it offers; a new one is one more row here."""

from __future__ import annotations

from collections.abc import Callable

from config.settings import SettingsFault
from terminal.services.library import LibraryService
from terminal.visit.steps import Service, ServiceSet

SERVICES: dict[str, Callable[[], Service]] = {
    "library": LibraryService,
}


def services_of(names: tuple[str, ...]) -> ServiceSet:
    """The services a profile names, in its order. Raises ``SettingsFault`` for a name nobody knows."""
    unknown = [name for name in names if name not in SERVICES]
    if unknown:
        raise SettingsFault(
            f"services: unknown {', '.join(unknown)}; there are: {', '.join(sorted(SERVICES))}"
        )
    return ServiceSet(tuple(SERVICES[name]() for name in names))
