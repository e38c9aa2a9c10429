"""Limits a centre published over the shipped ones, and what no publication can do."""

from __future__ import annotations

import pytest

from config.settings import SettingsFault
from domain.messages.contract import TrustLevel
from domain.offline_policy import OfflinePolicies, load_policies
from domain.published_policies import check_published, laid_over, published_in
from domain.transaction_state import Standing

SERVICES = ("library", "bus", "museum-entrance", "pension-collection")
SHIPPED = load_policies(SERVICES)


def in_force(**files: str) -> OfflinePolicies:
    """By published files of these services' names."""
    named = {f"offline/{name.replace('_', '-')}.toml": content for name, content in files.items()}
    check_published(named, SERVICES)
    return laid_over(SHIPPED, published_in(named))


def refused_for(content: str, service: str = "library") -> str:
    with pytest.raises(SettingsFault) as caught:
        check_published({f"offline/{service}.toml": content}, SERVICES)
    return str(caught.value)


def test_without_a_publication_what_is_shipped_is_in_force() -> None:
    assert in_force() == SHIPPED


def test_a_limit_that_is_given_replaces_the_shipped_one_and_the_others_stay() -> None:
    lending = in_force(library="[borrow]\ncount = 2\n").of("library", "borrow")
    shipped = SHIPPED.of("library", "borrow")
    assert lending == shipped.model_copy(update={"count": 2})
    assert lending.things == ("barcode",)
    assert in_force(library="[borrow]\ncount = 900\n").of("library", "borrow").count == 900


def test_an_action_that_is_not_listed_is_not_allowed_and_other_services_stay() -> None:
    policies = in_force(library="[borrow]\ncount = 2\n")
    assert not policies.of("library", "return").allowed
    assert policies.when_interrupted("library", "return") is Standing.PROMISED
    assert policies.of("bus", "ride") == SHIPPED.of("bus", "ride")


def test_a_bus_still_decides_for_itself_and_only_within_the_published_limits() -> None:
    ride = in_force(bus="[ride]\namount_fen = 300\n").of("bus", "ride")
    assert ride.decided_here
    assert ride.amount_fen == 300
    assert not in_force(bus="[ride]\nallowed = false\n").of("bus", "ride").allowed


def test_one_action_of_a_service_of_the_catalogue_may_be_limited_by_itself() -> None:
    policies = in_force(museum_entrance="[enter]\ncount = 1\n")
    assert policies.of("museum-entrance", "enter").count == 1
    assert policies.of("museum-entrance", "enter").age_hours == 24
    assert not policies.of("museum-entrance", "*").allowed


@pytest.mark.parametrize(
    ("content", "service", "why"),
    [
        ("[pay]\nallowed = true\n", "library", "library: pay is never allowed offline"),
        ('["*"]\nallowed = true\n', "pension-collection", "pension-collection: * is never allowed offline"),
        ('[borrow]\ntrust = "none"\n', "library", "library: borrow needs the trust read at least"),
        ('["*"]\namount_fen = 100\n', "museum-entrance", "no money is taken offline, amount_fen"),
        ("[lend]\ncount = 2\n", "library", "library: there is no action lend"),
        ("[ride]\ndecided_here = false\n", "bus", "bus: ride: decided_here is not the centre's to change"),
        ("[borrow]\nthings = []\n", "library", "library: borrow: things is not the centre's to change"),
        ("[borrow]\ncount = 2\n", "libary", "libary: this counter has no such service"),
        ("[borrow]\ncount = -2\n", "library", "offline policy of library: borrow.count: "),
        ("[borrow\n", "library", "offline policy of library"),
    ],
)
def test_what_a_counter_could_not_follow_is_refused_by_name(content: str, service: str, why: str) -> None:
    assert why in refused_for(content, service)


def test_a_copy_of_the_shipped_file_with_other_numbers_is_a_publication() -> None:
    policies = in_force(
        library='[borrow]\nallowed = true\ntrust = "verified"\ncount = 3\ncount_per_card = 1\nage_hours = 4\n'
        'conflict = "first_wins"\nthings = ["barcode"]\n'
    )
    assert policies.of("library", "borrow").trust is TrustLevel.VERIFIED


def test_every_mistake_is_told_at_once() -> None:
    told = refused_for("[lend]\ncount = 2\n[pay]\nallowed = true\n")
    assert "no action lend" in told
    assert "pay is never allowed" in told


def test_a_newer_catalogue_that_forbids_is_not_overruled_by_an_older_publication() -> None:
    published = published_in(
        {"offline/library.toml": "[borrow]\nallowed = true\ntrust = 'none'\namount_fen = 9\n"}
    )
    forbidding = OfflinePolicies(
        {("library", "borrow"): SHIPPED.of("library", "borrow").model_copy(update={"allowed": False})}
    )
    laid = laid_over(forbidding, published).of("library", "borrow")
    assert not laid.allowed
    assert laid.trust is TrustLevel.READ
    assert laid.amount_fen == 0
