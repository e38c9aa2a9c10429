"""What a counter's state looks like: pure, from a ``Counter`` to a ``Screen`` of ready sentences.

A screen has one thing to do. Everything that differs between languages is a sentence by now; everything
that differs between sizes and themes is left to the QML.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.settings import Settings
from terminal.receipt import plain
from terminal.visit.states import (
    ChoosingService,
    Counter,
    Failed,
    Finished,
    Identifying,
    Idle,
    Reading,
    Serving,
)
from terminal.visit.steps import (
    Certainty,
    Choose,
    Collect,
    Facts,
    LineView,
    Option,
    Present,
    ServiceSet,
    Submit,
    Text,
)

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class OptionView:
    """One thing to touch."""

    id: str
    label: str
    detail: str
    picture: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of a list; ``tone`` is how it ended."""

    title: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class Screen:
    """``kind`` names the QML screen: idle, busy, choose, present, basket, result, failed, stopped.

    ``tone`` is neutral, confirmed, accepted or refused. ``person`` is a masked name. ``receipt`` is the
    text of the receipt's QR code, or empty. ``code`` is the short code an error screen shows.
    """

    kind: str
    title: str
    detail: str = ""
    picture: str = ""
    tone: str = "neutral"
    largest: str = ""
    person: str = ""
    code: str = ""
    receipt: str = ""
    options: tuple[OptionView, ...] = ()
    rows: tuple[RowView, ...] = ()
    can_finish: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round every screen: signs, overlays, the way out."""

    counter_name: str
    terminal: str
    demonstration: bool
    online: bool
    reader_ready: bool
    easy_mode: bool
    language: str
    notice: str
    time_warning: bool
    staff_called: bool
    can_start_over: bool


def screen_of(counter: Counter, services: ServiceSet, say: Say) -> Screen:
    """The screen of this state."""
    if counter.out_of_service and isinstance(counter.stage, Idle):
        return _fault("stopped", counter.out_of_service, say)
    match counter.stage:
        case Idle():
            return idle(counter, services, say)
        case Reading(slow=slow):
            detail = say(Text("visit.reading.slow")) if slow else say(Text("visit.reading.detail"))
            return Screen("busy", say(Text("visit.reading")), detail, "card")
        case Identifying(slow=slow):
            detail = say(Text("visit.identifying.slow")) if slow else say(Text("visit.identifying.detail"))
            return Screen("busy", say(Text("visit.identifying")), detail, "person")
        case ChoosingService(facts=facts):
            options = tuple(
                OptionView(service.id, say(service.label), "", service.picture)
                for service in services.services
            )
            return Screen("choose", say(Text("visit.choose_service")), options=options, person=_person(facts))
        case Serving():
            return serving(counter.stage, say)
        case Finished():
            return result(counter.stage, say)
        case Failed(code=code):
            return _fault("failed", code, say)


def frame_of(counter: Counter, settings: Settings, say: Say) -> Frame:
    """What stands round the screen."""
    return Frame(
        counter_name=settings.counter_name,
        terminal=settings.terminal,
        demonstration=settings.demonstration,
        online=counter.online,
        reader_ready=not counter.reader_fault,
        easy_mode=counter.easy_mode,
        language=counter.language,
        notice=say(counter.notice) if counter.notice else "",
        time_warning=counter.time_warning,
        staff_called=counter.staff_called,
        can_start_over=not isinstance(counter.stage, Idle),
    )


def idle(counter: Counter, services: ServiceSet, say: Say) -> Screen:
    """Card and phone, both equally good; what can be begun without either stands below."""
    starts = tuple(_option(start, say) for service in services.services for start in service.starts)
    if counter.reader_fault:
        title, detail = Text("idle.phone_only"), Text(f"fault.{counter.reader_fault}")
    elif not counter.online:
        title, detail = Text("idle.card_only"), Text("idle.offline")
    else:
        title, detail = Text("idle.title"), Text("idle.detail")
    return Screen("idle", say(title), say(detail), options=starts)


def serving(stage: Serving, say: Say) -> Screen:
    person = _person(stage.facts)
    match stage.step:
        case Choose(question=question, options=options):
            views = tuple(_option(option, say) for option in options)
            return Screen("choose", say(question), options=views, person=person)
        case Present(sentence=sentence):
            return Screen("present", say(sentence), say(Text("idle.detail")), person=person)
        case Collect(sentence=sentence, lines=lines, remaining=remaining):
            rows = tuple(_row(line, say) for line in lines)
            left = "" if remaining is None else say(Text("visit.remaining", (("count", str(remaining)),)))
            return Screen(
                "basket", say(sentence), left, "scan", person=person, rows=rows, can_finish=bool(rows)
            )
        case Submit(sentence=sentence):
            detail = Text("visit.submitting.slow") if stage.slow else Text("visit.submitting.detail")
            return Screen("busy", say(sentence), say(detail), "cloud", person=person)


def result(stage: Finished, say: Say) -> Screen:
    ended = stage.result
    sentences = [say(part) for part in (ended.reason, ended.next_step) if part]
    return Screen(
        "result",
        say(ended.headline),
        detail="\n".join(sentences),
        picture={Certainty.CONFIRMED: "tick", Certainty.ACCEPTED: "clock"}.get(ended.certainty, "cross"),
        tone=ended.certainty.value,
        largest=say(ended.largest) if ended.largest else "",
        person=_person(stage.facts),
        rows=tuple(_row(line, say) for line in ended.lines),
        receipt=plain(stage.receipt, say) if stage.receipt else "",
        can_finish=True,
    )


def _fault(kind: str, code: str, say: Say) -> Screen:
    return Screen(
        kind,
        say(Text(f"fault.{code}")),
        say(Text(f"fault.{code}.next")),
        "cross",
        tone="refused",
        code=code,
    )


def _person(facts: Facts) -> str:
    return facts.holder.masked_name if facts.holder else ""


def _option(option: Option, say: Say) -> OptionView:
    detail = say(option.detail) if option.detail else ""
    return OptionView(option.id, say(option.label), detail, option.picture)


def _row(line: LineView, say: Say) -> RowView:
    return RowView(line.title, say(line.note), line.certainty.value)
