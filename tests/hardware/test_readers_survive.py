"""Readers outlive everything that goes wrong at a counter: each of these is a complaint from the field."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from smartcard import scard

from config.faults import Fault
from domain.cards.faults import CardMute, CardRemoved
from drivers.cards.connection import Connection, Response
from drivers.pcsc.connection import Context, open_card
from drivers.pcsc.events import CardArrived, CardGone, ReadersChanged, ReaderServiceChanged
from drivers.pcsc.faults import ReaderBusy, ReaderFault, ReaderServiceLost
from drivers.pcsc.readers import PcscReaders
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.vpcd_slot import VpcdSlot
from tests.hardware.conftest import DESK, SECOND
from tests.hardware.events import EventLog
from tests.hardware.scripted_card import ATR, SELECT, ScriptedCard

Arrive = Callable[[str], CardArrived]
PATIENCE_S = 20.0


def ask(readers: PcscReaders, reader: str, times: int = 1) -> Response | Fault:
    """Send a command ``times`` times through the reader's thread and wait for what came of it."""
    replies: queue.SimpleQueue[Response | Fault] = queue.SimpleQueue()

    def work(connection: Connection) -> Response:
        return [connection.transmit(SELECT) for _ in range(times)][-1]

    readers.run(reader, work, replies.put)
    return replies.get(timeout=30)


def works(readers: PcscReaders, reader: str) -> bool:
    answer = ask(readers, reader)
    return isinstance(answer, Response) and answer.ok


@pytest.mark.usefixtures("attached")
def test_a_card_arrives_is_spoken_to_and_leaves(
    readers: PcscReaders, slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    slot.insert(ScriptedCard())
    arrive(DESK)
    assert works(readers, DESK)
    slot.remove()
    log.wait_for(CardGone, lambda event: event.reader == DESK)


def test_pcscd_that_starts_after_the_terminal_is_found(
    stopped_daemon: PcscDaemon, readers: PcscReaders, log: EventLog
) -> None:
    assert log.wait_for(ReaderServiceChanged).code == ReaderServiceLost.code
    stopped_daemon.start()
    assert log.wait_for(ReaderServiceChanged).code == ""
    assert DESK in log.wait_for(ReadersChanged).readers


@pytest.mark.usefixtures("attached")
def test_pcscd_killed_while_idle_is_named_and_the_next_card_works(
    daemon: PcscDaemon, readers: PcscReaders, log: EventLog, arrive: Arrive
) -> None:
    daemon.kill()
    assert log.wait_for(ReaderServiceChanged, lambda event: event.code != "").code == ReaderServiceLost.code
    daemon.start()
    log.wait_for(ReaderServiceChanged, lambda event: event.code == "")
    slot = VpcdSlot(daemon.ports[DESK])
    slot.insert(ScriptedCard())
    arrive(DESK)
    assert works(readers, DESK)
    slot.remove()


@pytest.mark.usefixtures("attached")
def test_pcscd_killed_in_mid_read_is_named_and_the_same_card_works_after_its_restart(
    daemon: PcscDaemon, readers: PcscReaders, slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    killed = threading.Event()

    def kill_at_the_third(_: bytes) -> bytes:
        if len(card.commands) == 3 and not killed.is_set():
            daemon.kill()
            killed.set()
        return b"\x90\x00"

    card = ScriptedCard(kill_at_the_third)
    slot.insert(card)
    arrive(DESK)
    assert isinstance(ask(readers, DESK, times=5), ReaderFault)
    log.wait_for(ReaderServiceChanged, lambda event: event.code == ReaderServiceLost.code)
    daemon.start()
    arrive(DESK)
    assert works(readers, DESK)


@pytest.mark.usefixtures("attached")
def test_a_daemon_that_leaves_in_good_order_and_comes_back_is_no_event_for_a_clerk(
    daemon: PcscDaemon, readers: PcscReaders, log: EventLog, arrive: Arrive
) -> None:
    daemon.stop()
    log.wait_for(ReaderServiceChanged, lambda event: event.code != "")
    daemon.start()
    log.wait_for(ReaderServiceChanged, lambda event: event.code == "")
    slot = VpcdSlot(daemon.ports[DESK])
    slot.insert(ScriptedCard())
    arrive(DESK)
    assert works(readers, DESK)
    slot.remove()


@pytest.mark.usefixtures("attached")
def test_a_reader_that_comes_back_under_another_name_is_used(
    daemon: PcscDaemon, readers: PcscReaders, log: EventLog, arrive: Arrive
) -> None:
    daemon.kill()
    daemon.configure("Spare")
    daemon.start()
    log.wait_for(ReadersChanged, lambda event: "Spare 00 00" in event.readers)
    slot = VpcdSlot(daemon.ports["Spare 00 00"])
    slot.insert(ScriptedCard())
    arrive("Spare 00 00")
    assert works(readers, "Spare 00 00")
    slot.remove()


@pytest.mark.usefixtures("attached")
@pytest.mark.parametrize("position", [0, 1, 2, 4])
def test_a_card_torn_out_between_two_commands_is_named_and_the_next_card_works(
    readers: PcscReaders, slot: VpcdSlot, log: EventLog, arrive: Arrive, position: int
) -> None:
    slot.insert(ScriptedCard(), Disturbance(torn_after=position))
    arrive(DESK)
    assert isinstance(ask(readers, DESK, times=5), CardRemoved)
    log.wait_for(CardGone)
    slot.insert(ScriptedCard())
    arrive(DESK)
    assert works(readers, DESK)


@pytest.mark.usefixtures("attached")
def test_a_card_laid_upside_down_is_not_an_empty_reader(
    readers: PcscReaders, slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    slot.insert(ScriptedCard(), Disturbance(mute=True))
    arrive(DESK)
    assert isinstance(ask(readers, DESK), CardMute)
    slot.remove()
    log.wait_for(CardGone)
    slot.insert(ScriptedCard())
    arrive(DESK)
    assert works(readers, DESK)


@pytest.mark.usefixtures("attached")
def test_a_card_another_program_switched_off_is_not_taken_for_a_mute_one(
    readers: PcscReaders, slot: VpcdSlot, arrive: Arrive
) -> None:
    slot.insert(ScriptedCard())
    arrive(DESK)
    for _ in range(3):
        other = Context()
        result, handle, _ = scard.SCardConnect(other.handle, DESK, scard.SCARD_SHARE_SHARED, 3)
        assert result == scard.SCARD_S_SUCCESS
        scard.SCardDisconnect(handle, scard.SCARD_UNPOWER_CARD)
        other.close()
        assert works(readers, DESK)


@pytest.mark.usefixtures("attached")
def test_a_daemon_that_ended_when_idle_is_waited_for(
    daemon: PcscDaemon, readers: PcscReaders, log: EventLog, arrive: Arrive
) -> None:
    os.kill(daemon.pid, signal.SIGTERM)
    assert log.wait_for(ReaderServiceChanged, lambda event: event.code != "").code == "reader.service_lost"
    daemon.start()
    log.wait_for(ReaderServiceChanged, lambda event: event.code == "")
    with_card = VpcdSlot(daemon.ports[DESK])
    with_card.insert(ScriptedCard())
    arrive(DESK)
    assert works(readers, DESK)
    with_card.remove()


@pytest.mark.usefixtures("attached")
def test_a_card_left_lying_arrives_once(
    readers: PcscReaders, slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    slot.insert(ScriptedCard())
    arrive(DESK)
    for _ in range(5):
        assert works(readers, DESK)
    slot.remove()
    log.wait_for(CardGone)
    assert log.count(CardArrived) == 1


@pytest.mark.usefixtures("attached")
def test_fast_taps_on_two_readers_are_neither_missed_nor_doubled(
    readers: PcscReaders, slot: VpcdSlot, second_slot: VpcdSlot, log: EventLog
) -> None:
    taps = 6
    places = {DESK: slot, SECOND: second_slot}
    for _ in range(taps):
        for reader, place in places.items():
            place.insert(ScriptedCard())
            log.wait_for(CardArrived, lambda event, reader=reader: event.reader == reader)
            assert works(readers, reader)
        for place in places.values():
            place.remove()
        left = {log.wait_for(CardGone).reader for _ in places}
        assert left == set(places)
    assert log.count(CardArrived) == log.count(CardGone) == taps * 2


@pytest.mark.usefixtures("attached")
def test_a_card_another_program_holds_is_busy_and_free_again_later(
    readers: PcscReaders, slot: VpcdSlot, arrive: Arrive
) -> None:
    slot.insert(ScriptedCard())
    arrive(DESK)
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    result, handle, _ = scard.SCardConnect(
        context, DESK, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0
    )
    assert result == scard.SCARD_S_SUCCESS
    assert isinstance(ask(readers, DESK), ReaderBusy)
    scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)
    assert works(readers, DESK)


@pytest.mark.usefixtures("attached")
def test_a_transaction_of_another_program_is_named_in_time_and_the_card_is_announced_when_it_ends(
    readers: PcscReaders, slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    """FC-7: SCardConnect waits for the transaction, for however long it lasts."""
    slot.insert(ScriptedCard())
    arrive(DESK)
    other = Context()
    _, handle, _ = scard.SCardConnect(other.handle, DESK, scard.SCARD_SHARE_SHARED, 3)
    assert scard.SCardBeginTransaction(handle) == scard.SCARD_S_SUCCESS
    began = time.monotonic()
    assert isinstance(ask(readers, DESK), ReaderBusy)
    assert 4.5 < time.monotonic() - began < 7
    scard.SCardEndTransaction(handle, scard.SCARD_LEAVE_CARD)
    log.wait_for(CardArrived, lambda event: event.reader == DESK, within_s=1.0)
    scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
    other.close()
    assert works(readers, DESK)


@pytest.mark.usefixtures("attached")
def test_nobody_elses_command_comes_between_two_of_ours(
    readers: PcscReaders, slot: VpcdSlot, arrive: Arrive
) -> None:
    card = ScriptedCard()
    slot.insert(card)
    arrive(DESK)
    inside, intruded = threading.Event(), threading.Event()
    ours, theirs = SELECT, bytes.fromhex("0084000008")

    def intrude() -> None:
        inside.wait(30)
        with open_card(DESK) as connection:
            connection.transmit(theirs)
        intruded.set()

    def work(connection: Connection) -> None:
        connection.transmit(ours)
        inside.set()
        for _ in range(20):
            connection.transmit(ours)

    done: queue.SimpleQueue[Fault | None] = queue.SimpleQueue()
    intruder = threading.Thread(target=intrude)
    intruder.start()
    readers.run(DESK, work, done.put)
    assert done.get(timeout=30) is None
    assert intruded.wait(30)
    intruder.join()
    assert card.commands == [ours] * 21 + [theirs]


@pytest.mark.usefixtures("attached")
def test_a_slow_card_does_not_make_the_other_reader_deaf(
    readers: PcscReaders, slot: VpcdSlot, second_slot: VpcdSlot, log: EventLog, arrive: Arrive
) -> None:
    release = threading.Event()

    def wait(_: bytes) -> bytes:
        release.wait(10)
        return b"\x90\x00"

    slow = ScriptedCard(wait)
    slot.insert(slow)
    arrive(DESK)
    replies: queue.SimpleQueue[Response | Fault] = queue.SimpleQueue()
    readers.run(DESK, lambda connection: connection.transmit(SELECT), replies.put)
    assert slow.asked.wait(30)
    second_slot.insert(ScriptedCard())
    arrive(SECOND)
    assert works(readers, SECOND)
    release.set()
    answer = replies.get(timeout=30)
    assert isinstance(answer, Response)
    assert answer.ok


@pytest.mark.parametrize("state", ["no daemon", "idle", "card present"])
def test_stopping_ends_every_thread(stopped_daemon: PcscDaemon, log: EventLog, state: str) -> None:
    if state != "no daemon":
        stopped_daemon.start()
    readers = PcscReaders("*", log.post)
    readers.start()
    slot = VpcdSlot(stopped_daemon.ports[DESK])
    log.wait_for(ReaderServiceChanged)
    if state == "card present":
        slot.insert(ScriptedCard())
        log.wait_for(CardArrived)
    readers.stop()
    for thread in [each for each in threading.enumerate() if each.name.startswith("pcsc")]:
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), thread.name
    slot.remove()


@pytest.mark.usefixtures("daemon")
def test_only_readers_that_match_the_setting_are_used(log: EventLog) -> None:
    readers = PcscReaders("desk * 01", log.post)
    readers.start()
    assert log.wait_for(ReadersChanged).readers == (SECOND,)
    readers.stop()


def test_a_one_shot_reading_gives_the_atr(
    daemon: PcscDaemon, slot: VpcdSlot, readers: PcscReaders, arrive: Arrive
) -> None:
    slot.insert(ScriptedCard())
    arrive(DESK)
    with open_card(DESK) as connection:
        assert connection.atr == ATR


def test_missing_software_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from drivers.virtual import pcsc_daemon

    monkeypatch.setattr(pcsc_daemon, "DRIVER", tmp_path / "not-there.so")
    with pytest.raises(pcsc_daemon.VirtualReadersUnavailable, match="vsmartcard-vpcd"):
        PcscDaemon(tmp_path).start()


@pytest.mark.parametrize(
    "name",
    [
        b"Re\xffader \x81",
        b"\xc1\xaa\xcd\xa8 Reader",
        "读卡器 Desk".encode(),
        b"Lecteur \xe9\xe8",
        b"Desk [CCID Interface] (1.00)",
        b"Desk \x1b[31m",
    ],
)
def test_a_reader_is_used_whatever_bytes_its_name_has(
    stopped_daemon: PcscDaemon, readers: PcscReaders, log: EventLog, name: bytes
) -> None:
    """FC-2: pyscard decodes a name as UTF-8 or GBK and loses all readers on one that is neither."""
    (configured,) = (stopped_daemon.socket_path.parent / "reader.conf.d").iterdir()
    configured.write_bytes(configured.read_bytes().replace(b'"Desk"', b'"' + name + b'"'))
    stopped_daemon.start()
    first, second = log.wait_for(ReadersChanged).readers
    assert first.isprintable()
    assert second.endswith(" 00 01")
    slot = VpcdSlot(stopped_daemon.ports[DESK])
    slot.insert(ScriptedCard())
    log.wait_for(CardArrived, lambda event: event.reader == first)
    assert works(readers, first)
    slot.remove()
