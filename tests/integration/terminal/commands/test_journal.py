"""``onecard journal`` as an operator types it, beside the terminal that writes and after it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import load_profile
from drivers.central.faults import Unreachable
from terminal.__main__ import main
from terminal.commands import data_folder
from tests.unit.terminal.counter_with_journal import CARD, JournalledCounter, borrow, card
from tests.unit.terminal.ledger import refused

Said = pytest.CaptureFixture[str]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[JournalledCounter]:
    """One loan confirmed, one refused later, one pending."""
    counter = JournalledCounter(tmp_path)
    counter.submit(borrow("371600-1"))
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-2", card(2)))
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.copy_on_loan")
    counter.time.pass_(60)
    counter.drain()
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-3", card(3)))
    yield counter
    counter.close()


def document(said: Said, *words: str) -> dict[str, Any]:
    main(["journal", *words, "--json"])
    found: dict[str, Any] = json.loads(said.readouterr().out)
    return found


def test_list_shows_how_each_stands_beside_a_running_terminal(
    counter: JournalledCounter, capsys: Said
) -> None:
    listed = document(capsys, "list", "--data", str(counter.data))
    assert [each["standing"] for each in listed["entries"]] == ["confirmed", "refused_later", "promised"]
    assert (listed["pending"], listed["inbox"]) == (1, 1)
    assert main(["journal", "list", "--data", str(counter.data), "--pending"]) == 0
    assert "1 pending, the oldest of 2026-11-23" in capsys.readouterr().out


def test_verify_reads_every_record(counter: JournalledCounter, capsys: Said) -> None:
    found = document(capsys, "verify", "--data", str(counter.data))
    assert (found["whole"], found["checked"], found["problems"]) == (True, 3, [])


def test_export_leaves_persons_out_unless_asked(
    counter: JournalledCounter, capsys: Said, tmp_path: Path
) -> None:
    masked = tmp_path / "masked.json"
    assert main(["journal", "export", "--data", str(counter.data), "--to", str(masked)]) == 0
    assert CARD.card_number not in masked.read_text()
    assert masked.stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    whole = document(capsys, "export", "--data", str(counter.data), "--show-personal-data")
    assert whole["records"][0]["transaction"]["credential"]["card_number"] == CARD.card_number
    assert whole["records"][0]["answer"]["data"]["title"] == "活着"


def test_the_inbox_says_what_and_why_and_what_to_do(counter: JournalledCounter, capsys: Said) -> None:
    (item,) = document(capsys, "inbox", "--data", str(counter.data))["items"]
    assert item["about"] == {"barcode": "371600-2"}
    assert item["code"] == "library.copy_on_loan"
    assert item["next_step"].startswith("Reach the person")
    assert item["decisions"] == ["accept", "void", "correct"]


def test_a_clerk_settles_an_item_of_a_stopped_terminal(counter: JournalledCounter, capsys: Said) -> None:
    data = str(counter.data)
    (item,) = document(capsys, "inbox", "--data", data)["items"]
    words = [
        "journal",
        "inbox",
        "--data",
        data,
        "--void",
        item["id"],
        "--by",
        "王芳",
        "--reason",
        "back on the shelf",
    ]
    assert main(words) == 1
    assert "journal.in_use" in capsys.readouterr().err
    counter.close()
    assert main(words) == 0
    capsys.readouterr()
    assert document(capsys, "inbox", "--data", data)["items"] == []
    assert document(capsys, "export", "--data", data)["settlements"][0]["by"] == "王芳"


def test_a_decision_that_fits_nothing_is_wrong_use(counter: JournalledCounter, capsys: Said) -> None:
    (item,) = document(capsys, "inbox", "--data", str(counter.data))["items"]
    counter.close()
    named = ("--by", "王芳", "--reason", "scanned the wrong book")
    words = ("journal", "inbox", "--data", str(counter.data), "--correct", item["id"], *named)
    assert main([*words, "--set", "colour=red"]) == 2
    assert "colour: the item has barcode" in capsys.readouterr().err
    assert main(["journal", "inbox", "--data", str(counter.data), *named]) == 2
    assert "--accept" in capsys.readouterr().err
    assert main([*words, "--set", "barcode=371600-7"]) == 0
    capsys.readouterr()
    listed = document(capsys, "list", "--data", str(counter.data))
    assert [each["standing"] for each in listed["entries"]][1:] == ["settled", "promised", "promised"]


def test_the_inbox_speaks_the_language_of_whoever_reads_it(
    counter: JournalledCounter, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["journal", "inbox", "--data", str(counter.data)]) == 0
    said = capsys.readouterr().out
    assert "已受理的业务被中心拒绝" in said
    assert "barcode 371600-2" in said
    assert "--accept, --void, --correct" in said
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(["journal", "inbox", "--data", str(counter.data)]) == 0
    assert "1 in the inbox" in capsys.readouterr().out


def test_without_a_folder_it_is_the_one_the_terminal_of_the_profile_writes(
    capsys: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_folder, "DATA", tmp_path)
    folder = data_folder.folder_of(load_profile("library"))
    counter = JournalledCounter(folder)
    counter.submit(borrow("371600-1"))
    assert len(document(capsys, "list")["entries"]) == 1
    assert main(["journal", "list", "--profile", "hotel"]) == 1
    assert main(["journal", "list", "--profile", "no-such"]) == 2
    counter.close()


@pytest.mark.parametrize("job", ["list", "verify", "export", "inbox", "rotate-key"])
def test_every_job_has_an_example(job: str, capsys: Said) -> None:
    with pytest.raises(SystemExit):
        main(["journal", job, "--help"])
    assert f"onecard journal {job}" in capsys.readouterr().out.partition("example")[2]


def test_a_number_that_is_none_is_wrong_use(capsys: Said) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["journal", "list", "--newest", "-3"])
    assert "0 or more" in capsys.readouterr().err


def test_a_decision_without_a_name_is_wrong_use(counter: JournalledCounter, capsys: Said) -> None:
    (item,) = document(capsys, "inbox", "--data", str(counter.data))["items"]
    counter.close()
    assert main(["journal", "inbox", "--data", str(counter.data), "--void", item["id"]]) == 2


def test_a_key_is_changed_while_the_terminal_is_stopped(counter: JournalledCounter, capsys: Said) -> None:
    counter.close()
    assert document(capsys, "rotate-key", "--data", str(counter.data)) == {"key": 2}
    assert document(capsys, "verify", "--data", str(counter.data))["whole"]


def test_where_there_is_no_journal_it_says_so(tmp_path: Path, capsys: Said) -> None:
    assert main(["journal", "list", "--data", str(tmp_path)]) == 1
    assert "journal.missing" in capsys.readouterr().err


def test_damage_is_reported_and_fails(counter: JournalledCounter, capsys: Said) -> None:
    counter.journal.writer.write(
        lambda database: database.execute("UPDATE record SET hash = zeroblob(32) WHERE sequence = 2")
    )
    assert main(["journal", "verify", "--data", str(counter.data)]) == 1
    assert "record 2: it is not what was written" in capsys.readouterr().out
