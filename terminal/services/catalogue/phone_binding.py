"""The electronic card issued to a phone at the counter: a code is shown, a phone comes with it, the same four
digits on both screens, and the person says that it is theirs.

The code is made here and shown here; the centre knows its hash only.
"""

from __future__ import annotations

from pydantic import JsonValue

from config.catalogue.entries import CardManagement
from domain.messages.contract import TrustLevel
from terminal.services.catalogue.base import NOTHING, chosen, named, refusal, refused
from terminal.visit.steps import (
    Certainty,
    Choose,
    Draft,
    EnterPin,
    Facts,
    Finish,
    LineView,
    Look,
    Option,
    ShowCode,
    Step,
    Submit,
    both,
    text,
)

FRESH = "fresh-binding-code"
"""Answered by the terminal: ``code``, its ``hash``, and the ``address`` of the phones' page."""
BEGIN = "binding.begin"
ANSWER, SAME, OTHER = "binding.answer.", "same", "other"


def ordering(entry: CardManagement, facts: Facts) -> Step:
    """Until it is ordered: what it means, the PIN, a fresh code."""
    phone = facts.answer("phone")
    if phone is None:
        return Look("phone", entry.id)
    moves = phone.get("bound") is True
    if chosen(facts, BEGIN) is None:
        rule = (LineView(text("binding.one_phone"), NOTHING, Certainty.WAITING, "phone"),) if moves else ()
        begin = Option(BEGIN, text("binding.move" if moves else "binding.begin"), "phone")
        return Choose(text("binding.question.move" if moves else "binding.question"), (begin,), rule)
    if facts.trust is not TrustLevel.HOLDER:
        return EnterPin(text("binding.pin"))
    fresh = facts.answer(FRESH)
    if fresh is None:
        return Look(FRESH, entry.id, local=True)
    draft = Draft(entry.id, "issue", (("code_hash", fresh.get("hash")),))
    return Submit((draft,), text("catalogue.booking"))


def binding(entry: CardManagement, facts: Facts) -> Step:
    """Once it is ordered."""
    order, last = facts.lines[0], facts.lines[-1]
    if any(line.outcome is None for line in facts.lines):
        return Submit((), text("catalogue.booking"))
    if last.outcome is None or order.outcome is None or last.certainty is not Certainty.CONFIRMED:
        return refused(last)
    if last.draft.action == "bind":
        return _bound(entry)
    if last.draft.action == "refuse-phone":
        return refusal("binding.other_phone")
    if facts.finished:
        return _stopped()
    return _showing(entry, facts, order.outcome.transaction_id)


def _showing(entry: CardManagement, facts: Facts, order: str) -> Step:
    which: tuple[tuple[str, JsonValue], ...] = (("order", order),)
    stands = facts.answer("binding")
    if stands is not None and stands.get("order") == order:
        if reason := stands.get("refusal"):
            return refusal(str(reason))
        if digits := stands.get("digits"):
            answer = chosen(facts, ANSWER)
            if answer is None:
                return _compare(str(digits))
            action = "bind" if answer == SAME else "refuse-phone"
            return Submit((Draft(entry.id, action, which),), text("catalogue.booking"))
    fresh = facts.answer(FRESH) or {}
    content = f"{fresh.get('address')}#{order}.{fresh.get('code')}"
    return ShowCode(text("binding.scan"), content, Look("binding", entry.id, which))


def _compare(digits: str) -> Choose:
    options = (
        Option(ANSWER + SAME, text("binding.same"), "tick"),
        Option(ANSWER + OTHER, text("binding.other"), "cross"),
    )
    return Choose(text("binding.compare"), options, largest=both(digits, digits))


def _bound(entry: CardManagement) -> Finish:
    return Finish(
        Certainty.CONFIRMED,
        headline=text("binding.done"),
        largest=text("binding.card"),
        lines=(LineView(named(entry.name), NOTHING, Certainty.CONFIRMED, "phone"),),
        next_step=text("binding.done.next"),
    )


def _stopped() -> Finish:
    return Finish(
        Certainty.REFUSED,
        headline=text("catalogue.refused"),
        largest=None,
        reason=text("binding.stopped"),
        next_step=text("binding.stopped.next"),
    )
