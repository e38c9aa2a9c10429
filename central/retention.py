"""Retention: what is deleted and when, and which late transactions must then be refused.

An id that was forgotten looks like one that never came. A transaction so old that its answer may have been
forgotten is therefore not applied: whether it already was cannot be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Connection, bindparam, case, delete, func, select, update

from central.attachments import outlived
from central.codes.tables import phone_binding, ride_account, shown_code, signed_e_card
from central.departments.hotel_tables import hotel_rejection
from central.officials.sessions import LONGEST_ON_A_WALL
from central.officials.tables import audit, official_session
from central.tables import alarm, e_card_token, identification, received, terminal
from config.settings import SettingsFault
from domain.messages.contract import Transaction, TransactionBatch

RETENTION_DAYS = 400
"""Ids, hashes and results are kept this long: more than a year, so that a terminal found in a cellar
still delivers without doubling anything."""
SETTING = "ONECARD_CENTRAL_KEEP_DAYS"
LEAST_DAYS, MOST_DAYS = 31, 36_500
"""A terminal's doctor says when its own offline policies need more than the centre keeps."""
TOKENS_KEPT = timedelta(days=1)
"""An expired token is remembered this long, so that a screenshot is distinguished from an unknown code."""


def kept_days(environment: Mapping[str, str]) -> int:
    """How long answers are kept, as the centre's environment says. Raises ``SettingsFault``."""
    told = environment.get(SETTING, "").strip() or str(RETENTION_DAYS)
    if not told.isascii() or not told.isdigit() or not LEAST_DAYS <= int(told) <= MOST_DAYS:
        raise SettingsFault(f"{SETTING}: a whole number of days, {LEAST_DAYS} to {MOST_DAYS}")
    return int(told)


def purge(connection: Connection, now: datetime, days: int = RETENTION_DAYS) -> int:
    """Deletes what is older than it has to be; returns how many rows went."""
    before = now - timedelta(days=days)
    _remember(connection, before)
    deletions = (
        delete(received).where(received.c.decided_at < before),
        delete(identification).where(identification.c.at < before),
        outlived(now, before),
        delete(alarm).where(alarm.c.at < before),
        delete(hotel_rejection).where(hotel_rejection.c.at < before),
        delete(audit).where(audit.c.at < before),
        delete(official_session).where(official_session.c.began_at < now - LONGEST_ON_A_WALL),
        delete(shown_code).where(shown_code.c.at < before),
        delete(signed_e_card).where(signed_e_card.c.expires_at < before),
        delete(ride_account).where(ride_account.c.expires_at < before),
        delete(phone_binding).where(phone_binding.c.ended_at < before),
        delete(phone_binding).where(
            phone_binding.c.bound_at.is_(None), phone_binding.c.expires_at < now - TOKENS_KEPT
        ),
        delete(e_card_token).where(e_card_token.c.expires_at < now - TOKENS_KEPT),
    )
    return sum(connection.execute(each).rowcount for each in deletions)


def _remember(connection: Connection, before: datetime) -> None:
    """Up to which of its numbers a terminal's transactions may be forgotten."""
    highest = (
        select(received.c.terminal.label("of_id"), func.max(received.c.sequence).label("to"))
        .where(received.c.decided_at < before)
        .group_by(received.c.terminal)
    )
    found = [row._asdict() for row in connection.execute(highest)]
    if found:
        to: BindParameter[int] = bindparam("to")
        further = case((terminal.c.forgotten < to, to), else_=terminal.c.forgotten)
        statement = update(terminal).where(terminal.c.id == bindparam("of_id")).values(forgotten=further)
        connection.execute(statement, found)


def perhaps_forgotten(
    connection: Connection, batch: TransactionBatch, now: datetime, days: int = RETENTION_DAYS
) -> set[int]:
    """The numbers of a batch whose answers may have been kept once, and are not any more.

    A number alone does not decide: a terminal set up again under its old name begins at one again.
    """
    old = [each.transaction for each in batch.deliveries if _is_old(each.transaction, now, days)]
    if not old:
        return set()
    query = select(terminal.c.forgotten).where(terminal.c.id == batch.terminal)
    forgotten = connection.execute(query).scalar() or 0
    return {each.sequence for each in old if each.sequence <= forgotten}


def _is_old(transaction: Transaction, now: datetime, days: int) -> bool:
    return transaction.occurred_at < now - timedelta(days=days)
