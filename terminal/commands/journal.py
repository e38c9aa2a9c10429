"""``onecard journal``: list, verify and export the journal, settle its inbox, change its key.

``list``, ``verify``, ``export`` and looking into the inbox read only, beside a running terminal too.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from config.fault_texts import fault_texts
from config.faults import Fault
from drivers.central.contract import Transaction
from terminal.commands.exit_codes import Exit
from terminal.journal.encryption import KeyRing, load_ring
from terminal.journal.faults import DecisionUnfit, JournalFault, NotInInbox
from terminal.journal.inbox import Decision, Settlement, offered, settle
from terminal.journal.opening import begun_of, journal_directory, keys_of
from terminal.journal.reading import INBOX, PENDING, JournalReader, reading
from terminal.journal.record import Entry
from terminal.journal.rotation import rotate
from terminal.journal.standing import Standing
from terminal.journal.store import Journal
from terminal.journal.verification import verify
from terminal.offline_policy import load_policies

DATA = Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")) / "onecard"
EXAMPLES = """examples:
  onecard journal list --pending            what the centre has not answered
  onecard journal verify --json             is every record what was written?
  onecard journal export --to journal.json  the whole journal, without personal content
  onecard journal inbox                     what waits for a person, and what to do
  onecard journal inbox --accept ID --by 王芳 --reason "book is on the shelf"
  onecard journal rotate-key                seal new records with a new key

exit codes: 0 done, 1 failed or not whole, 2 wrong use"""

Document = dict[str, Any]


def describe(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    listing = _job(jobs.add_parser("list", help="how the newest transactions stand"))
    listing.add_argument("--pending", action="store_true", help="only what the centre has not answered")
    listing.add_argument("--newest", metavar="N", type=int, default=50, help="so many (%(default)s); 0: all")
    _job(jobs.add_parser("verify", help="check every record, its seal and the chain"))
    export = _job(jobs.add_parser("export", help="write the journal out as one JSON document"))
    export.add_argument("--to", metavar="FILE", help="a new file, readable by its owner only")
    export.add_argument("--show-personal-data", action="store_true", help="with credentials, bodies, answers")
    inbox = _job(jobs.add_parser("inbox", help="what waits for a person; settle it"))
    chosen = inbox.add_mutually_exclusive_group()
    for decision in Decision:
        chosen.add_argument(f"--{decision.value}", metavar="ID", type=UUID, help=HELP[decision])
    inbox.add_argument("--set", metavar="FIELD=VALUE", action="append", default=[], help="for --correct")
    inbox.add_argument("--by", metavar="NAME", default="", help="who decides; goes on record")
    inbox.add_argument("--reason", metavar="TEXT", default="", help="why; goes on record")
    _job(jobs.add_parser("rotate-key", help="seal new records with a new key (the terminal must be stopped)"))


HELP = {
    Decision.ACCEPT: "it stays as it is",
    Decision.VOID: "it was undone at the counter",
    Decision.CORRECT: "journal it anew with the fields of --set in its place",
    Decision.RETRY: "send a held item again",
}


def _job(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--data", metavar="DIR", type=Path, default=DATA, help="data folder (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def run(arguments: argparse.Namespace) -> int:
    arguments.data = arguments.data.expanduser()
    jobs: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": list_entries,
        "verify": verify_all,
        "export": export_all,
        "inbox": look_or_settle,
        "rotate-key": rotate_key,
    }
    try:
        return jobs[arguments.job](arguments)
    except Fault as fault:
        print(_refusal(fault, as_json=arguments.json))
        return Exit.WRONG_USE if isinstance(fault, DecisionUnfit | NotInInbox) else Exit.FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE


def list_entries(arguments: argparse.Namespace) -> int:
    standings = PENDING if arguments.pending else ()
    with reading(journal_directory(arguments.data)) as journal:
        entries = list(journal.entries(standings, arguments.newest or None))
        pending = list(journal.entries(PENDING))
        inbox = sum(1 for _ in journal.entries(INBOX))
    oldest = pending[0].occurred_at.isoformat() if pending else None
    if arguments.json:
        shown = [_entry(entry) for entry in entries]
        _print({"pending": len(pending), "oldest_at": oldest, "inbox": inbox, "entries": shown})
        return Exit.DONE
    for entry in entries:
        print(_line(entry))
    print(f"{len(pending)} pending{f', the oldest of {oldest}' if oldest else ''}; {inbox} in the inbox")
    return Exit.DONE


def verify_all(arguments: argparse.Namespace) -> int:
    found = verify(journal_directory(arguments.data), _ring(arguments.data))
    if arguments.json:
        _print(
            {
                "whole": found.whole,
                "checked": found.checked,
                "purged": found.purged,
                "head": found.head,
                "problems": list(found.problems),
            }
        )
    else:
        for problem in found.problems:
            print(problem)
        purged = f", {found.purged} of them by their hash only" if found.purged else ""
        print(f"{found.checked} records checked{purged}; newest hash {found.head}")
        print("whole" if found.whole else "NOT WHOLE: keep the folder and the key file as they are")
    return Exit.DONE if found.whole else Exit.FAILED


def export_all(arguments: argparse.Namespace) -> int:
    """One damaged record does not keep the others from being written out."""
    ring = _ring(arguments.data) if arguments.show_personal_data else None
    with reading(journal_directory(arguments.data)) as journal:
        document = {
            "terminal": journal.terminal(),
            "exported_at": datetime.now(UTC).isoformat(),
            "records": [_exported(journal, entry, ring) for entry in journal.entries()],
            "settlements": [
                {
                    "sequence": each.sequence,
                    "standing": each.standing,
                    "decision": each.decision,
                    "by": each.by,
                    "reason": each.reason,
                    "at": each.at.isoformat(),
                }
                for each in journal.settlements()
            ],
        }
    if arguments.to is None:
        _print(document)
        return Exit.DONE
    try:
        descriptor = os.open(arguments.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        print(f"{arguments.to}: {error.strerror}", file=sys.stderr)
        return Exit.FAILED
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)
    records = len(document["records"])
    if arguments.json:
        _print({"file": str(arguments.to), "records": records})
    else:
        print(f"{records} records written to {arguments.to}")
    return Exit.DONE


def _exported(journal: JournalReader, entry: Entry, ring: KeyRing | None) -> Document:
    shown = _entry(entry)
    if ring is None or not entry.kept:
        return shown
    try:
        shown["transaction"] = journal.transaction(ring, entry.sequence).model_dump(mode="json")
        answer = journal.answer(ring, entry.sequence)
        shown["answer"] = answer.model_dump(mode="json") if answer else None
    except JournalFault as fault:
        shown["error"] = {"code": fault.code, "message": fault.detail}
    return shown


def look_or_settle(arguments: argparse.Namespace) -> int:
    chosen = {decision: getattr(arguments, decision.value) for decision in Decision}
    decided = next(((decision, id) for decision, id in chosen.items() if id), None)
    if decided:
        return _settle(arguments, *decided)
    with reading(journal_directory(arguments.data)) as journal:
        items = list(journal.entries(INBOX))
        bodies = _bodies(journal, arguments.data, items)
    if arguments.json:
        _print({"items": [_item(entry, bodies.get(entry.sequence)) for entry in items]})
        return Exit.DONE
    for entry in items:
        print(_described(_item(entry, bodies.get(entry.sequence))))
    print(f"{len(items)} in the inbox")
    return Exit.DONE


def _bodies(journal: JournalReader, data: Path, items: list[Entry]) -> dict[int, Transaction]:
    """What the items are about, as far as the key is at hand."""
    found = {}
    with suppress(JournalFault):
        ring = _ring(data)
        for entry in items:
            found[entry.sequence] = journal.transaction(ring, entry.sequence)
    return found


def _item(entry: Entry, transaction: Transaction | None) -> Document:
    text = fault_texts()[f"inbox.{entry.standing.value}"]
    reason = fault_texts().get(entry.code)
    return {
        **_entry(entry),
        "about": _about(transaction) if transaction else None,
        "what": text.en,
        "reason": reason.en if reason else entry.code,
        "next_step": text.next_en,
        "decisions": [decision.value for decision in offered(entry.standing)],
    }


def _about(transaction: Transaction) -> Document:
    """The things it is about, by the offline policy; never the person."""
    things = load_policies((transaction.service,)).of(transaction.service, transaction.action).things
    return {name: transaction.body[name] for name in things if name in transaction.body}


def _described(item: Document) -> str:
    about = ", ".join(f"{name} {value}" for name, value in (item["about"] or {}).items())
    return "\n".join(
        (
            f"{item['id']}  {item['service']}.{item['action']}  {item['occurred_at']}",
            f"    {about}",
            f"    {item['what']}: {item['reason']} [{item['code']}]",
            f"    {item['next_step']} (--{', --'.join(item['decisions'])})",
        )
    )


def _settle(arguments: argparse.Namespace, decision: Decision, id: UUID) -> int:
    if not all("=" in each for each in arguments.set):
        raise DecisionUnfit("--set FIELD=VALUE")
    correction = dict(each.split("=", 1) for each in arguments.set)
    now = datetime.now(UTC).astimezone()
    settlement = Settlement(decision, arguments.by, arguments.reason, now)
    journal = _stopped_journal(arguments.data, now)
    try:
        settle(journal, id, settlement, correction or None)
    finally:
        journal.close()
    if arguments.json:
        _print({"id": str(id), "decision": decision.value, "by": arguments.by})
    else:
        print(
            f"{id}: {decision.value}, decided by {arguments.by}, on record (system user {getpass.getuser()})"
        )
    return Exit.DONE


def rotate_key(arguments: argparse.Namespace) -> int:
    journal = _stopped_journal(arguments.data, datetime.now(UTC).astimezone())
    try:
        number = rotate(journal, keys_of(arguments.data, os.environ))
    finally:
        journal.close()
    if arguments.json:
        _print({"key": number})
    else:
        print(f"new records are sealed with key {number}; back the key file up")
    return Exit.DONE


def _stopped_journal(data: Path, now: datetime) -> Journal:
    """The journal of a terminal that does not run. Raises ``JournalInUse`` when it does."""
    directory = journal_directory(data)
    with reading(directory) as journal:
        terminal = journal.terminal()
    opened = Journal(directory, _ring(data), terminal, begun=begun_of(data))
    opened.open(lambda _service, _action: Standing.OPEN, now)
    return opened


def _ring(data: Path) -> KeyRing:
    return load_ring(keys_of(data, os.environ))


def _entry(entry: Entry) -> Document:
    return {
        "sequence": entry.sequence,
        "id": str(entry.id),
        "service": entry.service,
        "action": entry.action,
        "trust": entry.trust.value,
        "occurred_at": entry.occurred_at.isoformat(),
        "amount_fen": entry.amount_fen,
        "standing": entry.standing.value,
        "code": entry.code,
        "changed_at": entry.changed_at.isoformat(),
        "content": "kept" if entry.kept else "purged",
    }


def _line(entry: Entry) -> str:
    what = f"{entry.service}.{entry.action}"
    return (
        f"{entry.sequence:>8}  {entry.occurred_at:%Y-%m-%d %H:%M:%S}  {entry.id}  "
        f"{what:<20} {entry.standing.value:<14} {entry.code}"
    ).rstrip()


def _print(document: Document) -> None:
    print(json.dumps(document, ensure_ascii=False))


def _refusal(fault: Fault, *, as_json: bool) -> str:
    text = fault_texts().get(fault.code)
    message = f"{text.hint}" if text else fault.detail
    print(fault, file=sys.stderr)
    if as_json:
        return json.dumps({"error": {"code": fault.code, "message": message}}, ensure_ascii=False)
    return message
