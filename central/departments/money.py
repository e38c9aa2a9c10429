"""Money of a card's account: movements that name their transaction, and can be taken back once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Row, insert, select, update

from central.departments.tables import account, posting
from config.catalogue.entries import Name
from config.faults import Fault


class BankRefused(Fault):
    """The bank does not carry it out; ``reason`` is the stable code."""

    code = "payment.bank_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bank(Protocol):
    """The bank of a card's account. Raises ``BankRefused``.

    ``take_back`` raises ``BankRefused`` where the money was spent meanwhile.
    ``move`` books fen (negative: taken from the account) under a transaction's id, at most once for each
    kind; ``take_back`` books the opposite of what a transaction moved, and says whether there was any.
    """

    def account_of(self, connection: Connection, subject: str) -> Row[Any]: ...

    def move(
        self, connection: Connection, subject: str, fen: int, kind: str, title: Name, by: str, at: datetime
    ) -> None: ...

    def take_back(self, connection: Connection, by: str, at: datetime) -> bool: ...


class BuiltInBank:
    """Accounts in the centre's own database."""

    def account_of(self, connection: Connection, subject: str) -> Row[Any]:
        """The account, locked until the transaction ends. Raises ``BankRefused`` without one in use."""
        found = connection.execute(
            select(account).where(account.c.subject == subject).with_for_update()
        ).one_or_none()
        if found is None:
            raise BankRefused("payment.no_account")
        if not found.active:
            raise BankRefused("payment.account_not_active")
        return found

    def move(
        self, connection: Connection, subject: str, fen: int, kind: str, title: Name, by: str, at: datetime
    ) -> None:
        found = self.account_of(connection, subject)
        if found.balance_fen + fen < 0:
            raise BankRefused("payment.too_little")
        connection.execute(
            insert(posting).values(
                account=found.id, fen=fen, kind=kind, title_zh=title.zh, title_en=title.en, by=by, at=at
            )
        )
        connection.execute(
            update(account).where(account.c.id == found.id).values(balance_fen=account.c.balance_fen + fen)
        )

    def take_back(self, connection: Connection, by: str, at: datetime) -> bool:
        moved = connection.execute(
            select(posting).where(posting.c.by == by, posting.c.kind != "taken-back")
        ).all()
        done = connection.execute(
            select(posting.c.id).where(posting.c.by == by, posting.c.kind == "taken-back").limit(1)
        ).first()
        if not moved or done:
            return False
        for each in moved:
            held = select(account.c.balance_fen).where(account.c.id == each.account).with_for_update()
            if connection.execute(held).scalar_one() < each.fen:
                raise BankRefused("payment.too_little")
        for each in moved:
            connection.execute(
                insert(posting).values(
                    account=each.account,
                    fen=-each.fen,
                    kind="taken-back",
                    title_zh=each.title_zh,
                    title_en=each.title_en,
                    by=by,
                    at=at,
                )
            )
            connection.execute(
                update(account)
                .where(account.c.id == each.account)
                .values(balance_fen=account.c.balance_fen - each.fen)
            )
        return True
