"""``onecard story``: acceptance stories end to end, with the times of their steps."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config.city.loading import load_city
from config.clock import moment
from config.logging import begin_logging
from config.settings import SettingsFault
from terminal.commands.exit_codes import Exit

if TYPE_CHECKING:
    from ui.stories.telling import Outcome

PICTURES = Path("build/screenshots")


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="S1, S2 …, a fork such as S6-cards, all, or forks")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--pictures", type=Path, default=PICTURES, metavar="DIR", help="folder of photographs (%(default)s)"
    )
    parser.add_argument(
        "--no-pictures",
        dest="pictures",
        action="store_const",
        const=None,
        help="take no photographs: the steps alone, half as long",
    )
    parser.add_argument(
        "--kill-centre", action="store_true", help="kill the centre and start it again before every step"
    )
    parser.add_argument(
        "--at",
        type=moment,
        metavar="MOMENT",
        help="the moment the story begins at, such as 2026-12-01T23:30+08:00 (now)",
    )
    parser.add_argument(
        "--city", metavar="NAME", default="", help="a city by name, or its folder (the default one)"
    )
    parser.add_argument("--log", type=Path, metavar="DIR", help="keep the counter's log in this folder")
    parser.epilog = (
        "example: onecard story S1 --json\n"
        "A story runs on virtual cards in a real PC/SC reader, a virtual phone before a real camera\n"
        "connection, the screens drawn in memory, and an embedded centre.\n"
        "exit codes: 0 every story passed, 1 one failed, 2 no such story or city"
    )


def run(arguments: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from ui.stories.forks import FORKS
    from ui.stories.telling import STORIES, told_of

    several = {"all": list(STORIES), "forks": list(FORKS)}
    names = several.get(arguments.story, [arguments.story])
    if names[0] not in {*STORIES, *FORKS}:
        print(f"there is no story {arguments.story}; there are: {', '.join((*STORIES, *FORKS))}")
        return Exit.WRONG_USE
    try:
        load_city(arguments.city)
    except SettingsFault as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE
    outcomes: list[Outcome] = []
    for name in names:
        if not arguments.json:
            print(f"{name}  {told_of(name).title}", flush=True)
        outcomes.append(told_here(name, arguments) if len(names) == 1 else told_apart(name, arguments))
        if not arguments.json:
            print(transcript(outcomes[-1]), flush=True)
    if arguments.json:
        print(as_json(outcomes))
    elif arguments.pictures and any(outcome.steps for outcome in outcomes):
        print(f"photographs: {arguments.pictures}")
    return Exit.DONE if all(outcome.passed for outcome in outcomes) else Exit.FAILED


def told_here(name: str, arguments: argparse.Namespace) -> Outcome:
    from ui.stories.telling import tell
    from ui.window import make_application

    if arguments.log:
        begin_logging(arguments.log)
    application = make_application(["onecard"])
    outcome = tell(
        name, arguments.pictures, killing=arguments.kill_centre, at=arguments.at, city=arguments.city
    )
    del application
    return outcome


def told_apart(name: str, arguments: argparse.Namespace) -> Outcome:
    """In a process of its own: PC/SC's library keeps the first daemon a process speaks to for good, and
    each story has a daemon of its own."""
    from ui.stories.stage import Told
    from ui.stories.telling import Outcome

    command = [sys.executable, "-m", "terminal", "story", name, "--json"]
    command += ["--pictures", str(arguments.pictures)] if arguments.pictures else ["--no-pictures"]
    command += ["--kill-centre"] if arguments.kill_centre else []
    command += ["--at", arguments.at.isoformat()] if arguments.at else []
    command += ["--city", arguments.city] if arguments.city else []
    command += ["--log", str(arguments.log / name)] if arguments.log else []
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    try:
        (story,) = json.loads(ended.stdout)["stories"]
    except ValueError:
        return Outcome(name, f"its process ended with {ended.returncode} and told nothing", 0, ())
    steps = tuple(Told(step["name"], step["ms"]) for step in story["steps"])
    return Outcome(name, story["failure"], story["ready_ms"], steps)


def transcript(outcome: Outcome) -> str:
    lines = [f"  {outcome.ready_ms:8.1f} ms  the counter is ready"]
    lines += [f"  {step.ms:8.1f} ms  {step.name}" for step in outcome.steps]
    lines.append("  passed" if outcome.passed else f"  FAILED: {outcome.failure}")
    return "\n".join(lines)


def as_json(outcomes: list[Outcome]) -> str:
    stories = [
        {
            "story": outcome.story,
            "passed": outcome.passed,
            "ready_ms": outcome.ready_ms,
            "failure": outcome.failure,
            "steps": [{"name": step.name, "ms": step.ms} for step in outcome.steps],
        }
        for outcome in outcomes
    ]
    return json.dumps({"stories": stories}, ensure_ascii=False)
