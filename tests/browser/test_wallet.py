"""A phone's wallet in a real browser: its own key, and codes that go on when the network does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from central.codes import issuers
from central.database import Database
from domain.codes.trust import TrustAnchors
from domain.codes.verification import ProvedECard, prove_e_card
from drivers.central.client import CentralClient
from drivers.central.wallet import WalletClient
from terminal.app.embedded import EmbeddedCentral
from tests.browser.driver import Browser

SHOWN = "return document.getElementById('code').dataset.text || ''"
START_BUDGET_MS = 30_000
HALF_A_MINUTE_PASSES = "const now = Date.now; Date.now = () => now.call(Date) + 31000"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[EmbeddedCentral]:
    central = EmbeddedCentral(tmp_path, demonstration=True)
    central.start()
    assert CentralClient(central.url).health(START_BUDGET_MS).contract
    yield central
    central.stop()


def anchors(directory: Path) -> TrustAnchors:
    database = Database(f"sqlite:///{directory / 'central.db'}")
    with database.read() as connection:
        believed = issuers.trusted(connection)
    database.close()
    return believed


def signed(window: Browser, believed: TrustAnchors, other_than: str = "") -> tuple[str, ProvedECard]:
    """The signed code that stands there, once it is another one."""

    def fresh() -> str:
        text = str(window.run(SHOWN))
        return text if text.startswith("OC2:") and text != other_than else ""

    text = window.wait_for(fresh)
    return text, prove_e_card(text, believed)


def test_a_browser_shows_a_new_signed_card_every_half_minute_also_without_a_network(
    window: Browser, centre: EmbeddedCentral, tmp_path: Path
) -> None:
    wallet = WalletClient(centre.url)._wallet_of("liu-zhiyong")
    window.open(f"{centre.url}/wallet/{wallet}")
    window.wait_for(lambda: str(window.run(SHOWN)).startswith("OC1:"))
    window.click("[data-kind=signed]")
    believed = anchors(tmp_path)
    first, proved = signed(window, believed)
    assert proved.credential.masked_name == "刘*勇"
    centre.kill()
    window.run(HALF_A_MINUTE_PASSES)
    second, again = signed(window, believed, other_than=first)
    assert again.credential == proved.credential
    assert 30 <= (again.shown.made_at - proved.shown.made_at).total_seconds() <= 60
    window.run("document.getElementById('audience').value = 'library'")
    window.run("document.getElementById('audience').dispatchEvent(new Event('change'))")
    _, meant = signed(window, believed, other_than=second)
    assert meant.shown.audience == "library"


def test_the_key_of_a_browser_is_its_own_and_stays_the_same(
    window: Browser, centre: EmbeddedCentral, tmp_path: Path
) -> None:
    wallet = WalletClient(centre.url)._wallet_of("yang-ying")
    keys = set()
    for _ in range(2):
        window.open(f"{centre.url}/wallet/{wallet}")
        window.click("[data-kind=signed]")
        _, proved = signed(window, anchors(tmp_path))
        keys.add(proved.credential.phone_key)
    assert len(keys) == 1
