"""Bills: the holder's own, or one by its number; looked at, one PIN, paid."""

from __future__ import annotations

from dataclasses import dataclass

from config.catalogue.entries import Payment
from domain.messages.contract import TrustLevel
from domain.money import yuan
from terminal.services.catalogue.base import (
    CatalogueService,
    Row,
    chosen,
    refusal,
    refused,
    rows,
    title_of,
)
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
    Step,
    Submit,
    Text,
    text,
)

ANOTHER = "another"
PAY = "payment.pay"
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class PaymentService(CatalogueService[Payment]):
    """A bill's barcode may be scanned as soon as the bills are on the screen."""

    def served(self, facts: Facts) -> Step:
        answer = facts.answer("bills")
        if answer is None:
            return Look("bills", self.entry.id)
        wanted = chosen(facts, "bill:")
        scanned = facts.items[-1] if facts.items else None
        if scanned is not None:
            wanted = ANOTHER
        if wanted is None:
            return self._which(rows(answer))
        found = rows(answer)
        if wanted == ANOTHER:
            typed = scanned or facts.value(NUMBER)
            if typed is None:
                return Ask(NUMBER, text("payment.number"), FieldKind.TEXT, 20, scans=True)
            asked = facts.answer("bill")
            if asked is None:
                return Look("bill", self.entry.id, (("number", typed),))
            found, wanted = rows(asked), typed
        row = next((row for row in found if row.get("number") == wanted), None)
        if row is None:
            return refusal("payment.no_such_bill")
        return self._pay(facts, row)

    def ended(self, facts: Facts, line: Line) -> Finish:
        outcome = line.outcome
        if line.certainty is Certainty.REFUSED or outcome is None:
            return refused(line)
        amount, fee = int(str(outcome.get("amount_fen") or 0)), int(str(outcome.get("fee_fen") or 0))
        title = title_of({"zh": outcome.get("zh"), "en": outcome.get("en")})
        return Finish(
            line.certainty,
            headline=text("payment.done"),
            largest=text("money", amount=yuan(amount + fee)),
            lines=parts(title, amount, fee),
            next_step=self.what_next(line),
        )

    def _which(self, found: tuple[Row, ...]) -> Choose:
        mine = tuple(
            Option(
                f"bill:{row.get('number')}",
                title_of(row),
                "bill",
                text("money", amount=yuan(int(row["fen"]) + int(row["fee_fen"]))),
            )
            for row in found[:5]
        )
        another = Option(f"bill:{ANOTHER}", text("payment.another"), "search")
        return Choose(text("payment.which"), (*mine, another), scans=True)

    def _pay(self, facts: Facts, row: Row) -> Step:
        amount, fee = int(row["fen"]), int(row["fee_fen"])
        lines = parts(title_of(row), amount, fee)
        total = text("money", amount=yuan(amount + fee))
        if chosen(facts, PAY) is None:
            return Choose(
                text("payment.question"), (Option(PAY, text("payment.pay"), "money"),), lines, total
            )
        if TrustLevel(self.entry.trust) is TrustLevel.HOLDER and facts.trust is not TrustLevel.HOLDER:
            return EnterPin(text("payment.pin"), lines, total)
        draft = self.draft("pay", number=row.get("number"), amount_fen=amount + fee)
        return Submit((draft,), text("payout.paying"))


def parts(title: Text, amount: int, fee: int) -> tuple[LineView, ...]:
    """The bill and, where there is one, its fee: what goes to whom."""
    bill = LineView(title, text("catalogue.amount", amount=yuan(amount), period=""), Certainty.CONFIRMED)
    if not fee:
        return (bill,)
    return (
        bill,
        LineView(
            text("payment.fee"), text("catalogue.amount", amount=yuan(fee), period=""), Certainty.CONFIRMED
        ),
    )
