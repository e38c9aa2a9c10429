"""Money to the holder: what is due is shown line by line with its total, one PIN, and it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from config.catalogue.entries import Payout
from domain.messages.contract import TrustLevel
from domain.money import fen_of, yuan
from terminal.services.catalogue.base import (
    CatalogueService,
    chosen,
    refusal,
    refused,
    row_view,
    rows,
    steps_of,
    title_of,
)
from terminal.visit.steps import (
    Ask,
    Choose,
    EnterPin,
    Facts,
    FieldKind,
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
from terminal.visit.steps import Certainty as Tone

COLLECT = "payout.collect"
AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class PayoutService(CatalogueService[Payout]):
    def served(self, facts: Facts) -> Step:
        answer = facts.answer("due")
        if answer is None:
            return Look("due", self.entry.id)
        if reason := answer.get("refusal"):
            return refusal(str(reason))
        most, total = answer.get("most_fen"), answer.get("total_fen")
        if not (most or total):
            return refusal("payment.nothing_due")
        amount = int(str(total)) if not self.entry.choose_amount else self._typed(facts, int(str(most)))
        if amount is None:
            return self._ask(facts, int(str(most)))
        views = tuple(row_view(row) for row in rows(answer))
        if chosen(facts, COLLECT) is None:
            return self._offer(amount, views, answer.get("account"))
        if facts.trust is not TrustLevel.HOLDER:
            return EnterPin(text("payout.pin"), views, text("money", amount=yuan(amount)))
        if self._second_missing(facts, amount):
            return Present(text("payout.second_person"), another=True)
        body: dict[str, JsonValue] = {"amount_fen": amount}
        if self._needs_second(amount):
            body["second"] = seconds(facts)[-1]
        return Submit((self.draft("pay", **body),), text("payout.paying"))

    def ended(self, facts: Facts, line: Line) -> Finish:
        if line.certainty is Tone.REFUSED:
            return refused(line)
        amount = int(str(line.outcome.get("amount_fen"))) if line.outcome else 0
        views = tuple(row_view(row) for row in rows(facts.answer("due")))
        return Finish(
            line.certainty,
            headline=text(f"payout.done.{self.entry.delivery}"),
            largest=text("money", amount=yuan(amount)),
            lines=(*views, *steps_of(line)),
            next_step=self.what_next(line),
        )

    def _offer(self, amount: int, views: tuple[LineView, ...], account: object) -> Choose:
        to = title_of(account) if isinstance(account, dict) else None
        ending = str(account.get("ending", "")) if isinstance(account, dict) else ""
        if self.entry.delivery == "card" and to is not None:
            views = (*views, LineView(to, text("payout.account", ending=ending), Tone.CONFIRMED))
        question = text(f"payout.question.{self.entry.delivery}")
        option = Option(COLLECT, text(f"payout.collect.{self.entry.delivery}"), "money")
        return Choose(question, (option,), views, text("money", amount=yuan(amount)))

    def _typed(self, facts: Facts, most: int) -> int | None:
        typed = facts.value(AMOUNT)
        fen = fen_of(typed) if typed is not None else None
        return fen if fen and fen <= most else None

    def _ask(self, facts: Facts, most: int) -> Ask:
        mistake: Text | None = None
        if facts.value(AMOUNT) is not None:
            mistake = text("payout.amount_mistake", most=yuan(most))
        return Ask(AMOUNT, text("payout.amount", most=yuan(most)), FieldKind.MONEY, 12, mistake)

    def _needs_second(self, amount: int) -> bool:
        return bool(self.entry.two_person_above_fen) and amount > self.entry.two_person_above_fen

    def _second_missing(self, facts: Facts, amount: int) -> bool:
        return self._needs_second(amount) and not seconds(facts)


def seconds(facts: Facts) -> list[str]:
    """Other persons present, by the centre's ids. The holder's own card does not count again."""
    own = facts.holder.subject if facts.holder else ""
    return [each.holder.subject for each in facts.others if each.holder and each.holder.subject != own]
