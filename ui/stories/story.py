"""Definition of a story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.settings import Settings
from ui.stories.stage import Stage


def as_shipped(settings: Settings) -> Settings:
    return settings


@dataclass(frozen=True, slots=True)
class Story:
    """``profile`` is its counter; ``adapted``: changes to the counter's settings.
    ``begins_at``: line and stop of its vehicle, which then drives where the story wants."""

    title: str
    profile: str
    tell: Callable[[Stage], None]
    adapted: Callable[[Settings], Settings] = as_shipped
    begins_at: tuple[str, str] | None = None
