"""Menu for an identified person: a few big choices, however many services there are."""

from __future__ import annotations

from dataclasses import dataclass

from terminal.visit.steps import Option, ServiceSet, Text

MOST = 8
"""Choices on one screen."""
MOST_EASY = 4
MOST_UNSEARCHED = 16
"""A counter with more services than this can be searched by letters."""
MORE = "offer.more"
BACK = "offer.back"
SEARCH = "offer.search"
SEARCHED = "search"
"""The field that what is looked for is typed into."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One screen of choices. ``pages`` is how many screens there are of this group."""

    options: tuple[Option, ...]
    pages: int


def offer(services: ServiceSet, group: str, page: int, *, easy: bool) -> Offer:
    """Services without a group and the groups, or the services of one group; a page at a time."""
    everything = top_level(services) if not group else members(services, group)
    most = MOST_EASY if easy else MOST
    searched = not easy and len(services.services) > MOST_UNSEARCHED
    search = (Option(SEARCH, Text("visit.search"), "search"),) if searched and not group else ()
    if len(everything) + len(search) <= most:
        shown, pages = (*everything, *search), 1
    else:
        room = most - 1 - len(search)
        pages = -(-len(everything) // room)
        shown = everything[(page % pages) * room : (page % pages + 1) * room]
        shown = (*shown, *search, Option(MORE, Text("visit.more_choices"), "more"))
    if group:
        shown = (*shown, Option(BACK, Text("visit.back"), "back"))
    return Offer(shown, pages)


def top_level(services: ServiceSet) -> tuple[Option, ...]:
    """Groups stand where their first service stands; a group of one is that service itself."""
    shown: dict[str, Option] = {}
    for service in services.services:
        alone = service.group is None or len(members(services, service.group.id)) == 1
        if alone or service.group is None:
            shown[service.id] = services.option(service)
        else:
            shown.setdefault(service.group.id, service.group)
    return tuple(shown.values())


def members(services: ServiceSet, group: str) -> tuple[Option, ...]:
    return tuple(
        services.option(service)
        for service in services.services
        if service.group and service.group.id == group
    )
