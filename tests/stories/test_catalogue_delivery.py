"""The catalogue from the centre to the counter: one file more, without the centre, tampered with."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from central.departments.tables import application
from config.catalogue.loading import CatalogueInvalid, catalogue, shipped_files
from terminal.provisioning.access import CentralAccess
from terminal.visit.events import OfferChanged, StartOver
from terminal.visit.states import ChoosingService
from terminal.visit.steps import Ask, Certainty, Choose
from tests.catalogue_files import BEES
from tests.stories.plain_counter import PlainCounter, plain_counter

GOVERNMENT = "catalogue:government"


def publish(counter: PlainCounter, folder: Path, content: str = BEES) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "beekeeping.toml").write_text(content, encoding="utf-8")
    (said,) = counter.order("catalogue", str(folder))
    files, services = len(shipped_files()) + 1, len(catalogue().services) + 1
    assert f"{files} files, {services} services" in said


def fetched(counter: PlainCounter) -> None:
    counter.terminal.catalogue_refresh.hurry()
    counter.until("the catalogue is fetched", lambda: "bee-registration" in counter.face.offered)


def again(counter: PlainCounter, *services: str) -> PlainCounter:
    """The same terminal, started anew."""
    counter.stop()
    started = PlainCounter(counter.directory, counter.central, counter.access, services, counter.now)
    started.terminal.start()
    return started


def test_one_file_more_and_the_next_person_is_served_with_it(tmp_path: Path) -> None:
    with plain_counter(tmp_path, GOVERNMENT) as counter:
        assert "bee-registration" not in counter.face.offered
        publish(counter, tmp_path / "new")
        fetched(counter)
        assert len(counter.face.offered) == 113
        counter.lay("yang-ying")
        asked = counter.choose("bee-registration")
        assert isinstance(asked, Ask)
        assert dict(asked.question.args)["en"] == "How many hives"
        assert isinstance(counter.type("hives", "12"), Choose)
        done = counter.choose("application.hand-in")
        assert done == counter.result()
        assert counter.result().certainty is Certainty.CONFIRMED
        (handed_in,) = counter.rows(select(application))
        assert (handed_in.service, handed_in.fields) == ("bee-registration", {"hives": "12"})
        assert [(entry.service, entry.standing.value) for entry in counter.entries()] == [
            ("bee-registration", "confirmed")
        ]


def test_nothing_changes_under_who_is_being_served(tmp_path: Path) -> None:
    with plain_counter(tmp_path, GOVERNMENT) as counter:
        counter.lay("yang-ying")
        publish(counter, tmp_path / "new")
        offered = list(counter.face.offered)
        counter.terminal.catalogue_refresh.hurry()
        heard: list[object] = []
        receive = counter.terminal.kiosk.receive

        def listening(event: object) -> None:
            heard.append(event)
            receive(event)  # type: ignore[arg-type]

        counter.terminal.kiosk.receive = listening  # type: ignore[method-assign, assignment]
        counter.until("the catalogue came", lambda: any(isinstance(each, OfferChanged) for each in heard))
        assert isinstance(counter.stage, ChoosingService)
        assert counter.face.offered == offered
        counter.do(StartOver())
        assert "bee-registration" in counter.face.offered


def test_without_the_centre_the_copy_on_this_disk_is_offered(tmp_path: Path) -> None:
    with plain_counter(tmp_path, GOVERNMENT) as counter:
        publish(counter, tmp_path / "new")
        fetched(counter)
        counter.central.kill()
        alone = again(counter, GOVERNMENT)
        assert "bee-registration" in alone.face.offered
        alone.stop()


def test_a_copy_that_was_tampered_with_is_not_used_and_is_fetched_anew(tmp_path: Path) -> None:
    with plain_counter(tmp_path, GOVERNMENT) as counter:
        publish(counter, tmp_path / "new")
        fetched(counter)
        (kept,) = (tmp_path / "terminal" / "catalogue").glob("*.json")
        kept.write_text(kept.read_text(encoding="utf-8").replace("养蜂登记", "免费领钱"), encoding="utf-8")
        counter.central.kill()
        alone = again(counter, GOVERNMENT)
        assert "bee-registration" not in alone.face.offered
        assert len(alone.face.offered) == 112
        counter.central.start()
        fetched(alone)
        assert "免费领钱" not in kept.read_text(encoding="utf-8")
        alone.stop()


def test_a_catalogue_without_a_service_of_the_profile_is_not_accepted(tmp_path: Path) -> None:
    """The museum's gate stays open, whatever the city publishes."""
    with plain_counter(tmp_path, "museum-entrance") as counter:
        folder = tmp_path / "new"
        folder.mkdir()
        (folder / "venues.toml").write_text("", encoding="utf-8")
        (said,) = counter.order("catalogue", str(folder))
        assert "23 files" in said
        round_ = counter.terminal.catalogue_refresh.step
        assert round_() > 0
        assert counter.face.offered == ["museum-entrance"]
        assert not list((tmp_path / "terminal" / "catalogue").glob("*.json"))


def test_a_mistake_is_refused_before_it_is_signed(tmp_path: Path) -> None:
    with plain_counter(tmp_path, GOVERNMENT) as counter:
        with pytest.raises(CatalogueInvalid, match=r"beekeeping\.toml:9: service bee-registration, name"):
            publish(counter, tmp_path / "new", BEES.replace('en = "Register bees"', 'en = ""'))
        assert version(counter.access) is None


def test_who_has_the_newest_is_sent_nothing(tmp_path: Path) -> None:
    with plain_counter(tmp_path, GOVERNMENT) as counter:
        publish(counter, tmp_path / "new")
        client = counter.access.client()
        answer = client.configuration("catalogue", "", 5000)
        assert answer is not None
        _, tag = answer
        assert client.configuration("catalogue", tag, 5000) is None
        publish(counter, tmp_path / "new", BEES.replace("days = 3", "days = 4"))
        assert client.configuration("catalogue", tag, 5000) is not None


def version(access: CentralAccess) -> object:
    from drivers.central.faults import Final

    try:
        return access.client().configuration("catalogue", "", 5000)
    except Final:
        return None
