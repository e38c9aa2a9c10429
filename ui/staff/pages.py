"""The pages of staff as data: what a QML page needs, in ready sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from terminal.visit.steps import Text
from ui.presenter import OptionView

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class FactView:
    """A line of what is known: what it is, and its value."""

    label: str
    value: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class TabView:
    """A page one can go to; ``badge`` is a number that wants to be seen, or empty."""

    id: str
    label: str
    picture: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class StaffFrame:
    """Frame of every page. ``leaving_s``: seconds until a rest signs out, 0 while the pages are in use."""

    open: bool = False
    member: str = ""
    terminal: str = ""
    tabs: tuple[TabView, ...] = ()
    current: str = ""
    leaving_s: int = 0
    message: str = ""
    tone: str = "neutral"
    language: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class PlotView:
    """Bars over the hours of a day, each a part of the highest; ``marks`` stand over them, -1 for none.

    ``said`` is the whole plot in a sentence, for who cannot see it.
    """

    title: str
    total: str
    most: str
    bars: tuple[float, ...]
    marks: tuple[float, ...]
    labels: tuple[str, ...]
    said: str
    tone: str = "neutral"
    legend: str = ""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """``kind`` names the QML page: sign_in, inbox, today, item, reason, correct, copy, checks, camera,
    journal, day, house, inspection, machine, record.

    ``figures`` are the strip on top, ``facts`` the lines of one thing. ``count`` says how many rows there
    are; ``progress`` is a part of 1, below 0 where there is none. ``wait_s`` locks the sign-in.
    """

    kind: str
    title: str
    detail: str = ""
    next_step: str = ""
    tone: str = "neutral"
    figures: tuple[FactView, ...] = ()
    facts: tuple[FactView, ...] = ()
    options: tuple[OptionView, ...] = ()
    reasons: tuple[str, ...] = ()
    query: str = ""
    count: str = ""
    progress: float = -1.0
    busy: bool = False
    wait_s: int = 0
    code: str = ""
    receipt: str = ""
    plots: tuple[PlotView, ...] = ()


CLOSED = StaffFrame()
NOTHING = StaffPage("sign_in", "")
