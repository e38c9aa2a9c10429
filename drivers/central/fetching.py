"""Signed documents fetched from the centre, as ``runtime.signed_copy.Sync`` asks for them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from domain.messages.signed_documents import SignedDocument
from drivers.central.client import CentralClient
from drivers.central.faults import Final
from runtime.signed_copy import Fetch

log = logging.getLogger(__name__)

Ask = Callable[[str, int], tuple[SignedDocument, str] | None]
"""Tag and budget in ms; a method of ``CentralClient``."""


def fetched(ask: Ask, budget_ms: int) -> Fetch:
    """A centre that publishes no such document has nothing newer. The fetch raises ``CentralFault``."""

    def fetch(tag: str) -> tuple[bytes, str] | None:
        try:
            answer = ask(tag, budget_ms)
        except Final as fault:
            log.debug("not published: %s", fault)
            return None
        return (answer[0].model_dump_json().encode(), answer[1]) if answer else None

    return fetch


def published(central: CentralClient, name: str, budget_ms: int) -> Fetch:
    """The configuration published under ``name``."""
    return fetched(lambda tag, budget: central.configuration(name, tag, budget), budget_ms)
