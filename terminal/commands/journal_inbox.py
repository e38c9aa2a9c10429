"""``onecard journal inbox``: what waits for a person, why, what to do, and the decision on record.

For a terminal that is stopped, or whose screen cannot be reached; on a running one a clerk does the same
at its own strip.
"""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from config.city.loading import load_city
from config.fault_texts import fault_texts
from domain.messages.contract import Transaction
from domain.offline_policy import load_policies
from terminal.commands.exit_codes import Exit
from terminal.commands.journal_access import (
    Document,
    entry_document,
    print_document,
    ring_of,
    stopped_journal,
)
from terminal.journal.faults import DecisionUnfit, JournalFault
from terminal.journal.inbox import Decision, Settlement, offered, settle
from terminal.journal.opening import journal_directory
from terminal.journal.reading import INBOX, JournalReader, reading
from terminal.journal.record import Entry

HELP = {
    Decision.ACCEPT: "it stays as it is",
    Decision.VOID: "it was undone at the counter",
    Decision.CORRECT: "journal it anew with the fields of --set in its place",
    Decision.RETRY: "send a held item again",
}
EXAMPLES = """examples:
  onecard journal inbox
  onecard journal inbox --accept ID --by 王芳 --reason "the book is on the shelf"
  onecard journal inbox --void ID --by 王芳 --reason "the reader brought it back at once"
  onecard journal inbox --correct ID --set barcode=9787020002207 --by 王芳 --reason "scanned the wrong book"
  onecard journal inbox --retry ID --by 王芳 --reason "the centre was mended"

Looking works beside a running terminal; deciding needs it stopped, or its own clerk's strip."""


def describe(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    chosen = parser.add_mutually_exclusive_group()
    for decision in Decision:
        chosen.add_argument(f"--{decision.value}", metavar="ID", type=UUID, help=HELP[decision])
    parser.add_argument("--set", metavar="FIELD=VALUE", action="append", default=[], help="for --correct")
    parser.add_argument("--by", metavar="NAME", default="", help="who decides; goes on record")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; goes on record")


def look_or_settle(arguments: argparse.Namespace) -> int:
    """Raises ``JournalFault``."""
    chosen = {decision: getattr(arguments, decision.value) for decision in Decision}
    decided = next(((decision, id) for decision, id in chosen.items() if id), None)
    if decided:
        return _settle(arguments, *decided)
    if arguments.set or arguments.by or arguments.reason:
        raise DecisionUnfit("no decision: --accept, --void, --correct or --retry with the item's ID")
    with reading(journal_directory(arguments.data)) as journal:
        items = list(journal.entries(INBOX))
        bodies = _bodies(journal, arguments.data, items)
    if arguments.json:
        print_document({"items": [_item(entry, bodies.get(entry.sequence)) for entry in items]})
        return Exit.DONE
    chinese, now = reads_chinese(os.environ), datetime.now(UTC)
    for entry in items:
        print(_described(_item(entry, bodies.get(entry.sequence)), now - entry.changed_at, chinese=chinese))
    print(f"收件箱共 {len(items)} 笔" if chinese else f"{len(items)} in the inbox")
    return Exit.DONE


def reads_chinese(environment: Mapping[str, str]) -> bool:
    """By the locale of messages (POSIX.1-2017, 8.2: the first one set counts)."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, names), "").startswith("zh")


def _bodies(journal: JournalReader, data: Path, items: list[Entry]) -> dict[int, Transaction]:
    """Transactions of the items, as far as the key is available."""
    found = {}
    with suppress(JournalFault):
        ring = ring_of(data)
        for entry in items:
            with suppress(JournalFault):
                found[entry.sequence] = journal.transaction(ring, entry.sequence)
    return found


def _item(entry: Entry, transaction: Transaction | None) -> Document:
    text = fault_texts()[f"inbox.{entry.standing.value}"]
    reason = fault_texts().get(entry.code)
    return {
        **entry_document(entry),
        "about": _about(transaction) if transaction else None,
        "what": text.en,
        "what_zh": text.zh,
        "reason": reason.en if reason else entry.code,
        "reason_zh": reason.zh if reason else entry.code,
        "next_step": text.next_en,
        "next_step_zh": text.next_zh,
        "decisions": [decision.value for decision in offered(entry.standing)],
    }


def _about(transaction: Transaction) -> Document:
    """The things it is about, by the offline policy; never the person."""
    things = load_policies((transaction.service,)).of(transaction.service, transaction.action).things
    return {name: transaction.body[name] for name in things if name in transaction.body}


def _described(item: Document, waits: timedelta, *, chinese: bool) -> str:
    """Four lines for a person: what, how long it waits, why, and what to do with which words."""
    about = ", ".join(f"{name} {value}" for name, value in (item["about"] or {}).items())
    suffix = "_zh" if chinese else ""
    age = _age(waits, chinese=chinese)
    return "\n".join(
        (
            f"{item['id']}  {item['service']}.{item['action']}  {item['occurred_at']}  {age}",
            *([f"    {about}"] if about else []),
            f"    {item[f'what{suffix}']}: {item[f'reason{suffix}']} [{item['code']}]",
            f"    {item[f'next_step{suffix}']} (--{', --'.join(item['decisions'])})",
        )
    )


def _age(waits: timedelta, *, chinese: bool) -> str:
    hours = max(0.0, waits.total_seconds() / 3600)
    if hours < 48:
        return f"已等 {hours:.1f} 小时" if chinese else f"waits for {hours:.1f} h"
    return f"已等 {hours / 24:.0f} 天" if chinese else f"waits for {hours / 24:.0f} days"


def _settle(arguments: argparse.Namespace, decision: Decision, id: UUID) -> int:
    if not all("=" in each for each in arguments.set):
        raise DecisionUnfit("--set FIELD=VALUE")
    correction = dict(each.split("=", 1) for each in arguments.set)
    now = load_city(arguments.city).local(datetime.now(UTC))
    settlement = Settlement(decision, arguments.by, arguments.reason, now)
    journal = stopped_journal(arguments.data, now)
    try:
        settle(journal, id, settlement, correction or None)
    finally:
        journal.close()
    if arguments.json:
        print_document({"id": str(id), "decision": decision.value, "by": arguments.by})
    else:
        print(
            f"{id}: {decision.value}, decided by {arguments.by}, on record (system user {getpass.getuser()})"
        )
    return Exit.DONE
