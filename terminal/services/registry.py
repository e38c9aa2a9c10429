"""Which services there are. A counter's profile names the ones it offers.

Services with a module of their own have a row here; those of the catalogue are named by their id, or all
of a kind of counter at once: ``catalogue:village``.
"""

from __future__ import annotations

from collections.abc import Callable

from config.catalogue.loading import AT_COUNTER, Catalogue, catalogue
from config.settings import SettingsFault
from terminal.services.bus import BusService
from terminal.services.catalogue.application import ApplicationService
from terminal.services.catalogue.kinds import service_for, services_at
from terminal.services.hotel import HotelService
from terminal.services.library import LibraryService
from terminal.visit.steps import Service, ServiceSet, Text

SERVICES: dict[str, Callable[[], Service]] = {
    "bus": BusService,
    "library": LibraryService,
    "hotel": HotelService,
}


def services_of(names: tuple[str, ...], known: Catalogue | None = None, *, camera: bool = True) -> ServiceSet:
    """Services named by a profile, in its order; ``camera``: whether this counter has one. Raises
    ``SettingsFault`` for an unknown name.
    """
    known = known or catalogue()
    offered: list[Service] = []
    for name in names:
        if name in SERVICES:
            offered.append(SERVICES[name]())
        elif name in known.services:
            offered.append(service_for(known.services[name], known, camera=camera))
        elif name.startswith(AT_COUNTER) and (
            at := services_at(name.removeprefix(AT_COUNTER), known, camera=camera)
        ):
            offered += at
        else:
            there = ", ".join(sorted(SERVICES))
            raise SettingsFault(f"services: unknown {name}; there are: {there}, and those of the catalogue")
    lacking = [each for each in offered if isinstance(each, ApplicationService) and each.lacks_camera]
    cautions = tuple((each.id, Text("application.no_camera")) for each in lacking)
    return ServiceSet(tuple(offered), cautions)
