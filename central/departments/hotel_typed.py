"""Plain values that a clerk typed from a document: names, days, sexes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from domain.lodging.faults import DocumentWrong


def name_of(typed: Mapping[str, JsonValue]) -> str:
    """Raises ``DocumentWrong``."""
    name = str(typed.get("name", "")).strip()[:40]
    if not name or not name.isprintable():
        raise DocumentWrong("no name")
    return name


def sex_typed(told: JsonValue) -> str:
    return told if isinstance(told, str) and told in ("male", "female") else ""


def day_typed(told: JsonValue) -> date | None:
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None
