"""``onecard``: the command line of the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "run": ("ui.commands.run", "the terminal"),
    "story": ("ui.commands.story", "an acceptance story, end to end"),
    "central": ("terminal.commands.central", "the central service"),
    "enrol": ("terminal.commands.enrol", "make this terminal one that the centre knows"),
    "doctor": ("terminal.commands.doctor", "what is wrong on this machine, and what to do"),
    "read": ("terminal.commands.read", "read the card in a reader and print it masked"),
    "scan": ("terminal.commands.scan", "decode codes from an image, a video or a camera"),
    "print": ("terminal.commands.print", "print a test slip, or ask the receipt printer how it is"),
    "journal": ("terminal.commands.journal", "list, verify, export the journal; settle its inbox"),
    "staff": ("terminal.commands.staff", "clerks and operators: accounts, PINs, cards, what they did"),
}
"""Each command's module, imported by name when it is the one asked for: a face is started from here
without anything below knowing it."""


def parser_for(chosen: str | None) -> argparse.ArgumentParser:
    """The parser of all commands; only the chosen one's module is imported, so that each starts fast."""
    parser = argparse.ArgumentParser(
        prog="onecard",
        description="Onecard Terminal (一卡通终端): the counter where one card serves all.",
        epilog="example: onecard run --profile library",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module_name, summary) in COMMANDS.items():
        command = commands.add_parser(
            name, help=summary, description=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == chosen:
            module = import_module(module_name)
            module.describe(command)
            command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (see ``terminal.commands.exit_codes``)."""
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in words if word in COMMANDS), None)
    arguments = parser_for(chosen).parse_args(words)
    code: int = arguments.run(arguments)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
