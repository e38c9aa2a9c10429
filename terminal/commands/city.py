"""``onecard city``: write a new city as a folder of files, check one, list those there are."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from config.city.loading import (
    CityUnknown,
    default_city,
    folder_of_city,
    known_cities,
    load_city,
    user_cities,
)
from config.city.new import CityExists, NewCity, write_city
from config.faults import Fault
from config.settings import SettingsFault
from terminal.city_check import mistakes_of, warnings_of
from terminal.commands.exit_codes import Exit

NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def describe(parser: argparse.ArgumentParser) -> None:
    orders = parser.add_subparsers(dest="order", metavar="ORDER", required=True)
    new = orders.add_parser("new", help="write the files of a new city, with comments, and say where")
    new.add_argument(
        "name", metavar="NAME", help="small letters, digits, hyphens; or the path of a new folder"
    )
    new.add_argument("--region", default="659900", help="GB/T 2260, 6 digits (%(default)s, invented)")
    new.add_argument(
        "--transport-code", default="9901", help="of transport cards, 4 digits (%(default)s, invented)"
    )
    new.add_argument("--zone", default="", help="time zone (that of the default city)")
    check = orders.add_parser("check", help="name every mistake with its file and line")
    check.add_argument("name", metavar="NAME|DIR", nargs="?", default="", help="the default city without it")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    orders.add_parser("list", help="list the cities there are")
    parser.epilog = (
        "example: onecard city new hexi --region 659800 --transport-code 9902\n"
        "         onecard city check hexi\n"
        "         onecard story S1 --city hexi\n"
        "exit codes: 0 done, 1 mistakes were found or nothing was written, 2 wrong use or no such city"
    )


def run(arguments: argparse.Namespace) -> int:
    match arguments.order:
        case "new":
            return new(arguments)
        case "check":
            return check(arguments)
    for name, folder in known_cities():
        print(f"{name}{' (default)' if name == default_city() else ''}  {folder}")
    return Exit.DONE


def new(arguments: argparse.Namespace) -> int:
    """Write a city that is complete and works: its owner changes what is different."""
    named = Path(arguments.name)
    folder = named if "/" in arguments.name else user_cities(os.environ) / arguments.name
    if not NAME.fullmatch(folder.name):
        print(f"{folder.name!r} is no name of a city: small letters, digits, hyphens", file=sys.stderr)
        return Exit.WRONG_USE
    try:
        pattern = load_city()
        zone = arguments.zone or pattern.said.zone
        wanted = NewCity(folder.name, arguments.region, arguments.transport_code, zone)
        written = write_city(folder.expanduser(), wanted, pattern)
    except (CityExists, OSError) as error:
        print(error, file=sys.stderr)
        return Exit.FAILED
    except SettingsFault as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE
    print(f"{folder}: {len(written)} files are written; the comments in city.toml say what to change")
    where = folder.name if folder.parent == user_cities(os.environ) else folder
    print(f"then run: onecard city check {where}")
    return Exit.DONE


def check(arguments: argparse.Namespace) -> int:
    try:
        folder = folder_of_city(arguments.name)
    except CityUnknown as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE
    try:
        city, mistakes = mistakes_of(folder)
    except (OSError, Fault) as error:
        print(error, file=sys.stderr)
        return Exit.FAILED
    warnings = warnings_of(city, datetime.now(UTC))
    if arguments.json:
        said = {"city": folder.name, "folder": str(folder), "mistakes": mistakes, "warnings": warnings}
        print(json.dumps(said, ensure_ascii=False))
    else:
        show(folder, mistakes, warnings)
    return Exit.FAILED if mistakes else Exit.DONE


def show(folder: Path, mistakes: Iterable[str], warnings: Iterable[str]) -> None:
    """Mistakes and warnings, one a line, and a sum."""
    found = list(mistakes)
    for each in found:
        print(f"{folder}/{each}")
    for each in warnings:
        print(f"warning: {folder}/{each}")
    counted = {0: "no mistakes", 1: "1 mistake"}.get(len(found), f"{len(found)} mistakes")
    print(f"{folder.name}: {counted}")
