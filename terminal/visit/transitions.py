"""The visit as one pure step: ``step(counter, event, world) -> (counter, effects)``.

No clock, no I/O, no randomness: the moment comes with the world. Each stage has its own function;
what holds in every stage (readers, link, language, help) is settled first in ``beside``.
"""

from __future__ import annotations

from dataclasses import replace

from domain.codes.code import CopyBarcode, ECardToken, RideCode, SignedECard, UnusableCode
from domain.credential import ECard
from drivers.codes.code_seen import CodeSeen
from drivers.codes.events import CameraChanged, ScannerChanged
from drivers.pcsc.events import CardArrived, CardGone, CardUnreadable, ReadersChanged, ReaderServiceChanged
from drivers.printers.events import NotPrinted, Printed
from terminal.visit import staff_call
from terminal.visit.effects import PlaySound, ReadCard, SealPin, Speak
from terminal.visit.events import (
    Answered,
    BusinessStopped,
    CardFailed,
    CardRead,
    CentralReach,
    Chosen,
    ClerkServes,
    CodeChecked,
    CodeRefused,
    Done,
    EasyModeToggled,
    Event,
    Identified,
    LanguageChanged,
    MoreTime,
    NotAnswered,
    NotIdentified,
    PinChecked,
    PinTyped,
    ReceiptWanted,
    SayAgain,
    StaffAnswered,
    StaffCalled,
    StartOver,
    Submitted,
    TimerFired,
    Typed,
    VolumeSet,
)
from terminal.visit.menu import BACK, SEARCHED, offer
from terminal.visit.moves import (
    accept_card,
    accept_code,
    advance,
    all_done,
    begin_checking,
    begin_identifying,
    begin_reading,
    card_gone,
    check_pin,
    copy_at_idle,
    copy_in_service,
    end_visit,
    facts_of,
    fail,
    fail_or_go_back,
    go_on_known,
    pin_checked,
    show_notice,
    start_without_card,
    while_busy,
    with_person,
)
from terminal.visit.paper import told_of_paper, want_receipt
from terminal.visit.photo_capture import photographing, told_of_picture
from terminal.visit.polling import look_again, watching
from terminal.visit.search import LONGEST
from terminal.visit.states import (
    LOUDEST,
    Checking,
    ChoosingService,
    Counter,
    Failed,
    Finished,
    Identifying,
    Idle,
    Reading,
    Resume,
    Serving,
)
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    EnterPin,
    Look,
    Photograph,
    PinState,
    Present,
    SetPin,
    ShowCode,
    text,
)
from terminal.visit.timing import Moved, as_found, listening, patient, start_timer, touched, touched_with
from terminal.visit.world import World


def step(counter: Counter, event: Event, world: World) -> Moved:
    """The next state of the counter and what is to be done; an event without meaning changes nothing."""
    after, effects = _step(counter, event, world)
    ended, more = staff_call.over(counter, after)
    return ended, (*effects, *more)


def _step(counter: Counter, event: Event, world: World) -> Moved:
    settled = beside(counter, event, world)
    if settled is not None:
        return settled
    match counter.stage:
        case Idle():
            return at_idle(counter, event, world)
        case Reading() as stage:
            return _reading(counter, stage, event, world)
        case Checking() as stage:
            return _checking(counter, stage, event, world)
        case Identifying() as stage:
            return _identifying(counter, stage, event, world)
        case ChoosingService() as stage:
            return _choosing_service(counter, stage, event, world)
        case Serving() as stage:
            return _serving(counter, stage, event, world)
        case Finished() as stage if isinstance(event, ReceiptWanted):
            return want_receipt(counter, stage)
        case Finished() as stage if isinstance(event, Printed | NotPrinted):
            return told_of_paper(counter, stage, event, world)
        case Finished() | Failed():
            return _over(counter, event, world)


def beside(counter: Counter, event: Event, world: World) -> Moved | None:
    """Events that mean the same in every stage; None when the stage must decide."""
    match event:
        case ReadersChanged(readers=readers):
            return replace(counter, readers=readers, reader_fault="" if readers else "reader.missing"), ()
        case ReaderServiceChanged(code=code):
            return replace(counter, reader_fault=code), ()
        case CameraChanged(code=code):
            return replace(counter, camera_fault=code), ()
        case ScannerChanged(code=code):
            return replace(counter, scanner_fault=code), ()
        case CentralReach(online=online):
            return replace(counter, online=online), ()
        case BusinessStopped(code=code):
            return replace(counter, out_of_service=code), ()
        case LanguageChanged(language=language):
            return touched(replace(counter, language=language), world)
        case EasyModeToggled():
            return touched(replace(counter, easy_mode=not counter.easy_mode), world)
        case ClerkServes(clerk=clerk):
            served = staff_call.ended(counter)
            return touched(replace(served, clerk=clerk), world)
        case StaffCalled():
            return staff_call.call(counter, world)
        case StaffAnswered(name=name):
            return staff_call.answered(counter, name, world)
        case TimerFired(name=staff_call.STAFF_CALL, serial=serial):
            running = dict(counter.timers).get(staff_call.STAFF_CALL) == serial
            return staff_call.unanswered(counter, world) if running else (counter, ())
        case SayAgain():
            return listening(counter, world)
        case VolumeSet(volume=volume):
            return listening(replace(counter, volume=min(max(volume, 0), LOUDEST)), world)
        case MoreTime():
            return touched(counter, world)
        case TimerFired():
            return look_again(counter, event) or timer_fired(counter, event, world)
        case CardGone(reader=reader):
            return card_gone(counter, reader)
        case _:
            return None


def at_idle(counter: Counter, event: Event, world: World) -> Moved:
    if counter.out_of_service:
        return counter, ()
    match event:
        case CardArrived(reader=reader):
            return begin_reading(counter, reader, None)
        case CardUnreadable(reader=reader, code=code):
            return fail(replace(counter, card_in=reader), code)
        case CodeSeen(repeated=True):
            return counter, (PlaySound("soft"),)
        case CodeSeen(code=ECardToken(untrusted_token=token)):
            return begin_identifying(counter, ECard(token), None, world)
        case CodeSeen(code=SignedECard() | RideCode() as code):
            return begin_checking(counter, code, None)
        case CodeSeen(code=CopyBarcode(barcode=barcode)):
            return copy_at_idle(counter, barcode, world)
        case CodeSeen(code=UnusableCode(code=code)):
            return show_notice(counter, code)
        case Chosen(option=option):
            return start_without_card(counter, option, world)
        case _:
            return counter, ()


def _reading(counter: Counter, stage: Reading, event: Event, world: World) -> Moved:
    match event:
        case CardRead(reader=stage.reader, card=card):
            return accept_card(counter, card, stage.resume, world)
        case CardFailed(reader=stage.reader, code=code):
            return fail_or_go_back(counter, stage.resume, code, world)
        # A reader can be held for seconds by another program: a phone does not wait for it.
        case CodeSeen(repeated=False, code=ECardToken(untrusted_token=token)):
            return begin_identifying(counter, ECard(token), stage.resume, world)
        case CodeSeen(repeated=False, code=SignedECard() | RideCode() as code):
            return begin_checking(counter, code, stage.resume)
        case CardArrived(reader=reader) if reader == stage.reader:
            return counter, (ReadCard(reader),)
        case CardArrived(reader=reader):
            return replace(counter, card_waiting=reader), ()
        case StartOver():
            return end_visit(counter)
        case _:
            return counter, ()


def _checking(counter: Counter, stage: Checking, event: Event, world: World) -> Moved:
    match event:
        case CodeChecked(code=stage.code, credential=credential):
            return accept_code(counter, credential, stage.resume, world)
        case CodeRefused(code=stage.code, reason=reason):
            return fail_or_go_back(counter, stage.resume, reason, world)
        case CardArrived(reader=reader):
            return replace(counter, card_waiting=reader), ()
        case StartOver():
            return end_visit(counter)
        case _:
            return counter, ()


def _identifying(counter: Counter, stage: Identifying, event: Event, world: World) -> Moved:
    match event:
        case Identified(holder=holder):
            facts = facts_of(stage.resume, world, counter)
            known = with_person(facts, stage.resume, stage.credential, holder)
            return go_on_known(counter, known, stage.resume, world)
        case NotIdentified(code=code) if not code.startswith("central."):
            return fail_or_go_back(counter, stage.resume, code, world)
        case NotIdentified():
            if isinstance(stage.credential, ECard):
                return fail_or_go_back(counter, stage.resume, "e_card.cannot_verify_now", world)
            facts = replace(facts_of(stage.resume, world, counter), online=False)
            known = with_person(facts, stage.resume, stage.credential, None)
            return go_on_known(counter, known, stage.resume, world)
        case CardArrived(reader=reader):
            return replace(counter, card_waiting=reader), ()
        case StartOver():
            return end_visit(counter)
        case _:
            return counter, ()


def _choosing_service(counter: Counter, stage: ChoosingService, event: Event, world: World) -> Moved:
    match event:
        case Chosen(option=option):
            return _chosen_service(counter, stage, option, world)
        case Typed(values=((name, typed),)) if name == SEARCHED and stage.typed is not None:
            return touched(replace(counter, stage=replace(stage, typed=typed[:LONGEST])), world)
        case _:
            return while_busy(counter, event)


def _chosen_service(counter: Counter, stage: ChoosingService, option: str, world: World) -> Moved:
    """A service, a group that opens, the next page, or the way back."""
    service = world.services.get(option)
    if service:
        return advance(counter, service, stage.facts, world)
    if stage.typed is not None:
        left = ChoosingService(stage.facts) if option == BACK else stage
        return touched(replace(counter, stage=left), world)
    offered = offer(world.services, stage.group, stage.page, easy=counter.easy_mode)
    if option not in {one.id for one in offered.options}:
        return counter, ()
    match option:
        case "offer.search":
            turned = ChoosingService(stage.facts, typed="")
        case "offer.more":
            turned = replace(stage, page=(stage.page + 1) % offered.pages)
        case "offer.back":
            turned = ChoosingService(stage.facts)
        case _:
            turned = ChoosingService(stage.facts, option)
    return touched(replace(counter, stage=turned), world)


def _serving(counter: Counter, stage: Serving, event: Event, world: World) -> Moved:
    service = world.services.get(stage.service)
    if service is None:
        return end_visit(counter)
    facts = stage.facts
    if isinstance(stage.step, Photograph):
        told = told_of_picture(counter, stage, stage.step, service, event, world)
        if told is not None:
            return told
    if isinstance(stage.step, ShowCode):
        seen = watching(counter, stage, stage.step, service, event, world)
        if seen is not None:
            return seen
    match event:
        case Chosen(option=option) if isinstance(stage.step, Photograph):
            return photographing(counter, stage, stage.step, service, option, world)
        case CodeSeen() if isinstance(stage.step, Photograph | ShowCode):
            return counter, ()
        case Chosen(option=option) if isinstance(stage.step, Choose | Present):
            if option not in {offered.id for offered in stage.step.options}:
                return counter, ()
            return advance(counter, service, replace(facts, chosen=(*facts.chosen, option)), world)
        case CardArrived(reader=reader) if isinstance(stage.step, Choose) and stage.step.lays:
            meant = stage.step.options[0].id
            laid = replace(counter, card_in=reader, card_waiting="")
            return advance(laid, service, replace(facts, chosen=(*facts.chosen, meant)), world)
        case CardArrived(reader=reader) if counter.card_missing:
            # Whose card it is the check of the PIN finds out, before the card is given the PIN
            return touched(replace(counter, card_in=reader), world)
        case PinTyped(pin=pin) if isinstance(stage.step, EnterPin) and facts.pin is not PinState.CHECKING:
            return check_pin(counter, stage, pin)
        case PinTyped(pin=pin) if isinstance(stage.step, SetPin):
            return counter, (SealPin(stage.step.field, stage.step.key, stage.step.account, pin),)
        case PinChecked():
            return pin_checked(counter, stage, service, event, world)
        case Answered(name=name, data=data) if isinstance(stage.step, Look) and stage.step.name == name:
            return advance(counter, service, replace(facts, answers=(*facts.answers, (name, data))), world)
        case NotAnswered(name=name, code=code) if isinstance(stage.step, Look) and stage.step.name == name:
            return fail(counter, "offline.not_allowed" if code.startswith("central.") else code)
        case Typed(values=values) if isinstance(stage.step, Ask | SetPin):
            return advance(counter, service, replace(facts, values=(*facts.values, *values)), world)
        case CodeSeen(repeated=True):
            return touched_with(counter, world, PlaySound("soft"))
        case CodeSeen(code=CopyBarcode(barcode=barcode)) if service.takes_copies:
            return copy_in_service(counter, service, facts, barcode, world)
        case CodeSeen(code=CopyBarcode(barcode=barcode)) if (
            isinstance(stage.step, Choose | Ask) and stage.step.scans
        ):
            return copy_in_service(counter, service, facts, barcode, world)
        case CodeSeen(code=UnusableCode(code=code)):
            return show_notice(counter, code)
        case Submitted(line=number, outcome=outcome):
            lines = tuple(
                replace(line, outcome=outcome) if line.number == number else line for line in facts.lines
            )
            moved, effects = advance(counter, service, replace(facts, lines=lines), world)
            sound = () if isinstance(moved.stage, Finished) else (PlaySound(outcome.certainty.value),)
            return moved, (*effects, *sound)
        case Done():
            return all_done(counter, service, facts, world)
        case StartOver() if any(line.certainty is Certainty.WAITING for line in facts.lines):
            return all_done(counter, service, facts, world)
    if isinstance(stage.step, Present):
        return _presenting(counter, event, Resume(stage.service, facts, stage.step.another), world)
    return while_busy(counter, event)


def _presenting(counter: Counter, event: Event, resume: Resume, world: World) -> Moved:
    """A service asked for a card or a code: both are equally good."""
    match event:
        case CardArrived(reader=reader):
            return begin_reading(counter, reader, resume)
        case CardUnreadable(code=code):
            return show_notice(counter, code)
        case CodeSeen(code=ECardToken(untrusted_token=token)):
            return begin_identifying(counter, ECard(token), resume, world)
        case CodeSeen(code=SignedECard() | RideCode() as code):
            return begin_checking(counter, code, resume)
        case _:
            return while_busy(counter, event)


def _over(counter: Counter, event: Event, world: World) -> Moved:
    """Finished or failed: the next person need not wait for the screen to go."""
    match event:
        case Done() | StartOver():
            return end_visit(counter)
        case CodeSeen(repeated=True):
            return counter, ()
        case CardArrived() | CardUnreadable() | CodeSeen():
            ended, effects = end_visit(replace(counter, card_waiting=""))
            moved, more = at_idle(ended, event, world)
            return moved, (*effects, *more)
        case _:
            return counter, ()


def timer_fired(counter: Counter, event: TimerFired, world: World) -> Moved:
    if (event.name, event.serial) not in counter.timers:
        return counter, ()
    running = tuple(timer for timer in counter.timers if timer[0] != event.name)
    rested = replace(counter, timers=running)
    match event.name, rested.stage:
        case "notice", _:
            return replace(rested, notice=None), ()
        case "slow", Reading() | Checking() | Identifying() | Serving():
            slow = replace(rested, stage=replace(rested.stage, slow=True))
            given_up, timer = start_timer(slow, "rest", patient(rested, world.limits.rest_ms))
            return given_up, (timer,)
        case "rest", Idle():
            return as_found(rested), ()
        case "rest", _:
            warned, timer = start_timer(rested, "warning", patient(rested, world.limits.warning_ms))
            warning = replace(warned, time_warning=True)
            return warning, (PlaySound("warning"), Speak(text("visit.more_time_question")), timer)
        case "warning", Serving(service=service_id, facts=facts) if facts.lines:
            service = world.services.get(service_id)
            return all_done(rested, service, facts, world) if service else end_visit(rested)
        case "warning" | "result", _:
            return end_visit(rested)
        case _:
            return rested, ()
