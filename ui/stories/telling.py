"""Telling stories one after another, each on a fresh counter."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.faults import Fault
from config.settings import ScreenSettings, load_profile
from drivers.virtual.vehicle import VirtualVehicle
from ui.demonstration import Demonstration
from ui.stories import s1, s2, s3, s4, s5, s6, s7, s8, s9, s10
from ui.stories.forks import FORKS
from ui.stories.stage import ListeningVoice, Stage, StoryFailed, Told
from ui.stories.story import Story

STORIES: Mapping[str, Story] = {
    "S1": Story(
        "Liu Zhiyong borrows a book with his phone, one with his card, and returns one", "library", s1.tell
    ),
    "S2": Story("Yang Ying withdraws housing fund onto her card", "government", s2.tell),
    "S3": Story("Liu Shunli collects his pension in the village", "village", s3.tell),
    "S4": Story("Li Xinhua, who cannot read, collects four subsidies with one PIN", "village", s4.tell),
    "S5": Story("Li Peijun activates his card's bank account", "bank", s5.tell),
    "S6": Story("a one-fen ride on a bus, in coverage and out of it", "bus", s6.tell),
    "S7": Story("a family registers two guests, and the register of guests is told", "hotel", s7.tell),
    "S8": Story("a trainee signs in and signs out with the electronic card", "hall", s8.tell),
    "S9": Story("a visitor is admitted once, refused the second time", "museum", s9.tell),
    "S10": Story("a patient registers, settles and gets money back", "hospital", s10.tell),
}

BUDGET_MS = 5_000
"""A machine busy with something else makes a story slow, and must not send it offline."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``failure`` is empty when the story passed; ``ready_ms`` is from start to the idle screen."""

    story: str
    failure: str
    ready_ms: float
    steps: tuple[Told, ...]

    @property
    def passed(self) -> bool:
        return not self.failure


def told_of(name: str) -> Story:
    """Raises ``KeyError``."""
    return {**STORIES, **FORKS}[name]


def tell(
    name: str,
    pictures: Path | None,
    size: tuple[int, int] = (1920, 1080),
    *,
    killing: bool = False,
    at: datetime | None = None,
    city: str = "",
    stage_of: type[Stage] = Stage,
) -> Outcome:
    """Tells one story; ``killing``: with the centre killed and started again before each of its steps;
    ``at``: the moment it begins at; ``city``: where, empty for the default one;
    ``stage_of``: a stage with other hands and eyes than a finger's. Needs an application."""
    story = told_of(name)
    settings = story.adapted(load_profile(story.profile, city))
    vehicle = VirtualVehicle(*story.begins_at) if story.begins_at else None
    if vehicle:
        position = settings.bus.model_copy(update={"position": vehicle.address})
        settings = settings.model_copy(update={"bus": position})
    small = settings.screen.width < size[0]
    size = (settings.screen.width, settings.screen.height) if small else size
    screen = ScreenSettings(width=size[0], height=size[1], full_screen=False)
    central = settings.central.model_copy(update={"budget_ms": BUDGET_MS})
    settings = settings.model_copy(update={"screen": screen, "central": central})
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="onecard-", ignore_cleanup_errors=True) as folder:
        try:
            voice = ListeningVoice()
            demonstration = Demonstration(settings, Path(folder), voice=voice, at=at)
        except Fault as fault:
            return Outcome(name, str(fault), 0, ())
        stage = stage_of(demonstration, name, pictures, voice, killing=killing, vehicle=vehicle)
        try:
            demonstration.start()
            stage.wait_until_ready()
            ready_ms = round((time.monotonic() - began) * 1000, 1)
            stage.wait_until("the centre answers", demonstration.centre_answers)
            story.tell(stage)
            failure = ""
        except (StoryFailed, Fault) as fault:
            ready_ms = 0.0
            failure = str(fault)
            stage.photograph("failed here")
        finally:
            demonstration.stop()
            if vehicle:
                vehicle.stop()
        return Outcome(name, failure, ready_ms, tuple(stage.told))
