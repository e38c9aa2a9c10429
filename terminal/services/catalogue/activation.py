"""The card's bank account opened for use: agreement, the card's PIN, a new PIN sealed for the bank."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from config.catalogue.entries import Activation
from domain.messages.contract import TrustLevel
from terminal.services.catalogue.base import (
    NOTHING,
    CatalogueService,
    Row,
    chosen,
    refusal,
    refused,
    title_of,
)
from terminal.visit.steps import (
    Certainty,
    Choose,
    EnterPin,
    Facts,
    Finish,
    Line,
    LineView,
    Look,
    Option,
    SetPin,
    Step,
    Submit,
    Text,
    text,
)

AGREE = "activation.agree"
DECLINE = "activation.decline"
SEALED = "sealed-pin"


@dataclass(frozen=True, slots=True)
class ActivationService(CatalogueService[Activation]):
    def served(self, facts: Facts) -> Step:
        answer = facts.answer("account")
        if answer is None:
            return Look("account", self.entry.id)
        if reason := answer.get("refusal"):
            return refusal(str(reason))
        decided = chosen(facts, "activation.")
        if decided is None:
            return self._agreement(dict(answer))
        if decided == "decline":
            return refusal("activation.not_agreed")
        if facts.trust is not TrustLevel.HOLDER:
            return EnterPin(text("activation.card_pin"))
        sealed = facts.value(SEALED)
        if sealed is None:
            return SetPin(SEALED, text("activation.new_pin"), str(answer["key"]), str(answer["account"]))
        body: dict[str, JsonValue] = {"agreed": True, "sealed_pin": sealed}
        if (seconds := seconds_of(facts)) is not None:
            body["took_s"] = seconds
        return Submit((self.draft("activate", **body),), text("activation.at_work"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Certainty.REFUSED or line.outcome is None:
            return refused(line)
        told = dict(line.outcome.data)
        return Finish(
            line.certainty,
            headline=text("activation.done"),
            largest=title_of(told),
            lines=account_line(told),
            reason=clock(facts),
            next_step=text("activation.next"),
        )

    def _agreement(self, answer: Row) -> Choose:
        options = (
            Option(AGREE, text("activation.agree"), "tick"),
            Option(DECLINE, text("activation.decline"), "cross"),
        )
        rules = tuple(
            LineView(text(f"activation.rule.{number}"), NOTHING, Certainty.CONFIRMED) for number in (1, 2, 3)
        )
        return Choose(text("activation.question"), options, (*account_line(answer), *rules))


def seconds_of(facts: Facts) -> int | None:
    """Whole seconds since the card was laid down."""
    if facts.begun_at is None or facts.now is None:
        return None
    return max(0, round((facts.now - facts.begun_at).total_seconds()))


def clock(facts: Facts) -> Text | None:
    """How long it took, beside the five minutes the city promised."""
    seconds = seconds_of(facts)
    if seconds is None:
        return None
    return text("activation.took", minutes=str(seconds // 60), seconds=f"{seconds % 60:02d}")


def account_line(told: Row) -> tuple[LineView, ...]:
    note = text("payout.account", ending=str(told.get("ending", "")))
    return (LineView(title_of(told), note, Certainty.CONFIRMED),)
