"""What a story is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.settings import Settings
from ui.stories.stage import Stage


def as_shipped(settings: Settings) -> Settings:
    return settings


@dataclass(frozen=True, slots=True)
class Story:
    """``profile`` is the counter it is told at; ``adapted`` what this telling changes of its settings.
    ``begins_at``: line and stop of the vehicle it is told in, which then drives where the story wants."""

    title: str
    profile: str
    tell: Callable[[Stage], None]
    adapted: Callable[[Settings], Settings] = as_shipped
    begins_at: tuple[str, str] | None = None
