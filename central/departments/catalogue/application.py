"""Applications: handed in once, numbered, answered by a stated day, decided by the office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import Connection, delete, func, insert, select, update

from central import attachments
from central.city_of import city_of
from central.departments.catalogue.base import CatalogueDepartment
from central.departments.department import Business, Decision, confirmed, refused
from central.departments.money import Bank, BankRefused, BuiltInBank
from central.departments.numbering import next_number
from central.departments.tables import application, queue_place
from config.catalogue.entries import Application, Name
from config.faults import Fault
from domain.messages.contract import Transaction

LONGEST_VALUE = 60


class NoSuchApplication(Fault):
    code = "application.unknown"


class ApplicationDepartment(CatalogueDepartment[Application]):
    """A second application while one is open is refused with the first one's number. ``bank`` keeps the
    account that a fee is taken from.
    """

    def __init__(self, entry: Application, bank: Bank | None = None) -> None:
        super().__init__(entry)
        self.bank = bank or BuiltInBank()

    def book(self, connection: Connection, business: Business) -> Decision:
        fields = business.transaction.body.get("fields")
        if not self._complete(fields):
            return refused("application.incomplete")
        pictures = self._pictures(business.transaction.body.get("pictures", {}))
        if pictures is None or not attachments.all_here(
            connection, business.subject, self.entry.id, pictures
        ):
            return refused("application.paper_missing")
        mine = select(application.c.number).where(
            application.c.subject == business.subject,
            application.c.service == self.entry.id,
            application.c.status == "received",
        )
        open_number = connection.execute(mine).scalar()
        if open_number is not None:
            return refused("application.already_open", number=open_number)
        try:
            self._take_fee(connection, business)
        except BankRefused as refusal:
            return refused(refusal.reason)
        today = city_of(connection).day(business.now)
        number = f"{today:%Y%m%d}{next_number(connection, f'application {today:%Y%m%d}'):06d}"
        answer_by = working_days_after(today, self.entry.days)
        connection.execute(
            insert(application).values(
                number=number,
                subject=business.subject,
                service=self.entry.id,
                fields=fields,
                by=str(business.transaction.id),
                at=business.now,
                answer_by=answer_by,
            )
        )
        attachments.name_all(connection, number, business.subject, self.entry.id, pictures)
        told: dict[str, JsonValue] = {"number": number, "answer_by": answer_by.isoformat()}
        return confirmed(**told, **self._queued(connection, business, today))

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        by = str(transaction.id)
        mine = (application.c.by == by, application.c.status == "received")
        number = connection.execute(select(application.c.number).where(*mine)).scalar()
        if number is None or connection.execute(delete(application).where(*mine)).rowcount != 1:
            return False
        attachments.throw_away(connection, number)
        connection.execute(delete(queue_place).where(queue_place.c.by == by))
        self.bank.take_back(connection, by, transaction.occurred_at)
        return True

    def _complete(self, fields: JsonValue) -> bool:
        """Every field of the entry and none beside it, as text that fits."""
        if not isinstance(fields, dict) or set(fields) != {each.id for each in self.entry.fields}:
            return False
        return all(isinstance(each, str) and 0 < len(each) <= LONGEST_VALUE for each in fields.values())

    def _pictures(self, named: JsonValue) -> dict[str, str] | None:
        """Hash by paper; None where a required one is missing, or one is there that is not asked for."""
        papers = self.entry.photographed
        if not isinstance(named, dict) or not set(named) <= {each.id for each in papers}:
            return None
        if not {each.id for each in papers if not each.optional} <= set(named):
            return None
        return {paper: str(sha256) for paper, sha256 in named.items()}

    def _take_fee(self, connection: Connection, business: Business) -> None:
        """Raises ``BankRefused``."""
        if self.entry.fee_fen:
            by, now = str(business.transaction.id), business.now
            fee = -self.entry.fee_fen
            self.bank.move(connection, business.subject, fee, self.entry.id, self.entry.name, by, now)

    def _queued(self, connection: Connection, business: Business, today: date) -> dict[str, JsonValue]:
        """A place at the window where the papers are looked at, and how many are before it."""
        window = self.entry.window
        if window is None:
            return {}
        of_day = (queue_place.c.window == window.en, queue_place.c.day == today)
        ahead = connection.execute(
            select(func.count()).select_from(queue_place).where(*of_day, queue_place.c.called.is_(False))
        ).scalar_one()
        number = next_number(connection, f"queue {today:%Y%m%d} {window.en}")
        connection.execute(
            insert(queue_place).values(
                window=window.en,
                day=today,
                number=number,
                subject=business.subject,
                by=str(business.transaction.id),
            )
        )
        return {"window": {"zh": window.zh, "en": window.en}, "queue": number, "ahead": ahead}


def decide(connection: Connection, number: str, *, granted: bool, said: Name, by: str, now: datetime) -> str:
    """The office's answer to an open application; gives the service. Raises ``NoSuchApplication``."""
    decided = connection.execute(
        update(application)
        .where(application.c.number == number, application.c.status == "received")
        .values(
            status="granted" if granted else "refused",
            said_zh=said.zh,
            said_en=said.en,
            decided_at=now,
            decided_by=by,
        )
        .returning(application.c.service)
    ).scalar()
    if decided is None:
        raise NoSuchApplication(f"{number} is not open")
    return str(decided)


def call_next(connection: Connection, window: str, day: date) -> int | None:
    """Next number to be called; None when the queue is empty."""
    waiting = (
        select(queue_place.c.id, queue_place.c.number)
        .where(queue_place.c.window == window, queue_place.c.day == day, queue_place.c.called.is_(False))
        .order_by(queue_place.c.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(waiting).one_or_none()
    if found is None:
        return None
    connection.execute(update(queue_place).where(queue_place.c.id == found.id).values(called=True))
    return int(found.number)


def working_days_after(day: date, count: int) -> date:
    """Mondays to Fridays; public holidays are the office's own business."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
