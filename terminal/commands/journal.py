"""``onecard journal``: list, verify and export the journal, settle its inbox, change its key.

``list``, ``verify``, ``export`` and looking into the inbox read only, beside a running terminal too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from config.city.loading import load_city
from config.fault_texts import fault_texts
from config.faults import Fault
from config.settings import SettingsFault
from terminal.commands import journal_inbox
from terminal.commands.data_folder import add_place, chosen_folder
from terminal.commands.exit_codes import Exit
from terminal.commands.journal_access import (
    Document,
    entry_document,
    print_document,
    ring_of,
    stopped_journal,
)
from terminal.journal.encryption import KeyRing
from terminal.journal.faults import DecisionUnfit, JournalFault, NotInInbox
from terminal.journal.opening import journal_directory, keys_of
from terminal.journal.reading import PENDING, JournalReader, reading
from terminal.journal.record import Entry
from terminal.journal.rotation import rotate
from terminal.journal.verification import verify

EXAMPLES = """examples:
  onecard journal list --pending            what the centre has not answered
  onecard journal verify --json             is every record what was written?
  onecard journal export --to journal.json  the whole journal, without personal content
  onecard journal inbox                     what waits for a person, and what to do
  onecard journal inbox --accept ID --by 王芳 --reason "book is on the shelf"
  onecard journal rotate-key                seal new records with a new key

exit codes: 0 done, 1 failed or not whole, 2 wrong use"""

LIST_EXAMPLES = """examples:
  onecard journal list
  onecard journal list --pending --profile hotel
  onecard journal list --newest 0 --json"""
EXPORT_EXAMPLES = """examples:
  onecard journal export --to journal.json
  onecard journal export --to all.json --show-personal-data"""
WRONG_USE = (DecisionUnfit, NotInInbox, SettingsFault)


def describe(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)

    def job(name: str, help: str, examples: str = "") -> argparse.ArgumentParser:
        return _job(
            jobs.add_parser(
                name,
                help=help,
                description=help,
                epilog=examples or f"example: onecard journal {name}",
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )

    listing = job("list", "how the newest transactions stand", LIST_EXAMPLES)
    listing.add_argument("--pending", action="store_true", help="only what the centre has not answered")
    listing.add_argument(
        "--newest", metavar="N", type=_count, default=50, help="so many (%(default)s); 0: all"
    )
    job("verify", "check every record, its seal and the chain", "example: onecard journal verify --json")
    export = job("export", "write the journal out as one JSON document", EXPORT_EXAMPLES)
    export.add_argument("--to", metavar="FILE", help="a new file, readable by its owner only")
    export.add_argument("--show-personal-data", action="store_true", help="with credentials, bodies, answers")
    journal_inbox.describe(job("inbox", "what waits for a person; settle it"))
    job("rotate-key", "seal new records with a new key (the terminal must be stopped)")


def _count(text: str) -> int:
    """Parse a count. Raises ``ArgumentTypeError``, reported as wrong use."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text}: a whole number, 0 or more")
    return int(text)


def _job(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    add_place(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def run(arguments: argparse.Namespace) -> int:
    jobs: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": list_entries,
        "verify": verify_all,
        "export": export_all,
        "inbox": journal_inbox.look_or_settle,
        "rotate-key": rotate_key,
    }
    try:
        arguments.data = chosen_folder(arguments)
        return jobs[arguments.job](arguments)
    except Fault as fault:
        print(_refusal(fault, as_json=arguments.json))
        return Exit.WRONG_USE if isinstance(fault, WRONG_USE) else Exit.FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE


def list_entries(arguments: argparse.Namespace) -> int:
    standings = PENDING if arguments.pending else ()
    with reading(journal_directory(arguments.data)) as journal:
        entries = list(journal.entries(standings, arguments.newest or None))
        counted = journal.counted()
    oldest = counted.oldest_at.isoformat() if counted.oldest_at else None
    if arguments.json:
        shown = [entry_document(entry) for entry in entries]
        print_document(
            {"pending": counted.pending, "oldest_at": oldest, "inbox": counted.inbox, "entries": shown}
        )
        return Exit.DONE
    for entry in entries:
        print(_line(entry))
    print(
        f"{counted.pending} pending{f', the oldest of {oldest}' if oldest else ''}; "
        f"{counted.inbox} in the inbox"
    )
    return Exit.DONE


def verify_all(arguments: argparse.Namespace) -> int:
    found = verify(journal_directory(arguments.data), ring_of(arguments.data))
    if arguments.json:
        print_document(
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
    ring = ring_of(arguments.data) if arguments.show_personal_data else None
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
        print_document(document)
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
        print_document({"file": str(arguments.to), "records": records})
    else:
        print(f"{records} records written to {arguments.to}")
    return Exit.DONE


def _exported(journal: JournalReader, entry: Entry, ring: KeyRing | None) -> Document:
    shown = entry_document(entry)
    if ring is None or not entry.kept:
        return shown
    try:
        shown["transaction"] = journal.transaction(ring, entry.sequence).model_dump(mode="json")
        answer = journal.answer(ring, entry.sequence)
        shown["answer"] = answer.model_dump(mode="json") if answer else None
    except JournalFault as fault:
        shown["error"] = {"code": fault.code, "message": fault.detail}
    return shown


def rotate_key(arguments: argparse.Namespace) -> int:
    journal = stopped_journal(arguments.data, load_city(arguments.city).local(datetime.now(UTC)))
    try:
        number = rotate(journal, keys_of(arguments.data, os.environ))
    finally:
        journal.close()
    if arguments.json:
        print_document({"key": number})
    else:
        print(f"new records are sealed with key {number}; back the key file up")
    return Exit.DONE


def _line(entry: Entry) -> str:
    what = f"{entry.service}.{entry.action}"
    return (
        f"{entry.sequence:>8}  {entry.occurred_at:%Y-%m-%d %H:%M:%S}  {entry.id}  "
        f"{what:<20} {entry.standing.value:<14} {entry.code}"
    ).rstrip()


def _refusal(fault: Fault, *, as_json: bool) -> str:
    text = fault_texts().get(fault.code)
    message = f"{text.hint}" if text else fault.detail
    print(fault, file=sys.stderr)
    if as_json:
        return json.dumps({"error": {"code": fault.code, "message": message}}, ensure_ascii=False)
    return message
