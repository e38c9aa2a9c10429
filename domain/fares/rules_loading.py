"""fare_leg_rules.txt, fare_transfer_rules.txt and fare_leg_join_rules.txt, checked and indexed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from domain.fares.feed import Feed
from domain.fares.rows import Row
from domain.fares.tariff import JoinRule, LegRule, LegRules, TransferRule, TransferRules
from domain.fares.values import choice, whole

LEG_COLUMNS = (
    "leg_group_id",
    "network_id",
    "from_area_id",
    "to_area_id",
    "from_timeframe_group_id",
    "to_timeframe_group_id",
    "fare_product_id",
    "rule_priority",
)
TRANSFER_COLUMNS = (
    "from_leg_group_id",
    "to_leg_group_id",
    "transfer_count",
    "duration_limit",
    "duration_limit_type",
    "fare_transfer_type",
    "fare_product_id",
)
JOIN_COLUMNS = ("from_network_id", "to_network_id", "from_stop_id", "to_stop_id")


def leg_rules(feed: Feed) -> LegRules:
    """Primary key: all columns but group and priority."""
    rules: list[LegRule] = []
    seen: dict[tuple[str, ...], int] = {}
    for row, values in feed.files.rows("fare_leg_rules.txt", *LEG_COLUMNS):
        priority = row.parsed("rule_priority", values[7], partial(whole, least=0, empty=0), 0)
        group, network, from_area, to_area, from_time, to_time, product, _ = values
        rule = LegRule(row.line, group, network, from_area, to_area, from_time, to_time, product, priority)
        _check_leg(feed, row, rule)
        row.once(seen, values[1:7], "fare_product_id")
        rules.append(rule)
    return _indexed(rules, feed.files.has("fare_leg_rules.txt", "rule_priority"))


def _check_leg(feed: Feed, row: Row, rule: LegRule) -> None:
    row.refers("network_id", rule.network_id, feed.networks, "networks.txt network_id")
    row.refers("from_area_id", rule.from_area_id, feed.areas, "areas.txt area_id")
    row.refers("to_area_id", rule.to_area_id, feed.areas, "areas.txt area_id")
    for column, group in (
        ("from_timeframe_group_id", rule.from_timeframe_group_id),
        ("to_timeframe_group_id", rule.to_timeframe_group_id),
    ):
        row.refers(column, group, feed.timeframes, "timeframes.txt timeframe_group_id")
    if not row.present("fare_product_id", rule.fare_product_id):
        return
    row.refers("fare_product_id", rule.fare_product_id, feed.prices, "fare_products.txt fare_product_id")
    for price in feed.prices.get(rule.fare_product_id, ()):
        if price.fen < 0:
            what = f"the product costs less than nothing (fare_products.txt line {price.line})"
            row.wrong("fare_product_id", what, "use negative amounts for transfers only")


def _indexed(rules: list[LegRule], has_priorities: bool) -> LegRules:
    by_key: dict[tuple[str, str, str], list[LegRule]] = {}
    destinations: dict[tuple[str, str], set[str]] = {}
    for rule in rules:
        by_key.setdefault((rule.network_id, rule.from_area_id, rule.to_area_id), []).append(rule)
        destinations.setdefault((rule.network_id, rule.from_area_id), set()).add(rule.to_area_id)
    return LegRules(
        by_key={key: tuple(found) for key, found in by_key.items()},
        destinations={key: tuple(sorted(found)) for key, found in destinations.items()},
        groups=frozenset(rule.leg_group_id for rule in rules if rule.leg_group_id),
        has_priorities=has_priorities,
        listed_networks=frozenset(rule.network_id for rule in rules if rule.network_id),
        listed_origins=frozenset(rule.from_area_id for rule in rules if rule.from_area_id),
        listed_destinations=frozenset(rule.to_area_id for rule in rules if rule.to_area_id),
    )


def transfer_rules(feed: Feed, groups: frozenset[str]) -> TransferRules:
    """``groups`` are the leg groups of the leg rules and of the distance lines."""
    rules: list[TransferRule] = []
    seen: dict[tuple[str, ...], int] = {}
    for row, values in feed.files.rows("fare_transfer_rules.txt", *TRANSFER_COLUMNS):
        from_group, to_group, count, limit, limit_type, transfer_type, product_id = values
        row.refers("from_leg_group_id", from_group, groups, "fare_leg_rules.txt leg_group_id")
        row.refers("to_leg_group_id", to_group, groups, "fare_leg_rules.txt leg_group_id")
        row.refers("fare_product_id", product_id, feed.prices, "fare_products.txt fare_product_id")
        row.once(seen, (from_group, to_group, product_id, count, limit), "from_leg_group_id")
        rules.append(
            TransferRule(
                row.line,
                from_group,
                to_group,
                _count(row, count, from_group, to_group),
                *_limit(row, limit, limit_type),
                row.parsed("fare_transfer_type", transfer_type, partial(choice, choices="012"), 0),
                product_id,
            )
        )
    return _indexed_transfers(rules)


def _count(row: Row, text: str, from_group: str, to_group: str) -> int:
    """Required within one group, forbidden between two; where both are empty it may be left out."""
    column = "transfer_count"
    if from_group != to_group:
        if text:
            row.wrong(column, "is given between two different leg groups", "leave it empty")
        return 0
    if not text:
        if from_group:
            row.wrong(column, "is empty within one leg group", "write how many transfers, or -1 for no limit")
        return -1
    count = row.parsed(column, text, partial(whole, least=-1), -1)
    if count == 0:
        row.wrong(column, "is 0", "write how many transfers, or -1 for no limit")
    return count


def _limit(row: Row, limit: str, limit_type: str) -> tuple[timedelta | None, int]:
    if not limit:
        if limit_type:
            row.wrong("duration_limit_type", "is given without a duration_limit", "leave it empty")
        return None, 0
    seconds = row.parsed("duration_limit", limit, partial(whole, least=1), 1)
    type = row.parsed("duration_limit_type", limit_type, partial(choice, choices="0123"), 0)
    return timedelta(seconds=seconds), type


def _indexed_transfers(rules: list[TransferRule]) -> TransferRules:
    by_key: dict[tuple[str, str], list[TransferRule]] = {}
    by_origin: dict[str, list[TransferRule]] = {}
    for rule in rules:
        by_key.setdefault((rule.from_leg_group_id, rule.to_leg_group_id), []).append(rule)
        by_origin.setdefault(rule.from_leg_group_id, []).append(rule)
    return TransferRules(
        by_key={key: tuple(found) for key, found in by_key.items()},
        by_origin={key: tuple(found) for key, found in by_origin.items()},
        listed_from=frozenset(rule.from_leg_group_id for rule in rules if rule.from_leg_group_id),
        listed_to=frozenset(rule.to_leg_group_id for rule in rules if rule.to_leg_group_id),
    )


def join_rules(feed: Feed) -> Mapping[tuple[str, str], tuple[JoinRule, ...]]:
    joins: dict[tuple[str, str], list[JoinRule]] = {}
    seen: dict[tuple[str, ...], int] = {}
    for row, values in feed.files.rows("fare_leg_join_rules.txt", *JOIN_COLUMNS):
        for column, value in zip(JOIN_COLUMNS[:2], values[:2], strict=True):
            if row.present(column, value):
                row.refers(column, value, feed.networks, "networks.txt network_id")
        for column, value in zip(JOIN_COLUMNS[2:], values[2:], strict=True):
            row.refers(column, value, feed.stops, "stops.txt stop_id")
        if bool(values[2]) != bool(values[3]):
            column = "from_stop_id" if values[3] else "to_stop_id"
            row.wrong(column, "only one of the two stops is given", "give both or none")
        row.once(seen, values, "from_network_id")
        joins.setdefault((values[0], values[1]), []).append(JoinRule(row.line, *values))
    return {key: tuple(found) for key, found in joins.items()}
