"""The administrator's orders, and the embedded centre behind its secret."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import requests

from central.fleet import hotlist
from central.fleet.administration import ORDERS
from domain.messages.signed_documents import HotlistDelta, opened
from drivers.central.client import CentralClient, sharing_secret
from drivers.central.configuration_copy import ConfigurationCopy
from drivers.central.faults import Final
from drivers.central.identity import authority_in
from drivers.central.tls import as_terminal
from terminal.__main__ import main
from terminal.app.embedded import EmbeddedCentral
from terminal.commands.central import ORDERS as OFFERED
from terminal.identification.hotlist.store import Hotlist, fingerprint
from terminal.provisioning.configuration import check
from tests.integration.central.desk import BOOK, Desk
from tests.integration.central.fleet.city import BUDGET_MS, City
from tests.integration.central.fleet.test_terminals import Forger, block, refresh


def order(city: City, *words: str) -> int:
    place = city.directory
    return main(
        ["central", "--database", f"sqlite:///{place}/central.db", "--keys", str(place / "fleet"), *words]
    )


def test_every_order_that_is_offered_is_carried_out() -> None:
    assert ORDERS.keys() == OFFERED.keys()


def test_the_centres_code_is_printed_for_those_who_install_terminals(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    assert order(city, "authority") == 0
    assert capsys.readouterr().out.strip() == city.fleet.code


def test_a_terminal_is_seen_waiting_and_approved_by_the_code_on_its_screen(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = city.machine("new", "BZ-LIB-0007")
    code = machine.ask()
    assert order(city, "waiting") == 0
    assert code in capsys.readouterr().out
    assert order(city, "approve", code) == 0
    assert machine.fetch(code).terminal == "BZ-LIB-0007"
    assert order(city, "approve", code) == 1
    assert "enrolment.code_unknown" in capsys.readouterr().err


def test_a_second_machine_of_one_name_takes_an_order_of_its_own(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    city.enrolled("first")
    code = city.machine("second").ask()
    assert order(city, "approve", code) == 1
    assert "enrolment.already_enrolled" in capsys.readouterr().err
    assert order(city, "replace", code) == 0


def test_a_refused_and_a_revoked_terminal(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    assert order(city, "refuse", city.machine("unwanted", "BZ-X-1").ask()) == 0
    city.enrolled("gone")
    assert order(city, "revoke", "BZ-LIB-0001", "stolen", "on", "Monday") == 0
    assert "BZ-LIB-0001 is revoked" in capsys.readouterr().out
    assert order(city, "revoke", "BZ-LIB-1000", "mistyped") == 1
    assert "enrolment.terminal_unknown" in capsys.readouterr().err


def test_terminals_and_alarms_are_listed(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    thief = city.enrolled("thief", "BZ-A-1")
    city.enrolled("other", "BZ-A-2")
    speaking = as_terminal(thief.identity)()
    body = {"terminal": "BZ-A-2", "pending": {"count": 0}, "deliveries": [a_delivery("BZ-A-2")]}
    answer = speaking.post(city.url + "/v1/transactions", json=body, timeout=30)
    speaking.close()
    assert answer.json()["code"] == "enrolment.other_terminal"
    city.revoke("BZ-A-1")
    assert order(city, "alarms") == 0
    assert "BZ-A-1  other_terminal" in capsys.readouterr().out
    assert order(city, "terminals") == 0
    first, _, second, listed = capsys.readouterr().out.splitlines()
    assert first.split()[:4] == ["BZ-A-1", "revoked:", "stolen", "seen"]
    assert second.split()[:2] == ["BZ-A-2", "until"]
    assert listed.startswith("    services: not listed")


def a_delivery(name: str) -> dict[str, object]:
    made = Desk(terminal=name, database=None).make("return", BOOK)  # type: ignore[arg-type]
    return {"transaction": made.model_dump(mode="json")}


@pytest.mark.parametrize(
    "words", [("approve",), ("approve", "A", "B", "C"), ("revoke", "BZ-1"), ("publish", "library")]
)
def test_an_order_without_its_words_is_wrong_use(city: City, words: tuple[str, ...]) -> None:
    assert order(city, *words) == 2


def test_settings_with_a_mistake_are_not_published(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library" / "offline").mkdir(parents=True)
    (tmp_path / "library" / "profile.toml").write_text("volume = 11\n", encoding="utf-8")
    assert order(city, "publish", "library", str(tmp_path / "library")) == 1
    assert "volume" in capsys.readouterr().err
    (tmp_path / "library" / "profile.toml").write_text('counter_name = "A"\n', encoding="utf-8")
    (tmp_path / "library" / "offline" / "library.toml").write_text("[return]\n", encoding="utf-8")
    assert order(city, "publish", "library", str(tmp_path / "library")) == 0
    assert "library version 1: offline/library.toml, profile.toml" in capsys.readouterr().out


def test_a_list_of_fingerprints_is_blocked_and_released(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cards = tmp_path / "cards.txt"
    cards.write_text("\n".join(fingerprint(f"card:{n}").hex() for n in (1, 2)), encoding="ascii")
    assert order(city, "block", str(cards)) == 0
    assert order(city, "release", str(cards)) == 0
    cards.write_text("371600000", encoding="ascii")
    assert order(city, "block", str(cards)) == 1
    out = capsys.readouterr()
    assert "hotlist version 2: 0 blocked, 2 released" in out.out
    assert "hotlist.delta_invalid" in out.err
    assert order(city, "block", str(tmp_path / "missing.txt")) == 1


def test_after_a_backup_was_restored_terminals_fetch_all_anew_and_nothing_older_is_in_their_way(
    city: City, tmp_path: Path
) -> None:
    """The terminal saw versions that the restored database never gave."""
    machine = city.enrolled("witness")
    fleet = city.fleet
    block(city, 1)
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "profile.toml").write_text("", encoding="utf-8")
    order(city, "publish", "library", str(tmp_path / "p"))
    copy = ConfigurationCopy(tmp_path / "copy", "library", fleet.authority.certificate, check)
    with closing(Hotlist(tmp_path / "hotlist.sqlite")) as here:
        refresh(city, machine, here).step()
        lost = fleet.signer.sign(
            HotlistDelta(base=1, version=40, newest=40, issued_at=fleet.now(), added="", removed="")
        )
        here_before = here.state
        refresh(city, machine, here, Forger(machine, lambda _: lost)).step()
        assert here.state.version == 40
        assert order(city, "restored") == 0
        refresh(city, machine, here).step()
        assert here.state.version > hotlist.JUMP
        assert here.state.entries == here_before.entries
        assert here.blocked("card:1")
        block(city, 2)
        refresh(city, machine, here).step()
        assert here.blocked("card:2")
    answer = machine.client().configuration("library", "", BUDGET_MS)
    assert answer is not None
    assert copy.accept(answer[0]).version > 1_000_000


def test_the_embedded_centre_serves_whoever_shares_its_secret_and_nobody_else(tmp_path: Path) -> None:
    central = EmbeddedCentral(tmp_path, demonstration=True, secret="a secret of this start")
    central.start()
    try:
        plain = CentralClient(central.url)
        assert plain.health(20_000).server_time
        for stranger in (plain, CentralClient(central.url, sharing_secret("another"))):
            with pytest.raises(Final, match=r"enrolment\.required"):
                stranger.hotlist(0, BUDGET_MS)
        for path in ("/v1/alarms", "/v1/terminals", "/openapi.json"):
            assert requests.get(central.url + path, timeout=30).status_code == 401
        assert requests.get(central.url + "/wallet", timeout=30).status_code == 200
        ours = CentralClient(central.url, sharing_secret("a secret of this start"))
        authority = authority_in(central.authority_file)
        assert authority is not None
        assert opened(ours.hotlist(0, BUDGET_MS), HotlistDelta, authority).newest == 0
        arguments = Path(f"/proc/{central.pid}/cmdline").read_bytes()
        environment = Path(f"/proc/{central.pid}/environ").read_bytes()
        assert b"a secret of" not in arguments + environment
    finally:
        central.stop()


def test_a_centre_for_the_network_does_not_start_without_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["central", "--host", "192.0.2.1", "--keys", str(tmp_path)]) == 2
    assert "--name" in capsys.readouterr().err
