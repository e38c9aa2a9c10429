"""A real browser as somebody's phone: it opens the code of a real counter, is bound, and shows codes that the
counter takes; what it was issued for the phone before is worth nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from drivers.central.phone import PhoneRefused
from terminal.services.catalogue.phone_binding import ANSWER, OTHER, SAME
from terminal.visit.steps import Certainty
from tests.browser.driver import Browser
from tests.browser.test_wallet import SHOWN
from tests.stories.plain_counter import ZONE, PlainCounter, plain_counter, wait_for_health
from tests.stories.test_binding_a_phone import bound, compared, knows, shown

STAGE = "return document.querySelector('main').dataset.stage"
DIGITS = f"{STAGE} === 'compare' && document.getElementById('digits').textContent"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[PlainCounter]:
    """At the browser's own time, which nothing sets; what a phone signs carries it."""
    with plain_counter(tmp_path, "issue-e-card", "my-cards", at=datetime.now(ZONE)) as running:
        yield running


def seen(window: Browser, beginning: str) -> str:
    return str(window.wait_for(lambda: _code(window, beginning)))


def _code(window: Browser, beginning: str) -> str:
    text = str(window.run(SHOWN))
    return text if text.startswith(beginning) else ""


def test_a_browser_is_bound_by_the_counters_code_and_keeps_its_card(
    window: Browser, counter: PlainCounter
) -> None:
    old = bound(counter)
    window.open(shown(counter).content)
    digits = window.wait_for(lambda: window.run(DIGITS))
    assert compared(counter) == digits
    assert "#" not in window.address
    counter.choose(ANSWER + SAME)
    assert counter.result().certainty is Certainty.CONFIRMED
    counter.take_away()
    assert knows(counter, seen(window, "OC1:"))
    assert "杨*" in window.text
    window.click("[data-kind=signed]")
    signed = seen(window, "OC2:")
    assert knows(counter, signed)
    with pytest.raises(PhoneRefused):
        old.token()
    counter.central.kill()
    counter.central.start()
    wait_for_health(counter.access)
    window.open(f"{counter.access.url}/phone")
    assert knows(counter, seen(window, "OC1:"))
    bound(counter)
    window.open(f"{counter.access.url}/phone")
    window.wait_for(lambda: window.run(STAGE) == "refused")
    assert "电子社保卡已换到另一部手机" in window.text


def test_a_browser_says_why_a_code_binds_nothing(window: Browser, counter: PlainCounter) -> None:
    content = shown(counter).content
    window.open(f"{content[:-26]}{'0' * 26}")
    window.wait_for(lambda: window.run(STAGE) == "refused")
    assert "这个绑定码不对" in window.text
    window.open("about:blank")
    window.open(content)
    window.wait_for(lambda: window.run(DIGITS))
    compared(counter)
    counter.choose(ANSWER + OTHER)
    window.wait_for(lambda: window.run(STAGE) == "refused")
    assert "这个绑定码已经用过" in window.text
    window.open("about:blank")
    window.open(f"{counter.access.url}/phone")
    window.wait_for(lambda: window.run(STAGE) == "unbound")
