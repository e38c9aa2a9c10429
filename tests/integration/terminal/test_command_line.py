"""The command line: version, did-you-mean, grouped help, completion, clean ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config.faults import Fault
from config.version import version
from terminal.__main__ import COMMANDS, main, parser_for
from terminal.commands.exit_codes import Exit

ROOT = Path(__file__).parents[3]
ONECARD = (sys.executable, "-m", "terminal")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"onecard {version()}\n"


def test_the_change_log_begins_with_the_packaged_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## [")]
    released = next(heading for heading in headings if "Unreleased" not in heading)
    assert released.startswith(f"## [{project['project']['version']}]")


@pytest.mark.parametrize(
    ("typed", "meant"), [("dcotor", "doctor"), ("jurnal", "journal"), ("storys", "story")]
)
def test_a_mistyped_command_names_the_nearest_one(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([typed])
    assert ended.value.code == Exit.WRONG_USE
    assert capsys.readouterr().err.endswith(f"did you mean {meant}?\n")


def test_a_word_near_no_command_gets_no_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["xyzzy"])
    assert "did you mean" not in capsys.readouterr().err


def test_every_command_is_in_the_help_once(capsys: pytest.CaptureFixture[str]) -> None:
    parser_for(None).print_help()
    lines = capsys.readouterr().out.splitlines()
    for name, command in COMMANDS.items():
        assert sum(line.split() == [name, *command.summary.split()] for line in lines) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([name, "--help"])
    assert f"onecard {name}" in capsys.readouterr().out.split("example", 1)[1]


def completions(line: str) -> set[str]:
    """The words a shell would offer, by argcomplete's own protocol (answers on file descriptor 8)."""
    environment = os.environ | {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
    }
    ended = subprocess.run(
        ["bash", "-c", 'exec 8>&1 9>/dev/null 1>/dev/null; exec "$@"', "bash", *ONECARD],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return {word.strip() for word in ended.stdout.split("\n")}


def test_a_shell_completes_commands_and_their_options() -> None:
    assert "doctor" in completions("onecard d")
    assert "journal" not in completions("onecard d")
    assert "--json" in completions("onecard doctor --")


class DiskGone(Fault):
    code = "journal.disk"


class Ended(Exception):
    """Stands for what a command lets through."""


def ending(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(_arguments: object) -> int:
        raise error

    monkeypatch.setattr("terminal.commands.scan.run", run)


def test_ctrl_c_ends_a_command_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ending(monkeypatch, KeyboardInterrupt())
    assert main(["scan", "0"]) == 128 + signal.SIGINT
    assert capsys.readouterr().err == "\n"


def test_a_fault_that_a_command_lets_through_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = DiskGone("the disk is gone")
    ending(monkeypatch, fault)
    assert main(["scan", "0"]) == Exit.FAILED
    assert capsys.readouterr().err == f"onecard scan: {fault}\n"


def test_a_mistake_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    ending(monkeypatch, Ended())
    with pytest.raises(Ended):
        main(["scan", "0"])


def test_a_closed_pipe_ends_a_command_in_silence() -> None:
    script = "import sys\nfrom terminal.__main__ import main\n"
    script += "import terminal.commands.scan as scan\n"
    script += "scan.run = lambda _: [print('x' * 4096) for _ in range(4096)] and 0\n"
    script += "sys.exit(main(['scan', '0']))"
    ended = subprocess.run(
        ["bash", "-c", '"$@" | head -c 10; exit ${PIPESTATUS[0]}', "bash", sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGPIPE, "")
