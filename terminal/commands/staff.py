"""``onecard staff``: clerks and operators of this terminal, and the audit log.

Write access to the data folder permits its use; every change goes on record with the system user's name.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from config.city.loading import load_city
from config.fault_texts import fault_texts
from config.faults import Fault
from config.settings import SettingsFault
from domain.cards.faults import NotSocialSecurityCard
from drivers.cards.t_union import TUnionCardFiles
from drivers.pcsc.faults import ReaderFault
from terminal.commands.data_folder import add_place, chosen_folder
from terminal.commands.exit_codes import Exit
from terminal.commands.read import WAIT_S, wait_and_read
from terminal.staff.account import LONGEST_PIN, Member, Role
from terminal.staff.faults import AccountUnfit, AccountUnknown
from terminal.staff.store import StaffStore

WRONG_USE = (AccountUnfit, AccountUnknown, SettingsFault)
EXAMPLES = """examples:
  onecard staff add 王芳 --role clerk          asks for a PIN twice, prints her number
  onecard staff card 1                         the card now in the reader becomes hers
  onecard staff list
  onecard staff pin 1                          a new PIN
  onecard staff unlock 1                       after too many wrong PINs
  onecard staff remove 1
  onecard staff audit --newest 20              who did what, and whether the record is whole

exit codes: 0 done, 1 failed or the record is not whole, 2 wrong use, 3 no reader"""


def describe(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    adding = _job(jobs.add_parser("add", help="a new member; prints the number to sign in with"))
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", choices=[role.value for role in Role], required=True)
    _pin_from(adding)
    _job(jobs.add_parser("list", help="who there is"))
    _pin_from(_numbered(jobs.add_parser("pin", help="a new PIN for a member")))
    card = _numbered(jobs.add_parser("card", help="the card in the reader becomes a member's"))
    card.add_argument("--reader", metavar="NAME", default="*", help="PC/SC name or pattern of the reader")
    card.add_argument("--take-away", action="store_true", help="the member has no card any more")
    _numbered(jobs.add_parser("unlock", help="after too many wrong PINs"))
    _numbered(jobs.add_parser("remove", help="the member may not sign in any more"))
    audit = _job(jobs.add_parser("audit", help="who did what, newest last; checks the record"))
    audit.add_argument("--newest", metavar="N", type=int, default=50, help="so many (%(default)s)")


def _job(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    add_place(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _numbered(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("number", metavar="NUMBER", type=int)
    return _job(parser)


def _pin_from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pin-stdin", action="store_true", help="read the PIN from standard input, one line")


def run(arguments: argparse.Namespace) -> int:
    jobs: dict[str, Callable[[StaffStore, argparse.Namespace], int]] = {
        "add": add,
        "list": list_members,
        "pin": change_pin,
        "card": give_card,
        "unlock": unlock,
        "remove": remove,
        "audit": audit,
    }
    try:
        with closing(StaffStore(chosen_folder(arguments))) as store:
            return jobs[arguments.job](store, arguments)
    except Fault as fault:
        print(_refusal(fault, as_json=arguments.json))
        return exit_code(fault)


def exit_code(fault: Fault) -> Exit:
    if isinstance(fault, ReaderFault):
        return Exit.DEVICE_MISSING
    return Exit.WRONG_USE if isinstance(fault, WRONG_USE) else Exit.FAILED


def add(store: StaffStore, arguments: argparse.Namespace) -> int:
    pin = _pin(arguments)
    member = store.add(arguments.name, Role(arguments.role), pin, _now(arguments), getpass.getuser())
    _print(arguments, _shown(member), f"{_line(member)}: signs in with number {member.number}")
    return Exit.DONE


def list_members(store: StaffStore, arguments: argparse.Namespace) -> int:
    members = store.members()
    lines = "\n".join(map(_line, members)) or "nobody yet: onecard staff add NAME --role clerk"
    _print(arguments, {"members": [_shown(member) for member in members]}, lines)
    return Exit.DONE


def change_pin(store: StaffStore, arguments: argparse.Namespace) -> int:
    store.change_pin(arguments.number, _pin(arguments), _now(arguments), getpass.getuser())
    return _done(arguments, "has a new PIN")


def give_card(store: StaffStore, arguments: argparse.Namespace) -> int:
    card_number = None
    if not arguments.take_away:
        card = wait_and_read(arguments.reader, WAIT_S)
        if isinstance(card, TUnionCardFiles):
            raise NotSocialSecurityCard("a transport card names nobody")
        card_number = card.card_number
    store.give_card(arguments.number, card_number, _now(arguments), getpass.getuser())
    return _done(arguments, "has this card" if card_number else "has no card")


def unlock(store: StaffStore, arguments: argparse.Namespace) -> int:
    store.unlock(arguments.number, _now(arguments), getpass.getuser())
    return _done(arguments, "may sign in again")


def remove(store: StaffStore, arguments: argparse.Namespace) -> int:
    store.remove(arguments.number, _now(arguments), getpass.getuser())
    return _done(arguments, "may not sign in any more")


def audit(store: StaffStore, arguments: argparse.Namespace) -> int:
    deeds, broken = store.deeds(max(0, arguments.newest)), store.broken_deeds()
    lines = [f"{deed.at}  {deed.number:>4} {deed.name}  {deed.act}  {deed.detail}".rstrip() for deed in deeds]
    lines.append(f"NOT WHOLE at {', '.join(map(str, broken))}" if broken else "whole")
    document = {"deeds": [asdict(deed) for deed in deeds], "broken": broken}
    _print(arguments, document, "\n".join(lines))
    return Exit.FAILED if broken else Exit.DONE


def _pin(arguments: argparse.Namespace) -> str:
    """Typed twice unseen, or one line of standard input. Raises ``AccountUnfit``."""
    if arguments.pin_stdin:
        return sys.stdin.readline(LONGEST_PIN + 2).rstrip("\r\n")
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("PIN again: ") != pin:
        raise AccountUnfit("the two PINs are not the same")
    return pin


def _done(arguments: argparse.Namespace, what: str) -> int:
    _print(arguments, {"number": arguments.number}, f"{arguments.number} {what}")
    return Exit.DONE


def _shown(member: Member) -> dict[str, Any]:
    return {"number": member.number, "name": member.name, "role": member.role, "card": member.has_card}


def _line(member: Member) -> str:
    return f"{member.number:>4}  {member.name}  {member.role.value}{', card' if member.has_card else ''}"


def _now(arguments: argparse.Namespace) -> datetime:
    """The time on the city's clock."""
    return load_city(arguments.city).local(datetime.now(UTC))


def _print(arguments: argparse.Namespace, document: dict[str, Any], text: str) -> None:
    print(json.dumps(document, ensure_ascii=False) if arguments.json else text)


def _refusal(fault: Fault, *, as_json: bool) -> str:
    text = fault_texts().get(fault.code)
    message = f"{text.en} {fault.detail}".strip() if text else fault.detail
    print(fault, file=sys.stderr)
    if as_json:
        return json.dumps({"error": {"code": fault.code, "message": message}}, ensure_ascii=False)
    return message
