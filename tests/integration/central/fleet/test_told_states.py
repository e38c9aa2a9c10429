"""How terminals say they are: under their own name only, the newest kept, and sorted by who needs a hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, update

from central.alarms import raise_alarm
from central.city import sites, terminals
from central.city.terminals import Known, Standing, chosen, counted, known
from central.database import Database
from central.fleet import told_states
from central.fleet.heard import heard
from central.fleet.tables import certificate
from central.tables import terminal
from domain.messages.terminal_state import TerminalState, TroubleTold
from drivers.central.faults import Final
from tests.integration.central.conftest import NOW
from tests.integration.central.fleet.city import BUDGET_MS, City

NO_READER = TroubleTold(name="readers", zh="没有读卡器。", en="No reader is attached.")
WELL = TerminalState(terminal="BZ-LIB-0001", version="0.1.0", started_at=NOW)
HERE = Known("BZ-LIB-0001", "371602", "滨州市图书馆", NOW, 0, None, 0, ended=False)
MINUTE = timedelta(minutes=1)


def test_a_terminal_is_heard_and_only_its_newest_state_is_kept(city: City) -> None:
    machine = city.enrolled("one")
    machine.client().tell_state(WELL.model_copy(update={"troubles": (NO_READER,)}), BUDGET_MS)
    machine.client().tell_state(WELL, BUDGET_MS)
    with city.fleet.database.read() as connection:
        said = told_states.newest(connection)
    assert {name: state for name, (_, state) in said.items()} == {"BZ-LIB-0001": WELL}


def test_nobody_tells_how_another_terminal_is(city: City) -> None:
    machine = city.enrolled("one")
    with pytest.raises(Final):
        machine.client().tell_state(WELL.model_copy(update={"terminal": "BZ-LIB-0002"}), BUDGET_MS)
    with city.fleet.database.read() as connection:
        assert told_states.newest(connection) == {}


def test_what_the_centre_knows_of_each_terminal_is_put_together(database: Database) -> None:
    def fill(connection: Connection) -> None:
        for name, minutes in (("BZ-A", 0), ("BZ-B", 30), ("BZ-C", 0), ("BZ-D", 5000)):
            heard(connection, name, NOW - minutes * MINUTE)
        connection.execute(
            update(terminal).where(terminal.c.id == "BZ-A").values(pending=7, oldest_at=NOW - 20 * MINUTE)
        )
        sites.put(connection, [{"terminal": "BZ-A", "district": "371602", "name": "图书馆"}])
        told_states.keep(
            connection,
            TerminalState(terminal="BZ-C", version="0.1.0", started_at=NOW, troubles=(NO_READER,)),
            NOW,
        )
        raise_alarm(connection, "BZ-B", "gap", 3, "1 missing", NOW)
        revoked = {"serial": "1", "terminal": "BZ-D", "issued_at": NOW, "expires_at": NOW, "revoked_at": NOW}
        connection.execute(insert(certificate).values(**revoked))

    database.write(fill)
    with database.read() as connection:
        found = known(connection, NOW)
    assert [(each.terminal, each.standing(NOW)) for each in chosen(found, NOW, "", None)] == [
        ("BZ-B", Standing.SILENT),
        ("BZ-C", Standing.TROUBLED),
        ("BZ-A", Standing.HOLDING),
        ("BZ-D", Standing.ENDED),
    ]
    assert {each.terminal: each.alarms for each in found}["BZ-B"] == 1
    assert counted(found, NOW) == {
        Standing.SILENT: 1,
        Standing.TROUBLED: 1,
        Standing.HOLDING: 1,
        Standing.ENDED: 1,
    }


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({}, Standing.WELL),
        ({"pending": 3, "oldest_at": NOW - MINUTE}, Standing.WELL),
        ({"pending": 3, "oldest_at": NOW - 16 * MINUTE}, Standing.HOLDING),
        ({"alarms": 1}, Standing.ALARMED),
        ({"seen_at": NOW - 12 * MINUTE, "alarms": 1}, Standing.SILENT),
        ({"ended": True, "seen_at": NOW - 12 * MINUTE}, Standing.ENDED),
    ],
)
def test_a_terminal_stands_as_the_worst_that_is_known_of_it(
    changed: dict[str, object], standing: Standing
) -> None:
    assert replace(HERE, **changed).standing(NOW) is standing


def test_a_terminal_that_says_it_is_out_of_service_comes_first_and_what_it_said_long_ago_is_not_shown() -> (
    None
):
    stopped = WELL.model_copy(update={"out_of_service": "journal.full", "troubles": (NO_READER,)})
    told = replace(HERE, said=stopped, said_at=NOW)
    assert told.standing(NOW) is Standing.STOPPED
    assert told.troubles(NOW) == (NO_READER,)
    later = NOW + terminals.SAID_WITHIN
    assert replace(told, seen_at=later).standing(later) is Standing.WELL
    assert told.troubles(later) == ()


@pytest.mark.parametrize(
    ("words", "found"), [("", 2), ("lib", 1), ("图书", 1), ("371625", 1), (" BUS ", 1), ("nothing", 0)]
)
def test_terminals_are_found_by_number_place_and_district(words: str, found: int) -> None:
    bus = replace(HERE, terminal="BZ-BUS-0001", site="1路", district="371625")
    assert len(chosen([HERE, bus], NOW, words, None)) == found
