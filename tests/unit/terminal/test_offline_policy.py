"""What may be promised without the centre: data, and a decision."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.settings import SettingsFault
from domain.backlog import Exposure
from domain.messages.contract import TrustLevel
from domain.offline_policy import ActionPolicy, load_policies, parse_policies, refusal
from tests.unit.terminal.counter_with_journal import NOW

FARE = ActionPolicy(
    allowed=True, trust=TrustLevel.VERIFIED, amount_fen=500, total_fen=2000, count=10, count_per_card=2,
    age_hours=24,
)  # fmt: skip


def said(policy: ActionPolicy, trust: TrustLevel, fen: int, exposure: Exposure) -> str:
    fault = refusal(policy, trust, fen, exposure, NOW)
    return fault.code if fault else ""


@pytest.mark.parametrize(
    ("trust", "fen", "exposure", "code"),
    [
        (TrustLevel.VERIFIED, 500, Exposure(), ""),
        (TrustLevel.READ, 500, Exposure(), "offline.trust_too_low"),
        (TrustLevel.VERIFIED, 501, Exposure(), "offline.amount_too_high"),
        (TrustLevel.VERIFIED, 500, Exposure(4, 1501), "offline.amount_too_high"),
        (TrustLevel.VERIFIED, 500, Exposure(4, 1500), ""),
        (TrustLevel.VERIFIED, 1, Exposure(10), "offline.too_many"),
        (TrustLevel.HOLDER, 1, Exposure(9), ""),
        (TrustLevel.VERIFIED, 1, Exposure(2, 0, 2), "offline.too_many_for_card"),
        (TrustLevel.VERIFIED, 1, Exposure(1, 0, 0, NOW - timedelta(hours=25)), "offline.too_long"),
        (TrustLevel.VERIFIED, 1, Exposure(1, 0, 0, NOW - timedelta(hours=23)), ""),
    ],
)
def test_each_limit_is_the_last_thing_allowed(
    trust: TrustLevel, fen: int, exposure: Exposure, code: str
) -> None:
    assert said(FARE, trust, fen, exposure) == code


def test_what_is_not_listed_is_not_allowed() -> None:
    policies = load_policies(("library",))
    assert said(policies.of("library", "pay"), TrustLevel.HOLDER, 0, Exposure()) == "offline.not_allowed"
    assert said(policies.of("hotel", "borrow"), TrustLevel.HOLDER, 0, Exposure()) == "offline.not_allowed"


def test_the_library_lends_returns_and_renews_without_the_centre() -> None:
    policies = load_policies(("library",))
    for action, trust in (
        ("borrow", TrustLevel.READ),
        ("renew", TrustLevel.READ),
        ("return", TrustLevel.NONE),
    ):
        assert said(policies.of("library", action), trust, 0, Exposure()) == ""


def test_a_mistake_in_a_policy_is_named() -> None:
    with pytest.raises(SettingsFault, match="colour"):
        parse_policies('[borrow]\ncolour = "red"\n', "library")
