"""A PSAM in a slot of its own beside the card's, over a real pcscd."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest

from config.settings import ReaderSettings, Settings
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.psam import PsamKeys
from drivers.cards.social_security import Authentication, SocialSecurityCardFiles
from drivers.pcsc.connection import open_card
from drivers.pcsc.events import CardArrived, CardGone, ReaderServiceChanged
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.vpcd_slot import VpcdSlot
from terminal.diagnostics.check import Trouble
from terminal.diagnostics.reader_checks import sam
from tests.cities import PsamMake, VirtualPsam, card_of
from tests.hardware.conftest import DESK, SECOND
from tests.hardware.events import EventLog

Read = Callable[[], SocialSecurityCardFiles]
Arrive = Callable[[str], CardArrived]


@pytest.fixture
def read() -> Iterator[Read]:
    """Reads the card in the desk's slot, with whatever PSAM the second slot holds."""
    psam = PsamAuthenticator(lambda: open_card(SECOND), PsamKeys())
    reading = AuthenticatedReading(psam, secrets.token_bytes)

    def read() -> SocialSecurityCardFiles:
        with open_card(DESK) as connection:
            return reading.read(connection)

    yield read
    psam.close()


@pytest.mark.usefixtures("attached")
def test_cards_of_all_versions_are_proved_one_after_the_other(
    read: Read, slot: VpcdSlot, second_slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    second_slot.insert(VirtualPsam())
    arrive(SECOND)
    for person in ("liu-zhiyong", "patient", "closed-holder-file"):
        slot.insert(card_of(person))
        arrive(DESK)
        card = read()
        assert (card.authentication, card.authentication_fault) == (Authentication.PSAM, "")
        assert card.holder is not None
        slot.remove()
        log.wait_for(CardGone, lambda event: event.reader == DESK)


@pytest.mark.usefixtures("attached")
def test_a_psam_taken_out_is_named_and_works_again_when_it_is_back(
    read: Read, slot: VpcdSlot, second_slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    second_slot.insert(VirtualPsam())
    arrive(SECOND)
    slot.insert(card_of("liu-zhiyong"))
    arrive(DESK)
    assert read().authentication is Authentication.PSAM
    second_slot.remove()
    log.wait_for(CardGone, lambda event: event.reader == SECOND)
    without = read()
    assert without.authentication_fault in ("sam.removed", "sam.missing")
    assert without.holder is not None
    second_slot.insert(VirtualPsam())
    arrive(SECOND)
    assert read().authentication is Authentication.PSAM


@pytest.mark.usefixtures("attached")
def test_after_a_restart_of_pcscd_the_first_card_is_proved_in_its_own_visit(
    read: Read, daemon: PcscDaemon, slot: VpcdSlot, second_slot: VpcdSlot, log: EventLog
) -> None:
    """FC-9: a version 3.00 holder is read by the module, opened and authenticated again at once."""
    second_slot.insert(VirtualPsam())
    slot.insert(card_of("closed-holder-file"))
    assert {log.wait_for(CardArrived).reader for _ in range(2)} == {DESK, SECOND}
    assert read().authentication is Authentication.PSAM
    daemon.kill()
    log.wait_for(ReaderServiceChanged, lambda event: event.code != "")
    daemon.start()
    assert {log.wait_for(CardArrived).reader for _ in range(2)} == {DESK, SECOND}
    card = read()
    assert (card.authentication, card.authentication_fault) == (Authentication.PSAM, "")
    assert card.holder is not None


@pytest.mark.usefixtures("attached")
def test_the_doctor_tells_the_terminal_number_of_a_psam_and_what_is_no_psam(
    slot: VpcdSlot, second_slot: VpcdSlot, arrive: Arrive, log: EventLog
) -> None:
    settings = Settings(readers=ReaderSettings(cards=DESK, sam=SECOND))
    second_slot.insert(VirtualPsam())
    arrive(SECOND)
    well = sam(settings)
    assert well.ok
    assert well.message == f"{SECOND}, terminal number {PsamMake().terminal_number}"
    second_slot.remove()
    log.wait_for(CardGone, lambda event: event.reader == SECOND)
    assert not sam(settings).ok
    second_slot.insert(card_of("liu-zhiyong"))
    arrive(SECOND)
    wrong = sam(settings)
    assert (wrong.ok, wrong.trouble) == (False, Trouble.DEVICE)
    assert "sam.not_psam" in wrong.message
