"""The centre's own look at the offline policies: what a terminal may have promised without asking (FC-43).

A terminal's flag ``accepted_offline`` is its word. It counts for actions whose policy allows promises, with
no more trust than a terminal can check alone, and for visits of the time of the business.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from central.departments.catalogue.base import CatalogueDepartment
from central.departments.department import Department
from config.catalogue.entries import CardManagement
from domain.messages.contract import Delivery, Transaction, TrustLevel

NOT_ALLOWED = "offline.not_allowed"
TERMINALS_WORD = TrustLevel.VERIFIED
"""The most that a terminal checks alone: no PIN is believed that no HSM checked."""


def refusal_of(delivery: Delivery, department: Department) -> str:
    """A fault code for a promise that no policy allows; empty where it stands."""
    if not delivery.accepted_offline:
        return ""
    transaction = delivery.transaction
    policy = _policy(transaction, department)
    if policy is None or not policy.get("allowed", False):
        return NOT_ALLOWED
    if not _word(transaction).reaches(TrustLevel(policy.get("trust", "verified"))):
        return "trust.too_low"
    limit = policy.get("amount_fen", 0)
    amount = transaction.body.get("amount_fen", 0)
    if limit and isinstance(amount, int) and amount > limit:
        return NOT_ALLOWED
    return ""


def _word(transaction: Transaction) -> TrustLevel:
    """The trust a terminal claims, as far as it can check it alone."""
    return min(transaction.trust, TERMINALS_WORD, key=lambda level: level.rank)


def as_said(delivery: Delivery) -> Transaction:
    """The transaction with the trust that counts. A promise carries the terminal's word, never a PIN."""
    if not delivery.accepted_offline:
        return delivery.transaction
    return delivery.transaction.model_copy(update={"trust": _word(delivery.transaction)})


def _policy(transaction: Transaction, department: Department) -> Mapping[str, Any] | None:
    if isinstance(department, CatalogueDepartment):
        entry = department.entry
        if isinstance(entry, CardManagement) and transaction.action == "unfinished":
            return {"allowed": True, "trust": "none"}
        return dict(entry.offline.model_dump())
    return shipped(transaction.service).get(transaction.action)


@cache
def shipped(service: str) -> Mapping[str, Mapping[str, Any]]:
    """The policies of a service with a module of its own, by action."""
    file = resources.files("config") / "offline" / f"{service}.toml"
    known = {each.name for each in (resources.files("config") / "offline").iterdir()}
    if file.name not in known:
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))
