"""A patient at the hospital's counter: a clinic and its number, a bill in its parts, money back."""

from __future__ import annotations

from dataclasses import dataclass

from config.catalogue.entries import Medical
from domain.messages.contract import TrustLevel
from domain.money import yuan
from terminal.services.catalogue.base import (
    CatalogueService,
    Row,
    chosen,
    named,
    refusal,
    refused,
    rows,
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
    Step,
    Submit,
    text,
)

AGREE = "medical.agree"


@dataclass(frozen=True, slots=True)
class MedicalService(CatalogueService[Medical]):
    def served(self, facts: Facts) -> Step:
        if self.entry.step == "register":
            return self._register(facts)
        question = "open" if self.entry.step == "settle" else "settled"
        answer = facts.answer(question)
        if answer is None:
            return Look(question, self.entry.id)
        found = rows(answer)
        if not found:
            return refusal("medical.no_such_bill")
        row = found[0]
        amount = int(row["own_fen"])
        total = text("money", amount=yuan(amount))
        if chosen(facts, AGREE) is None:
            option = Option(AGREE, text(f"medical.agree.{self.entry.step}"), "money")
            return Choose(text(f"medical.question.{self.entry.step}"), (option,), split_lines(row), total)
        if TrustLevel(self.entry.trust) is TrustLevel.HOLDER and facts.trust is not TrustLevel.HOLDER:
            return EnterPin(text("payment.pin"), split_lines(row), total)
        draft = self.draft(self.entry.step, bill=int(row["bill"]), amount_fen=amount)
        return Submit((draft,), text("catalogue.booking"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        outcome = line.outcome
        if line.certainty is Certainty.REFUSED or outcome is None:
            return refused(line)
        told = dict(outcome.data)
        if self.entry.step == "register":
            return Finish(
                line.certainty,
                headline=title_of(told),
                largest=text("medical.number", number=str(told.get("number"))),
                next_step=text("medical.wait"),
            )
        return Finish(
            line.certainty,
            headline=text(f"medical.done.{self.entry.step}"),
            largest=text("money", amount=yuan(int(str(told.get("own_fen"))))),
            lines=split_lines(told),
            next_step=self.what_next(line),
        )

    def _register(self, facts: Facts) -> Step:
        clinic = chosen(facts, "clinic:")
        if clinic is None:
            options = tuple(
                Option(f"clinic:{each.en}", named(each), "medical") for each in self.entry.clinics
            )
            return Choose(text("medical.which_clinic"), options)
        return Submit((self.draft("register", clinic=clinic),), text("catalogue.booking"))


def split_lines(row: Row) -> tuple[LineView, ...]:
    """The bill, what insurance pays of it and what is left to the patient."""

    def part(id: str, fen: object) -> LineView:
        note = text("catalogue.amount", amount=yuan(int(str(fen))), period="")
        return LineView(text(f"medical.part.{id}"), note, Certainty.CONFIRMED)

    return (
        part("total", row["total_fen"]),
        part("insured", row["insured_fen"]),
        part("own", row["own_fen"]),
    )
