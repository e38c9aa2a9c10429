"""``onecard doctor``: every part of a terminal looked at, and what to do about what is wrong."""

from __future__ import annotations

import argparse
import json
import sys

from config.faults import Fault
from config.settings import load_profile
from terminal.commands.data_folder import add_place, chosen_folder
from terminal.commands.exit_codes import Exit
from terminal.diagnostics.check import Check, Trouble
from terminal.diagnostics.checks import all_checks


def describe(parser: argparse.ArgumentParser) -> None:
    add_place(parser)
    parser.add_argument("--central", metavar="URL", default="", help="ask this central service")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.epilog = (
        "example: onecard doctor --profile library\n"
        "exit codes: 0 all well, 1 something is wrong, 3 a device is missing, 4 the centre is not reached"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        settings = load_profile(arguments.profile, arguments.city)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE
    if arguments.central:
        central = settings.central.model_copy(update={"url": arguments.central})
        settings = settings.model_copy(update={"central": central})
    checks = []
    for check in all_checks(settings, chosen_folder(arguments)):
        checks.append(check)
        if not arguments.json:
            print(line(check), flush=True)
    if arguments.json:
        shown = [
            {"name": each.name, "ok": each.ok, "level": level_of(each), "message": each.message}
            for each in checks
        ]
        print(json.dumps({"checks": shown}, ensure_ascii=False))
    return exit_code(checks)


def line(check: Check) -> str:
    level = {Trouble.NONE: "ok", Trouble.ADVICE: "advice"}.get(check.trouble, "WRONG")
    return f"{level:7} {check.name:12} {check.message}"


def level_of(check: Check) -> str:
    """``green``, ``amber`` (works, something better is advised) or ``red``."""
    return {Trouble.NONE: "green", Trouble.ADVICE: "amber"}.get(check.trouble, "red")


def exit_code(checks: list[Check]) -> Exit:
    """The gravest kind of trouble; a missing device comes before a centre that is not reached."""
    troubles = {check.trouble for check in checks}
    if Trouble.DEVICE in troubles:
        return Exit.DEVICE_MISSING
    if Trouble.CENTRAL in troubles:
        return Exit.CENTRAL_UNREACHABLE
    return Exit.FAILED if Trouble.OTHER in troubles else Exit.DONE
