"""The moves a visit is made of. Each returns the next counter and the effects, and touches nothing."""

from __future__ import annotations

from dataclasses import replace

from domain.codes.code import CopyBarcode, ECardToken, RideCode, SignedECard
from domain.credential import (
    Credential,
    PersonalCredential,
    ProvedECard,
    ProvedRideCode,
    SocialSecurityCard,
    TUnionCard,
)
from domain.messages.contract import Holder, TrustLevel
from drivers.codes.code_seen import CodeSeen
from drivers.pcsc.events import CardArrived
from terminal.visit.effects import (
    AskCentre,
    CheckCode,
    CheckPin,
    Effect,
    ForgetPerson,
    Identify,
    PlaySound,
    ReadCard,
    Speak,
    StopTimer,
    SubmitDraft,
)
from terminal.visit.events import Event, PinChecked, StartOver
from terminal.visit.receipt import receipt_for
from terminal.visit.states import (
    Checking,
    ChoosingService,
    Counter,
    Failed,
    Finished,
    Identifying,
    Idle,
    Paper,
    Reading,
    Resume,
    Serving,
)
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    Collect,
    Draft,
    EnterPin,
    Facts,
    Finish,
    Line,
    Look,
    Person,
    Photograph,
    PinState,
    Present,
    Service,
    SetPin,
    ShowCode,
    Submit,
    Text,
    text,
)
from terminal.visit.timing import (
    FRESH_TIMERS,
    WATCH,
    WATCH_MS,
    Moved,
    as_found,
    patient,
    restart_rest,
    start_timer,
    without_timers,
)
from terminal.visit.world import World

SLOW_MS = 2_000
"""After this the screen says what it waits for."""

NOTICE_MS = 4_000
FAILED_MS = 8_000

SOUNDS = {Certainty.PARTLY: "accepted", Certainty.NEUTRAL: "soft"}
"""Sounds of results that have none of their own."""
RIDES = "bus"
"""The service for transport cards; they identify no person."""


def begin_reading(counter: Counter, reader: str, resume: Resume | None) -> Moved:
    timed, timer = start_timer(without_timers(counter), "slow", SLOW_MS)
    moved = replace(timed, stage=Reading(reader, resume=resume), card_in=reader, card_waiting="")
    return moved, (ReadCard(reader), PlaySound("seen"), StopTimer("rest"), timer)


def accept_card(
    counter: Counter, card: SocialSecurityCard | TUnionCard, resume: Resume | None, world: World
) -> Moved:
    if card.expiry_date and card.expiry_date < world.now.date():
        return fail(counter, "card.expired")
    if isinstance(card, TUnionCard):
        return accept_for_ride(counter, card, resume, world)
    if any(service.identify for service in world.services.services):
        return begin_identifying(counter, card, resume, world, sound=False)
    return go_on_known(
        counter, with_person(facts_of(resume, world, counter), resume, card, None), resume, world
    )


def accept_for_ride(counter: Counter, shown: TUnionCard, resume: Resume | None, world: World) -> Moved:
    """Straight to the bus: the centre is not asked whose it is."""
    service = world.services.get(RIDES)
    if service is None or (resume and resume.service != RIDES):
        return fail_or_go_back(counter, resume, "bus.rides_only", world)
    known = with_person(facts_of(resume, world, counter), resume, shown, None)
    return advance(counter, service, known, world)


def begin_checking(counter: Counter, code: SignedECard | RideCode, resume: Resume | None) -> Moved:
    timed, timer = start_timer(without_timers(counter), "slow", SLOW_MS)
    moved = replace(timed, stage=Checking(code, resume=resume))
    return moved, (CheckCode(code), PlaySound("seen"), StopTimer("rest"), timer)


def accept_code(
    counter: Counter, credential: ProvedECard | ProvedRideCode, resume: Resume | None, world: World
) -> Moved:
    """Ask the centre for the holder's data where possible; the code itself needs no centre."""
    if counter.online and any(service.identify for service in world.services.services):
        return begin_identifying(counter, credential, resume, world, sound=False)
    facts = with_person(facts_of(resume, world, counter), resume, credential, None)
    return go_on_known(counter, facts, resume, world)


def with_person(facts: Facts, resume: Resume | None, credential: Credential, holder: Holder | None) -> Facts:
    """Store the credential and identity in the session, as the visitor or as an additional person."""
    if resume and resume.another:
        return replace(facts, others=(*facts.others, Person(credential, holder)))
    return replace(facts, credential=credential, holder=holder, pin=PinState.NOT_ASKED)


def begin_identifying(
    counter: Counter,
    credential: PersonalCredential,
    resume: Resume | None,
    world: World,
    *,
    sound: bool = True,
) -> Moved:
    timed, timer = start_timer(without_timers(counter), "slow", SLOW_MS)
    asked = tuple(service.id for service in world.services.services if service.known_ahead)
    seen: tuple[Effect, ...] = (PlaySound("seen"),) if sound else ()
    moved = replace(timed, stage=Identifying(credential, resume=resume))
    return moved, (*seen, Identify(credential, asked), StopTimer("rest"), timer)


def go_on_known(counter: Counter, facts: Facts, resume: Resume | None, world: World) -> Moved:
    """The person is known as far as possible: go on where a service waited, else choose one."""
    offered = world.services.services
    wanted = world.services.get(resume.service) if resume else None
    if wanted is None and len(offered) == 1:
        wanted = offered[0]
    if wanted is not None:
        return advance(counter, wanted, facts, world)
    timed, timer = restart_rest(counter, world)
    return replace(timed, stage=ChoosingService(facts)), (StopTimer("slow"), timer)


def advance(counter: Counter, service: Service, facts: Facts, world: World) -> Moved:
    """Ask the service for its next step, submit what it drafts, and show where that leads."""
    online = counter.online and facts.online
    current = replace(facts, today=world.now.date(), now=world.now, online=online, clerk=counter.clerk)
    if current.credential is not None and not current.trust.reaches(service.needs):
        return fail(counter, "trust.too_low")
    wanted = service.step(current)
    submissions: tuple[Effect, ...] = ()
    if isinstance(wanted, Look):
        subject = current.holder.subject if current.holder else ""
        submissions = (AskCentre(wanted, subject),)
    if isinstance(wanted, Collect | Submit) and wanted.drafts:
        current, submissions = number_drafts(current, wanted.drafts, counter.clerk)
        wanted = service.step(current)
    if isinstance(wanted, Finish):
        moved, effects = show_result(counter, service, current, wanted, world)
        return moved, (*submissions, *effects)
    timed, timer = restart_rest(counter, world)
    if isinstance(wanted, Look | Submit):
        timed, timer = start_timer(without_timers(counter), "slow", SLOW_MS)
    if isinstance(wanted, ShowCode):
        timed, watch = start_timer(timed, WATCH, WATCH_MS)
        submissions = (*submissions, watch)
    asked: tuple[Effect, ...] = ()
    before = counter.stage.step if isinstance(counter.stage, Serving) else None
    if type(before) is not type(wanted):
        asked = tuple(map(Speak, spoken_at(wanted, easy=counter.easy_mode)))
    moved = replace(timed, stage=Serving(service.id, current, wanted), notice=None)
    stop = StopTimer("rest" if isinstance(wanted, Look | Submit) else "slow")
    return moved, (*submissions, stop, timer, *asked)


def spoken_at(
    step: Choose | Present | Ask | EnterPin | SetPin | Look | Photograph | ShowCode | Collect | Submit,
    *,
    easy: bool,
) -> tuple[Text, ...]:
    """Texts spoken when a step begins. In easy mode all texts of the screen, choices too."""
    match step:
        case Choose(question=question, options=options, lines=lines, largest=largest):
            total = (largest,) if largest else ()
            if not easy:
                return (question, *total)
            titles = tuple(line.title for line in lines if isinstance(line.title, Text))
            return (question, *titles, *total, *(option.label for option in options))
        case Ask(question=question):
            return (question,)
        case _:
            return (step.sentence,)


def number_drafts(facts: Facts, drafts: tuple[Draft, ...], clerk: str) -> tuple[Facts, tuple[Effect, ...]]:
    """Give drafts their line numbers in this visit and ask for their submission."""
    first = len(facts.lines)
    lines = tuple(Line(first + offset, draft) for offset, draft in enumerate(drafts))
    effects = tuple(replace(_submit(facts, line), clerk=clerk) for line in lines)
    return replace(facts, lines=(*facts.lines, *lines)), effects


def _submit(facts: Facts, line: Line) -> SubmitDraft:
    if not line.draft.with_credential:
        return SubmitDraft(line.number, line.draft, None, "", TrustLevel.NONE)
    credential, holder = facts.credential_of(line.draft.person)
    trust = facts.trust
    if line.draft.person:
        trust = holder.trust if holder else credential.trust if credential else TrustLevel.NONE
    return SubmitDraft(line.number, line.draft, credential, holder.subject if holder else "", trust)


def show_result(counter: Counter, service: Service, facts: Facts, result: Finish, world: World) -> Moved:
    receipt = None
    if result.receipt:
        receipt = receipt_for(facts, result, world.counter_name, world.terminal, world.now)
    timed, timer = start_timer(without_timers(counter), "result", patient(counter, world.limits.result_ms))
    paper = Paper.OFFERED if receipt and world.prints else Paper.NONE
    moved = replace(timed, stage=Finished(service.id, facts, result, receipt, paper))
    sentences = (result.headline, result.largest, result.reason, result.next_step)
    said = tuple(Speak(sentence) for sentence in sentences if sentence)
    stops = (StopTimer("slow"), StopTimer("rest"), StopTimer("warning"))
    return moved, (*stops, PlaySound(SOUNDS.get(result.certainty, result.certainty.value)), *said, timer)


def all_done(counter: Counter, service: Service, facts: Facts, world: World) -> Moved:
    if not facts.lines:
        return end_visit(counter)
    return advance(counter, service, replace(facts, finished=True), world)


def fail(counter: Counter, code: str) -> Moved:
    timed, timer = start_timer(without_timers(counter), "result", FAILED_MS)
    stops = (StopTimer("slow"), StopTimer("rest"), StopTimer("warning"))
    said = (PlaySound("refused"), Speak(text(f"fault.{code}")), Speak(text(f"fault.{code}.next")))
    return replace(timed, stage=Failed(code)), (*stops, *said, timer)


def fail_or_go_back(counter: Counter, resume: Resume | None, code: str, world: World) -> Moved:
    """Another person's failed card does not undo the facts collected so far."""
    service = world.services.get(resume.service) if resume else None
    if service is None or resume is None or not resume.another:
        return fail(counter, code)
    moved, effects = advance(counter, service, resume.facts, world)
    noticed, more = show_notice(moved, code)
    return noticed, (*effects, *more)


def check_pin(counter: Counter, stage: Serving, pin: str) -> Moved:
    """The PIN goes to the card that began the visit, which must still lie there."""
    card = stage.facts.credential
    if not isinstance(card, SocialSecurityCard):
        return show_notice(counter, "visit.card_for_pin")
    if not counter.any_card:
        return counter, (PlaySound("soft"),)
    checking = replace(stage, facts=replace(stage.facts, pin=PinState.CHECKING))
    reader = counter.any_card
    waiting = "" if counter.card_waiting == reader else counter.card_waiting
    asking = replace(counter, stage=checking, card_in=reader, card_waiting=waiting)
    return asking, (CheckPin(reader, card.identification_code, pin),)


def pin_checked(counter: Counter, stage: Serving, service: Service, event: PinChecked, world: World) -> Moved:
    """Right: on it goes. Wrong: again, while the card lets it. Blocked or another card: the end."""
    facts = replace(stage.facts, tries_left=event.tries_left)
    if not event.code:
        return advance(counter, service, replace(facts, pin=PinState.RIGHT), world)
    if event.code == "card.pin_wrong":
        moved, effects = advance(counter, service, replace(facts, pin=PinState.WRONG), world)
        return moved, (PlaySound("refused"), *effects)
    return fail(counter, event.code)


def end_visit(counter: Counter) -> Moved:
    """Back to idle. Nothing of the person stays; a card that came meanwhile is read at once."""
    fresh = replace(as_found(counter), stage=Idle(), timers=())
    stops = tuple(StopTimer(name) for name in (*FRESH_TIMERS, "notice"))
    effects: tuple[Effect, ...] = (*stops, ForgetPerson())
    if counter.card_waiting:
        moved, more = begin_reading(fresh, counter.card_waiting, None)
        return moved, (*effects, *more)
    return fresh, effects


def copy_at_idle(counter: Counter, barcode: str, world: World) -> Moved:
    service = next((one for one in world.services.services if one.takes_copies), None)
    if service is None:
        return show_notice(counter, "code.not_here")
    moved, effects = advance(
        counter, service, replace(facts_of(None, world, counter), items=(barcode,)), world
    )
    return moved, (PlaySound("seen"), *effects)


def copy_in_service(counter: Counter, service: Service, facts: Facts, barcode: str, world: World) -> Moved:
    if barcode in facts.items:
        return show_notice(counter, "code.already_listed")
    moved, effects = advance(counter, service, replace(facts, items=(*facts.items, barcode)), world)
    return moved, (PlaySound("seen"), *effects)


def start_without_card(counter: Counter, option: str, world: World) -> Moved:
    for service in world.services.services:
        if any(start.id == option for start in service.starts):
            return advance(counter, service, replace(facts_of(None, world, counter), chosen=(option,)), world)
    return counter, ()


def while_busy(counter: Counter, event: Event) -> Moved:
    """Somebody is being served: others are noticed, never mixed in."""
    match event:
        case StartOver():
            return end_visit(counter)
        case CardArrived(reader=reader) if counter.card_in == reader:
            return counter, ()
        case CardArrived(reader=reader):
            moved, effects = show_notice(counter, "visit.in_progress")
            return replace(moved, card_waiting=reader), effects
        case CodeSeen(repeated=False, code=ECardToken() | SignedECard() | RideCode()):
            return show_notice(counter, "visit.in_progress")
        case CodeSeen(repeated=False, code=CopyBarcode()):
            return show_notice(counter, "code.not_now")
        case _:
            return counter, ()


def card_gone(counter: Counter, reader: str) -> Moved:
    """A card was taken away. Where its PIN is being asked for, say at once that it is needed.

    What was said of the PIN before no longer holds.
    """
    left = replace(
        counter,
        card_in="" if counter.card_in == reader else counter.card_in,
        card_waiting="" if counter.card_waiting == reader else counter.card_waiting,
    )
    stage = left.stage
    if not isinstance(stage, Serving) or counter.card_missing or not left.card_missing:
        return left, ()
    facts = replace(stage.facts, pin=PinState.NOT_ASKED)
    told = (PlaySound("soft"), Speak(text("fault.visit.card_for_pin")))
    return replace(left, stage=replace(stage, facts=facts)), told


def show_notice(counter: Counter, code: str) -> Moved:
    """A soft sign that goes by itself and changes nothing else."""
    timed, timer = start_timer(counter, "notice", NOTICE_MS)
    return replace(timed, notice=text(f"fault.{code}")), (PlaySound("soft"), timer)


def facts_of(resume: Resume | None, world: World, counter: Counter) -> Facts:
    if resume:
        return replace(resume.facts, online=counter.online)
    return Facts(today=world.now.date(), online=counter.online, begun_at=world.now)
