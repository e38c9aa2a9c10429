"""The power goes, or the kernel kills the terminal, while somebody's name is on the screen: nothing of them
is left on the disk, and the next start is a safe idle screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cities import personas

ROOT = Path(__file__).parents[2]
READER = "liu-zhiyong"
BOOK = "2371600000010"
TITLE = "红楼梦"
VISIT = """
import sys
from pathlib import Path
from config.logging import begin_logging
from config.settings import CentralSettings, ScreenSettings, load_profile
from drivers.system.memory import close_memory
from ui.window import make_application
from ui.demonstration import Demonstration
from ui.stories.stage import ListeningVoice, Stage

close_memory()
folder = Path("machine").resolve()
begin_logging(folder / "terminal" / "logs")
application = make_application(["visit"])
screen = ScreenSettings(width=1280, height=800, full_screen=False)
patient = CentralSettings(budget_ms=30_000)
settings = load_profile("library").model_copy(update={"screen": screen, "central": patient})
voice = ListeningVoice()
demonstration = Demonstration(settings, folder, voice=voice)
demonstration.start()
stage = Stage(demonstration, "killed", None, voice)
stage.wait_until_ready()
print(stage.screen, stage.frame, flush=True)
if sys.argv[1] == "visit":
    demonstration.present_card(sys.argv[2])
    stage.wait_for("the choice", lambda screen: screen["kind"] == "choose")
    stage.touch("library.borrow")
    stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
    demonstration.present_book(sys.argv[3])
    stage.wait_for("the book", lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"])
    print(stage.screen["person"], stage.screen["rows"], flush=True)
    application.exec()
demonstration.stop()
"""


def started(folder: Path, what: str) -> subprocess.Popen[str]:
    """A counter in a process of its own, with its temporary and home folders where they are looked into."""
    places = {name: str(folder / name) for name in ("TMPDIR", "HOME", "XDG_RUNTIME_DIR")}
    for place in places.values():
        Path(place).mkdir(mode=0o700, exist_ok=True)
    environment = {
        **os.environ,
        **places,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
    }
    return subprocess.Popen(
        [sys.executable, "-c", VISIT, what, READER, BOOK],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env=environment,
    )


def traces(folder: Path) -> Iterator[tuple[str, str]]:
    """Where something of the reader stands in plain, in any file but the centre's own and the card's.

    Titles are looked for as well: what somebody reads is personal where it stands beside nothing else.
    """
    person = personas()[READER]
    words = (
        person.name,
        person.social_security_number,
        person.card_number,
        person.identification_code,
        TITLE,
    )
    needles = {word: {word.encode(code) for code in ("utf-8", "utf-16-le", "gb18030")} for word in words}
    for word in (person.social_security_number, person.identification_code):
        digits = word.replace("X", "A")
        needles[word].add(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    for path in folder.rglob("*"):
        of_others = {"central", "pcsc"} & set(path.relative_to(folder).parts)
        if of_others or not path.is_file():
            continue
        content = path.read_bytes()
        yield from ((str(path), word) for word, forms in needles.items() if any(f in content for f in forms))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_whoever_was_served_when_it_died_left_nothing_behind(end: signal.Signals, tmp_path: Path) -> None:
    with started(tmp_path, "visit") as process:
        assert process.stdout is not None
        assert "'kind': 'idle'" in process.stdout.readline()
        told = process.stdout.readline()
        assert "刘*勇" in told
        assert TITLE in told, "the visit is in its middle"
        process.send_signal(end)
        assert process.wait(20) == -end
    looked_at = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "journal.db" for path in looked_at)
    assert any(path.name == "terminal.log" for path in looked_at)
    assert [path for path in looked_at if path.name.startswith("core")] == []
    assert list(traces(tmp_path)) == []

    with started(tmp_path, "idle") as process:
        shown, _ = process.communicate(timeout=90)
    assert process.returncode == 0
    assert "'kind': 'idle'" in shown
    assert "'person': ''" in shown
    assert "刘" not in shown


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """A search that finds nothing anywhere would prove nothing."""
    person = personas()[READER]
    for name, content in (
        ("utf8", person.name.encode()),
        ("gbk", person.name.encode("gb18030")),
        ("utf16", person.social_security_number.encode("utf-16-le")),
        ("card", bytes.fromhex(person.identification_code)),
    ):
        (tmp_path / name).write_bytes(b"\x00" * 7 + content + b"\x00")
    assert {Path(path).name for path, _ in traces(tmp_path)} == {"utf8", "gbk", "utf16", "card"}
