"""Offline limits against an independent model: what may be promised, to the fen, the piece and the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from domain.backlog import Exposure
from domain.messages.contract import TrustLevel
from domain.offline_policy import ActionPolicy, OfflinePolicies, refusal

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SMALL = st.integers(0, 4)
OPEN = ActionPolicy(
    allowed=True, trust=TrustLevel.READ, amount_fen=3, total_fen=8, count=5, count_per_card=2, age_hours=3
)
LADDER = [TrustLevel.NONE, TrustLevel.READ, TrustLevel.VERIFIED]


def model(policy: ActionPolicy, trust: TrustLevel, fen: int, exposure: Exposure) -> str:
    """The code of the first limit that is passed, in the order of the design; empty where none is."""
    sum_fen = exposure.amount_fen
    checks = [
        ("offline.not_allowed", policy.allowed is False),
        ("offline.trust_too_low", LADDER.index(trust) < LADDER.index(policy.trust)),
        (
            "offline.amount_too_high",
            not (fen <= policy.amount_fen and fen + sum_fen <= policy.total_fen),
        ),
        ("offline.too_many", not exposure.count + 1 <= policy.count),
        (
            "offline.too_many_for_card",
            policy.count_per_card != 0 and not exposure.count_of_card + 1 <= policy.count_per_card,
        ),
        (
            "offline.too_long",
            exposure.oldest_at is not None and exposure.oldest_at + timedelta(hours=policy.age_hours) < NOW,
        ),
    ]
    return next((code for code, passed in checks if passed), "")


@given(
    st.builds(
        ActionPolicy,
        allowed=st.booleans() | st.just(True),
        trust=st.sampled_from(LADDER),
        amount_fen=SMALL,
        total_fen=SMALL,
        count=SMALL,
        count_per_card=SMALL,
        age_hours=SMALL,
    ),
    st.sampled_from(LADDER),
    SMALL,
    st.builds(
        Exposure,
        count=SMALL,
        amount_fen=SMALL,
        count_of_card=SMALL,
        oldest_at=st.none()
        | st.integers(-1, 1).flatmap(
            lambda seconds: SMALL.map(lambda hours: NOW - timedelta(hours=hours, seconds=seconds))
        ),
    ),
)
@example(OPEN, TrustLevel.READ, 0, Exposure(oldest_at=NOW - timedelta(hours=3)))
@example(OPEN, TrustLevel.READ, 0, Exposure(oldest_at=NOW - timedelta(hours=3, microseconds=1)))
@example(OPEN, TrustLevel.READ, 4, Exposure())
@example(OPEN, TrustLevel.READ, 3, Exposure(amount_fen=6))
@example(OPEN, TrustLevel.READ, 3, Exposure(amount_fen=5))
def test_the_first_limit_that_is_passed_is_the_reason(
    policy: ActionPolicy, trust: TrustLevel, fen: int, exposure: Exposure
) -> None:
    said = refusal(policy, trust, fen, exposure, NOW)
    assert (said.code if said else "") == model(policy, trust, fen, exposure)


def test_a_counter_goes_on_as_long_as_its_most_patient_allowed_action() -> None:
    policies = OfflinePolicies(
        {
            ("library", "borrow"): ActionPolicy(allowed=True, age_hours=24),
            ("library", "return"): ActionPolicy(allowed=True, age_hours=72),
            ("fund", "*"): ActionPolicy(allowed=False, age_hours=500),
        }
    )
    assert policies.longest == timedelta(hours=72)
    assert OfflinePolicies({}).longest == timedelta(0)
    assert policies.of("fund", "anything").age_hours == 500
    assert not policies.of("library", "renew").allowed
