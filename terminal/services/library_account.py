"""A reader's loans and fines, and paying them: a clerk takes the money and says so with a card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue

from domain.money import yuan
from terminal.services.outcomes import certainty_of
from terminal.visit.steps import (
    Certainty,
    Choose,
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
    text,
)

Row = Mapping[str, Any]


def account_step(facts: Facts, *, paying: bool) -> Step:
    """Ask the centre again: the data read when the card was presented may have changed since."""
    if facts.lines:
        return paid(facts)
    if facts.holder is None or not facts.online:
        return refusal("offline.not_allowed")
    answer = facts.answer("account")
    if answer is None:
        return Look("account", "library")
    if answer.get("status") == "unknown":
        return refusal("library.reader_blocked")
    owed = fen(answer.get("owed_fen"))
    if not paying or not owed:
        return overview(answer, facts.today)
    clerks = [person.holder.subject for person in facts.others if person.holder]
    if not clerks:
        return Present(text("library.clerk_presents", amount=yuan(owed)), another=True)
    body: tuple[tuple[str, JsonValue], ...] = (("amount_fen", owed), ("second", clerks[-1]))
    return Submit((Draft("library", "pay", body),), text("library.paying"))


def overview(answer: Row, today: date) -> Choose:
    """Everything that is out, owed or waiting, and what can be done about it; money is the largest."""
    owed, loans = fen(answer.get("owed_fen")), rows(answer, "loan_list")
    lines = (
        *(loan_view(loan, today) for loan in loans),
        *(fine_view(fine) for fine in rows(answer, "fines")),
        *(hold_view(hold) for hold in rows(answer, "holds")),
    )
    options: list[Option] = []
    if owed:
        options.append(Option("library.pay", text("library.pay"), "money"))
    if loans:
        options.append(Option("library.renew", text("library.renew"), "renew"))
    options.append(Option("library.borrow", text("library.borrow"), "borrow"))
    dates = [str(loan["due_date"]) for loan in loans if loan.get("due_date")]
    if owed:
        largest: Text | None = text("library.owed", amount=yuan(owed))
    else:
        largest = text("library.due", due=min(dates)) if dates else None
    question = text("library.account.question") if lines else text("library.account.empty")
    return Choose(question, tuple(options), lines, largest)


def loan_view(loan: Row, today: date) -> LineView:
    """Late ones are marked, with what they cost if they came back today."""
    title, due = str(loan.get("title") or loan.get("barcode", "")), str(loan.get("due_date") or "")
    if not due:
        return LineView(title, text("library.account.on_loan"), Certainty.CONFIRMED)
    if due < today.isoformat():
        costs = yuan(fen(loan.get("fine_fen")))
        return LineView(title, text("library.account.late", due=due, amount=costs), Certainty.REFUSED)
    due_text = "library.due_guessed" if loan.get("due_date_guessed") else "library.due"
    return LineView(title, text(due_text, due=due), Certainty.CONFIRMED)


def fine_view(fine: Row) -> LineView:
    """A library's own system names a fine by a text without its sum."""
    if "fen" not in fine:
        return LineView(str(fine.get("title", "")), text("library.account.owes"), Certainty.REFUSED, "money")
    days, amount = str(fine.get("days_late", "")), yuan(fen(fine.get("fen")))
    note = text("library.account.fine", days=days, amount=amount)
    return LineView(str(fine.get("title", "")), note, Certainty.REFUSED, "money")


def hold_view(hold: Row) -> LineView:
    if day := hold.get("collect_by"):
        note = text("library.account.collect", day=str(day))
        return LineView(str(hold.get("title", "")), note, Certainty.CONFIRMED, "take")
    return LineView(str(hold.get("title", "")), text("library.account.asked_for"), Certainty.WAITING, "clock")


def paid(facts: Facts) -> Step:
    line = facts.lines[-1]
    if line.outcome is None:
        return Submit((), text("library.paying"))
    if line.certainty is Certainty.REFUSED:
        return not_paid(line)
    amount = text("money", amount=yuan(fen(line.outcome.get("paid_fen"))))
    views = tuple(fine_view(fine) for fine in rows(facts.answer("account") or {}, "fines"))
    settled = tuple(LineView(view.title, view.note, line.certainty, view.picture) for view in views)
    return Finish(line.certainty, text("library.paid"), amount, settled)


def not_paid(line: Line) -> Finish:
    code = line.outcome.code if line.outcome else ""
    return Finish(
        certainty_of(code),
        headline=text("library.not_paid"),
        largest=None,
        reason=Text(f"fault.{code}"),
        next_step=Text(f"fault.{code}.next"),
    )


def refusal(code: str) -> Finish:
    """Refused before anything was tried."""
    return Finish(
        certainty_of(code),
        headline=Text("library.refused"),
        largest=None,
        reason=Text(f"fault.{code}"),
        next_step=Text(f"fault.{code}.next"),
    )


def rows(answer: Mapping[str, Any], name: str) -> tuple[Row, ...]:
    found = answer.get(name)
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def fen(untrusted: JsonValue) -> int:
    return untrusted if isinstance(untrusted, int) and untrusted > 0 else 0
