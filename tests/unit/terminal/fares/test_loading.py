"""Tariffs that are refused, and what is said; and what is forgiven."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.fares import Tariff, load, rate
from domain.fares.faults import TariffUnusable
from tests.unit.terminal.fares.tariffs import at, binzhou_files, feed, tap

PRODUCTS = "fare_product_id,amount,currency,rider_category_id,fare_media_id\n"
LEGS = "network_id,from_area_id,to_area_id,from_timeframe_group_id,fare_product_id,leg_group_id\n"
TRANSFERS = (
    "from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,"
    "fare_transfer_type,fare_product_id\n"
)
ONE_GROUP = "fare_product_id,leg_group_id\nsingle,a\n"
FRAMES = "timeframe_group_id,start_time,end_time,service_id\n"
CALENDAR = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "all,1,1,1,1,1,1,1,20260101,20351231\n"
)
LINE = """
[[distance]]
route_id = "1"
stops = [{ stop_id = "a", metres = 0 }, { stop_id = "b", metres = 9_000 }]
bands = [{ up_to = 8_000, fare_product_id = "single" }]
"""

REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "a column is missing": (
        {"fare_products": "fare_product_id,amount\nsingle,2.00\n"},
        "fare_products.txt line 1 currency: the column is missing; add it to the header and to every row",
    ),
    "a column stands twice": (
        {"routes": "route_id,route_id\n1,1\n"},
        "routes.txt line 1 route_id: the column stands twice in the header; remove one of the two",
    ),
    "no header": ({"routes": ""}, "routes.txt line 1: the file has no header row; write the names of the "),
    "an amount with three decimals": (
        {"fare_products": PRODUCTS + "single,2.005,CNY,,\n"},
        "fare_products.txt line 2 amount: '2.005' is not understood; write yuan with at most two decimals",
    ),
    "an amount in words": (
        {"fare_products": PRODUCTS + "single,２元,CNY,,\n"},
        "fare_products.txt line 2 amount: '２元' is not understood",
    ),
    "another currency": (
        {"fare_products": PRODUCTS + "single,2.00,USD,,\n"},
        "fare_products.txt line 2 currency: 'USD' is not the city's CNY; price it in that",
    ),
    "the same product twice": (
        {"fare_products": PRODUCTS + "single,2.00,CNY,,\nsingle,3.00,CNY,,\n"},
        "fare_products.txt line 3 fare_product_id: the same key as in line 2; remove one of the two rows",
    ),
    "a rule for a product that is not sold": (
        {"fare_leg_rules": LEGS + ",,,,singel,\n"},
        "fare_leg_rules.txt line 2 fare_product_id: 'singel' is not in fare_products.txt fare_product_id; "
        "add it there, or correct it here",
    ),
    "a rule for a network that is not there": (
        {"fare_leg_rules": LEGS + "metro,,,,single,\n"},
        "fare_leg_rules.txt line 2 network_id: 'metro' is not in networks.txt network_id",
    ),
    "a rule for an area that is not there": (
        {"fare_leg_rules": LEGS + ",x,,,single,\n"},
        "fare_leg_rules.txt line 2 from_area_id: 'x' is not in areas.txt area_id",
    ),
    "a rule for a timeframe that is not there": (
        {"fare_leg_rules": LEGS + ",,,peak,single,\n"},
        "fare_leg_rules.txt line 2 from_timeframe_group_id: 'peak' is not in timeframes.txt",
    ),
    "the same rule twice": (
        {"fare_leg_rules": LEGS + ",,,,single,a\n,,,,single,b\n"},
        "fare_leg_rules.txt line 3 fare_product_id: the same key as in line 2",
    ),
    "a leg that costs less than nothing": (
        {"fare_products": PRODUCTS + "single,-1.00,CNY,,\n"},
        "fare_leg_rules.txt line 2 fare_product_id: the product costs less than nothing (fare_products.txt "
        "line 2); use negative amounts for transfers only",
    ),
    "a route in networks of two files": (
        {"routes": "route_id,network_id\n1,city\n", "networks": "network_id\ncity\n"},
        "routes.txt line 2 network_id: networks.txt or route_networks.txt names networks too; use one",
    ),
    "a time that is none": (
        {"calendar": CALENDAR, "timeframes": FRAMES + "peak,7:60:00,9:00:00,all\n"},
        "timeframes.txt line 2 start_time: '7:60:00' is not understood; write a local time such as 07:30:00",
    ),
    "a time after 24:00:00": (
        {"calendar": CALENDAR, "timeframes": FRAMES + "late,22:00:00,25:00:00,all\n"},
        "timeframes.txt line 2 end_time: '25:00:00' is not understood",
    ),
    "a timeframe across midnight": (
        {"calendar": CALENDAR, "timeframes": FRAMES + "late,22:00:00,05:00:00,all\n"},
        "timeframes.txt line 2 end_time: is not after start_time; split a time that passes midnight",
    ),
    "timeframes that overlap": (
        {"calendar": CALENDAR, "timeframes": FRAMES + "p,7:00:00,9:00:00,all\np,8:00:00,10:00:00,all\n"},
        "timeframes.txt line 3 start_time: overlaps line 2; let one end where the other starts",
    ),
    "only one of two times": (
        {"calendar": CALENDAR, "timeframes": FRAMES + "p,7:00:00,,all\n"},
        "timeframes.txt line 2 end_time: only one of the two times is given; give both or none",
    ),
    "a timeframe of no service": (
        {"calendar": CALENDAR, "timeframes": FRAMES + "p,,,weekdays\n"},
        "timeframes.txt line 2 service_id: 'weekdays' is not in calendar.txt service_id",
    ),
    "a date that is none": (
        {"calendar": CALENDAR.replace("20260101", "20260231")},
        "calendar.txt line 2 start_date: '20260231' is not understood; write a date such as 20261124",
    ),
    "a weekday that is neither": (
        {"calendar": CALENDAR.replace("all,1", "all,yes")},
        "calendar.txt line 2 monday: 'yes' is not understood; write one of 0, 1",
    ),
    "transfers within a group without a count": (
        {
            "fare_leg_rules": ONE_GROUP,
            "fare_transfer_rules": TRANSFERS + "a,a,,,,0,\n",
        },
        "fare_transfer_rules.txt line 2 transfer_count: is empty within one leg group; write how many",
    ),
    "no transfers at all": (
        {
            "fare_leg_rules": ONE_GROUP,
            "fare_transfer_rules": TRANSFERS + "a,a,0,,,0,\n",
        },
        "fare_transfer_rules.txt line 2 transfer_count: is 0; write how many transfers, or -1 for no limit",
    ),
    "a count between two groups": (
        {
            "fare_products": PRODUCTS + "single,2.00,CNY,,\nother,3.00,CNY,,\n",
            "fare_leg_rules": "fare_product_id,leg_group_id\nsingle,a\nother,b\n",
            "fare_transfer_rules": TRANSFERS + "a,b,1,,,0,\n",
        },
        "fare_transfer_rules.txt line 2 transfer_count: is given between two different leg groups; leave it",
    ),
    "a transfer from nowhere": (
        {"fare_leg_rules": ONE_GROUP, "fare_transfer_rules": TRANSFERS + "x,a,,,,0,\n"},
        "fare_transfer_rules.txt line 2 from_leg_group_id: 'x' is not in fare_leg_rules.txt leg_group_id",
    ),
    "a duration without its type": (
        {"fare_transfer_rules": TRANSFERS + ",,1,3600,,0,\n"},
        "fare_transfer_rules.txt line 2 duration_limit_type: '' is not understood; write one of 0, 1, 2, 3",
    ),
    "a type without its duration": (
        {"fare_transfer_rules": TRANSFERS + ",,1,,1,0,\n"},
        "fare_transfer_rules.txt line 2 duration_limit_type: is given without a duration_limit",
    ),
    "a transfer of no known type": (
        {"fare_transfer_rules": TRANSFERS + ",,1,,,3,\n"},
        "fare_transfer_rules.txt line 2 fare_transfer_type: '3' is not understood; write one of 0, 1, 2",
    ),
    "no default category": (
        {
            "rider_categories": "rider_category_id,rider_category_name,is_default_fare_category\n"
            "adult,成人,0\n"
        },
        "rider_categories.txt is_default_fare_category: no category is the default; write 1 in the adults'",
    ),
    "two default categories": (
        {
            "rider_categories": "rider_category_id,rider_category_name,is_default_fare_category\n"
            "adult,成人,1\nchild,儿童,1\n"
        },
        "rider_categories.txt line 3 is_default_fare_category: line 2 is the default already",
    ),
    "fare media of no known kind": (
        {"fare_media": "fare_media_id,fare_media_type\ncard,9\n"},
        "fare_media.txt line 2 fare_media_type: '9' is not understood; write one of 0, 1, 2, 3, 4",
    ),
    "a stop in an area that is not there": (
        {
            "stops": "stop_id\ns\n",
            "areas": "area_id\na\n",
            "stop_areas": "area_id,stop_id\nb,s\n",
        },
        "stop_areas.txt line 2 area_id: 'b' is not in areas.txt area_id",
    ),
    "a comma that is not quoted": (
        {"routes": "route_id,route_long_name\n1,from a, to b\n"},
        "routes.txt line 2: 3 fields under a header of 2; quote a field that holds a comma",
    ),
    "a quote that does not end": (
        {"routes": 'route_id,route_long_name\n1,"from a\n'},
        "routes.txt line 2: not readable as CSV",
    ),
    "TOML that is none": (
        {"city": 'currency = "CNY"\n[[cap]\n'},
        "city.toml line 2: not readable as TOML",
    ),
    "a key nobody knows": (
        {"city": '\n[[cap]]\nid = "d"\nperiod = "day"\nfen = 800\nnetwork = ["city"]\n'},
        "city.toml line 6 cap[1].network: is not a known key; correct its spelling, or remove it",
    ),
    "a promotion nobody pays for": (
        {"city": '[[promotion]]\nid = "p"\nfen = 1\nbudget_fen = 100\n'},
        "city.toml line 1 promotion[1].funder: is missing; add it",
    ),
    "a cap in yuan": (
        {"city": '[[cap]]\nid = "d"\nperiod = "day"\nfen = 8.00\n'},
        "city.toml line 4 cap[1].fen: is not understood; Input should be a valid integer",
    ),
    "a promotion that ends before it begins": (
        {
            "city": '[[promotion]]\nid = "p"\nfen = 1\nbudget_fen = 100\nfunder = "f"\n'
            "first = 2026-12-01\nlast = 2026-11-01\n"
        },
        "city.toml line 1 promotion[1]: last is before first; correct it",
    ),
    "bands that do not reach the end": (
        {"stops": "stop_id\na\nb\n", "city": LINE},
        "city.toml line 2 distance[1]: the last band ends at 8000, the line is 9000 long; correct it",
    ),
    "a line along stops that are not there": (
        {"stops": "stop_id\na\n", "city": LINE.replace("8_000", "9_000")},
        "city.toml line 4 distance[1].stops: 'b' is not in stops.txt stop_id",
    ),
    "a concession for nobody": (
        {"city": '[[concession]]\nid = "c"\npays_percent = 0\n'},
        "city.toml line 1 concession[1]: name age_from, age_to or entitlement; correct it",
    ),
    "the same cap twice": (
        {"city": 2 * '[[cap]]\nid = "d"\nperiod = "day"\nfen = 800\n'},
        "city.toml line 6 cap[2].id: 'd' stands twice; rename one",
    ),
    "a time zone that is none": (
        {"city": 'timezone = "Asia/Binzhou"\n'},
        "city.toml line 1 timezone: 'Asia/Binzhou' is not a time zone; write Asia/Shanghai",
    ),
}


@pytest.mark.parametrize(("changed", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_mistake_is_named_with_file_line_and_column_and_what_to_do(
    changed: dict[str, str], said: str
) -> None:
    with pytest.raises(TariffUnusable) as refused:
        load(feed(**changed))
    assert said in str(refused.value)
    assert len(refused.value.mistakes) == 1, str(refused.value)


def test_a_missing_file_is_named() -> None:
    files = feed()
    del files["fare_products.txt"], files["city.toml"]
    with pytest.raises(TariffUnusable) as refused:
        load(files)
    assert "fare_products.txt: the file is missing; add it to the tariff's folder" in str(refused.value)
    assert "city.toml: the file is missing; add it; it may be empty" in str(refused.value)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files() -> None:
    with pytest.raises(TariffUnusable) as refused:
        load(
            feed(
                fare_products=PRODUCTS + "single,two,CNY,,\nreturn,3.00,EUR,,plastic\n",
                fare_leg_rules=LEGS + "bus,,,,single,\n,,,,weekly,\n",
                city='[[tap_off]]\nnetwork_id = "tram"\nwithin_minutes = 0\n',
            )
        )
    assert [(one.file, one.line, one.column) for one in refused.value.mistakes] == [
        ("city.toml", 3, "tap_off[1].within_minutes"),
        ("fare_leg_rules.txt", 2, "network_id"),
        ("fare_leg_rules.txt", 3, "fare_product_id"),
        ("fare_products.txt", 2, "amount"),
        ("fare_products.txt", 3, "currency"),
        ("fare_products.txt", 3, "fare_media_id"),
    ]


def test_a_file_that_cannot_be_read_is_told_once_and_not_through_all_that_refers_to_it() -> None:
    files = feed(fare_leg_rules=LEGS + ",x,y,,single,\n") | {"areas.txt": b"area_id\n\xff\n"}
    with pytest.raises(TariffUnusable) as refused:
        load(files)
    assert refused.value.detail == "areas.txt line 2: byte 8 is not UTF-8; save the file as UTF-8"


def test_a_byte_order_mark_line_ends_of_windows_blank_lines_and_spaces_are_forgiven() -> None:
    files = {
        **feed(),
        "fare_products.txt": "\ufefffare_product_id, amount ,currency\r\n\r\n"
        " single , 2.00,CNY\r\n\r\n".encode(),
    }
    assert rate(load(files), tap("a", at(8))).fen == 200


def test_files_and_columns_the_engine_does_not_know_are_left_alone() -> None:
    files = feed(routes="route_id,route_color\n1,FF0000\n") | {"shapes.txt": b"\xff"}
    assert rate(load(files), tap("a", at(8))).fen == 200


def test_a_short_row_has_empty_fields_at_its_end() -> None:
    files = feed(fare_products=PRODUCTS + "single,2.00,CNY\n")
    assert rate(load(files), tap("a", at(8))).fen == 200


def test_the_version_changes_with_any_byte_and_not_with_the_order_of_files() -> None:
    files = binzhou_files()
    turned = dict(reversed(files.items()))
    other = {**files, "city.toml": files["city.toml"] + b"\n"}
    assert load(files).version == load(turned).version != load(other).version


def test_a_tariff_is_the_same_however_often_it_is_loaded() -> None:
    first, second = load(binzhou_files()), load(binzhou_files())
    assert isinstance(first, Tariff)
    assert replace(first, leg_prices={}) == replace(second, leg_prices={})
