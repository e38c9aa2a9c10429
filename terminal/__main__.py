# PYTHON_ARGCOMPLETE_OK
"""``onecard``: the command line of the terminal."""

from __future__ import annotations

import argparse
import difflib
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, NoReturn

from config.faults import Fault
from config.version import version
from terminal.commands.exit_codes import Exit


class Command(NamedTuple):
    group: str
    module: str
    """Imported by name when its command is chosen: commands start fast, nothing below imports ``ui``."""
    summary: str


RUN, LOOK, KEEP = "Run", "Check a machine", "Operate"

COMMANDS = {
    "run": Command(RUN, "ui.commands.run", "the terminal"),
    "story": Command(RUN, "ui.commands.story", "an acceptance story, end to end"),
    "central": Command(RUN, "terminal.commands.central", "the central service"),
    "doctor": Command(LOOK, "terminal.commands.doctor", "what is wrong on this machine, and what to do"),
    "read": Command(LOOK, "terminal.commands.read", "read the card in a reader and print it masked"),
    "reader": Command(LOOK, "terminal.commands.reader", "guided test of a card reader, with a report"),
    "scan": Command(LOOK, "terminal.commands.scan", "decode codes from an image, a video or a camera"),
    "print": Command(LOOK, "terminal.commands.print", "print a test slip, or ask the printer for its status"),
    "city": Command(LOOK, "terminal.commands.city", "write a new city as a folder of files, or check one"),
    "voice": Command(KEEP, "ui.commands.voice", "check, script, record and import the voice"),
    "enrol": Command(KEEP, "terminal.commands.enrol", "register this terminal with the centre"),
    "journal": Command(
        KEEP, "terminal.commands.journal", "list, verify, export the journal; settle its inbox"
    ),
    "staff": Command(
        KEEP, "terminal.commands.staff", "accounts, PINs and cards of clerks and operators; audit log"
    ),
}
TITLE = "Onecard Terminal (一卡通终端): the counter where one card serves all."
EPILOG = (
    "Every command has its own help with an example: onecard COMMAND --help\n"
    'Completion for bash: eval "$(register-python-argcomplete onecard)"\n'
    "example: onecard run --profile library"
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose refusal of an unknown command names the nearest one."""

    def error(self, message: str) -> NoReturn:
        super().error(message + _did_you_mean(message, list(COMMANDS)))


def _did_you_mean(message: str, known: list[str]) -> str:
    if "COMMAND: invalid choice: " not in message:
        return ""
    written = message.split("invalid choice: ", 1)[1].split("'")[1]
    near = difflib.get_close_matches(written, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def command_list() -> str:
    """The commands by group, one a line."""
    width = max(map(len, COMMANDS)) + 2
    lines: list[str] = []
    for group in dict.fromkeys(command.group for command in COMMANDS.values()):
        lines.append(f"\n{group}:")
        lines += [f"  {name:{width}}{each.summary}" for name, each in COMMANDS.items() if each.group == group]
    return "\n".join(lines).strip("\n")


def parser_for(chosen: str | None) -> argparse.ArgumentParser:
    """The parser of all commands. Imports the chosen command's module only; ``None`` imports none."""
    parser = Parser(
        prog="onecard",
        usage="onecard [--version] COMMAND …",
        description=f"{TITLE}\n\n{command_list()}",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"onecard {version()}")
    commands = parser.add_subparsers(
        dest="command",
        metavar="COMMAND",
        required=True,
        help=argparse.SUPPRESS,
        parser_class=argparse.ArgumentParser,
    )
    for name, entry in COMMANDS.items():
        command = commands.add_parser(
            name, description=entry.summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == chosen:
            module = import_module(entry.module)
            module.describe(command)
            command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (see ``terminal.commands.exit_codes``).

    A fault that the command did not handle itself becomes one line on standard error, Ctrl-C the exit code
    of an interrupted program, and a closed pipe (``onecard journal list | head``) ends in silence.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = _chosen(words)
    parser = parser_for(chosen)
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)
    arguments = parser.parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Python flushes standard output once more at exit, which would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except Fault as fault:
        print(f"onecard {arguments.command}: {fault}", file=sys.stderr)
        return Exit.FAILED
    return code


def _chosen(words: list[str]) -> str | None:
    """The command among the words; while a shell completes, the words are in the line that it passes."""
    typed = os.environ.get("COMP_LINE", "").split() if "_ARGCOMPLETE" in os.environ else words
    return next((word for word in typed if word in COMMANDS), None)


if __name__ == "__main__":
    raise SystemExit(main())
