"""What an old list of blocked cards still allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.settings import HotlistSettings
from domain.messages.contract import TrustLevel
from terminal.identification.hotlist.freshness import Freshness, freshness, refusal
from terminal.identification.hotlist.store import HotlistState

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LIMITS = HotlistSettings()


@pytest.mark.parametrize(
    ("hours", "standing"),
    [
        (0, Freshness.FRESH),
        (24, Freshness.FRESH),
        (24.1, Freshness.AGEING),
        (72, Freshness.AGEING),
        (72.1, Freshness.TOO_OLD),
    ],
)
def test_staff_is_warned_after_a_day_and_proved_cards_are_refused_after_three(
    hours: float, standing: Freshness
) -> None:
    state = HotlistState(7, NOW - timedelta(hours=hours), 0)
    assert freshness(state, NOW, LIMITS) is standing


def test_a_list_that_was_never_fetched_is_too_old() -> None:
    assert freshness(HotlistState(0, None, 0), NOW, LIMITS) is Freshness.TOO_OLD


def test_the_profile_says_how_old_a_list_may_be() -> None:
    state = HotlistState(7, NOW - timedelta(hours=5), 0)
    assert (
        freshness(state, NOW, HotlistSettings(warn_after_hours=1, refuse_after_hours=4)) is Freshness.TOO_OLD
    )


@pytest.mark.parametrize("standing", list(Freshness))
@pytest.mark.parametrize("needed", list(TrustLevel))
def test_only_what_needs_a_proved_card_is_refused_for_an_old_list(
    standing: Freshness, needed: TrustLevel
) -> None:
    refused = standing is Freshness.TOO_OLD and needed in (TrustLevel.VERIFIED, TrustLevel.HOLDER)
    assert (refusal(standing, needed) is not None) is refused
