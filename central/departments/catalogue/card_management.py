"""Card management: report lost, unlock, issue the electronic card, replace."""

from __future__ import annotations

from pydantic import JsonValue
from sqlalchemy import Connection, select, update

from central.codes.blocking import fingerprint, lock_e_card
from central.departments.catalogue import phone_binding, replacing
from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.catalogue.lost_for_another import CLERK_ONLY, is_clerk, report_for_another
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.fleet import hotlist
from central.tables import card, e_card
from config.catalogue.entries import CardManagement
from domain.messages.contract import Transaction

REPLACING = ("replace", "replace-for")


class CardManagementDepartment(CatalogueDepartment[CardManagement]):
    """A card reported lost is refused from that moment on, at every counter that can ask."""

    def apply(self, connection: Connection, business: Business) -> Decision:
        """Record the outcome of a blank without a card: the old one is locked, the order identifies it."""
        if self.entry.step in REPLACING:
            match business.transaction.action:
                case "written":
                    return replacing.written(connection, business)
                case "spoilt":
                    return replacing.spoilt(connection, business)
                case "unfinished":
                    return replacing.unfinished(connection, business)
        return CatalogueDepartment.apply(self, connection, business)

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``cards``: the holder's cards by their last characters. ``clerk``: whether the holder is one.
        ``personalisation``: what an ordered card is written with. ``phone``: whether an electronic card is
        on a phone already, ``binding``: how the binding of one stands."""
        if enquiry.name == "personalisation" and self.entry.step in REPLACING:
            return replacing.permit(connection, enquiry)
        if enquiry.name == "clerk":
            return {} if is_clerk(connection, enquiry.subject) else {"refusal": CLERK_ONLY}
        if self.entry.step == "issue-e-card" and enquiry.name in ("phone", "binding"):
            return phone_binding.answer(connection, enquiry)
        if enquiry.name != "cards":
            return None
        return {"rows": cards_of(connection, enquiry.subject)}

    def book(self, connection: Connection, business: Business) -> Decision:
        match self.entry.step:
            case "report-lost":
                return self._lock(connection, business, locked=True)
            case "report-lost-for":
                return report_for_another(connection, business)
            case "unlock":
                return self._lock(connection, business, locked=False)
            case "issue-e-card":
                return phone_binding.book(connection, business)
            case "replace":
                return replacing.order(connection, business)
            case "replace-for":
                return replacing.order_for_another(connection, business)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        return self.entry.step == "issue-e-card" and phone_binding.undo(connection, transaction)

    def _lock(self, connection: Connection, business: Business, *, locked: bool) -> Decision:
        ending = str(business.transaction.body.get("card", ""))
        mine = connection.execute(
            select(card.c.card_number, card.c.locked, card.c.identification_code)
            .where(card.c.subject == business.subject)
            .with_for_update()
        ).all()
        found = next((each for each in mine if each.card_number[-4:] == ending), None)
        if found is None:
            return self._lock_e_card(connection, business, ending, locked=locked)
        if found.locked == locked:
            reason = "card_management.already_lost" if locked else "card_management.not_locked"
            return refused(reason)
        connection.execute(
            update(card).where(card.c.identification_code == found.identification_code).values(locked=locked)
        )
        name = fingerprint(f"card:{found.identification_code}")
        hotlist.change(connection, [name] if locked else [], [] if locked else [name])
        return confirmed(ending=found.card_number[-4:])

    def _lock_e_card(
        self, connection: Connection, business: Business, ending: str, *, locked: bool
    ) -> Decision:
        query = select(e_card.c.id, e_card.c.locked).where(e_card.c.subject == business.subject)
        mine = connection.execute(query.with_for_update()).all()
        found = next((each for each in mine if each.id[-4:] == ending), None)
        if found is None:
            return refused("card_management.no_such_card")
        if found.locked == locked:
            reason = "card_management.already_lost" if locked else "card_management.not_locked"
            return refused(reason)
        lock_e_card(connection, found.id, locked=locked)
        return confirmed(ending=ending)


def cards_of(connection: Connection, subject: str) -> list[JsonValue]:
    """Plastic cards and electronic ones by their last four characters, never whole."""
    listed: list[JsonValue] = []
    for each in connection.execute(
        select(card.c.card_number, card.c.locked)
        .where(card.c.subject == subject)
        .order_by(card.c.card_number)
    ):
        ending = each.card_number[-4:]
        listed.append(
            row(f"社保卡 尾号 {ending}", f"Card ending {ending}", ending=ending, locked=each.locked)
        )
    for each in connection.execute(
        select(e_card.c.id, e_card.c.locked).where(e_card.c.subject == subject).order_by(e_card.c.id)
    ):
        ending = each.id[-4:]
        listed.append(
            row(
                f"电子社保卡 尾号 {ending}",
                f"Electronic card ending {ending}",
                ending=ending,
                locked=each.locked,
            )
        )
    return listed
