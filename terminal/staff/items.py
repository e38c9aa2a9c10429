"""The journal for the staff: the inbox and the business of a day, masked, with the permitted actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import JsonValue

from domain.messages.contract import CredentialMessage, SocialSecurityCardPresented, Transaction
from domain.offline_policy import OfflinePolicies
from terminal.journal.encryption import KeyRing
from terminal.journal.faults import JournalFault
from terminal.journal.inbox import Decision, offered
from terminal.journal.reading import INBOX, JournalReader, Settled
from terminal.journal.record import Entry
from terminal.journal.voiding import may_be_voided

MOST_OF_A_DAY = 2_000
"""The newest so many are looked through for today's: more than a validator has in its rush hours."""
LAST_DIGITS = 4
PLAIN = ("title", "due_date")
"""Fields of the centre's answer that describe the business without personal data."""


@dataclass(frozen=True, slots=True)
class Item:
    """One transaction, without the name or number of anybody.

    ``about`` are the things it is about, by the offline policy, and what the centre answered of them;
    ``card`` the last digits of the card, empty for an electronic card or none. ``settled`` is the latest
    decision of a clerk.
    """

    entry: Entry
    about: tuple[tuple[str, str], ...] = ()
    card: str = ""
    electronic: bool = False
    decisions: tuple[Decision, ...] = ()
    correctable: tuple[str, ...] = ()
    settled: Settled | None = None

    @property
    def id(self) -> UUID:
        return self.entry.id

    @property
    def reference(self) -> str:
        """As it stands on the receipt."""
        return str(self.entry.id)[-8:]


def inbox_items(journal: JournalReader, ring: KeyRing, policies: OfflinePolicies) -> list[Item]:
    """The oldest first: who waits longest is seen to first. Raises ``JournalFault``."""
    return [_item(journal, ring, policies, entry, None) for entry in journal.entries(INBOX)]


def items_since(
    journal: JournalReader, ring: KeyRing, policies: OfflinePolicies, since: datetime
) -> list[Item]:
    """The newest first. Raises ``JournalFault``."""
    settled = {each.sequence: each for each in journal.settlements()}
    newest = list(journal.entries(newest=MOST_OF_A_DAY))
    of_the_day = [entry for entry in reversed(newest) if entry.occurred_at >= since]
    return [_item(journal, ring, policies, entry, settled.get(entry.sequence)) for entry in of_the_day]


def _item(
    journal: JournalReader, ring: KeyRing, policies: OfflinePolicies, entry: Entry, settled: Settled | None
) -> Item:
    """Where the content cannot be opened only its columns are known; it can be settled all the same."""
    policy = policies.of(entry.service, entry.action)
    transaction: Transaction | None = None
    answer: dict[str, JsonValue] = {}
    with suppress(JournalFault):
        if entry.kept:
            transaction = journal.transaction(ring, entry.sequence)
            found = journal.answer(ring, entry.sequence)
            answer = found.data if found else {}
    body = transaction.body if transaction else {}
    things = tuple(name for name in policy.things if name in body)
    decisions = offered(entry.standing)
    if may_be_voided(entry.standing, kept=transaction is not None):
        decisions = (Decision.VOID,)
    if not things:
        decisions = tuple(each for each in decisions if each is not Decision.CORRECT)
    return Item(
        entry,
        about=tuple(_said(body, things)) + tuple(_said(answer, PLAIN)),
        card=_last_digits(transaction.credential if transaction else None),
        electronic=transaction is not None
        and transaction.credential is not None
        and not isinstance(transaction.credential, SocialSecurityCardPresented),
        decisions=decisions,
        correctable=things,
        settled=settled,
    )


def _said(values: dict[str, JsonValue], names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = values.get(name)
        if isinstance(value, str | int) and value != "":
            yield name, str(value)


def _last_digits(credential: CredentialMessage | None) -> str:
    if isinstance(credential, SocialSecurityCardPresented):
        return credential.card_number[-LAST_DIGITS:]
    return ""
