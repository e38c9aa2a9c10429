"""``onecard read`` against a real pcscd: what scripts and operators rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from drivers.cards.psam import KeyUse
from drivers.pcsc.events import CardArrived, ReadersChanged
from drivers.virtual.answer_times import CONTACT_38400, CONTACTLESS
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.social_security_card import ORDINARY, VirtualSocialSecurityCard
from drivers.virtual.t_union_card import VirtualTUnionCard
from drivers.virtual.vpcd_slot import VpcdSlot
from terminal.__main__ import main
from tests.cities import VirtualPsam, card_of, personas, transport_cards
from tests.hardware.conftest import DESK, SECOND
from tests.hardware.scripted_card import ScriptedCard

LIU = personas()["liu-zhiyong"]
FILE_NOT_FOUND = bytes.fromhex("6A82")
IN_FULL = ("--json", "--show-personal-data")


class Read:
    """Runs the command in this process; ``code`` and the one JSON document it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        self.code = main(["read", "--wait", "8", *words])
        self.printed, self.said = capsys.readouterr()

    @property
    def fields(self) -> dict[str, str | None]:
        return json.loads(self.printed)

    @property
    def error(self) -> str:
        return json.loads(self.printed)["error"]["code"]


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str]):
    return lambda *words: Read(capsys, *words)


def test_a_card_is_printed_in_full_when_that_is_asked_for(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("liu-zhiyong"))
    result = read(*IN_FULL)
    assert result.code == 0
    assert result.fields == {
        "kind": "social_security_card",
        "trust": "read",
        "version": "2.00",
        "card_number": LIU.card_number,
        "identification_code": LIU.identification_code,
        "name": "刘志勇",
        "social_security_number": LIU.social_security_number,
        "issue_date": "20210315",
        "expiry_date": "20410315",
        "algorithm": "3DES",
    }


def test_without_being_asked_no_name_and_no_number_is_printed(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("liu-zhiyong"))
    for words in ((), ("--json",)):
        result = read(*words)
        assert result.code == 0
        assert "刘*勇" in result.printed
        for private in (LIU.name, LIU.social_security_number, LIU.card_number, LIU.identification_code):
            assert private not in result.printed + result.said


@pytest.mark.parametrize("times", [CONTACTLESS, CONTACT_38400], ids=["contactless", "contact"])
@pytest.mark.parametrize("person", ["long-name", "patient", "closed-holder-file"])
def test_cards_of_every_version_are_read_at_the_speed_of_real_ones(
    person: str, times, slot: VpcdSlot, read
) -> None:
    slot.insert(card_of(person, times))
    fields = read(*IN_FULL).fields
    expected = personas()[person]
    assert fields["card_number"] == expected.card_number
    assert fields["name"] == (None if expected.version == "3.00" else expected.full_name)


def test_a_slow_contactless_t1_card_is_read(slot: VpcdSlot, read) -> None:
    make = replace(ORDINARY, contactless=True, times=CONTACTLESS)
    slot.insert(VirtualSocialSecurityCard(LIU, make), Disturbance(slower_ms=100))
    assert read(*IN_FULL).fields["name"] == "刘志勇"


def test_a_locked_card_is_refused_in_plain_words(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("locked"))
    result = read("--json")
    assert (result.code, result.error) == (1, "card.locked")
    assert "locked" in json.loads(result.printed)["error"]["message"]


def test_a_card_that_knows_no_social_security_environment_is_told_as_such(slot: VpcdSlot, read) -> None:
    slot.insert(ScriptedCard(lambda _: FILE_NOT_FOUND))
    result = read("--json")
    assert (result.code, result.error) == (1, "card.not_social_security")


def test_a_card_that_says_yes_to_everything_is_refused(slot: VpcdSlot, read) -> None:
    slot.insert(ScriptedCard())
    result = read("--json")
    assert (result.code, result.error) == (1, "card.data_invalid")


def test_a_mute_card_is_named(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("liu-zhiyong"), Disturbance(mute=True))
    result = read("--json", "--wait", "1.5")
    assert result.code == 1
    assert result.error in ("card.mute", "card.absent")


def test_a_card_torn_out_in_mid_read_is_named_and_one_put_back_is_read(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("liu-zhiyong"), Disturbance(torn_after=5))
    again = threading.Timer(1, slot.insert, [card_of("liu-zhiyong")])
    again.start()
    result = read("--json")
    again.join()
    assert (result.code, result.fields["name"]) == (0, "刘*勇")


@pytest.mark.usefixtures("daemon")
def test_an_empty_reader_is_waited_for_and_then_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--json", "--wait", "0.5"]) == 1
    printed, said = capsys.readouterr()
    assert json.loads(printed)["error"]["code"] == "card.absent"
    assert "waiting for a card" in said


@pytest.mark.usefixtures("daemon")
def test_a_reader_that_is_not_there_has_an_exit_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--json", "--wait", "0.5", "--reader", "Counter 9"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "reader.missing"


@pytest.mark.usefixtures("stopped_daemon")
def test_a_missing_pcsc_service_has_the_exit_code_of_a_missing_device(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["read", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "reader.service_lost"


def test_the_reader_is_chosen_by_name_or_pattern(slot: VpcdSlot, second_slot: VpcdSlot, read) -> None:
    slot.insert(card_of("liu-zhiyong"))
    second_slot.insert(card_of("yang-ying"))
    assert read("--json", "--reader", DESK).fields["name"] == "刘*勇"
    assert read("--json", "--reader", "*00 01").fields["name"] == "杨*"


def test_a_foreign_card_in_one_reader_does_not_hide_the_card_in_the_next(
    slot: VpcdSlot, second_slot: VpcdSlot, read
) -> None:
    slot.insert(ScriptedCard(lambda _: FILE_NOT_FOUND))
    second_slot.insert(card_of("yang-ying"))
    assert read("--json", "--reader", SECOND).fields["name"] == "杨*"
    assert read("--json").fields.get("name") == "杨*"


@pytest.fixture
def psam(attached: ReadersChanged, second_slot: VpcdSlot, arrive: Callable[[str], CardArrived]) -> None:
    """In its slot, and seen there by the PC/SC service."""
    second_slot.insert(VirtualPsam())
    arrive(SECOND)


@pytest.mark.usefixtures("psam")
def test_with_a_psam_the_card_is_verified_and_its_holder_opened(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("closed-holder-file"))
    fields = read(*IN_FULL, "--sam", SECOND).fields
    assert (fields["trust"], fields["name"]) == ("verified", "褚天宇")


@pytest.mark.usefixtures("psam")
def test_a_copy_is_found_out_by_the_psam(slot: VpcdSlot, read) -> None:
    slot.insert(VirtualSocialSecurityCard(LIU, keys=dict.fromkeys(KeyUse, bytes(16))))
    result = read("--json", "--sam", SECOND)
    assert (result.code, result.error) == (1, "card.not_genuine")


@pytest.mark.usefixtures("psam")
def test_a_card_without_the_key_is_read_and_said_to_be_not_proved(slot: VpcdSlot, read) -> None:
    """FC-10."""
    slot.insert(VirtualSocialSecurityCard(LIU, keys={}))
    result = read("--json", "--sam", SECOND)
    assert (result.code, result.fields["trust"]) == (0, "read")
    assert "card.not_proved" in result.said


def test_a_missing_psam_is_said_and_the_card_is_only_read(slot: VpcdSlot, read) -> None:
    slot.insert(card_of("liu-zhiyong"))
    result = read("--json", "--sam", SECOND)
    assert result.fields["trust"] == "read"
    assert "sam.missing" in result.said


def test_as_a_program_it_prints_one_document_and_ends(slot: VpcdSlot, daemon: PcscDaemon) -> None:
    slot.insert(card_of("yang-ying"))
    command = [sys.executable, "-m", "terminal", "read", "--json", "--wait", "8"]
    environment = {**os.environ, "PCSCLITE_CSOCK_NAME": str(daemon.socket_path)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert (ended.returncode, json.loads(ended.stdout)["name"]) == (0, "杨*")


def test_a_transport_card_tells_everything_but_its_number(slot: VpcdSlot, read) -> None:
    slot.insert(VirtualTUnionCard(transport_cards()["transport-visitor"]))
    result = read("--json")
    assert result.code == 0
    told = {key: result.fields[key] for key in ("kind", "city", "enabled", "good", "balance_fen", "rides")}
    assert told == {
        "kind": "t_union_card",
        "city": "4510",
        "enabled": "yes",
        "good": "everywhere",
        "balance_fen": "5000",
        "rides": "1",
    }
    assert transport_cards()["transport-visitor"].number not in result.printed + result.said
    assert read(*IN_FULL).fields["card_number"] == transport_cards()["transport-visitor"].number
