"""``onecard enrol``: makes this terminal one that the centre knows."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from datetime import datetime
from pathlib import Path

import qrcode

from config.faults import Fault
from config.settings import Settings, SettingsFault, load_profile
from domain.messages.enrolment import normal_code
from drivers.central.faults import CentralFault, Final
from terminal.commands.data_folder import add_place, chosen_folder
from terminal.commands.exit_codes import Exit
from terminal.provisioning.enrolment import Wanted, enrol, identity_files, meet


def describe(parser: argparse.ArgumentParser) -> None:
    add_place(parser)
    parser.add_argument("--central", metavar="URL", default="", help="https://… of the centre")
    parser.add_argument(
        "--authority",
        metavar="CODE",
        required=True,
        help="the centre's own code, as its administrator gave it (24 letters)",
    )
    parser.add_argument(
        "--invitation-file",
        metavar="FILE",
        default="",
        help="the one-time secret of 'onecard central invite', in a file; - reads standard input",
    )
    parser.epilog = (
        "example: onecard enrol --central https://central.example:8800 --authority 1A2B-…\n"
        "shows a code; the centre's administrator approves it with: onecard central approve CODE\n"
        "exit codes: 0 enrolled, 1 refused, 2 wrong use, 4 the centre is not reached"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        settings = load_profile(arguments.profile, arguments.city)
    except SettingsFault as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE
    url = arguments.central or settings.central.url
    if not url.startswith("https://"):
        print("--central takes an address that begins with https://", file=sys.stderr)
        return Exit.WRONG_USE
    data = chosen_folder(arguments)
    files = identity_files(data, os.environ)
    broken_off = threading.Event()
    try:
        meet(files, url, arguments.authority)
        identity = enrol(files, url, wanted(arguments, settings), show, broken_off.wait, say)
    except KeyboardInterrupt:
        print("broken off; the same code is shown next time", file=sys.stderr)
        return Exit.FAILED
    except Final as fault:
        print(fault, file=sys.stderr)
        return Exit.FAILED
    except CentralFault as fault:
        print(fault, file=sys.stderr)
        return Exit.CENTRAL_UNREACHABLE
    except (Fault, OSError) as fault:
        print(fault, file=sys.stderr)
        return Exit.FAILED
    print(f"{identity.terminal} is enrolled until {identity.expires_at:%Y-%m-%d}; it renews itself")
    return Exit.DONE


def wanted(arguments: argparse.Namespace, settings: Settings) -> Wanted:
    """What is asked of the centre. Raises ``OSError`` for an invitation that cannot be read."""
    shipped = not arguments.profile.endswith(".toml")
    return Wanted(
        settings.terminal,
        arguments.profile if shipped else "",
        settings.services,
        invitation_in(arguments.invitation_file),
    )


def invitation_in(file: str) -> str:
    """The first line of a file or of standard input; empty where no file is named. Raises ``OSError``."""
    if not file:
        return ""
    content = sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8")
    return content.strip().split("\n")[0][:64]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def show(code: str, until: datetime) -> None:
    """The code to compare, as text and to scan."""
    print(f"\n{as_squares(code)}\n{normal_code(code)}   good until {until:%H:%M}", flush=True)


def as_squares(code: str) -> str:
    """A QR code in half blocks, light on dark as most consoles are."""
    drawn = qrcode.QRCode(border=2)
    drawn.add_data(code)
    rows = [*drawn.get_matrix()]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    blocks = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(blocks[pair] for pair in zip(*two, strict=True)) for two in pairs)
