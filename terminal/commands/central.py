"""``onecard central``: the central service on its own, and its administrator's orders."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from config.city.loading import load_city
from config.faults import Fault
from terminal.app.embedded import administer_central, serve_central
from terminal.commands.exit_codes import Exit

DATA = Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")) / "onecard" / "central"
ORDERS: dict[str, tuple[str, str]] = {
    "authority": ("", "print the code that terminals know this centre by"),
    "waiting": ("", "list the terminals that wait to be enrolled"),
    "approve": ("CODE [PROFILE]", "enrol the terminal that shows this code, for its profile's services"),
    "invite": ("[TERMINAL]", "print a one-time secret: its terminal may ask while strangers are limited"),
    "replace": (
        "CODE [PROFILE]",
        "the same, where another machine has that name: that one is revoked",
    ),
    "refuse": ("CODE", "say no to the terminal that shows this code"),
    "revoke": ("TERMINAL REASON", "end a terminal: it wipes itself at its next contact"),
    "terminals": ("", "list the terminals, their certificates and what they still hold"),
    "alarms": ("", "list what must never happen and did"),
    "publish": ("PROFILE DIRECTORY", "sign these files as the newest settings of a profile"),
    "catalogue": ("DIRECTORY", "sign the catalogue anew with these files over those in force"),
    "block": ("FILE", "put fingerprints on the hotlist, one a line"),
    "release": ("FILE", "take fingerprints off the hotlist"),
    "person": ("NUMBER_FILE FILE", "write all that is held of the person whose number stands in a file"),
    "forget": ("NUMBER_FILE", "forget that person; refused while something is open"),
    "settlement": ("FIRST LAST [FILE]", "settle the buses' days (2026-11-01), into a CSV file as well"),
    "account": (
        "NAME ROLE [DEPARTMENT]",
        "make or reset an account for /overview; prints a one-time password",
    ),
    "accounts": ("", "list the accounts"),
    "close": ("NAME", "close an account"),
    "sites": ("FILE", "where terminals stand: a CSV of terminal, district code, name"),
    "recount": ("", "prove the city's figures by their rows"),
    "reports": ("", "list the guest reports that the register of guests refused"),
    "send-report": ("NUMBER [FIELD=VALUE]", "send a refused report again, with corrected fields"),
    "settle-report": ("NUMBER REASON", "end a refused report that was made by other means"),
    "applications": ("", "list the applications that wait for an answer"),
    "grant": ("NUMBER [WORDS]", "grant an application, with words for the applicant"),
    "decline": ("NUMBER REASON", "decline an application, with the reason for the applicant"),
    "papers": ("NUMBER DIRECTORY", "write the photographed papers of an application out, to look at them"),
    "call": ("WINDOW", "call the next number of a window's queue"),
    "attendance": ("PLACE FILE", "write who came to the newest gathering of a place into a CSV file"),
    "export": ("DEPARTMENT FIRST LAST FILE", "its transactions into a .csv or .parquet file"),
    "daily": ("DAY DIRECTORY", "settle a day, or yesterday, with every department and funder, into a file"),
    "full-scale": ("[ONE_IN]", "fill an empty database with the article's 3,928,000 holders"),
    "tariff": ("NAME DIRECTORY TIME", "sign a tariff (GTFS files, city.toml) that holds from TIME on"),
    "entitlements": ("", "tell vehicles who rides for less by what the registers say now"),
    "issuers": ("", "list whose codes are believed: electronic cards and ride codes"),
    "new-issuer": ("", "sign electronic cards with a new key; those of the old one stay good"),
    "withdraw-issuer": ("NAME", "believe nothing any more that this issuer or authority signed"),
    "ride-authority": ("INDEX PUBLIC_KEY", "believe ride codes under this authority"),
    "vital-status": ("FILE", "take deaths from the civil register: a CSV of number, dead or alive, day"),
    "restored": ("", "after a backup was restored: all terminals fetch everything anew"),
}


UNPROTECTED = "central.unprotected"


WORDY = ("revoke", "send-report", "settle-report", "grant", "decline", "call")
"""Orders whose last word may be a whole sentence."""


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
        "--keys", metavar="DIR", type=Path, help="the authority's keys (under the user's data directory)"
    )
    parser.add_argument(
        "--name",
        metavar="HOST",
        action="append",
        default=[],
        help="a name or address terminals know this centre by: serves enrolled terminals over TLS",
    )
    parser.add_argument(
        "--register",
        metavar="ADDRESS",
        default="",
        help="where the register of guests is told: file:/folder or an HTTP address",
    )
    parser.add_argument(
        "--demonstration", action="store_true", help="fill an empty database and open /wallet"
    )
    parser.add_argument(
        "--workers", type=int, default=1, help="processes that serve at the same time; needs PostgreSQL"
    )
    parser.add_argument(
        "--city", metavar="NAME", default="", help="the city it serves: a name, or its folder"
    )
    parser.add_argument("order", nargs="?", choices=ORDERS, help="instead of serving; see below")
    parser.add_argument("words", nargs="*", metavar="…", help="what the order is about")
    parser.epilog = "\n".join(
        [
            "orders:",
            *(f"  {f'{order} {words}'.strip():30} {what}" for order, (words, what) in ORDERS.items()),
            "",
            "example: onecard central --host 0.0.0.0 --name central.example",
            "         onecard central approve 1A2B-3C4D-5E6F-7G8H",
            "         onecard central daily 2026-11-23 /var/lib/onecard/settlements",
            "         onecard central account wang administrator",
            "         onecard central settlement 2026-11-01 2026-11-30 november.csv",
            "         onecard central --demonstration     then open /wallet on a phone",
            "without --name it serves loopback only, to callers that show the secret in",
            "ONECARD_CENTRAL_SECRET (16 characters or more) or in the credential central-secret",
            "ONECARD_CENTRAL_KEEP_DAYS: days a transaction's answer is kept (400), at least 31",
            "exit codes: 0 done, 1 failed, 2 wrong use",
        ]
    )


def run(arguments: argparse.Namespace) -> int:
    url = arguments.database or f"sqlite:///{DATA.expanduser() / 'central.db'}"
    keys = arguments.keys or DATA.expanduser() / "fleet"
    if arguments.order:
        return _carry_out(url, keys, arguments)
    if arguments.workers > 1 and not url.startswith("postgresql:"):
        print("--workers needs --database postgresql://…: SQLite has one writer", file=sys.stderr)
        return Exit.WRONG_USE
    scheme = "https" if any(arguments.name) else "http"
    print(f"central service on {scheme}://{arguments.host}:{arguments.port}", file=sys.stderr, flush=True)
    try:
        serve_central(
            arguments.host,
            arguments.port,
            url,
            keys,
            demonstration=arguments.demonstration,
            register=arguments.register,
            names=[name for name in arguments.name if name.strip()],
            workers=arguments.workers,
            city=load_city(arguments.city),
        )
    except OSError as error:
        print(f"cannot listen on {arguments.host}:{arguments.port}: {error.strerror}", file=sys.stderr)
        return Exit.FAILED
    except Fault as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE if fault.code == UNPROTECTED else Exit.FAILED
    return Exit.DONE


def _carry_out(url: str, keys: Path, arguments: argparse.Namespace) -> int:
    order, words = arguments.order, arguments.words
    possible = ORDERS[order][0].split()
    needed = [word for word in possible if not word.startswith("[")]
    if len(words) < len(needed) or (len(words) > len(possible) and order not in WORDY):
        print(f"onecard central {order} {' '.join(possible)}", file=sys.stderr)
        return Exit.WRONG_USE
    try:
        lines = administer_central(url, keys, order, words, city=load_city(arguments.city))
    except ValueError as error:
        print(f"{error}; days are written 2026-11-01", file=sys.stderr)
        return Exit.WRONG_USE
    except (Fault, OSError) as error:
        print(error, file=sys.stderr)
        return Exit.FAILED
    for line in lines:
        print(line)
    return Exit.DONE
