"""A terminal as it runs in a city: blocked cards, its settings, and its end; a real centre over TLS."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from central.fleet.administration import ORDERS
from config.settings import CentralSettings, HotlistSettings, Settings, SettingsFault
from domain.messages.contract import (
    Delivery,
    IdentificationRequest,
    PendingWork,
    Question,
    SocialSecurityCardPresented,
    Transaction,
    TransactionBatch,
    TrustLevel,
)
from domain.messages.cryptograms import ChallengeMessage, CryptogramRequest
from domain.messages.signed_documents import Configuration, ConfigurationFault
from drivers.cards.social_security import read_card
from drivers.central.faults import Final, Revoked
from drivers.virtual.in_process_reader import InProcessReader
from runtime.periodic import PeriodicTask
from terminal.app.composition import Terminal
from terminal.diagnostics.check import Trouble
from terminal.diagnostics.checks import hotlist
from terminal.identification.card_reading import PresentedCards
from terminal.identification.hotlist.freshness import Freshness
from terminal.provisioning.access import CentralAccess, to_city
from terminal.provisioning.fleet_parts import CardControl, fleet_parts
from terminal.provisioning.published_settings import PublishedSettings
from terminal.visit.events import BusinessStopped, CardFailed, CardRead
from tests.cities import personas
from tests.integration.central.fleet.city import BUDGET_MS, City, a_city
from tests.unit.terminal.test_card_reading import OneReader

LIU = personas()["liu-zhiyong"]
LIMITS = HotlistSettings(every_s=300, warn_after_hours=24, refuse_after_hours=72)
PATIENCE_S = 20


def utc_now() -> datetime:
    return datetime.now(UTC)


def settings(city: City) -> Settings:
    return Settings(terminal="BZ-LIB-0001", central=CentralSettings(url=city.url), services=("library",))


def enrolled(city: City) -> tuple[CentralAccess, Path]:
    """A terminal's way to the centre, and its data."""
    city.enrolled("data")
    data = city.directory / "data"
    return to_city(settings(city), data, {}), data


def liu_presented() -> SocialSecurityCardPresented:
    return SocialSecurityCardPresented(
        card_number=LIU.card_number, identification_code=LIU.identification_code
    )


def report_lost(access: CentralAccess) -> None:
    """As a counter that offers it does."""
    made = Transaction(
        id=uuid4(),
        terminal="BZ-LIB-0001",
        sequence=1,
        previous="0" * 64,
        service="report-lost",
        action="report-lost",
        occurred_at=utc_now(),
        trust=TrustLevel.READ,
        credential=liu_presented(),
        body={"card": LIU.card_number[-4:]},
    )
    batch = TransactionBatch(
        terminal="BZ-LIB-0001", pending=PendingWork(count=0), deliveries=(Delivery(transaction=made),)
    )
    (result,) = access.client().deliver(batch, BUDGET_MS).results
    assert (result.outcome.value, result.code) == ("confirmed", "")


def read_at(control: CardControl, person: str) -> CardRead | CardFailed:
    posted: list[Any] = []
    cards = PresentedCards(
        OneReader(person),
        read_card,
        posted.append,
        lambda: date(2026, 11, 23),
        control.refuse_blocked,
        "4660",
    )
    cards.read("Desk")
    (event,) = posted
    assert isinstance(event, CardRead | CardFailed)
    return event


def refresh(access: CentralAccess, data: Path, city: City, control: CardControl) -> list[PeriodicTask]:
    """The terminal's parts, each told to do its round once."""
    told: list[Configuration] = []
    parts = fleet_parts(
        settings(city), data, access, access.client(), control, utc_now, lambda: None, told.append
    )
    for part in parts:
        part.step()
    return parts


def test_a_card_reported_lost_is_refused_also_when_the_centre_is_gone(tmp_path: Path) -> None:
    with a_city(tmp_path) as city:
        access, data = enrolled(city)
        control = CardControl(data, LIMITS, utc_now)
        assert control.standing is Freshness.TOO_OLD
        refresh(access, data, city, control)
        assert isinstance(read_at(control, "liu-zhiyong"), CardRead)
        report_lost(access)
        refresh(access, data, city, control)
    assert read_at(control, "liu-zhiyong") == CardFailed("Desk", "hotlist.blocked")
    assert isinstance(read_at(control, "yang-ying"), CardRead)
    control.close()
    assert hotlist(Settings(), data).message.startswith("version 1, 1 blocked, 0.0 h old")
    again = CardControl(data, LIMITS, lambda: utc_now() + timedelta(hours=25))
    assert read_at(again, "liu-zhiyong") == CardFailed("Desk", "hotlist.blocked")
    assert again.standing is Freshness.AGEING
    assert again.too_old(TrustLevel.VERIFIED) is None
    again.close()
    old = CardControl(data, LIMITS, lambda: utc_now() + timedelta(hours=73))
    assert old.too_old(TrustLevel.READ) is None
    refusal = old.too_old(TrustLevel.VERIFIED)
    assert refusal is not None
    assert refusal.code == "hotlist.too_old"
    old.close()


def test_an_enrolled_terminal_may_ask_what_its_counters_need(city: City) -> None:
    access, _ = enrolled(city)
    client = access.client()
    holder = client.identify(
        IdentificationRequest(
            terminal="BZ-LIB-0001", trust=TrustLevel.READ, credential=liu_presented(), services=("library",)
        ),
        BUDGET_MS,
    )
    asked = Question(terminal="BZ-LIB-0001", subject=holder.subject, service="report-lost", name="cards")
    assert client.ask(asked, BUDGET_MS).data["rows"]
    challenge = ChallengeMessage(use="internal", seed="00" * 8, content="00" * 8)
    about_a_card = CryptogramRequest(
        terminal="BZ-LIB-0001",
        identification_code=LIU.identification_code,
        algorithm="3DES",
        factor="00" * 8,
        challenges=(challenge,),
    )
    with pytest.raises(Final, match=r"sam\.missing"):
        client.cryptograms(about_a_card, BUDGET_MS)


def test_published_settings_are_in_force_from_the_next_start_and_tampered_ones_stop_it(
    city: City, tmp_path: Path
) -> None:
    access, data = enrolled(city)
    started = settings(city)
    assert PublishedSettings(started, data, access).start() == started
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "profile.toml").write_text(
        'terminal = "ANOTHER"\ncounter_name = "滨州市图书馆一楼"\nservices = ["library"]\n', encoding="utf-8"
    )
    list(ORDERS["publish"](city.fleet, ["bz-lib-0001", str(folder)]))
    control = CardControl(data, LIMITS, utc_now)
    refresh(access, data, city, control)
    control.close()
    said = PublishedSettings(started, data, access).start()
    assert (said.counter_name, said.terminal, said.central.url) == (
        "滨州市图书馆一楼",
        "BZ-LIB-0001",
        city.url,
    )
    (kept,) = (data / "configuration").glob("*.signed.json")
    untouched = kept.read_text(encoding="utf-8")
    kept.write_text(untouched.replace("一楼", "二楼"), encoding="utf-8")
    with pytest.raises(ConfigurationFault):
        PublishedSettings(started, data, access).start()


class NoFace:
    """A counter nobody looks at."""

    def __getattr__(self, _: str) -> Any:
        return lambda *_, **__: ""


def test_a_revoked_terminal_stops_forgets_and_gives_its_key_up(city: City) -> None:
    access, data = enrolled(city)
    city.revoke("BZ-LIB-0001")
    stopped = threading.Event()

    def post(event: object) -> None:
        if event == BusinessStopped(Revoked.code):
            stopped.set()

    terminal = Terminal(settings(city), data, access, NoFace(), post, InProcessReader)
    terminal.start()
    assert stopped.wait(PATIENCE_S)
    keys = data / "identity"
    looked = threading.Event()
    for _ in range(PATIENCE_S * 20):
        if not list(keys.glob("*.key")) or looked.wait(0.05):
            break
    terminal.stop()
    assert list(keys.glob("*.key")) == []
    assert access.files is not None
    assert access.files.load() is None


def test_the_doctor_tells_a_list_that_is_not_there_or_no_list(tmp_path: Path) -> None:
    assert hotlist(Settings(), tmp_path).ok
    (tmp_path / "hotlist").mkdir()
    (tmp_path / "hotlist" / "hotlist.db").write_bytes(b"no database at all, but a file" * 40)
    assert hotlist(Settings(), tmp_path).trouble is Trouble.OTHER


def publish(city: City, folder: Path, profile: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "profile.toml").write_text(profile, encoding="utf-8")
    list(ORDERS["publish"](city.fleet, ["bz-lib-0001", str(folder)]))


@pytest.mark.parametrize(
    "mistake",
    [
        '[printer]\naddress = "192.0.2.7:9100"',
        '[printer]\naddress = "tcp://"',
        '[bus]\nposition = "ttyS1"',
        "[scanner]\nbaud = 1",
        '[central]\nurl = "central.example"',
        "[visit]\nrest_ms = 0",
        'services = ["libary"]',
        'services = ["catalogue:nowhere"]',
        '[screen]\nlanguage = "fr"',
    ],
)
def test_settings_that_no_terminal_could_start_with_are_never_signed(
    city: City, tmp_path: Path, mistake: str
) -> None:
    """FC-56."""
    with pytest.raises(SettingsFault):
        publish(city, tmp_path / "published", mistake)


def test_settings_that_never_reach_service_are_given_up_and_corrected_ones_are_fetched(
    city: City, tmp_path: Path
) -> None:
    """FC-56: a start counts before its settings are used; a crash therefore counts too."""
    access, data = enrolled(city)
    shipped = settings(city)
    folder = tmp_path / "published"

    def next_start() -> tuple[str, PublishedSettings]:
        copy = PublishedSettings(shipped, data, access)
        return copy.start().counter_name, copy

    publish(city, folder, 'counter_name = "一版"')
    assert PublishedSettings(shipped, data, access).fetch(access.client())
    name, first = next_start()
    assert name == "一版"
    first.in_service()
    publish(city, folder, 'counter_name = "二版"')
    assert first.fetch(access.client())
    assert [next_start()[0] for _ in range(4)] == ["二版", "二版", "一版", "一版"]
    publish(city, folder, 'counter_name = "三版"')
    _, out_of_service = next_start()
    assert out_of_service.fetch(access.client())
    name, third = next_start()
    assert name == "三版"
    third.in_service()
    assert [next_start()[0] for _ in range(4)] == ["三版"] * 4


def test_without_a_good_version_the_shipped_settings_are_used(city: City, tmp_path: Path) -> None:
    access, data = enrolled(city)
    shipped = settings(city)
    publish(city, tmp_path / "published", 'counter_name = "一版"')
    PublishedSettings(shipped, data, access).fetch(access.client())
    names = [PublishedSettings(shipped, data, access).start().counter_name for _ in range(4)]
    assert names == ["一版", "一版", shipped.counter_name, shipped.counter_name]
