"""A form, one field on each screen, looked over once and handed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from config.catalogue.entries import Application, Document, FormField
from domain.cards.faults import CardDataInvalid
from domain.cards.numbers import parse_social_security_number
from domain.messages.contract import TrustLevel
from domain.money import fen_of, yuan
from terminal.services.catalogue.base import (
    NOTHING,
    CatalogueService,
    chosen,
    named,
    refusal,
    refused,
    title_of,
)
from terminal.visit.photo_capture import KEPT, decided
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    EnterPin,
    Facts,
    FieldKind,
    Finish,
    Line,
    LineView,
    Look,
    Option,
    Photograph,
    Step,
    Submit,
    Text,
    both,
    text,
)

MOBILE = re.compile(r"^1[3-9]\d{9}$")
HAND_IN = "application.hand-in"


@dataclass(frozen=True, slots=True)
class ApplicationService(CatalogueService[Application]):
    """``camera``: whether this counter can photograph papers. Without one, an application that needs them is
    refused before any typing, with the place to hand it in.
    """

    camera: bool = True

    @property
    def lacks_camera(self) -> bool:
        return not self.camera and any(not each.optional for each in self.entry.photographed)

    def served(self, facts: Facts) -> Step:
        if self.lacks_camera:
            return self._bring_them()
        for field in self.entry.fields:
            typed = facts.value(field.id)
            mistake = mistake_in(field, typed) if typed is not None else None
            if typed is None or mistake:
                return Ask(field.id, named(field.label), FieldKind(field.kind), field.longest, mistake)
        for paper in self.entry.photographed if self.camera else ():
            if facts.value(decided(paper.id)) is None:
                shot = facts.value(paper.id) or ""
                return Photograph(paper.id, named(paper.name), paper.most_bytes, shot, paper.optional)
        if chosen(facts, HAND_IN) is None:
            return self._look_over(facts)
        pictures = self._pictures(facts)
        for id in pictures:
            if facts.answer(f"picture.{id}") is None:
                return Look(f"picture.{id}", self.id, sentence=text("application.sending"), sends=id)
        if TrustLevel(self.entry.trust) is TrustLevel.HOLDER and facts.trust is not TrustLevel.HOLDER:
            return EnterPin(text("payment.pin"), (), self._fee)
        fields: dict[str, JsonValue] = {field.id: facts.value(field.id) for field in self.entry.fields}
        body: dict[str, JsonValue] = {"fields": fields}
        if pictures:
            body["pictures"] = dict(pictures)
        return Submit((self.draft("apply", **body),), text("catalogue.booking"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Certainty.REFUSED or line.outcome is None:
            return refused(line)
        number, by = line.outcome.get("number"), line.outcome.get("answer_by")
        queue = line.outcome.get("queue")
        named_by = text("application.number_note", number=str(number)) if number and queue else NOTHING
        largest = text("application.number", number=str(number)) if number else None
        if queue:
            largest = text("application.queue_number", number=str(queue))
        return Finish(
            line.certainty,
            headline=text(f"application.done.{line.certainty.value}"),
            largest=largest,
            lines=(*queued(line), LineView(self.label, named_by, line.certainty)),
            next_step=text("application.answer_by", day=str(by)) if by else self.what_next(line),
        )

    @property
    def _fee(self) -> Text | None:
        return text("application.fee", amount=yuan(self.entry.fee_fen)) if self.entry.fee_fen else None

    def _pictures(self, facts: Facts) -> dict[str, str]:
        """The hashes of what was photographed and kept, by paper."""
        kept = [each.id for each in self.entry.photographed if facts.value(decided(each.id)) == KEPT]
        return {id: facts.value(id) or "" for id in kept}

    def _standing(self, document: Document, facts: Facts) -> tuple[Text, Certainty]:
        if not (document.photograph and self.camera):
            return Text("application.bring"), Certainty.WAITING
        if document.id in self._pictures(facts):
            return Text("application.photographed"), Certainty.CONFIRMED
        return Text("application.left_out"), Certainty.WAITING

    def _bring_them(self) -> Finish:
        """Which papers to bring, and where."""
        papers = tuple(
            LineView(named(each.name), text("application.bring"), Certainty.WAITING, "form")
            for each in self.entry.documents
        )
        window = self.entry.window
        where = (
            (LineView(named(window), text("application.hand_in_there"), Certainty.WAITING, "window"),)
            if window
            else ()
        )
        return refusal("attachment.no_camera", (*where, *papers))

    def _look_over(self, facts: Facts) -> Choose:
        filled = tuple(
            LineView(named(field.label), words(facts.value(field.id) or ""), Certainty.CONFIRMED)
            for field in self.entry.fields
        )
        papers = tuple(
            LineView(named(document.name), *self._standing(document, facts))
            for document in self.entry.documents
        )
        option = Option(HAND_IN, text("application.hand_in"), "tick")
        return Choose(text("application.look_over"), (option,), (*filled, *papers), self._fee)


def queued(line: Line) -> tuple[LineView, ...]:
    """The place in a window's queue, where the papers are looked at."""
    window = line.outcome.get("window") if line.outcome else None
    if not isinstance(window, dict) or line.outcome is None:
        return ()
    note = text("application.queue", ahead=str(line.outcome.get("ahead")))
    return (LineView(title_of(window), note, Certainty.WAITING, "window"),)


def words(typed: str) -> Text:
    """Typed text, unchanged."""
    return both(typed, typed)


def mistake_in(field: FormField, typed: str) -> Text | None:
    """Mistake in the typed text, or None."""
    match field.kind:
        case "phone" if not MOBILE.match(typed):
            return text("form.mistake.phone")
        case "money" if not fen_of(typed):
            return text("form.mistake.money")
        case "digits" if not typed.isdecimal():
            return text("form.mistake.digits")
        case "date" if not _is_day(typed):
            return text("form.mistake.date")
        case "identity" if not is_social_security_number(typed):
            return text("form.mistake.identity")
        case _ if len(typed) > field.longest:
            return text("form.mistake.long")
    return None


def is_social_security_number(typed: str) -> bool:
    """Whether this is a number of 18 characters as the centre keeps it."""
    try:
        return len(typed) == 18 and parse_social_security_number(typed) == typed
    except CardDataInvalid:
        return False


def _is_day(typed: str) -> bool:
    """``2026-11-24`` and ``20261124`` alike."""
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return True
