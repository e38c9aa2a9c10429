"""The GTFS files that fare rules refer to: routes, stops, areas, networks, dates, products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from domain.fares.city import City
from domain.fares.mistakes import Mistakes
from domain.fares.rows import Files, Row
from domain.fares.tariff import Price, Service, Timeframe
from domain.fares.values import DAY, choice, day, fen, seconds

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(slots=True)
class Feed:
    """Rows read so far; ``routes`` are to their network (empty for none), ``stops`` to their station."""

    files: Files
    currency: str
    networks: set[str] = field(default_factory=set)
    routes: dict[str, str] = field(default_factory=dict)
    stops: dict[str, str] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    areas_of_stop: dict[str, tuple[str, ...]] = field(default_factory=dict)
    timeframes: dict[str, tuple[Timeframe, ...]] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    default_category: str = ""
    media: dict[str, int] = field(default_factory=dict)
    prices: dict[str, tuple[Price, ...]] = field(default_factory=dict)
    product_names: dict[str, str] = field(default_factory=dict)


def read_feed(untrusted_files: Mapping[str, bytes], city: City, mistakes: Mistakes) -> Feed:
    feed = Feed(Files(untrusted_files, mistakes), city.currency)
    _routes(feed)
    _stops(feed)
    _areas(feed)
    services = _services(feed)
    _timeframes(feed, services)
    _categories(feed)
    _media(feed)
    _products(feed)
    return feed


def _routes(feed: Feed) -> None:
    """A network is named in networks.txt or in routes.txt, never in both (conditionally forbidden)."""
    by_file = "networks.txt" in feed.files or "route_networks.txt" in feed.files
    seen: dict[str, int] = {}
    for row, (network_id,) in feed.files.rows("networks.txt", "network_id"):
        if row.present("network_id", network_id) and row.once(seen, network_id, "network_id"):
            feed.networks.add(network_id)
    seen = {}
    for row, (route_id, network_id) in feed.files.rows("routes.txt", "route_id", "network_id"):
        if not row.present("route_id", route_id) or not row.once(seen, route_id, "route_id"):
            continue
        if network_id and by_file:
            row.wrong(
                "network_id", "networks.txt or route_networks.txt names networks too", "use one of the two"
            )
        feed.routes[route_id] = network_id
        if network_id:
            feed.networks.add(network_id)
    seen = {}
    for row, (route_id, network_id) in feed.files.rows("route_networks.txt", "route_id", "network_id"):
        row.refers("route_id", route_id, feed.routes, "routes.txt route_id")
        row.refers("network_id", network_id, feed.networks, "networks.txt network_id")
        if (
            row.present("route_id", route_id)
            and row.present("network_id", network_id)
            and row.once(seen, route_id, "route_id")
        ):
            feed.routes[route_id] = network_id


def _stops(feed: Feed) -> None:
    seen: dict[str, int] = {}
    parents: list[tuple[Row, str]] = []
    for row, (stop_id, parent) in feed.files.rows("stops.txt", "stop_id", "parent_station"):
        if row.present("stop_id", stop_id) and row.once(seen, stop_id, "stop_id"):
            feed.stops[stop_id] = parent or stop_id
            if parent:
                parents.append((row, parent))
    for row, parent in parents:
        row.refers("parent_station", parent, feed.stops, "stops.txt stop_id")


def _areas(feed: Feed) -> None:
    """A station's areas are its platforms' too, unless a platform has areas of its own."""
    seen: dict[str, int] = {}
    for row, (area_id,) in feed.files.rows("areas.txt", "area_id"):
        if row.present("area_id", area_id) and row.once(seen, area_id, "area_id"):
            feed.areas.add(area_id)
    pairs: dict[tuple[str, str], int] = {}
    own: dict[str, list[str]] = {}
    for row, pair in feed.files.rows("stop_areas.txt", "area_id", "stop_id"):
        area_id, stop_id = pair
        row.refers("area_id", area_id, feed.areas, "areas.txt area_id")
        row.refers("stop_id", stop_id, feed.stops, "stops.txt stop_id")
        if (
            row.present("area_id", area_id)
            and row.present("stop_id", stop_id)
            and row.once(pairs, (area_id, stop_id), "stop_id")
        ):
            own.setdefault(stop_id, []).append(area_id)
    for stop_id, station in feed.stops.items():
        if areas := own.get(stop_id) or own.get(station):
            feed.areas_of_stop[stop_id] = tuple(areas)


def _services(feed: Feed) -> dict[str, Service]:
    services: dict[str, Service] = {}
    seen: dict[str, int] = {}
    columns = ("service_id", "start_date", "end_date", *WEEKDAYS)
    for row, (service_id, first, last, *days) in feed.files.rows("calendar.txt", *columns):
        if not row.present("service_id", service_id) or not row.once(seen, service_id, "service_id"):
            continue
        weekdays = tuple(
            bool(row.parsed(name, text, partial(choice, choices="01"), 0))
            for name, text in zip(WEEKDAYS, days, strict=True)
        )
        starts = row.parsed("start_date", first, day, date.min)
        ends = row.parsed("end_date", last, day, date.max)
        if ends < starts:
            row.wrong("end_date", "is before start_date", "correct one of the two")
        services[service_id] = Service(weekdays, starts, ends)
    return _with_exceptions(feed, services)


def _with_exceptions(feed: Feed, services: dict[str, Service]) -> dict[str, Service]:
    exceptions: dict[str, dict[date, int]] = {}
    pairs: dict[tuple[str, str], int] = {}
    columns = ("service_id", "date", "exception_type")
    for row, (service_id, on, kind) in feed.files.rows("calendar_dates.txt", *columns):
        if not row.present("service_id", service_id) or not row.once(pairs, (service_id, on), "date"):
            continue
        type = row.parsed("exception_type", kind, partial(choice, choices="12"), 1)
        exceptions.setdefault(service_id, {})[row.parsed("date", on, day, date.min)] = type
    never = Service((False,) * 7, date.min, date.min)
    for service_id, dates in exceptions.items():
        services[service_id] = services.get(service_id, never)._replace(
            added=frozenset(on for on, type in dates.items() if type == 1),
            removed=frozenset(on for on, type in dates.items() if type == 2),
        )
    return services


def _timeframes(feed: Feed, services: dict[str, Service]) -> None:
    frames: dict[str, list[Timeframe]] = {}
    taken: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    columns = ("timeframe_group_id", "service_id", "start_time", "end_time")
    for row, (group, service_id, start, end) in feed.files.rows("timeframes.txt", *columns):
        if bool(start) != bool(end):
            row.wrong(
                "end_time" if start else "start_time",
                "only one of the two times is given",
                "give both or none",
            )
        starts = row.parsed("start_time", start, seconds, 0) if start else 0
        ends = row.parsed("end_time", end, seconds, DAY) if end else DAY
        if ends <= starts:
            row.wrong("end_time", "is not after start_time", "split a time that passes midnight in two rows")
        row.refers("service_id", service_id, services, "calendar.txt service_id")
        if not row.present("timeframe_group_id", group) or not row.present("service_id", service_id):
            continue
        for line, other_starts, other_ends in taken.setdefault((group, service_id), []):
            if starts < other_ends and other_starts < ends:
                row.wrong("start_time", f"overlaps line {line}", "let one end where the other starts")
        taken[group, service_id].append((row.line, starts, ends))
        if service_id in services:
            frames.setdefault(group, []).append(Timeframe(starts, ends, services[service_id]))
    feed.timeframes = {group: tuple(rows) for group, rows in frames.items()}


def _categories(feed: Feed) -> None:
    defaults: list[int] = []
    columns = ("rider_category_id", "is_default_fare_category")
    for row, (category_id, is_default) in feed.files.rows("rider_categories.txt", *columns):
        if not row.present("rider_category_id", category_id):
            continue
        row.once(feed.categories, category_id, "rider_category_id")
        if is_default and row.parsed(
            "is_default_fare_category", is_default, partial(choice, choices="01"), 0
        ):
            if defaults:
                what = f"line {defaults[0]} is the default already"
                row.wrong("is_default_fare_category", what, "leave one row with 1")
            defaults.append(row.line)
            feed.default_category = feed.default_category or category_id
    if feed.categories and not defaults:
        file = "rider_categories.txt"
        feed.files.mistakes.add(
            file, 0, "is_default_fare_category", "no category is the default", "write 1 in the adults' row"
        )


def _media(feed: Feed) -> None:
    for row, (media_id, kind) in feed.files.rows("fare_media.txt", "fare_media_id", "fare_media_type"):
        row.parsed("fare_media_type", kind, partial(choice, choices="01234"), 0)
        if row.present("fare_media_id", media_id):
            row.once(feed.media, media_id, "fare_media_id")


def _products(feed: Feed) -> None:
    prices: dict[str, list[Price]] = {}
    seen: dict[tuple[str, str, str], int] = {}
    columns = (
        "fare_product_id",
        "rider_category_id",
        "fare_media_id",
        "amount",
        "currency",
        "fare_product_name",
    )
    for row, (product_id, category, media, amount, currency, name) in feed.files.rows(
        "fare_products.txt", *columns
    ):
        price = row.parsed("amount", amount, fen, 0)
        row.refers("rider_category_id", category, feed.categories, "rider_categories.txt rider_category_id")
        row.refers("fare_media_id", media, feed.media, "fare_media.txt fare_media_id")
        if currency != feed.currency:
            row.wrong("currency", f"{currency!r} is not the city's {feed.currency}", "price it in that")
        if row.present("fare_product_id", product_id) and row.once(
            seen, (product_id, category, media), "fare_product_id"
        ):
            prices.setdefault(product_id, []).append(Price(row.line, category, media, price))
            if name:
                feed.product_names.setdefault(product_id, name)
    feed.prices = {product_id: tuple(rows) for product_id, rows in prices.items()}
