"""Mistakes of a catalogue as sentences: what is wrong, where, and what may stand there instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.catalogue import entries

KINDS: Mapping[str, type[entries.Entry]] = {
    "query": entries.Query,
    "application": entries.Application,
    "payout": entries.Payout,
    "payment": entries.Payment,
    "medical": entries.Medical,
    "attendance": entries.Attendance,
    "admission": entries.Admission,
    "activation": entries.Activation,
    "card-management": entries.CardManagement,
    "certification": entries.Certification,
}
PARTS: Mapping[str, type[BaseModel]] = {
    "department": entries.Department,
    "name": entries.Name,
    "receipt": entries.Name,
    "label": entries.Name,
    "documents": entries.Document,
    "clinics": entries.Name,
    "fields": entries.FormField,
    "offline": entries.Offline,
    "subsidy": entries.Subsidy,
}


def place_of(problem: ErrorDetails) -> tuple[str | int, ...]:
    """Where a problem stands in the file; the kind pydantic puts into the place of a service is no key."""
    place = problem["loc"]
    if problem["type"].startswith("union_tag"):
        return (*place, "kind")
    if len(place) > 2 and place[0] == "service" and place[2] in KINDS:
        return (*place[:2], *place[3:])
    return place


def said(problem: ErrorDetails, raw: Mapping[str, Any]) -> str:
    """The whole sentence, without file and line. ``raw`` is the parsed file."""
    return f"{subject(place_of(problem), raw)}: {_what(problem)}"


def subject(place: Sequence[str | int], raw: Mapping[str, Any]) -> str:
    """Subject of a mistake, in words: ``service pay-water, fields 2, kind``."""
    if not place:
        return "the file"
    table = str(place[0])
    words = [table]
    rest = list(place[1:])
    if rest and isinstance(rest[0], int):
        number = rest.pop(0)
        words = [f"{table} {_id_of(raw, table, int(number)) or f'number {int(number) + 1}'}"]
    words += _counted(rest)
    return ", ".join(words)


def _counted(rest: Sequence[str | int]) -> list[str]:
    words: list[str] = []
    for part in rest:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(str(part))
    return words


def _id_of(raw: Mapping[str, Any], table: str, number: int) -> str:
    listed = raw.get(table)
    if not isinstance(listed, list) or number >= len(listed) or not isinstance(listed[number], dict):
        return ""
    id = listed[number].get("id")
    return id if isinstance(id, str) else ""


def _what(problem: ErrorDetails) -> str:
    context = problem.get("ctx", {})
    given = _shown(problem.get("input"))
    match problem["type"]:
        case "missing":
            return "this is missing"
        case "extra_forbidden":
            return f"there is no such key{_meant(problem)}"
        case "literal_error" | "enum":
            return f"{given} is not one of {context['expected']}"
        case "union_tag_invalid":
            return f"{context['tag']!r} is not one of {', '.join(KINDS)}"
        case "union_tag_not_found":
            return f"this is missing; one of {', '.join(KINDS)}"
        case "string_pattern_mismatch":
            return f"{given} is not made of small letters, digits and single hyphens"
        case "string_too_long":
            return f"longer than {context['max_length']} characters"
        case "string_too_short":
            return "this is empty"
        case "too_short":
            return f"at least {context['min_length']} must stand here"
        case "too_long":
            return f"at most {context['max_length']} may stand here"
        case "greater_than_equal":
            return f"{given} is less than {context['ge']}"
        case "less_than_equal":
            return f"{given} is more than {context['le']}"
        case "value_error":
            return str(context["error"])
        case _:
            return f"{given}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def _meant(problem: ErrorDetails) -> str:
    place = problem["loc"]
    near = get_close_matches(str(place[-1]), _keys_at(place[:-1]), 1)
    return f"; did you mean {near[0]}?" if near else ""


def _keys_at(place: Sequence[str | int]) -> list[str]:
    names = [str(part) for part in place if isinstance(part, str)]
    if not names:
        return list(entries.File.model_fields)
    model = PARTS.get(names[-1]) or KINDS.get(names[-1])
    return list(model.model_fields) if model else []


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
