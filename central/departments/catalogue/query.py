"""A department's knowledge of a holder, one row each; nothing is booked."""

from __future__ import annotations

from pydantic import JsonValue
from sqlalchemy import Connection, select

from central.city_of import city_of
from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.catalogue.card_management import cards_of
from central.departments.catalogue.certification import newest
from central.departments.department import Enquiry
from central.departments.tables import account, application, bill, contribution, due, posting
from config.catalogue.entries import Query

MOST = 30
STATUS = {
    "received": ("办理中", "In progress"),
    "granted": ("已通过", "Granted"),
    "refused": ("未通过", "Not granted"),
}


class QueryDepartment(CatalogueDepartment[Query]):
    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``list``: rows of titles, each with what belongs to it: ``fen``, ``note``, ``at``."""
        if enquiry.name != "list" or not enquiry.subject:
            return None
        listed = {
            "subsidies": _subsidies,
            "contributions": _contributions,
            "accounts": _accounts,
            "applications": _applications,
            "bills": _bills,
            "certification": _certification,
            "cards": _cards,
        }[self.entry.about](connection, enquiry.subject)
        return {"rows": listed}


def _subsidies(connection: Connection, subject: str) -> list[JsonValue]:
    rows = connection.execute(
        select(due)
        .where(due.c.subject == subject, due.c.fund == "subsidies")
        .order_by(due.c.id.desc())
        .limit(MOST)
    )
    return [
        row(each.title_zh, each.title_en, fen=each.fen, period=each.period, paid=each.paid_by is not None)
        for each in rows
    ]


def _contributions(connection: Connection, subject: str) -> list[JsonValue]:
    rows = connection.execute(
        select(contribution)
        .where(contribution.c.subject == subject)
        .order_by(contribution.c.year.desc())
        .limit(MOST)
    )
    return [row(each.title_zh, each.title_en, fen=each.fen, period=str(each.year)) for each in rows]


def _accounts(connection: Connection, subject: str) -> list[JsonValue]:
    """The account and its newest movements."""
    found = connection.execute(select(account).where(account.c.subject == subject)).one_or_none()
    if found is None:
        return []
    rows: list[JsonValue] = [
        row(
            f"{found.bank_zh} 尾号 {found.ending}",
            f"{found.bank_en} ending {found.ending}",
            fen=found.balance_fen,
        )
    ]
    for each in connection.execute(
        select(posting).where(posting.c.account == found.id).order_by(posting.c.id.desc()).limit(8)
    ):
        at = f"{each.at.astimezone(city_of(connection).zone):%m-%d}"
        rows.append(row(each.title_zh, each.title_en, fen=each.fen, period=at))
    return rows


def _applications(connection: Connection, subject: str) -> list[JsonValue]:
    rows = connection.execute(
        select(application)
        .where(application.c.subject == subject)
        .order_by(application.c.at.desc())
        .limit(MOST)
    )
    listed: list[JsonValue] = []
    for each in rows:
        zh, en = STATUS.get(each.status, STATUS["received"])
        more: dict[str, JsonValue] = {"note": {"zh": each.said_zh, "en": each.said_en}}
        if each.status == "received":
            more = {"until": each.answer_by.isoformat()}
        listed.append(row(f"{each.number} {zh}", f"{each.number} {en}", status=each.status, **more))
    return listed


def _bills(connection: Connection, subject: str) -> list[JsonValue]:
    rows = connection.execute(
        select(bill).where(bill.c.subject == subject, bill.c.paid_by.is_(None)).order_by(bill.c.due_date)
    )
    return [
        row(each.title_zh, each.title_en, fen=each.fen + each.fee_fen, until=each.due_date.isoformat())
        for each in rows
    ]


def _certification(connection: Connection, subject: str) -> list[JsonValue]:
    until = newest(connection, subject)
    if until is None:
        return [row("还没有认证", "Not certified yet")]
    return [row("认证有效", "Certified", until=until.isoformat())]


def _cards(connection: Connection, subject: str) -> list[JsonValue]:
    return cards_of(connection, subject)
