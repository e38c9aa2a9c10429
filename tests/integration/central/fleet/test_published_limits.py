"""A centre that publishes a tighter limit: what a counter promises out of coverage from then on.

A real centre over TLS, a real terminal with its journal; the centre goes away by going away.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from central.fleet.administration import ORDERS
from config.settings import CentralSettings, Settings, SettingsFault, VisitSettings
from terminal.provisioning.access import to_city
from terminal.visit.events import Done
from terminal.visit.states import Serving
from terminal.visit.steps import Certainty, Text
from tests.integration.central.fleet.city import City, a_city
from tests.stories.plain_counter import CounterOfACity

TERMINAL = "BZ-LIB-0001"
BOOKS = ("2371600000010", "2371600000027", "2371600000034")
ONE_LOAN = "[borrow]\ncount = 1\n[return]\n[renew]\n"
NO_LOAN = "[return]\n"


def publish(city: City, directory: Path, limits: str) -> None:
    """Settings of the terminal with these limits of its library; none: the shipped ones."""
    (directory / "offline").mkdir(parents=True, exist_ok=True)
    (directory / "profile.toml").write_text('services = ["library"]\n', encoding="utf-8")
    file = directory / "offline" / "library.toml"
    file.write_text(limits, encoding="utf-8")
    if not limits:
        file.unlink()
    list(ORDERS["publish"](city.fleet, [TERMINAL.lower(), str(directory)]))


def counter_of(city: City) -> CounterOfACity:
    """As it starts on a machine that was enrolled once."""
    settings = Settings(
        terminal=TERMINAL,
        services=("library",),
        central=CentralSettings(url=city.url, budget_ms=4000),
        visit=VisitSettings(result_ms=120_000),
    )
    counter = CounterOfACity(city.directory, to_city(settings, city.directory / "terminal", {}), settings)
    counter.terminal.start()
    counter.until("the reader is there", lambda: bool(counter.terminal.kiosk.counter.readers))
    return counter


def told(counter: CounterOfACity, limits: int) -> None:
    """Waits until the counter promises at most so many loans."""
    counter.terminal.hurry()

    def promised() -> bool:
        policy = counter.terminal.policies.now.of("library", "borrow")
        return policy.allowed and policy.count == limits

    counter.until("the publication came", promised)


def begin(counter: CounterOfACity) -> None:
    counter.lay_at_door("liu-zhiyong")
    counter.choose("library.borrow")


def scan(counter: CounterOfACity, barcode: str) -> tuple[str, str]:
    """Certainty and reason of one more book, once it is told."""
    counter.scan(barcode)
    counter.until("the book is told of", lambda: waiting(counter) is False)
    assert isinstance(counter.stage, Serving)
    line = counter.stage.facts.lines[-1]
    assert line.outcome is not None
    return line.certainty.value, line.outcome.code


def waiting(counter: CounterOfACity) -> bool:
    stage = counter.stage
    assert isinstance(stage, Serving)
    return any(line.certainty is Certainty.WAITING for line in stage.facts.lines)


TOO_MANY = ("refused", "offline.too_many")


def test_a_limit_published_in_the_middle_of_a_visit_refuses_offline_by_its_name_also_after_a_restart(
    tmp_path: Path,
) -> None:
    with a_city(tmp_path) as city:
        city.enrolled("terminal", TERMINAL)
        counter = counter_of(city)
        begin(counter)
        assert scan(counter, BOOKS[0]) == ("confirmed", "")
        publish(city, tmp_path / "new", ONE_LOAN)
        told(counter, 1)
    assert scan(counter, BOOKS[1])[0] == "accepted"
    assert scan(counter, BOOKS[2]) == TOO_MANY
    counter.do(Done())
    result = counter.result()
    assert result.certainty is Certainty.PARTLY
    assert result.reason == Text("fault.offline.too_many")
    counter.take_away()
    counter.stop()
    again = counter_of(city)
    begin(again)
    assert scan(again, BOOKS[2]) == TOO_MANY
    again.stop()
    assert [(entry.action, entry.standing.value) for entry in again.entries()] == [
        ("borrow", "confirmed"),
        ("borrow", "promised"),
    ]


def test_a_publication_that_is_withdrawn_gives_the_shipped_limits_back(tmp_path: Path) -> None:
    with a_city(tmp_path) as city:
        city.enrolled("terminal", TERMINAL)
        counter = counter_of(city)
        publish(city, tmp_path / "new", NO_LOAN)
        counter.terminal.hurry()
        library = counter.terminal.policies
        counter.until("no loans", lambda: not library.now.of("library", "borrow").allowed)
        assert library.now.of("library", "return").allowed
        publish(city, tmp_path / "new", "")
        told(counter, 500)
        publish(city, tmp_path / "new", NO_LOAN)
        counter.terminal.hurry()
        counter.until("no loans again", lambda: not library.now.of("library", "borrow").allowed)
    begin(counter)
    assert scan(counter, BOOKS[0]) == ("refused", "offline.not_allowed")
    counter.stop()
    assert all(entry.standing.value == "withdrawn" for entry in counter.entries())


def test_limits_no_counter_could_follow_are_not_signed(tmp_path: Path) -> None:
    with a_city(tmp_path) as city:
        with pytest.raises(SettingsFault, match="library: there is no action lend"):
            publish(city, tmp_path / "new", "[lend]\ncount = 2\n")
        with pytest.raises(SettingsFault, match="library: pay is never allowed offline"):
            publish(city, tmp_path / "new", "[pay]\nallowed = true\n")
