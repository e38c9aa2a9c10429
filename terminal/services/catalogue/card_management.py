"""Card management: report lost, unlock, issue an electronic card."""

from __future__ import annotations

from dataclasses import dataclass

from config.catalogue.entries import CardManagement
from terminal.services.catalogue.base import CatalogueService, Row, chosen, refusal, refused, rows, title_of
from terminal.services.catalogue.lost_for_another import (
    lost_cards,
    lost_for_another,
    replaced_for_another,
    whose,
)
from terminal.services.catalogue.phone_binding import binding, ordering
from terminal.services.catalogue.replacing import replacing
from terminal.visit.steps import (
    Certainty,
    Choose,
    Facts,
    Finish,
    Line,
    Look,
    Option,
    Step,
    Submit,
    text,
)

CONFIRM = "card-management.confirm"


@dataclass(frozen=True, slots=True)
class CardManagementService(CatalogueService[CardManagement]):
    def step(self, facts: Facts) -> Step:
        if self.entry.step in ("replace", "replace-for") and facts.credential is not None and facts.lines:
            return replacing(self.entry, facts)
        if self.entry.step == "issue-e-card" and facts.credential is not None and facts.lines:
            return binding(self.entry, facts)
        return CatalogueService.step(self, facts)

    def served(self, facts: Facts) -> Step:
        step = self.entry.step
        if step == "report-lost-for":
            return lost_for_another(self.entry, facts)
        if step == "replace-for":
            return replaced_for_another(self.entry, facts)
        if step == "issue-e-card":
            return ordering(self.entry, facts)
        if step == "replace":
            if chosen(facts, CONFIRM) is None:
                return Choose(text(f"card-management.question.{step}"), (self._yes(),))
            return Submit((self.draft(step),), text("catalogue.booking"))
        answer = facts.answer("cards")
        if answer is None:
            return Look("cards", self.entry.id)
        fitting = [row for row in rows(answer) if bool(row.get("locked")) == (step == "unlock")]
        if not fitting:
            return refusal(
                "card_management.not_locked" if step == "unlock" else "card_management.already_lost"
            )
        return self._which(facts, fitting)

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Certainty.REFUSED or line.outcome is None:
            return refused(line)
        step = self.entry.step
        return Finish(
            line.certainty,
            headline=text(f"card-management.done.{step}"),
            largest=whose(line) if step == "report-lost-for" else self.label,
            lines=lost_cards(line) if step == "report-lost-for" else (),
            next_step=text(f"card-management.next.{step}"),
        )

    def _which(self, facts: Facts, fitting: list[Row]) -> Step:
        step = self.entry.step
        ending = chosen(facts, "card:")
        if ending is None:
            options = tuple(Option(f"card:{row.get('ending')}", title_of(row), "card") for row in fitting)
            return Choose(text(f"card-management.which.{step}"), options)
        if chosen(facts, CONFIRM) is None:
            return Choose(text(f"card-management.question.{step}"), (self._yes(),))
        return Submit((self.draft(step, card=ending),), text("catalogue.booking"))

    def _yes(self) -> Option:
        return Option(CONFIRM, text(f"card-management.yes.{self.entry.step}"), self.entry.icon)
