"""Loading a city's tariff and rating taps by it, beside plain reading and a scan of the rules.

The tariff is generated and of a large city's size: 100 lines, 3,000 stops, 20,000 leg rules. Loading is
measured beside ``csv.DictReader``, which only reads and checks nothing; a decision beside a search through
all leg rules, which is how the GTFS reference words it, and which knows of no transfer, cap or promotion.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.figure import Figure, Timings, figure, timed
from domain.fares import RideHistory, Tap, Tariff, load, rate

LINES, STOPS, AREAS, RULES = 100, 3_000, 140, 20_000
DECISIONS = 20_000
MORNING = datetime(2026, 11, 24, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
BINZHOU = Path(__file__).parents[1] / "config" / "cities" / "binzhou" / "fares"
ROW = dict[str, str]


def run() -> dict[str, Figure]:
    files = large_feed()
    return loading(files) | deciding("large city", load(files), files) | demonstration()


def loading(files: dict[str, bytes]) -> dict[str, Figure]:
    ours, plain = Timings(), Timings()
    for _ in range(7):
        ours.add(timed(lambda: load(files)))
        plain.add(timed(lambda: read_plainly(files)))
    peer = {"csv.DictReader, no checks": plain.at(50)}
    return {f"tariff of {RULES:,} rules loaded and checked": figure(ours.at(50), "ms", peer)}


def deciding(name: str, tariff: Tariff, files: dict[str, bytes]) -> dict[str, Figure]:
    """Taps all over the city with an empty history, and one rider's week with forty rides in it."""
    taps = taps_in(tariff)
    rules, areas = rows(files["fare_leg_rules.txt"]), areas_of(files)
    amounts = {row["fare_product_id"]: row["amount"] for row in rows(files["fare_products.txt"])}
    ours, scan, week = Timings(), Timings(), Timings()
    for tap in taps:
        ours.add(1_000 * timed(lambda: rate(tariff, tap)))  # noqa: B023
    for tap in taps[:100]:
        scan.add(1_000 * timed(lambda: scanned(tap, tariff.routes, rules, areas, amounts)))  # noqa: B023
    history = week_of_rides(tariff, taps)
    for tap in taps[:2_000]:
        week.add(1_000 * timed(lambda: rate(tariff, tap, history=history)))  # noqa: B023
    total = timed(lambda: [rate(tariff, tap) for tap in taps])
    return {
        f"fare decisions, {name}": figure(1_000 * len(taps) / total, "/s"),
        f"fare decision, {name}, p50": figure(ours.at(50), "µs", {"scan of all rules": scan.at(50)}),
        f"fare decision, {name}, p99": figure(ours.at(99), "µs", {"scan of all rules": scan.at(99)}),
        f"fare decision, {name}, 40 rides in the week, p99": figure(week.at(99), "µs"),
    }


def demonstration() -> dict[str, Figure]:
    files = {file.name: file.read_bytes() for file in BINZHOU.iterdir()}
    tariff, timings = load(files), Timings()
    for number in range(DECISIONS):
        tap = Tap(str(number), MORNING, "bus", "1", "social_security_card", "railway-1")
        timings.add(1_000 * timed(lambda: rate(tariff, tap)))  # noqa: B023
    return {"fare decision, one-fen ride in Binzhou, p99": figure(timings.at(99), "µs")}


def large_feed() -> dict[str, bytes]:
    """Zones crossed with zones, by network; each pair of zones has a product of its own."""
    chance = random.Random(20_000)  # noqa: S311
    pairs = [(start, end) for start in range(AREAS) for end in range(AREAS)]
    files = {
        "routes.txt": ["route_id", *(f"r{line}" for line in range(LINES))],
        "networks.txt": ["network_id", "zones", *(f"n{line}" for line in range(RULES - len(pairs)))],
        "route_networks.txt": ["route_id,network_id", *(f"r{line},{network(line)}" for line in range(LINES))],
        "stops.txt": ["stop_id,stop_name", *(f"s{stop},第{stop}站" for stop in range(STOPS))],
        "areas.txt": ["area_id", *(f"a{area}" for area in range(AREAS))],
        "stop_areas.txt": ["area_id,stop_id", *(f"a{stop % AREAS},s{stop}" for stop in range(STOPS))],
        "rider_categories.txt": [
            "rider_category_id,rider_category_name,is_default_fare_category",
            *("adult,成人,1", "student,学生,0"),
        ],
        "fare_products.txt": [
            "fare_product_id,rider_category_id,amount,currency",
            *(f"p{start}-{end},adult,{chance.randint(2, 12)}.00,CNY" for start, end in pairs),
            *(f"flat{line},adult,2.00,CNY" for line in range(RULES - len(pairs))),
        ],
        "fare_leg_rules.txt": [
            "leg_group_id,network_id,from_area_id,to_area_id,fare_product_id,rule_priority",
            *(f"zones,zones,a{start},a{end},p{start}-{end},1" for start, end in pairs),
            *(f"n{line},n{line},,,flat{line},1" for line in range(RULES - len(pairs))),
        ],
        "fare_transfer_rules.txt": [
            "from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,"
            "fare_transfer_type",
            *("zones,zones,2,3600,1,0", "n0,zones,,3600,1,0"),
        ],
        "city.toml": [(BINZHOU / "city.toml").read_text(encoding="utf-8").split("[[tap_off]]")[0]],
    }
    return {name: "\n".join(lines).encode() for name, lines in files.items()}


def network(line: int) -> str:
    """Four lines in five are zone lines."""
    return "zones" if line % 5 else f"n{line}"


def taps_in(tariff: Tariff) -> list[Tap]:
    chance = random.Random(7)  # noqa: S311
    routes, stops = list(tariff.routes), list(tariff.stops)
    return [
        Tap(
            str(number),
            MORNING + timedelta(seconds=number),
            f"bus {number % 500}",
            chance.choice(routes),
            "t_union",
            chance.choice(stops),
            chance.choice(stops),
        )
        for number in range(DECISIONS)
    ]


def week_of_rides(tariff: Tariff, taps: list[Tap]) -> RideHistory:
    history = RideHistory()
    for number, tap in enumerate(taps[-40:]):
        at = MORNING - timedelta(hours=3 * number + 2)
        earlier = replace(tap, id=f"week {number}", at=at, validator=f"other {number}")
        history = history.after(rate(tariff, earlier, history=history))
    return history


def read_plainly(files: dict[str, bytes]) -> list[list[ROW]]:
    return [rows(content) for name, content in files.items() if name.endswith(".txt")]


def rows(content: bytes) -> list[ROW]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def areas_of(files: dict[str, bytes]) -> dict[str, str]:
    return {row["stop_id"]: row["area_id"] for row in rows(files["stop_areas.txt"])}


def scanned(
    tap: Tap, networks: Mapping[str, str], rules: list[ROW], areas: dict[str, str], amounts: dict[str, str]
) -> float:
    """The leg's price only: every rule is looked at, an empty field matches anything."""
    leg = {
        "network_id": networks[tap.route_id],
        "from_area_id": areas[tap.stop_id],
        "to_area_id": areas[tap.to_stop_id],
    }
    found = [rule for rule in rules if all(rule[key] in ("", value) for key, value in leg.items())]
    return min(float(amounts[rule["fare_product_id"]]) for rule in found)
