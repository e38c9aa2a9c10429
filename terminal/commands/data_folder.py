"""Where a terminal keeps its journal, keys and members: every command looks in the same place."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from config.settings import Settings, load_profile

DATA = Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")) / "onecard"


def add_place(parser: argparse.ArgumentParser) -> None:
    """The options that say whose data a command is about."""
    parser.add_argument(
        "--profile", metavar="P", default="library", help="a shipped profile, or a TOML file (%(default)s)"
    )
    parser.add_argument(
        "--city", metavar="NAME", default="", help="a city by name, or its folder (of the settings)"
    )
    parser.add_argument(
        "--data", metavar="DIR", type=Path, help=f"data folder (of the profile's terminal, below {DATA})"
    )


def chosen_folder(arguments: argparse.Namespace) -> Path:
    """Data folder chosen on the command line. Raises ``SettingsFault`` for an unknown profile."""
    named: Path | None = arguments.data
    return named.expanduser() if named else folder_of(load_profile(arguments.profile, arguments.city))


def folder_of(settings: Settings) -> Path:
    return (DATA / settings.terminal).expanduser()
