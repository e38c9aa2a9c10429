"""``onecard central``: the central service on its own."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from terminal.commands.exit_codes import Exit
from terminal.embedded import serve_central

DATA = Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")) / "onecard" / "central"


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8800, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--database",
        metavar="URL",
        default="",
        help="sqlite:///… or postgresql://user@host/name (a file under the user's data directory)",
    )
    parser.add_argument(
        "--demonstration", action="store_true", help="fill an empty database and open /wallet"
    )
    parser.epilog = (
        "example: onecard central --port 8800 --demonstration\n"
        "then open /wallet on a phone, and start terminals with --central URL"
    )


def run(arguments: argparse.Namespace) -> int:
    url = arguments.database or f"sqlite:///{DATA.expanduser() / 'central.db'}"
    print(f"central service on http://{arguments.host}:{arguments.port}", file=sys.stderr, flush=True)
    try:
        serve_central(arguments.host, arguments.port, url, demonstration=arguments.demonstration)
    except OSError as error:
        print(f"cannot listen on {arguments.host}:{arguments.port}: {error.strerror}", file=sys.stderr)
        return Exit.FAILED
    return Exit.DONE
