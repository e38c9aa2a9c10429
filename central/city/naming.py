"""How services and departments are called on the city's pages and in its files.

``known`` is the catalogue in force at the centre; without it names are those of the shipped one.
"""

from __future__ import annotations

from config.catalogue.entries import Name
from config.catalogue.loading import Catalogue, catalogue

OWN_SERVICES = {
    "library": ("culture", Name(zh="图书借还", en="Library")),
    "hotel": ("public-security", Name(zh="旅馆登记", en="Hotel registration")),
    "bus": ("transport", Name(zh="公交乘车", en="Bus rides")),
}
"""Services with a module of their own: which department they belong to."""
OWN_DEPARTMENTS = {"public-security": Name(zh="公安", en="Public security")}
NOWHERE = Name(zh="未登记地点", en="Place not registered")


def service_name(service: str, known: Catalogue | None = None) -> Name:
    """Of a service no longer in the catalogue, its id: it was counted, so it is shown."""
    if service in OWN_SERVICES:
        return OWN_SERVICES[service][1]
    found = (known or catalogue()).services.get(service)
    return found.name if found else Name(zh=service[:40] or "—", en=service or "—")


def department_of(service: str, known: Catalogue | None = None) -> str:
    """Department of a service; empty for a service of no department."""
    if service in OWN_SERVICES:
        return OWN_SERVICES[service][0]
    return (known or catalogue()).department_of.get(service, "")


def departments(known: Catalogue | None = None) -> dict[str, Name]:
    """Every department by id."""
    return {id: each.name for id, each in (known or catalogue()).departments.items()} | OWN_DEPARTMENTS


def services_of(department: str, known: Catalogue | None = None) -> tuple[str, ...]:
    everything = (*OWN_SERVICES, *(known or catalogue()).services)
    return tuple(service for service in everything if department_of(service, known) == department)


def subsidy_name(subsidy: str, known: Catalogue | None = None) -> Name:
    found = (known or catalogue()).subsidies.get(subsidy)
    return found.name if found else Name(zh=subsidy[:40] or "其他补贴", en=subsidy or "Other subsidies")
