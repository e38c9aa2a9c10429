"""The examples of the GTFS documentation, and the sentences of its reference, each as a journey and its cost.

Examples: https://gtfs.org/documentation/schedule/examples/fares-v2/ (Maryland MTA, BART, Muni, Clean Air
Express, WMATA, Metro-North). Sentences: https://gtfs.org/documentation/schedule/reference/, fare_leg_rules,
fare_leg_join_rules, fare_transfer_rules, stop_areas, timeframes. Costs are in the hundredth of the currency.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.fares import Fare, RideHistory, Tap, TapKind, load, rate
from domain.fares.faults import FareUnknown
from tests.unit.terminal.fares.tariffs import feed

CITY = 'currency = "USD"\ntimezone = "America/New_York"\n[transfers]\nsame_route = true\n'
ZONE = ZoneInfo("America/New_York")


def joined(*rows: str) -> str:
    """A GTFS file from its rows."""
    return "\n".join(rows) + "\n"


@dataclass(frozen=True)
class Example:
    """``taps`` are (local time, route, more of the tap); None in ``costs`` is an unknown fare."""

    says: str
    files: dict[str, str]
    taps: tuple[tuple[datetime, str, dict[str, Any]], ...]
    costs: tuple[int | None, ...]
    city: str = field(default=CITY)


def on(hour: int, minute: int = 0, day: int = 12) -> datetime:
    """October 2022; the 12th is a Wednesday, the 15th a Saturday."""
    return datetime(2022, 10, day, hour, minute, tzinfo=ZONE)


def ride(at: datetime, route: str = "r", **more: Any) -> tuple[datetime, str, dict[str, Any]]:
    return at, route, more


MARYLAND = {
    "routes": joined("route_id,network_id", "bus,core", "rail,core", "express,commuter"),
    "fare_products": joined(
        "fare_product_id,amount,currency",
        "core_local_oneway_fare,2.00,USD",
        "core_local_1_day_fare,4.60,USD",
        "core_local_31_day_fare,77.00,USD",
        "core_local_7_day_fare,22.00,USD",
    ),
    "fare_leg_rules": joined(
        "leg_group_id,network_id,fare_product_id",
        "core_local_one_way_trip,core,core_local_oneway_fare",
        "core_local_one_way_trip,core,core_local_1_day_fare",
        "core_local_one_way_trip,core,core_local_31_day_fare",
        "core_local_one_way_trip,core,core_local_7_day_fare",
    ),
    "fare_transfer_rules": joined(
        "from_leg_group_id,to_leg_group_id,duration_limit,duration_limit_type,fare_transfer_type,"
        "transfer_count",
        "core_local_one_way_trip,core_local_one_way_trip,5400,1,0,-1",
    ),
}

BART = {
    "routes": joined("route_id", "r"),
    "stops": joined("stop_id", "ASHB", "GLEN", "OAKL"),
    "areas": joined("area_id,area_name", "ASHB,", "GLEN,", "OAKL,"),
    "stop_areas": joined("area_id,stop_id", "ASHB,ASHB", "GLEN,GLEN", "OAKL,OAKL"),
    "fare_leg_rules": joined(
        "leg_group_id,from_area_id,to_area_id,fare_product_id",
        "BA,ASHB,GLEN,BA:matrix:ASHB-GLEN",
        "BA,ASHB,OAKL,BA:matrix:ASHB-OAKL",
    ),
    "fare_products": joined(
        "fare_product_id,fare_product_name,amount,currency",
        "BA:matrix:ASHB-GLEN,generated,4.75,USD",
        "BA:matrix:ASHB-OAKL,generated,9.45,USD",
    ),
}

MUNI = {
    "routes": joined("route_id", "r"),
    "fare_media": joined("fare_media_id,fare_media_name,fare_media_type", "clipper,Clipper,2", "cash,Cash,0"),
    "fare_products": joined(
        "fare_product_id,fare_product_name,amount,currency,fare_media_id",
        "SF:local:single,Muni single local fare,3,USD,cash",
        "SF:local:single,Muni single local fare,2.5,USD,clipper",
    ),
    "fare_leg_rules": joined("fare_product_id", "SF:local:single"),
}

CLEAN_AIR = {
    "routes": joined("route_id", "r"),
    "fare_media": joined("fare_media_id,fare_media_name,fare_media_type", "tap_to_ride,Tap to Ride,3"),
    "fare_products": joined(
        "fare_product_id,fare_product_name,fare_media_id,amount,currency",
        "single-ride,Single Ride,tap_to_ride,6,USD",
        "single-ride,Single Ride,,7,USD",
    ),
    "fare_leg_rules": joined("fare_product_id", "single-ride"),
}

DAYS = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"

WMATA = {
    "routes": joined("route_id,network_id", "r,1"),
    "calendar": joined(
        DAYS,
        "weekday_service,1,1,1,1,1,0,0,20220708,20221231",
        "saturday_service,0,0,0,0,0,1,0,20220708,20221231",
        "sunday_service,0,0,0,0,0,0,1,20220708,20221231",
    ),
    "timeframes": joined(
        "timeframe_group_id,start_time,end_time,service_id",
        "weekday_peak,5:00:00,9:30:00,weekday_service",
        "weekday_offpeak,9:30:00,15:00:00,weekday_service",
        "weekday_peak,15:00:00,19:00:00,weekday_service",
        "weekday_offpeak,19:00:00,21:30:00,weekday_service",
        "weekday_late_night,21:30:00,24:00:00,weekday_service",
        "weekday_late_night,00:00:00,5:00:00,weekday_service",
        "weekend,,,saturday_service",
        "weekend,,,sunday_service",
    ),
    "fare_products": joined(
        "fare_product_id,amount,currency",
        "peak_fare,5,USD",
        "regular_fare,3,USD",
        "weekend_fare,2,USD",
        "late_night_fare,2,USD",
    ),
    "fare_leg_rules": joined(
        "network_id,fare_product_id,from_timeframe_group_id,to_timeframe_group_id",
        "1,weekend_fare,weekend,",
        "1,late_night_fare,weekday_late_night,",
        "1,peak_fare,weekday_peak,",
        "1,regular_fare,weekday_offpeak,",
    ),
}

METRO_NORTH = {
    "routes": joined("route_id", "669"),
    "networks": joined("network_id,network_name", "mnr_hudson,MNR Hudson Line"),
    "route_networks": joined("network_id,route_id", "mnr_hudson,669"),
    "stops": joined("stop_id,stop_name", "ITO1897,Cold Spring", "ITO2383,Grand Central"),
    "areas": joined("area_id", "mnr_1", "mnr_HUD-7"),
    "stop_areas": joined("area_id,stop_id", "mnr_1,ITO2383", "mnr_HUD-7,ITO1897"),
    "calendar": joined(
        DAYS,
        "weekdays,1,1,1,1,1,0,0,20220101,20240101",
        "weekends,0,0,0,0,0,1,1,20220101,20240101",
        "anyday,1,1,1,1,1,1,1,20220101,20240101",
    ),
    "timeframes": joined(
        "timeframe_group_id,start_time,end_time,service_id",
        "anytime,00:00:00,24:00:00,anyday",
        "weekdays,00:00:00,24:00:00,weekdays",
        "weekends,00:00:00,24:00:00,weekends",
        "mnr_ampeak,06:00:00,10:00:00,weekdays",
        "mnr_notampeak,00:00:00,06:00:00,weekdays",
        "mnr_notampeak,10:00:00,24:00:00,weekdays",
        "mnr_am2pmpeak,06:00:00,09:00:00,weekdays",
        "mnr_am2pmpeak,16:00:00,20:00:00,weekdays",
        "mnr_notam2pmpeak,00:00:00,06:00:00,weekdays",
        "mnr_notam2pmpeak,09:00:00,16:00:00,weekdays",
        "mnr_notam2pmpeak,20:00:00,24:00:00,weekdays",
    ),
    "fare_media": joined("fare_media_id,fare_media_type", "paper,1"),
    "fare_products": joined(
        "fare_product_id,fare_media_id,amount,currency",
        "mnr_1:HUD-7_adult_peak,paper,20.00,USD",
        "mnr_1:HUD-7_adult,paper,15.00,USD",
        "mnr_HUD-7:1_adult_peak,paper,20.00,USD",
        "mnr_HUD-7:1_adult,paper,15.00,USD",
    ),
    "fare_leg_rules": joined(
        "network_id,from_area_id,to_area_id,fare_product_id,from_timeframe_group_id,to_timeframe_group_id",
        "mnr_hudson,mnr_1,mnr_HUD-7,mnr_1:HUD-7_adult,mnr_notam2pmpeak,anytime",
        "mnr_hudson,mnr_1,mnr_HUD-7,mnr_1:HUD-7_adult,weekends,anytime",
        "mnr_hudson,mnr_1,mnr_HUD-7,mnr_1:HUD-7_adult_peak,mnr_am2pmpeak,anytime",
        "mnr_hudson,mnr_HUD-7,mnr_1,mnr_HUD-7:1_adult,weekdays,mnr_notampeak",
        "mnr_hudson,mnr_HUD-7,mnr_1,mnr_HUD-7:1_adult,weekends,anytime",
        "mnr_hudson,mnr_HUD-7,mnr_1,mnr_HUD-7:1_adult_peak,weekdays,mnr_ampeak",
    ),
}
OUTBOUND = {"fare_media_id": "paper", "stop_id": "ITO2383", "to_stop_id": "ITO1897"}

AREAS = {
    "routes": joined("route_id,network_id", "r,bus", "m,metro", "f,ferry"),
    "stops": joined(
        "stop_id,location_type,parent_station", "a,0,", "b,0,", "c,0,", "both,0,", "none,0,", "p,0,a", "q,0,a"
    ),
    "areas": joined("area_id", "A", "B", "C"),
    "stop_areas": joined("area_id,stop_id", "A,a", "B,b", "C,c", "A,both", "C,both", "C,q"),
    "fare_products": joined(
        "fare_product_id,amount,currency", *(f"{fen},{fen}.00,USD" for fen in (1, 2, 3, 4, 5))
    ),
}


def legs(*rows: str) -> dict[str, str]:
    return {
        **AREAS,
        "fare_leg_rules": joined("network_id,from_area_id,to_area_id,fare_product_id", *rows),
    }


def ranked(*rows: str) -> dict[str, str]:
    header = "network_id,from_area_id,to_area_id,fare_product_id,rule_priority"
    return {**AREAS, "fare_leg_rules": joined(header, *rows)}


def transfers(*rows: str) -> dict[str, str]:
    """Legs A, B, C and D cost 5, 4, 3 and 2; transfers cost what their product says."""
    header = (
        "from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,"
        "fare_transfer_type,fare_product_id"
    )
    costs = {"A": 5, "B": 4, "C": 3, "D": 2, "one": 1, "minus": -1, "six": 6, "nine": 9}
    return {
        "routes": joined("route_id,network_id", "A,A", "B,B", "C,C", "D,D"),
        "fare_products": joined(
            "fare_product_id,amount,currency", *(f"{name},{cost}.00,USD" for name, cost in costs.items())
        ),
        "fare_leg_rules": joined(
            "leg_group_id,network_id,fare_product_id", "A,A,A", "B,B,B", "C,C,C", "D,D,D"
        ),
        "fare_transfer_rules": joined(header, *rows),
    }


def route(letters: str, step: int = 10) -> tuple[tuple[datetime, str, dict[str, Any]], ...]:
    """One leg on each route, ``step`` minutes apart."""
    return tuple(
        ride(on(8 + number * step // 60, number * step % 60), letter) for number, letter in enumerate(letters)
    )


def tapping_off(*networks: str) -> str:
    tables = [f'[[tap_off]]\nnetwork_id = "{network}"\nwithin_minutes = 180\n' for network in networks]
    return CITY + "".join(tables)


def off(at: datetime, on_route: str, **more: Any) -> tuple[datetime, str, dict[str, Any]]:
    return at, on_route, {"kind": TapKind.ALIGHT, **more}


RAIL = {
    "routes": joined("route_id,network_id", "1,rail", "2,rail"),
    "stops": joined(
        "stop_id,location_type,parent_station", "x,0,", "hub,1,", "h1,0,hub", "h2,0,hub", "other,0,", "y,0,"
    ),
    "areas": joined("area_id", "X", "H", "Y"),
    "stop_areas": joined("area_id,stop_id", "X,x", "H,hub", "H,other", "Y,y"),
    "fare_products": joined("fare_product_id,amount,currency", "XH,3.00,USD", "HY,2.50,USD", "XY,4.00,USD"),
    "fare_leg_rules": joined(
        "network_id,from_area_id,to_area_id,fare_product_id", "rail,X,H,XH", "rail,H,Y,HY", "rail,X,Y,XY"
    ),
    "fare_leg_join_rules": joined("from_network_id,to_network_id", "rail,rail"),
}


def by_rail(first_off: str, then_on: str, wait: int = 5) -> tuple[tuple[datetime, str, dict[str, Any]], ...]:
    return (
        ride(on(8), "1", stop_id="x"),
        off(on(8, 20), "1", stop_id=first_off),
        ride(on(8, 20 + wait), "2", stop_id=then_on),
        off(on(8, 40 + wait), "2", stop_id="y"),
    )


EXAMPLES = (
    Example("Maryland: a one-way ticket costs 2.00", MARYLAND, (ride(on(8), "bus"),), (200,)),
    Example(
        "Maryland: an unlimited number of transfers within 90 minutes of the first departure",
        MARYLAND,
        (
            *(ride(on(8), "bus"), ride(on(8, 40), "rail"), ride(on(9), "bus"), ride(on(9, 30), "rail")),
            ride(on(9, 31), "bus"),
        ),
        (200, 0, 0, 0, 200),
    ),
    Example("Maryland: no rule names the commuter network", MARYLAND, (ride(on(8), "express"),), (None,)),
    Example(
        "BART: the fare from Ashby to Glen Park",
        BART,
        (ride(on(8), stop_id="ASHB", to_stop_id="GLEN"),),
        (475,),
    ),
    Example(
        "BART: the fare from Ashby to Oakland airport",
        BART,
        (ride(on(8), stop_id="ASHB", to_stop_id="OAKL"),),
        (945,),
    ),
    Example(
        "BART: a pair without a row is unknown",
        BART,
        (ride(on(8), stop_id="GLEN", to_stop_id="OAKL"),),
        (None,),
    ),
    Example("Muni: 3.00 in cash", MUNI, (ride(on(8), fare_media_id="cash"),), (300,)),
    Example("Muni: 2.50 with a Clipper card", MUNI, (ride(on(8), fare_media_id="clipper"),), (250,)),
    Example("Clean Air Express: 6 tapped", CLEAN_AIR, (ride(on(8), fare_media_id="tap_to_ride"),), (600,)),
    Example("Clean Air Express: 7 otherwise", CLEAN_AIR, (ride(on(8), fare_media_id="cash"),), (700,)),
    Example(
        "Media: a price for this very medium goes before a lower one for any",
        CLEAN_AIR | {"fare_products": CLEAN_AIR["fare_products"].replace(",6,", ",8,")},
        (ride(on(8), fare_media_id="tap_to_ride"), ride(on(8), fare_media_id="cash")),
        (800, 700),
    ),
    Example("WMATA: departing at 7:30 costs 5.00", WMATA, (ride(on(7, 30)),), (500,)),
    Example("WMATA: departing at 11:30 costs 3.00", WMATA, (ride(on(11, 30)),), (300,)),
    Example("WMATA: after 21:30 costs 2.00", WMATA, (ride(on(21, 30)),), (200,)),
    Example("WMATA: before 5:00 costs 2.00", WMATA, (ride(on(4, 59)),), (200,)),
    Example("WMATA: a start is inside, an end outside", WMATA, (ride(on(5)), ride(on(9, 30))), (500, 300)),
    Example("WMATA: Saturday costs 2.00", WMATA, (ride(on(8, day=15)),), (200,)),
    Example("WMATA: after the calendar's end unknown", WMATA, (ride(on(8).replace(year=2023)),), (None,)),
    Example(
        "Metro-North: leaving Grand Central at 18:45 costs the peak fare",
        METRO_NORTH,
        (ride(on(18, 45), "669", **OUTBOUND),),
        (2000,),
    ),
    Example(
        "Metro-North: leaving Grand Central at 21:04 costs the off-peak fare",
        METRO_NORTH,
        (ride(on(21, 4), "669", **OUTBOUND),),
        (1500,),
    ),
    Example(
        "Metro-North: inbound it is the arrival that decides",
        METRO_NORTH,
        (
            ride(on(9), "669", fare_media_id="paper", stop_id="ITO1897"),
            off(on(10, 5), "669", stop_id="ITO2383"),
        ),
        (2000, 1500),
        city=tapping_off("mnr_hudson"),
    ),
    Example(
        "Legs: an empty network is every network that is not listed",
        legs("metro,,,2", ",,,1"),
        (ride(on(8), "m"), ride(on(8, 1), "r"), ride(on(8, 2), "f")),
        (200, 100, 100),
    ),
    Example(
        "Legs: an empty area is every area that is not listed",
        legs("bus,A,B,1", "bus,,,2"),
        (ride(on(8), "r", stop_id="a", to_stop_id="b"), ride(on(8, 1), "r", stop_id="b", to_stop_id="c")),
        (100, 200),
    ),
    Example(
        "Legs: an empty area does not stand for one that is listed",
        legs("bus,A,B,1", "bus,,,2"),
        (ride(on(8), "r", stop_id="a", to_stop_id="c"),),
        (None,),
    ),
    Example(
        "Legs: an exact match goes before an empty one for a stop in two areas",
        legs("bus,A,B,3", "bus,,B,1"),
        (ride(on(8), "r", stop_id="both", to_stop_id="b"),),
        (300,),
    ),
    Example(
        "Legs: a stop in no area matches an empty area",
        legs("bus,A,B,1", "bus,,,2"),
        (ride(on(8), "r", stop_id="none", to_stop_id="none"),),
        (200,),
    ),
    Example(
        "Legs: with priorities an empty field matches anything, and the highest priority wins",
        ranked("bus,A,B,1,2", "bus,,,2,1", ",,,3,"),
        (
            ride(on(8), "r", stop_id="a", to_stop_id="b"),
            ride(on(8, 1), "r", stop_id="a", to_stop_id="c"),
            ride(on(8, 2), "m", stop_id="a", to_stop_id="b"),
        ),
        (100, 200, 300),
    ),
    Example(
        "Legs: an empty priority is zero, and rules of one priority stand side by side",
        ranked("bus,,,4,0", "bus,,B,3,"),
        (ride(on(8), "r", stop_id="a", to_stop_id="b"),),
        (300,),
    ),
    Example(
        "Areas: a platform is in the areas of its station, unless it has its own",
        legs("bus,A,B,1", "bus,C,B,2"),
        (ride(on(8), "r", stop_id="p", to_stop_id="b"), ride(on(8, 1), "r", stop_id="q", to_stop_id="b")),
        (100, 200),
    ),
    Example("Transfers: type 0 is A + AB", transfers("A,B,,,,0,one"), route("AB"), (500, 100)),
    Example("Transfers: type 0 without a product is A", transfers("A,B,,,,0,"), route("AB"), (500, 0)),
    Example("Transfers: type 1 is A + AB + B", transfers("A,B,,,,1,minus"), route("AB"), (500, 300)),
    Example("Transfers: type 2 is AB", transfers("A,B,,,,2,six"), route("AB"), (500, 100)),
    Example(
        "Transfers: 0 then 0 is S + BC", transfers("A,B,,,,0,", "B,C,,,,0,one"), route("ABC"), (500, 0, 100)
    ),
    Example(
        "Transfers: 0 then 1 is S + BC + C",
        transfers("A,B,,,,0,", "B,C,,,,1,minus"),
        route("ABC"),
        (500, 0, 200),
    ),
    Example(
        "Transfers: 2 then 2 is S + BC",
        transfers("A,B,,,,2,six", "B,C,,,,2,one"),
        route("ABC"),
        (500, 100, 100),
    ),
    Example(
        "Transfers: 1 then 0 is S + BC", transfers("A,B,,,,1,minus", "B,C,,,,0,"), route("ABC"), (500, 300, 0)
    ),
    Example(
        "Transfers: no rule, and the legs are separate",
        transfers("A,B,,,,0,"),
        route("BA"),
        (400, 500),
    ),
    Example(
        "Transfers: an exact pair goes before an empty group",
        transfers("A,B,,,,0,one", ",C,,,,0,"),
        route("ABC"),
        (500, 100, 0),
    ),
    Example(
        "Transfers: an empty group does not stand for one that is listed",
        transfers("A,B,,,,0,", ",C,,,,0,"),
        route("AC"),
        (500, 300),
    ),
    Example(
        "Transfers: both groups empty join all that are not listed",
        transfers("A,B,,,,0,", ",,-1,,,0,"),
        route("CDC"),
        (300, 0, 0),
    ),
    Example(
        "Transfers: a count of 2 spans two transfers",
        transfers("A,A,2,,,0,"),
        route("AAAA"),
        (500, 0, 0, 500),
    ),
    Example(
        "Transfers: of several counts the least that reaches",
        transfers("A,A,1,,,0,", "A,A,3,,,0,one"),
        route("AAAAA"),
        (500, 0, 100, 100, 500),
    ),
    Example(
        "Transfers: the least count that reaches, though another is cheaper",
        transfers("A,A,1,,,0,one", "A,A,3,,,0,"),
        route("AAA"),
        (500, 100, 0),
    ),
    Example(
        "Transfers: a limit within one group runs from the first leg",
        transfers("A,A,-1,3600,1,0,"),
        route("AAAAA", step=20),
        (500, 0, 0, 0, 500),
    ),
    Example(
        "Transfers: a limit between two groups runs from the leg before",
        transfers("A,B,,1200,1,0,", "B,A,,1200,1,0,"),
        route("ABAB", step=20),
        (500, 0, 0, 0),
    ),
    Example(
        "Transfers: a limit is true in the night the clocks are put back",
        transfers("A,B,,3600,1,0,"),
        (
            ride(datetime(2026, 11, 1, 1, 50, tzinfo=ZONE), "A"),
            ride(datetime(2026, 11, 1, 1, 40, tzinfo=ZONE, fold=1), "B"),
            ride(datetime(2026, 11, 1, 1, 45, tzinfo=ZONE, fold=1), "A"),
            ride(datetime(2026, 11, 1, 2, 46, tzinfo=ZONE), "B"),
        ),
        (500, 0, 500, 400),
    ),
    Example(
        "Limit type 0: departure to arrival",
        transfers("A,B,,3600,0,0,"),
        (ride(on(8), "A"), off(on(8, 20), "A"), ride(on(8, 30), "B"), off(on(9), "B")),
        (500, 500, 400, 0),
        city=tapping_off("A", "B"),
    ),
    Example(
        "Limit type 0: an arrival too late",
        transfers("A,B,,3600,0,0,"),
        (ride(on(8), "A"), off(on(8, 20), "A"), ride(on(8, 30), "B"), off(on(9, 1), "B")),
        (500, 500, 400, 400),
        city=tapping_off("A", "B"),
    ),
    Example(
        "Limit type 1: departure to departure",
        transfers("A,B,,1800,1,0,"),
        (ride(on(8), "A"), off(on(8, 20), "A"), ride(on(8, 30), "B"), ride(on(8, 31), "B")),
        (500, 500, 0, 400),
        city=tapping_off("A", "B"),
    ),
    Example(
        "Limit type 2: arrival to departure",
        transfers("A,B,,600,2,0,"),
        (ride(on(8), "A"), off(on(8, 20), "A"), ride(on(8, 30), "B")),
        (500, 500, 0),
        city=tapping_off("A", "B"),
    ),
    Example(
        "Limit type 3: arrival to arrival",
        transfers("A,B,,1800,3,0,"),
        (ride(on(8), "A"), off(on(8, 20), "A"), ride(on(8, 30), "B"), off(on(8, 50), "B")),
        (500, 500, 400, 0),
        city=tapping_off("A", "B"),
    ),
    Example(
        "Joins: two legs through one station are one leg",
        RAIL,
        by_rail("h1", "h2"),
        (400, 300, 100, 100),
        city=tapping_off("rail"),
    ),
    Example(
        "Joins: two legs that do not meet are two",
        RAIL,
        by_rail("h1", "other"),
        (400, 300, 250, 250),
        city=tapping_off("rail"),
    ),
    Example(
        "Joins: stops that are named may be two stations",
        {
            **RAIL,
            "fare_leg_join_rules": joined(
                "from_network_id,to_network_id,from_stop_id,to_stop_id", "rail,rail,hub,other"
            ),
        },
        by_rail("h1", "other"),
        (400, 300, 100, 100),
        city=tapping_off("rail"),
    ),
)


def costs(example: Example) -> tuple[int | None, ...]:
    tariff = load(feed(**example.files, city=example.city))
    history, found = RideHistory(), []
    for number, (at, on_route, more) in enumerate(example.taps):
        tap = Tap(
            **{
                "id": str(number),
                "at": at,
                "validator": str(number),
                "route_id": on_route,
                "fare_media_id": "cash",
                **more,
            }
        )
        fare: Fare | None = None
        try:
            fare = rate(tariff, tap, history=history)
        except FareUnknown:
            found.append(None)
            continue
        found.append(fare.fen)
        history = history.after(fare)
    return tuple(found)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.says)
def test_the_documentation_and_the_engine_agree(example: Example) -> None:
    assert costs(example) == example.costs


CITY_FIRST: tuple[tuple[str, dict[str, str], int, tuple[int, ...]], ...] = (
    (
        "a surcharge (type 1, positive): GTFS adds it, the city never charges more than the leg",
        transfers("A,B,,,,1,one"),
        500 + 100 + 400,
        (500, 400),
    ),
    (
        "a transfer dearer than the leg (type 0)",
        transfers("A,D,,,,0,six"),
        500 + 600,
        (500, 200),
    ),
    (
        "a journey cheaper than its first leg (type 2): nothing is given back",
        transfers("A,B,,,,2,one"),
        100,
        (500, 0),
    ),
)
"""What each says, its files, what GTFS would charge for the whole journey, and what the city takes."""


def city_first(says: str, files: dict[str, str]) -> Example:
    legs_taken = "AD" if "A,D" in files["fare_transfer_rules"] else "AB"
    return Example(says, files, route(legs_taken), ())


@pytest.mark.parametrize(("says", "files", "gtfs", "ours"), CITY_FIRST)
def test_where_the_citys_promise_goes_before_gtfs(
    says: str, files: dict[str, str], gtfs: int, ours: tuple[int, ...]
) -> None:
    found = costs(city_first(says, files))
    assert found == ours
    assert sum(ours) != gtfs
