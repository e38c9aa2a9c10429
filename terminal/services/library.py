"""The library desk: borrow, return and renew, several books in one visit, an outcome for each; the reader's
loans and fines, and paying them.

Pure rules; the centre decides in the end and its answer is what a line shows. Returning needs no card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import JsonValue

from domain.messages.contract import Holder, TrustLevel
from domain.money import yuan
from terminal.services.library_account import account_step, refusal
from terminal.services.outcomes import refused_first, together
from terminal.visit.steps import (
    Certainty,
    Choose,
    Collect,
    Draft,
    Facts,
    Finish,
    Line,
    LineView,
    Option,
    Present,
    Step,
    Submit,
    Text,
    both,
    text,
)

BASKETS = ("borrow", "return", "renew")
ACCOUNT, PAY = "account", "pay"
ACTIONS = (*BASKETS, ACCOUNT)
PICTURES = {ACCOUNT: "bill"}

LOAN_DAYS = 28
"""Length of a loan where the centre did not say otherwise (its answer always wins)."""


@dataclass(frozen=True, slots=True)
class LibraryService:
    """One counter's library service; see ``terminal.visit.steps.Service``."""

    id: str = "library"
    label: Text = Text("library.name")
    picture: str = "book"
    needs: TrustLevel = TrustLevel.NONE
    identify: bool = True
    known_ahead: bool = True
    takes_copies: bool = True
    group: Option | None = None
    starts: tuple[Option, ...] = (Option("library.return", Text("library.return"), "return"),)

    def step(self, facts: Facts) -> Step:
        action = action_of(facts)
        if action is None:
            return choose_action(facts)
        if action != "return" and facts.credential is None:
            return Present(text(f"library.present_to_{action}"))
        if action == "borrow" and (reason := blocked_reason(facts.holder)):
            return refusal(reason)
        if action in (ACCOUNT, PAY):
            return account_step(facts, paying=action == PAY)
        if not facts.finished:
            return collect(facts, action)
        if any(line.certainty is Certainty.WAITING for line in facts.lines):
            return Submit((), text("library.registering"))
        return summary(facts, action)


def action_of(facts: Facts) -> str | None:
    """The action chosen last, or None while the person has not said."""
    chosen = [option.removeprefix("library.") for option in facts.chosen]
    return next((option for option in reversed(chosen) if option in (*ACTIONS, PAY)), None)


def choose_action(facts: Facts) -> Choose:
    """Borrowing stands first for a person with a card; with a book in hand and no card, returning does."""
    offered = ("return", "borrow") if facts.items and not facts.credential else ACTIONS
    question = "library.choose_with_book" if facts.items else "library.choose"
    options = tuple(
        Option(
            f"library.{action}",
            Text(f"library.{action}"),
            PICTURES.get(action, action),
            Text(f"library.{action}.detail"),
        )
        for action in offered
    )
    return Choose(Text(question), options)


def blocked_reason(holder: Holder | None) -> str:
    """The fault code that keeps this reader from borrowing, or nothing."""
    if holder is None:
        return ""
    library = holder.services.get("library", {})
    if library.get("status", "active") != "active":
        return "library.reader_blocked"
    owed, most = library.get("owed_fen"), library.get("owing_limit_fen")
    return "library.fines_owed" if isinstance(owed, int) and isinstance(most, int) and owed > most else ""


def remaining_loans(facts: Facts) -> int | None:
    """How many more books this reader may take; None when the centre could not be asked."""
    if facts.holder is None:
        return None
    library = facts.holder.services.get("library", {})
    limit, loans = library.get("loan_limit"), library.get("loans")
    if not isinstance(limit, int) or not isinstance(loans, int):
        return None
    taken = sum(1 for line in facts.lines if line.certainty is not Certainty.REFUSED)
    return max(0, limit - loans - taken)


def collect(facts: Facts, action: str) -> Collect:
    """The basket so far, and a draft for every book scanned since."""
    drafted = {barcode_of(line) for line in facts.lines}
    fresh = [barcode for barcode in facts.items if barcode not in drafted]
    remaining = remaining_loans(facts) if action == "borrow" else None
    taken = fresh if remaining is None else fresh[:remaining]
    over = [] if remaining is None else fresh[remaining:]
    views = (
        *line_views(facts.lines, action),
        *(LineView(barcode, Text("fault.library.limit_reached"), Certainty.REFUSED) for barcode in over),
    )
    left = None if remaining is None else remaining - len(taken)
    sentence = Text("library.limit_reached") if left == 0 and not taken else Text(f"library.scan_to_{action}")
    return Collect(
        sentence,
        views,
        tuple(draft(barcode, action, facts.today, loan_days(facts)) for barcode in taken),
        left,
    )


def loan_days(facts: Facts) -> int:
    """How long this reader may keep a book, as far as the centre said."""
    days = facts.holder.services.get("library", {}).get("loan_days") if facts.holder else None
    return days if isinstance(days, int) else LOAN_DAYS


def draft(barcode: str, action: str, today: date, days: int = LOAN_DAYS) -> Draft:
    """Command for one book. A borrow carries the due date that may be shown offline."""
    body: tuple[tuple[str, str], ...] = (("barcode", barcode),)
    if action in ("borrow", "renew"):
        body = (*body, ("expected_due_date", (today + timedelta(days=days)).isoformat()))
    return Draft("library", action, body, with_credential=action != "return")


def barcode_of(line: Line) -> str:
    return str(dict(line.draft.body)["barcode"])


def due_date_of(line: Line) -> str:
    """The centre's due date, or the expected one while it is to be confirmed; empty for a return."""
    said = line.outcome.get("due_date") if line.outcome else None
    return str(said or dict(line.draft.body).get("expected_due_date", ""))


def line_views(lines: Sequence[Line], action: str) -> tuple[LineView, ...]:
    """One row a book, and below it the library's own words, which nobody here can translate."""
    views: list[LineView] = []
    for line in lines:
        views.append(line_view(line, action))
        for words in library_words(line):
            views.append(LineView(Text("library.says"), both(words, words), line.certainty, "book"))
    return tuple(views)


def library_words(line: Line) -> tuple[str, ...]:
    """Screen messages and print lines of the library's own system, each once."""
    listed = [said(line, name) for name in ("message", "print_lines")]
    return tuple(dict.fromkeys(str(each) for words in listed if isinstance(words, list) for each in words))


def line_view(line: Line, action: str) -> LineView:
    """How one book reads: its title as soon as the centre named it, and what became of it."""
    outcome = line.outcome
    title = str((outcome.get("title") if outcome else None) or barcode_of(line))
    match line.certainty:
        case Certainty.WAITING:
            note = Text("library.line.waiting")
        case Certainty.REFUSED:
            note = Text(f"fault.{outcome.code}") if outcome else Text("library.line.waiting")
        case _ if action == "return":
            note = returned_note(line)
        case _ if said(line, "due_date_guessed"):
            note = text("library.line.due_guessed", due=due_date_of(line))
        case _:
            note = text(f"library.line.{action}.{line.certainty.value}", due=due_date_of(line))
    for_staff = bool(said(line, "put_aside") or said(line, "alert"))
    return LineView(title, note, line.certainty, "staff" if for_staff else "")


def returned_note(line: Line) -> Text:
    """Remaining step after a return: the clerk puts the book aside, or the patron owes a fine."""
    fine, aside = said(line, "fine_fen"), said(line, "put_aside")
    if aside and isinstance(fine, int) and fine:
        return text("library.line.returned.aside_and_late", amount=yuan(fine))
    if aside:
        return Text("library.line.returned.aside")
    if said(line, "alert"):
        return Text("library.line.returned.look")
    if isinstance(fine, int) and fine:
        return text("library.line.returned.late", amount=yuan(fine), days=str(said(line, "days_late")))
    return Text(f"library.line.returned.{line.certainty.value}")


def said(line: Line, name: str) -> JsonValue:
    return line.outcome.get(name) if line.outcome else None


def what_next(good: list[Line], *, accepted: bool) -> Text | None:
    """The one thing to do after a visit: the book first, which somebody waits for, then the money."""
    if any(said(line, "put_aside") or said(line, "alert") for line in good):
        return Text("library.aside.next")
    if any(said(line, "fine_fen") for line in good):
        return Text("library.fine.next")
    return Text("library.accepted.next") if accepted else None


def summary(facts: Facts, action: str) -> Finish:
    """The result: green only when every book went well, amber when some did, refused ones first."""
    views = line_views(refused_first(facts.lines), action)
    refused = [line for line in facts.lines if line.certainty is Certainty.REFUSED]
    good = [line for line in facts.lines if line.certainty is not Certainty.REFUSED]
    if refused:
        code = refused[0].outcome.code if refused[0].outcome else ""
        headline = (
            text(f"library.partly.{action}", done=str(len(good)), total=str(len(facts.lines)))
            if good
            else Text(f"library.not.{action}")
        )
        return Finish(
            together(facts.lines),
            headline,
            largest_of(good, action),
            views,
            reason=reason_of(refused[0], code),
            next_step=Text(f"fault.{code}.next"),
        )
    certainty = together(good)
    accepted = certainty is Certainty.ACCEPTED
    headline = text(f"library.done.{action}.{certainty.value}", count=str(len(good)))
    next_step = what_next(good, accepted=accepted)
    return Finish(certainty, headline, largest_of(good, action), views, next_step=next_step)


def reason_of(line: Line, code: str) -> Text:
    """The library's own words where it gave some; they explain more than a mark."""
    words = library_words(line)
    return text("library.reason", words=words[0]) if words else Text(f"fault.{code}")


def largest_of(good: list[Line], action: str) -> Text | None:
    """Text to be read from two metres: the earliest due date, or the number of returned books."""
    if not good:
        return None
    if action == "return":
        return text("library.returned_count", count=str(len(good)))
    first = min(good, key=due_date_of)
    return text(
        "library.due_guessed" if said(first, "due_date_guessed") else "library.due", due=due_date_of(first)
    )
