"""The kinds that take one question or none: query, attendance, certification, admission."""

from __future__ import annotations

from dataclasses import dataclass

from config.catalogue.entries import Admission, Attendance, Certification, Query
from domain.money import yuan
from terminal.services.catalogue.base import (
    CatalogueService,
    chosen,
    refusal,
    refused,
    row_view,
    rows,
    title_of,
)
from terminal.services.catalogue.payout import seconds
from terminal.visit.steps import (
    Certainty,
    Choose,
    Facts,
    Finish,
    Line,
    Look,
    Option,
    Present,
    Step,
    Submit,
    both,
    text,
)


@dataclass(frozen=True, slots=True)
class QueryService(CatalogueService[Query]):
    """Shows a list and its total; books nothing."""

    def served(self, facts: Facts) -> Step:
        answer = facts.answer("list")
        if answer is None:
            return Look("list", self.entry.id)
        found = rows(answer)
        if not found:
            return Finish(Certainty.CONFIRMED, self.label, text("query.nothing"))
        amounts = [int(row["fen"]) for row in found if isinstance(row.get("fen"), int)]
        total = self.entry.about in ("subsidies", "bills", "contributions") and amounts
        largest = text("money", amount=yuan(sum(amounts))) if total else title_of(found[0])
        return Finish(Certainty.CONFIRMED, self.label, largest, tuple(row_view(row) for row in found))


@dataclass(frozen=True, slots=True)
class AttendanceService(CatalogueService[Attendance]):
    """Two big buttons, in and out; the third is for who could not sign in, with a clerk's card."""

    def served(self, facts: Facts) -> Step:
        action = chosen(facts, "attendance.")
        if action is None:
            return Choose(
                text("attendance.question"),
                (
                    Option("attendance.sign-in", text("attendance.sign-in"), "tick"),
                    Option("attendance.sign-out", text("attendance.sign-out"), "leave"),
                    Option("attendance.make-up", text("attendance.make-up"), "staff"),
                ),
            )
        if action == "make-up":
            clerks = seconds(facts)
            if not clerks:
                return Present(text("payout.second_person"), another=True)
            body = {"place": self.entry.place, "second": clerks[-1]}
            return Submit((self.draft(action, **body),), text("catalogue.booking"))
        return Submit((self.draft(action, place=self.entry.place),), text("catalogue.booking"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Certainty.REFUSED or line.outcome is None:
            return refused(line)
        action = line.draft.action
        largest = text("attendance.at", at=str(line.outcome.get("at"))) if line.outcome.get("at") else None
        late = int(str(line.outcome.get("late_minutes") or 0))
        title = both(str(line.outcome.get("zh") or ""), str(line.outcome.get("en") or ""))
        note = text("attendance.late", minutes=str(late)) if late else None
        headline = text(f"attendance.done.{action}")
        return Finish(line.certainty, headline, largest, reason=note or title, next_step=self.what_next(line))


@dataclass(frozen=True, slots=True)
class CertificationService(CatalogueService[Certification]):
    """Standing here with a proven card is all it takes."""

    def served(self, facts: Facts) -> Step:
        return Submit((self.draft("certify"),), text("catalogue.booking"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Certainty.REFUSED or line.outcome is None:
            return refused(line)
        until = line.outcome.get("valid_until")
        largest = text("catalogue.until", day=str(until)) if until else None
        headline = text(f"certification.done.{line.certainty.value}")
        return Finish(line.certainty, headline, largest, next_step=self.what_next(line))


@dataclass(frozen=True, slots=True)
class AdmissionService(CatalogueService[Admission]):
    """A gate asks nothing; its desk asks for a day and a time."""

    def served(self, facts: Facts) -> Step:
        if self.entry.step != "book":
            return Submit((self.draft(self.entry.step, venue=self.entry.venue),), text("admission.opening"))
        answer = facts.answer("slots")
        if answer is None:
            return Look("slots", self.entry.id)
        found = rows(answer)
        if not found:
            return refusal("admission.full")
        wanted = chosen(facts, "slot:")
        row = next((row for row in found if f"{row.get('day')} {row.get('slot')}" == wanted), None)
        if row is None:
            options = tuple(
                Option(
                    f"slot:{row.get('day')} {row.get('slot')}",
                    title_of(row),
                    "ticket",
                    text("admission.left", left=str(row.get("left"))),
                )
                for row in found
            )
            return Choose(text("admission.when"), options)
        draft = self.draft("book", venue=self.entry.venue, day=row.get("day"), slot=row.get("slot"))
        return Submit((draft,), text("catalogue.booking"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        outcome = line.outcome
        if line.certainty is Certainty.REFUSED or outcome is None:
            return refused(line)
        step = self.entry.step
        largest = text(f"admission.done.{step}")
        if step == "book":
            when = f"{outcome.get('day')} {outcome.get('slot')}"
            return Finish(line.certainty, largest, both(when, when), next_step=self.what_next(line))
        return Finish(line.certainty, self.label, largest, next_step=self.what_next(line))
