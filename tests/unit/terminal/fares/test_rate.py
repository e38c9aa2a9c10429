"""The demonstration city, ride by ride."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.fares import (
    Because,
    Entitlement,
    Fare,
    FareLine,
    RideHistory,
    Rider,
    Standing,
    Tap,
    TapKind,
    Tariff,
    load,
    rate,
)
from domain.fares.faults import MediaRefused, RidersRefused, RouteUnknown, StopUnknown, TapOffNotUsed
from tests.unit.terminal.fares.tariffs import at, binzhou_files, tap, tariff

CARD = "social_security_card"


@pytest.fixture(scope="module")
def binzhou() -> Tariff:
    return load(binzhou_files())


def ridden(tariff: Tariff, taps: list[Tap], rider: Rider = Rider()) -> list[Fare]:  # noqa: B008
    """The fares of these taps, one after the other."""
    history, fares = RideHistory(), []
    for one in taps:
        fares.append(rate(tariff, one, rider, history))
        history = history.after(fares[-1])
    return fares


def test_a_single_ride_costs_the_flat_fare_and_says_by_which_rule(binzhou: Tariff) -> None:
    fare = rate(binzhou, tap("a", at(8)))
    assert fare.lines == (FareLine(Because.FARE, "fare_leg_rules.txt:2", 200),)
    assert (fare.fen, fare.full_fen, fare.fare_product_id) == (200, 200, "city-single")
    assert fare.transfer_until == at(9)


def test_the_one_fen_ride_names_who_pays_the_rest(binzhou: Tariff) -> None:
    fare = rate(binzhou, tap("a", at(8), fare_media_id=CARD))
    assert (fare.fen, fare.full_fen) == (1, 200)
    assert fare.saving_by_funder == {"滨州市人社局与合作银行": 199}
    assert fare.ride.promotion_id == "one-fen"


def test_the_third_one_fen_ride_of_a_day_costs_the_fare(binzhou: Tariff) -> None:
    taps = [tap(str(hour), at(hour), fare_media_id=CARD) for hour in (8, 11, 14)]
    tomorrow = tap("tomorrow", at(8, day=25), fare_media_id=CARD)
    assert [fare.fen for fare in ridden(binzhou, [*taps, tomorrow])] == [1, 1, 200, 1]


def test_the_promotion_ends_with_its_budget_and_never_overdraws_it(binzhou: Tariff) -> None:
    left = {fen: {"one-fen": 12_491_031 - fen} for fen in (199, 198)}
    one = tap("a", at(8), fare_media_id=CARD)
    assert rate(binzhou, one, spent=left[199]).fen == 1
    assert rate(binzhou, one, spent=left[198]).fen == 200


def test_rating_a_promotional_ride_again_does_not_count_it_twice(binzhou: Tariff) -> None:
    one = tap("a", at(8), fare_media_id=CARD)
    fare = rate(binzhou, one, spent={"one-fen": 12_491_031 - 199})
    again = rate(binzhou, one, history=RideHistory().after(fare), spent={"one-fen": 12_491_031})
    assert again == fare


def test_62769_one_fen_rides_save_their_riders_124910_yuan_31(binzhou: Tariff) -> None:
    spent = {"one-fen": 0}
    saved = paid = 0
    for number in range(62_769):
        minute = number % 900
        one = Tap(
            str(number),
            at(6) + timedelta(minutes=minute),
            "bus-17",
            "1",
            CARD,
            "railway-1",
        )
        fare = rate(binzhou, one, spent=spent)
        spent["one-fen"] += fare.ride.promotion_fen
        saved += sum(fare.saving_by_funder.values())
        paid += fare.fen
    assert (saved, paid) == (12_491_031, 62_769)
    after = rate(binzhou, tap("one more", at(8), fare_media_id=CARD), spent=spent)
    assert after.fen == 200


def test_a_second_tap_inside_the_transfer_window_costs_nothing(binzhou: Tariff) -> None:
    fares = ridden(binzhou, [tap("a", at(8)), tap("b", at(8, 59, 59), "2"), tap("c", at(9, 0, 1), "18")])
    assert [fare.fen for fare in fares] == [200, 0, 200]
    assert fares[1].lines[1] == FareLine(Because.TRANSFER, "fare_transfer_rules.txt:2", -200)


def test_the_end_of_the_transfer_time_is_that_of_the_rule_that_lasts_longest(binzhou: Tariff) -> None:
    fares = ridden(binzhou, [tap("a", at(8)), tap("b", at(8, 30), "2")])
    assert fares[0].transfer_until == at(9)
    assert fares[1].transfer_until == at(9, 30), "to the zone line, counted from this ride"


def test_the_transfer_window_runs_from_the_first_ride_and_holds_two_transfers(binzhou: Tariff) -> None:
    lines = ["1", "2", "18", "2"]
    taps = [tap(str(number), at(8, 10 * number), line) for number, line in enumerate(lines)]
    fares = ridden(binzhou, taps)
    assert [fare.fen for fare in fares] == [200, 0, 0, 200]


def test_going_back_on_the_same_line_is_no_transfer(binzhou: Tariff) -> None:
    assert [fare.fen for fare in ridden(binzhou, [tap("a", at(8)), tap("b", at(8, 20))])] == [200, 200]


def test_the_same_card_at_the_same_validator_within_thirty_seconds_is_the_same_ride(binzhou: Tariff) -> None:
    first, again, later = (tap(str(second), at(8, 0, second), validator="v") for second in (0, 30, 31))
    fares = ridden(binzhou, [first, again])
    assert (fares[1].fen, fares[1].standing, fares[1].ride) == (0, Standing.SAME_RIDE, fares[0].ride)
    assert rate(binzhou, later, history=RideHistory().after(fares[0])).standing is Standing.CHARGED


def test_one_more_pays_the_full_fare_whoever_the_holder_is(binzhou: Tariff) -> None:
    senior = Rider(date(1950, 1, 1))
    first = tap("a", at(10), validator="v", fare_media_id=CARD)
    more = tap("b", at(10, 0, 5), validator="v", fare_media_id=CARD, one_more=True)
    fares = ridden(binzhou, [first, more], senior)
    assert [fare.fen for fare in fares] == [0, 200]
    assert [line.because for line in fares[1].lines] == [Because.COMPANIONS]


def test_companions_on_one_card_pay_in_full_and_the_holder_as_alone(binzhou: Tariff) -> None:
    fare = rate(binzhou, tap("a", at(8), fare_media_id=CARD, riders=3))
    assert (fare.fen, fare.full_fen) == (401, 600)
    assert fare.ride.holder_fen == 1


def test_companions_do_not_use_up_the_holders_cap(binzhou: Tariff) -> None:
    fare = rate(binzhou, tap("a", at(8), riders=5))
    assert [(cap.id, cap.spent_fen) for cap in fare.caps] == [("city-day", 200), ("city-week", 200)]


def test_the_daily_cap_is_reached_and_not_passed(binzhou: Tariff) -> None:
    taps = [tap(str(hour), at(hour)) for hour in range(6, 12)]
    fares = ridden(binzhou, taps)
    assert [fare.fen for fare in fares] == [200, 200, 200, 200, 0, 0]
    assert fares[4].lines[-1].because is Because.CAP
    assert fares[4].caps[0].spent_fen == 800


def test_the_night_belongs_to_the_day_before(binzhou: Tariff) -> None:
    day = [tap(str(hour), at(hour)) for hour in range(8, 12)]
    night, morning = tap("n", at(1, 0, day=25)), tap("m", at(6, 0, day=25))
    assert [fare.fen for fare in ridden(binzhou, [*day, night, morning])][-2:] == [0, 200]


def test_the_weekly_cap_holds_from_monday_to_sunday(binzhou: Tariff) -> None:
    taps = [tap(f"{day}-{hour}", at(hour, day=day)) for day in range(23, 31) for hour in (6, 8, 10, 12)]
    paid = [fare.fen for fare in ridden(binzhou, taps)]
    assert sum(paid[:28]) == 4_000
    assert paid[28:] == [200, 200, 200, 200]


@pytest.mark.parametrize(
    ("born", "hour", "minute", "pays"),
    [
        (date(1966, 11, 25), 10, 0, 200),
        (date(1966, 11, 24), 10, 0, 100),
        (date(1961, 11, 25), 10, 0, 100),
        (date(1961, 11, 24), 10, 0, 0),
        (date(1961, 11, 24), 8, 0, 100),
        (date(1961, 11, 24), 8, 30, 0),
        (date(1956, 11, 25), 8, 0, 100),
        (date(1956, 11, 24), 8, 0, 0),
        (date(2027, 1, 1), 8, 0, 200),
    ],
)
def test_age_on_the_local_date_decides_the_concession(
    binzhou: Tariff, born: date, hour: int, minute: int, pays: int
) -> None:
    assert rate(binzhou, tap("a", at(hour, minute)), Rider(born)).fen == pays


def test_an_entitlement_holds_to_its_last_day(binzhou: Tariff) -> None:
    veteran = Rider(entitlements=(Entitlement("veteran", until=date(2026, 11, 24)),))
    assert rate(binzhou, tap("a", at(8)), veteran).fen == 0
    assert rate(binzhou, tap("a", at(8, day=25)), veteran).fen == 200


def test_a_student_pays_the_students_price_of_the_product(binzhou: Tariff) -> None:
    fare = rate(binzhou, tap("a", at(8)), Rider(entitlements=(Entitlement("student"),)))
    assert fare.lines[1] == FareLine(Because.CATEGORY, "fare_products.txt:3", -100)
    assert fare.fen == 100


def test_the_night_price_holds_by_its_higher_priority(binzhou: Tariff) -> None:
    assert rate(binzhou, tap("a", at(21, 59, 59))).fen == 200
    assert rate(binzhou, tap("a", at(22))).fen == 300
    assert rate(binzhou, tap("a", at(5))).fen == 200


def test_a_distance_line_holds_the_whole_length_until_the_tap_off(binzhou: Tariff) -> None:
    board = tap("a", at(8), "601", stop_id="coach")
    alight = tap("b", at(8, 25), "601", stop_id="yangliuxue", kind=TapKind.ALIGHT)
    held, paid = ridden(binzhou, [board, alight])
    assert (held.fen, held.standing, held.lines[0].because) == (900, Standing.HELD, Because.FULL_LENGTH)
    assert (paid.fen, paid.held_fen, paid.refund_fen, paid.standing) == (400, 900, 500, Standing.CHARGED)
    assert paid.ride.id == "a"


def test_a_short_ride_that_is_only_said_does_not_lower_what_is_held(binzhou: Tariff) -> None:
    assert rate(binzhou, tap("a", at(8), "601", stop_id="coach", to_stop_id="beizhen")).fen == 900


def test_who_forgets_to_tap_off_has_paid_the_whole_length(binzhou: Tariff) -> None:
    fares = ridden(binzhou, [tap("a", at(8), "601", stop_id="coach"), tap("b", at(14), "1")])
    assert [fare.fen for fare in fares] == [900, 200]


def test_a_tap_off_too_late_or_without_a_boarding_pays_the_whole_length(binzhou: Tariff) -> None:
    off = tap("b", at(11, 0, 1), "601", stop_id="beizhen", kind=TapKind.ALIGHT)
    assert rate(binzhou, off).fen == 900
    held = rate(binzhou, tap("a", at(8), "601", stop_id="coach"))
    assert rate(binzhou, off, history=RideHistory().after(held)).ride.id == "b"


def test_a_second_tap_off_at_once_is_the_same_ride(binzhou: Tariff) -> None:
    board = tap("a", at(8), "601", stop_id="coach")
    off = [
        tap(id, at(8, 25, second), "601", stop_id="beizhen", kind=TapKind.ALIGHT, validator="rear")
        for id, second in (("b", 0), ("c", 3))
    ]
    assert [fare.fen for fare in ridden(binzhou, [board, *off])] == [900, 200, 0]


def test_a_tap_off_never_costs_more_than_was_held_though_the_right_was_lost_on_the_way(
    binzhou: Tariff,
) -> None:
    veteran = Rider(entitlements=(Entitlement("veteran"),))
    held = rate(binzhou, tap("a", at(8), "601", stop_id="coach"), veteran)
    off = tap("b", at(8, 25), "601", stop_id="zhanhua", kind=TapKind.ALIGHT)
    fare = rate(binzhou, off, history=RideHistory().after(held))
    assert (fare.fen, fare.full_fen, fare.lines[-1].because) == (0, 900, Because.NOT_ABOVE_HELD)
    assert rate(binzhou, off, history=RideHistory().after(held).after(fare)) == fare


def test_a_tap_off_where_nobody_taps_off_is_told_and_charges_nothing(binzhou: Tariff) -> None:
    with pytest.raises(TapOffNotUsed):
        rate(binzhou, tap("a", at(8), "1", kind=TapKind.ALIGHT))


def test_a_tap_off_ends_the_ride_on_its_own_line(binzhou: Tariff) -> None:
    """A ride on another line that was never tapped off does not get in the way."""
    fares = ridden(
        binzhou,
        [
            tap("a", at(8), "601", stop_id="coach"),
            tap("forgotten", at(8, 5), "K6", stop_id="government"),
            tap("b", at(8, 20), "601", stop_id="beizhen", kind=TapKind.ALIGHT),
        ],
    )
    assert (fares[2].ride.id, fares[2].fen) == ("a", 200)


def test_two_on_one_card_one_after_the_other_tap_off_one_after_the_other(binzhou: Tariff) -> None:
    on = [
        tap(str(second), at(8, 0, second), "601", stop_id="coach", validator="front", one_more=second > 0)
        for second in (0, 5)
    ]
    off = [
        tap(
            f"off {second}",
            at(8, 20, second),
            "601",
            stop_id="beizhen",
            validator="rear",
            kind=TapKind.ALIGHT,
            one_more=second > 0,
        )
        for second in (0, 5)
    ]
    fares = ridden(binzhou, [*on, *off])
    assert [fare.fen for fare in fares] == [900, 900, 200, 200]
    assert {fare.ride.id for fare in fares} == {"0", "5"}


def test_a_zone_line_holds_the_dearest_end_and_corrects_it(binzhou: Tariff) -> None:
    board = tap("a", at(8), "K6", stop_id="government")
    alight = tap("b", at(8, 25), "K6", stop_id="bohai", kind=TapKind.ALIGHT)
    assert [fare.fen for fare in ridden(binzhou, [board, alight])] == [300, 100]


def test_a_transfer_with_a_discount_takes_it_off_the_second_leg(binzhou: Tariff) -> None:
    board = tap("b", at(8, 30), "601", stop_id="coach")
    alight = tap("c", at(8, 55), "601", stop_id="yangliuxue", kind=TapKind.ALIGHT)
    home = tap("d", at(9, 50), "2")
    assert [fare.fen for fare in ridden(binzhou, [tap("a", at(8)), board, alight, home])] == [
        200,
        800,
        300,
        0,
    ]


def test_a_tap_that_cannot_be_rated_says_why(binzhou: Tariff) -> None:
    with pytest.raises(RouteUnknown):
        rate(binzhou, tap("a", at(8), "99"))
    with pytest.raises(StopUnknown):
        rate(binzhou, tap("a", at(8), stop_id="moon"))
    with pytest.raises(StopUnknown):
        rate(binzhou, tap("a", at(8), "601", stop_id="hospital"))
    for riders in (0, 11):
        with pytest.raises(RidersRefused):
            rate(binzhou, tap("a", at(8), riders=riders))


def test_media_a_product_is_not_sold_on_are_refused() -> None:
    only_card = tariff(
        fare_media="fare_media_id,fare_media_type\ncard,2\n",
        fare_products="fare_product_id,amount,currency,fare_media_id\nsingle,2.00,CNY,card\n",
    )
    assert rate(only_card, tap("a", at(8), fare_media_id="card")).fen == 200
    with pytest.raises(MediaRefused):
        rate(only_card, tap("a", at(8)))


def test_what_a_rider_is_stays_out_of_repr() -> None:
    rider = Rider(date(1950, 1, 1), (Entitlement("disabled"),))
    assert "1950" not in repr(rider)
    assert "disabled" not in repr(rider)
