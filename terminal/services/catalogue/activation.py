"""The card's bank account opened for use: agreement, the card's PIN, a new PIN sealed for the bank."""

from __future__ import annotations

from dataclasses import dataclass

from config.catalogue.entries import Activation
from drivers.central.contract import TrustLevel
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
        return Submit((self.draft("activate", agreed=True, sealed_pin=sealed),), text("activation.at_work"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Certainty.REFUSED or line.outcome is None:
            return refused(line)
        told = dict(line.outcome.data)
        return Finish(
            line.certainty,
            headline=text("activation.done"),
            largest=title_of(told),
            lines=account_line(told),
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


def account_line(told: Row) -> tuple[LineView, ...]:
    note = text("payout.account", ending=str(told.get("ending", "")))
    return (LineView(title_of(told), note, Certainty.CONFIRMED),)
