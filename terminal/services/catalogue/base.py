"""Shared parts of the catalogue's services: name, eligibility, rows of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import JsonValue

from config.catalogue.entries import Department, Entry, Name
from domain.messages.contract import TrustLevel
from domain.money import yuan
from terminal.services.outcomes import certainty_of
from terminal.visit.steps import (
    Certainty,
    Draft,
    Facts,
    Finish,
    Line,
    LineView,
    Look,
    Option,
    Present,
    Step,
    Submit,
    Text,
    both,
    text,
)

E = TypeVar("E", bound=Entry)
Row = Mapping[str, Any]
NOTHING = both("", "")
NO_LIMIT = 150


def named(name: Name) -> Text:
    return both(name.zh, name.en)


@dataclass(frozen=True, slots=True)
class CatalogueService(Generic[E]):
    """One entry at one counter; see ``terminal.visit.steps.Service``. A kind overrides ``served``."""

    entry: E
    department: Department

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def label(self) -> Text:
        return named(self.entry.name)

    @property
    def picture(self) -> str:
        return self.entry.icon

    @property
    def needs(self) -> TrustLevel:
        """A PIN is asked for when it is due, not at the door."""
        wanted = TrustLevel(self.entry.trust)
        return TrustLevel.VERIFIED if wanted is TrustLevel.HOLDER else wanted

    @property
    def identify(self) -> bool:
        return True

    @property
    def known_ahead(self) -> bool:
        """A counter offers a hundred of these; what one wants to know it asks when it is chosen."""
        return False

    @property
    def takes_copies(self) -> bool:
        return False

    @property
    def starts(self) -> tuple[Option, ...]:
        return ()

    @property
    def group(self) -> Option | None:
        if self.entry.featured:
            return None
        department = self.department
        return Option(f"group:{department.id}", named(department.name), department.icon)

    def step(self, facts: Facts) -> Step:
        if facts.credential is None:
            return Present(text("catalogue.present"))
        if facts.holder is None and not self.entry.offline.allowed:
            return refusal("offline.not_allowed")
        if facts.lines and all(line.outcome for line in facts.lines):
            return self.ended(facts, facts.lines[-1])
        if facts.lines:
            return Submit((), text("catalogue.booking"))
        if self.entry.for_some:
            answer = facts.answer("may")
            if answer is None:
                return Look("may", self.entry.id)
            if reason := answer.get("refusal"):
                return self.not_for(str(reason))
        return self.served(facts)

    def not_for(self, reason: str) -> Finish:
        """The refusal says who may use it."""
        first, *others = self.for_whom
        lines = tuple(LineView(each, NOTHING, Certainty.WAITING, "person") for each in others)
        return replace(refusal(reason, lines), reason=first)

    @property
    def for_whom(self) -> tuple[Text, ...]:
        """Persons eligible for the service."""
        entry = self.entry
        said = [text(f"catalogue.only.{category}") for category in entry.only]
        if entry.youngest:
            said.append(text("catalogue.from_age", years=str(entry.youngest)))
        if entry.oldest < NO_LIMIT:
            said.append(text("catalogue.up_to_age", years=str(entry.oldest)))
        return tuple(said)

    def served(self, facts: Facts) -> Step:
        """The next step with somebody who is known and nothing booked yet."""
        raise NotImplementedError

    def ended(self, facts: Facts, line: Line) -> Finish:
        """The result of what was booked."""
        if line.certainty is Certainty.REFUSED:
            return refused(line)
        return Finish(
            line.certainty,
            headline=text(f"catalogue.done.{line.certainty.value}"),
            largest=self.label,
            lines=(LineView(self.label, NOTHING, line.certainty),),
            next_step=self.what_next(line),
        )

    def what_next(self, line: Line) -> Text | None:
        if line.certainty is Certainty.ACCEPTED:
            return text("catalogue.accepted.next")
        return named(self.entry.receipt) if self.entry.receipt else None

    def draft(self, action: str, **body: JsonValue) -> Draft:
        return Draft(self.entry.id, action, tuple(body.items()))


def chosen(facts: Facts, prefix: str) -> str | None:
    """Last chosen option with this prefix, without the prefix."""
    return next(
        (option.removeprefix(prefix) for option in reversed(facts.chosen) if option.startswith(prefix)), None
    )


def refusal(code: str, lines: tuple[LineView, ...] = ()) -> Finish:
    """Refused, with the reason in plain words and what to do now."""
    certainty = certainty_of(code)
    neutral = certainty is Certainty.NEUTRAL
    return Finish(
        certainty,
        headline=Text("catalogue.neutral" if neutral else "catalogue.refused"),
        largest=None,
        lines=lines,
        reason=Text(f"fault.{code}"),
        next_step=Text(f"fault.{code}.next"),
    )


def refused(line: Line) -> Finish:
    """The centre's refusal; where several departments were asked, what became of each."""
    return refusal(line.outcome.code if line.outcome else "central.fault", steps_of(line))


def steps_of(line: Line) -> tuple[LineView, ...]:
    """Steps of a saga, as reported by the centre."""
    told = line.outcome.get("steps") if line.outcome else None
    tones = {"done": Certainty.CONFIRMED, "not_tried": Certainty.WAITING}
    return tuple(
        LineView(
            both(str(each.get("zh")), str(each.get("en"))),
            Text(f"catalogue.step.{each.get('outcome')}"),
            tones.get(str(each.get("outcome")), Certainty.REFUSED),
        )
        for each in (told if isinstance(told, list) else [])
        if isinstance(each, dict)
    )


def rows(answer: Mapping[str, JsonValue] | None) -> tuple[Row, ...]:
    """The rows of the centre's answer."""
    found = answer.get("rows") if answer else None
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def row_view(row: Row) -> LineView:
    """A row as a person reads it: its name, its amount or its date."""
    note = NOTHING
    if isinstance(row.get("fen"), int):
        period = f"  {row['period']}" if row.get("period") else ""
        note = text("catalogue.amount", amount=yuan(int(row["fen"])), period=period)
    elif isinstance(row.get("note"), dict):
        note = title_of(row["note"])
    elif row.get("until"):
        note = text("catalogue.until", day=str(row["until"]))
    certainty = Certainty.WAITING if row.get("paid") is False or row.get("locked") else Certainty.CONFIRMED
    if row.get("status") in ("received", "refused"):
        certainty = Certainty.WAITING if row["status"] == "received" else Certainty.REFUSED
    return LineView(title_of(row), note, certainty, str(row.get("icon", "")))


def title_of(row: Row) -> Text:
    return both(str(row.get("zh", "")), str(row.get("en", "")))
