"""View of a counter's state: pure, from a ``Counter`` to a ``Screen`` of ready sentences.

A screen has one thing to do. Everything that differs between languages is a sentence by now; everything
that differs between sizes and themes is left to the QML.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.fault_texts import fault_texts
from config.settings import Settings
from domain.credential import ProvedECard, SocialSecurityCard
from domain.messages.contract import TrustLevel
from terminal.visit.menu import SEARCHED, offer
from terminal.visit.photo_capture import AGAIN, KEEP, TAKE, WITHOUT
from terminal.visit.photo_capture import options as picture_options
from terminal.visit.receipt import plain, said_title
from terminal.visit.search import LONGEST, found
from terminal.visit.states import (
    USUAL_VOLUME,
    Checking,
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
    Ask,
    Certainty,
    Choose,
    Collect,
    EnterPin,
    Facts,
    LineView,
    Look,
    Option,
    Photograph,
    PinState,
    Present,
    ServiceSet,
    SetPin,
    ShowCode,
    Submit,
    Text,
)

Say = Callable[[Text], str]
PICTURES = {TAKE: "camera", KEEP: "tick", AGAIN: "renew", WITHOUT: "cross"}
"""The icons of what may be done with a picture."""

TRUST = {
    TrustLevel.READ: Text("trust.read"),
    TrustLevel.VERIFIED: Text("trust.verified"),
    TrustLevel.HOLDER: Text("trust.holder"),
}


RESULT_PICTURES = {
    Certainty.WAITING: "clock",
    Certainty.CONFIRMED: "tick",
    Certainty.ACCEPTED: "clock",
    Certainty.REFUSED: "cross",
    Certainty.PARTLY: "partly",
    Certainty.NEUTRAL: "nothing",
}
"""Sign of a result: never the colour alone."""


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
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """``kind`` names the QML screen: idle, busy, choose, search, present, form, pin, photograph, code,
    basket, result, failed, stopped.

    ``tone`` is neutral, confirmed, accepted or refused. ``person`` is a masked name. ``receipt`` is the
    text of the receipt's QR code, or empty. ``code`` is the short code an error screen shows. ``field``,
    ``keys``, ``longest`` and ``value`` say what may be typed; ``scrambled`` mixes the digits of a PIN pad,
    ``twice`` asks for a new PIN two times. ``paper`` says how a printed receipt stands (``Paper``).
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
    field: str = ""
    keys: str = ""
    longest: int = 0
    value: str = ""
    busy: bool = False
    twice: bool = False
    scrambled: bool = False
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Frame of every screen: signs, overlays, the way out. ``trust`` is a word for the trust in the
    credential, empty without a visit; ``proved``: it is more than read."""

    counter_name: str
    terminal: str
    demonstration: bool
    online: bool
    reader_ready: bool
    easy_mode: bool
    language: str
    notice: str
    time_warning: bool
    staff: str
    """What became of the call to the staff, a sentence; empty without a call."""
    can_start_over: bool
    trust: str = ""
    proved: bool = False
    volume: int = USUAL_VOLUME
    clerk: str = ""
    """Clerk of this visit, as a sentence."""
    phone_ready: bool = True
    staff_unanswered: bool = False


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
        case Identifying(slow=slow) | Checking(slow=slow):
            detail = say(Text("visit.identifying.slow")) if slow else say(Text("visit.identifying.detail"))
            return Screen("busy", say(Text("visit.identifying")), detail, "person")
        case ChoosingService(facts=facts, typed=str(typed)):
            return searching(facts, typed, services, say)
        case ChoosingService(facts=facts, group=group, page=page):
            offered = offer(services, group, page, easy=counter.easy_mode)
            options = tuple(_option(option, say) for option in offered.options)
            within = next(
                (each.group for each in services.services if each.group and each.group.id == group), None
            )
            title = within.label if within else Text("visit.choose_service")
            return Screen("choose", say(title), options=options, person=_person(facts))
        case Serving():
            return serving(counter.stage, say, card_missing=counter.card_missing)
        case Finished():
            return result(counter.stage, say)
        case Failed(code=code):
            return _fault("failed", code, say)


def searching(facts: Facts, typed: str, services: ServiceSet, say: Say) -> Screen:
    """Services that match the letters so far; a hint without letters, and without a match."""
    options = tuple(_option(option, say) for option in found(services, typed))
    hint = "" if options else say(Text("visit.search.none" if typed.strip() else "visit.search.hint"))
    return Screen(
        "search",
        say(Text("visit.search")),
        detail=hint,
        options=options,
        person=_person(facts),
        field=SEARCHED,
        keys="text",
        longest=LONGEST,
        value=typed,
    )


def frame_of(counter: Counter, settings: Settings, say: Say) -> Frame:
    """Frame of the screen."""
    facts = facts_of(counter)
    word = trust_word(facts) if facts else None
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
        staff=say(called) if (called := staff_text(counter)) else "",
        staff_unanswered=counter.staff_unanswered,
        can_start_over=not isinstance(counter.stage, Idle),
        trust=say(word) if word else "",
        proved=facts is not None and facts.trust.reaches(TrustLevel.VERIFIED),
        volume=counter.volume,
        clerk=say(Text("ui.clerk_serves", (("clerk", counter.clerk),))) if counter.clerk else "",
        phone_ready=not camera_is_blind(counter),
    )


def staff_text(counter: Counter) -> Text | None:
    """State of the call to the staff: "coming" only once a named person has answered."""
    if not counter.staff_called:
        return None
    if counter.staff_coming:
        return Text("ui.staff_coming", (("name", counter.staff_coming),))
    return Text("ui.staff_next_way" if counter.staff_unanswered else "ui.staff_calling")


def trust_word(facts: Facts) -> Text | None:
    """Word for the trust in a visit's credential. A card that could not be proved, by its own fault or the
    security module's, is not shown like one that is only read by the counter's settings."""
    card = facts.credential
    if facts.trust is TrustLevel.READ and isinstance(card, SocialSecurityCard) and card.proof_fault:
        return Text("trust.not_proved")
    return TRUST.get(facts.trust)


def facts_of(counter: Counter) -> Facts | None:
    """Facts of the present visit, once a person is known."""
    match counter.stage:
        case ChoosingService(facts=facts) | Serving(facts=facts) | Finished(facts=facts):
            return facts
        case _:
            return None


def idle(counter: Counter, services: ServiceSet, say: Say) -> Screen:
    """Card and phone, both equally good; what can be begun without either stands below."""
    starts = tuple(_option(start, say) for service in services.services for start in service.starts)
    blind = camera_is_blind(counter)
    if counter.reader_fault and blind:
        title, detail = Text("idle.staff_only"), Text(f"fault.{counter.reader_fault}")
    elif counter.reader_fault:
        title, detail = Text("idle.phone_only"), Text(f"fault.{counter.reader_fault}")
    elif blind:
        title, detail = Text("idle.card_only"), Text(f"fault.{counter.camera_fault}")
    elif not counter.online:
        title, detail = Text("idle.offline_title"), Text("idle.offline")
    else:
        title, detail = Text("idle.title"), Text("idle.detail")
    return Screen("idle", say(title), say(detail), options=starts)


def camera_is_blind(counter: Counter) -> bool:
    """Whether a phone would be shown in vain; a fault of less weight is for staff alone."""
    text = fault_texts().get(counter.camera_fault)
    return bool(counter.camera_fault) and (text is None or text.severity == "outage")


def serving(stage: Serving, say: Say, *, card_missing: bool) -> Screen:
    person = _person(stage.facts)
    match stage.step:
        case Choose(question=question, options=options, lines=lines, largest=largest):
            return Screen(
                "choose",
                say(question),
                options=tuple(_option(option, say) for option in options),
                rows=tuple(_row(line, say) for line in lines),
                largest=say(largest) if largest else "",
                person=person,
            )
        case Present(sentence=sentence, options=options, lines=lines):
            return Screen(
                "present",
                say(sentence),
                say(Text("idle.detail")),
                options=tuple(_option(option, say) for option in options),
                rows=tuple(_row(line, say) for line in lines),
                person=person,
            )
        case Ask():
            return _form(stage.step, person, say)
        case EnterPin():
            return _pin(stage.step, stage.facts, person, say, card_missing=card_missing)
        case SetPin(sentence=sentence):
            return Screen("pin", say(sentence), person=person, twice=True)
        case Photograph():
            return _photograph(stage.step, person, say)
        case ShowCode(sentence=sentence, content=content):
            detail = Text("binding.scan.detail")
            return Screen("code", say(sentence), say(detail), person=person, value=content)
        case Look(sentence=sentence):
            detail = Text("visit.submitting.slow") if stage.slow else Text("visit.looking.detail")
            return Screen("busy", say(sentence), say(detail), "cloud", person=person)
        case Collect(sentence=sentence, lines=lines, remaining=remaining):
            rows = tuple(_row(line, say) for line in lines)
            left = "" if remaining is None else say(Text("visit.remaining", (("count", str(remaining)),)))
            return Screen(
                "basket", say(sentence), left, "scan", person=person, rows=rows, can_finish=bool(rows)
            )
        case Submit(sentence=sentence):
            detail = Text("visit.submitting.slow") if stage.slow else Text("visit.submitting.detail")
            return Screen("busy", say(sentence), say(detail), "cloud", person=person)


def _photograph(step: Photograph, person: str, say: Say) -> Screen:
    """``picture`` names the picture that was taken, empty while the camera is live."""
    ids = picture_options(step)
    return Screen(
        "photograph",
        say(step.sentence),
        say(Text("photograph.readable" if step.shot else "photograph.lay")),
        f"shot/{step.paper}/{step.shot}" if step.shot else "",
        person=person,
        options=tuple(OptionView(id, say(Text(f"photograph.{id}")), "", PICTURES[id]) for id in ids),
    )


def _form(step: Ask, person: str, say: Say) -> Screen:
    return Screen(
        "form",
        say(step.question),
        detail=say(step.mistake) if step.mistake else "",
        person=person,
        field=step.field,
        keys=step.kind.value,
        longest=step.longest,
        value=step.suggestion,
    )


def _pin(step: EnterPin, facts: Facts, person: str, say: Say, *, card_missing: bool) -> Screen:
    """How many tries are left stands there only when the last one was wrong."""
    detail = ""
    if card_missing:
        detail = say(Text("fault.visit.card_for_pin"))
    elif facts.pin is PinState.WRONG:
        detail = say(Text("visit.pin_wrong", (("left", str(facts.tries_left or 0)),)))
    elif facts.pin is PinState.CHECKING:
        detail = say(Text("visit.pin_checking"))
    return Screen(
        "pin",
        say(step.sentence),
        detail=detail,
        largest=say(step.largest) if step.largest else "",
        person=person,
        busy=facts.pin is PinState.CHECKING,
    )


def result(stage: Finished, say: Say) -> Screen:
    ended = stage.result
    sentences = [say(part) for part in (ended.reason, ended.next_step, stage.paper_said) if part]
    return Screen(
        "result",
        say(ended.headline),
        detail="\n".join(sentences),
        picture=RESULT_PICTURES[ended.certainty],
        tone=ended.certainty.value,
        largest=say(ended.largest) if ended.largest else "",
        person=_person(stage.facts),
        rows=tuple(_row(line, say) for line in ended.lines),
        receipt=plain(stage.receipt, say) if stage.receipt else "",
        paper=stage.paper.value,
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
    if facts.holder:
        return facts.holder.masked_name
    return facts.credential.masked_name if isinstance(facts.credential, ProvedECard) else ""


def _option(option: Option, say: Say) -> OptionView:
    detail = say(option.detail) if option.detail else ""
    return OptionView(option.id, say(option.label), detail, option.picture)


def _row(line: LineView, say: Say) -> RowView:
    return RowView(said_title(line, say), say(line.note), line.certainty.value, line.picture)
