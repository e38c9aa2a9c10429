"""A terminal's store and forward in a process of its own, over the real client, until it is killed."""

from __future__ import annotations

import logging
import os
import threading
from datetime import date, datetime, timedelta
from pathlib import Path

from config.clock import utc_now
from domain.credential import SocialSecurityCard
from domain.messages.contract import TrustLevel
from domain.offline_policy import load_policies
from drivers.central.client import CentralClient
from terminal.journal.retention import Retention, purge
from terminal.runtime.backoff import Waits
from terminal.store_and_forward.assembly import StoreAndForward, assemble
from terminal.visit.effects import SubmitDraft
from terminal.visit.events import BusinessStopped, CentralReach, Submitted
from terminal.visit.steps import Draft
from tests.cities import BINZHOU
from tests.faults.lives import Executioner, Message, hear_next, say, serve_lives

QUICK = Waits(
    first_probe_ms=20,
    longest_probe_ms=200,
    steady_after_ms=200,
    first_batch_ms=20,
    longest_batch_ms=200,
    first_item_ms=20,
    longest_item_ms=200,
)
"""The waits of the product, a hundred times shorter: a run has to end."""
UNTRUSTED = 5
"""Every fifth card is one that nothing is promised to: what its holder asked for is withdrawn instead."""
PURGE = Retention(content=timedelta(0), record=timedelta(days=400))


def card(number: int) -> SocialSecurityCard:
    return SocialSecurityCard(
        card_number=f"F{number:08d}",
        identification_code=f"371600D15600{number:012d}FFFFFFFF",
        version="2.00",
        algorithm="3DES",
        issue_date=date(2020, 1, 1),
        expiry_date=date(2030, 1, 1),
        name=None,
        social_security_number=None,
        trust=TrustLevel.NONE if number % UNTRUSTED == 0 else TrustLevel.READ,
    )


def effect(asked: Message) -> SubmitDraft:
    """A line of business as a visit would hand it over."""
    draft = Draft("library", asked["action"], (("barcode", asked["barcode"]),))
    credential = None if asked["card"] is None else card(asked["card"])
    return SubmitDraft(asked["line"], draft, credential, "")


def live(settings: Message) -> None:
    """Keys of ``settings``: ``data``, ``url``, ``terminal``, ``budget_ms``, ``wall_offset_s``, and a crash
    ``point`` with its ``count`` (for the start itself)."""
    logging.disable(logging.CRITICAL)
    executioner = Executioner()
    executioner.arm(settings.get("point", ""), settings.get("count", 1))
    offset = timedelta(seconds=settings.get("wall_offset_s", 0))

    def wall() -> datetime:
        return BINZHOU.local(utc_now()) + offset

    running = assemble(
        Path(settings["data"]),
        settings["terminal"],
        CentralClient(settings["url"]),
        load_policies(("library",)),
        settings["budget_ms"],
        _tell,
        at=executioner.at,
        wall=wall,
        waits=QUICK,
        reserve_bytes=settings.get("reserve_bytes", 1 << 20),
    )
    running.start()
    say({"begun": os.getpid()})
    _obey(running, executioner)
    running.stop()


def _obey(running: StoreAndForward, executioner: Executioner) -> None:
    while (asked := hear_next()) is not None and "stop" not in asked:
        match asked:
            case {"submit": line}:
                running.submission.submit(effect(line))
            case {"arm": point}:
                executioner.arm(point, asked.get("count", 1))
            case {"purge": _}:
                purged = purge(running.journal, PURGE, running.clock.now() + timedelta(days=1))
                say({"purged": purged.contents})
            case {"status": _}:
                backlog = running.journal.backlog
                say(
                    {
                        "pending": backlog.pending,
                        "inbox": backlog.inbox,
                        "online": running.link.online,
                        "clock": running.clock.fault,
                    }
                )


def _tell(event: Submitted | BusinessStopped | CentralReach) -> None:
    match event:
        case Submitted(line=line, outcome=outcome):
            told = {"line": line, "certainty": outcome.certainty.value, "id": outcome.transaction_id}
            say({"told": {**told, "code": outcome.code}})
        case BusinessStopped(code=code):
            say({"stopped": code})
        case CentralReach(online=online):
            say({"online": online})


if __name__ == "__main__":
    threading.stack_size(512 * 1024)
    serve_lives(live)
