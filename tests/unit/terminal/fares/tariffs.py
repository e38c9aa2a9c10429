"""Tariffs of the tests: the demonstration city, and small feeds written as text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from domain.fares import Tap, Tariff, load

CHINA = ZoneInfo("Asia/Shanghai")
BINZHOU = Path(__file__).parents[4] / "config" / "cities" / "binzhou" / "fares"

MINIMAL = {
    "routes.txt": "route_id\n1\n",
    "fare_products.txt": "fare_product_id,amount,currency\nsingle,2.00,CNY\n",
    "fare_leg_rules.txt": "fare_product_id\nsingle\n",
    "city.toml": "",
}
"""One line, one fare."""


def binzhou_files() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in BINZHOU.iterdir()}


def feed(files: dict[str, str] | None = None, **changed: str) -> dict[str, bytes]:
    """``MINIMAL`` with files put in place; ``fare_media="…"`` is fare_media.txt, ``city="…"`` city.toml."""
    named = {f"{name}.{'toml' if name == 'city' else 'txt'}": text for name, text in changed.items()}
    return {name: text.encode() for name, text in {**MINIMAL, **(files or {}), **named}.items()}


def tariff(**changed: str) -> Tariff:
    return load(feed(**changed))


def at(hour: int, minute: int = 0, second: int = 0, day: int = 24, month: int = 11) -> datetime:
    """Local time in November 2026; the 24th is a Tuesday."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=CHINA)


def tap(id: str, when: datetime, route: str = "1", **more: Any) -> Tap:
    """Boards line 1 with a transport card; every tap at a validator of its own unless told."""
    return Tap(
        **{
            "id": id,
            "at": when,
            "validator": f"v-{id}",
            "route_id": route,
            "fare_media_id": "t_union",
            **more,
        }
    )
