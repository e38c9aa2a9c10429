"""The forks of the stories: what else happens at the same counters, on the same screens."""

from __future__ import annotations

from collections.abc import Mapping

from ui.stories.forks import bus, card_office, clerk, codes, hotel, library
from ui.stories.story import Story

FORKS: Mapping[str, Story] = {
    **library.FORKS,
    **clerk.FORKS,
    **bus.FORKS,
    **codes.FORKS,
    **hotel.FORKS,
    **card_office.FORKS,
}
"""By the name of the story and of the fork: ``S6-cards``."""
