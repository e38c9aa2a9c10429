"""TOML files of a city as typed values; every mistake is named by file and line, with a remedy."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.catalogue.lines import Lines

M = TypeVar("M", bound=BaseModel)
TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)")
REMEDIES = {
    "region": "write the 6 digits of GB/T 2260, such as 659900",
    "code": "write the 6 digits of GB/T 2260, such as 659902",
    "district": "write the 6 digits of one of the [[district]] tables",
    "transport_code": "write the 4 digits of the city in transport cards, such as 9901",
    "zone": "write a name such as Asia/Urumqi",
    "currency": "write three capital letters, such as CNY",
    "terminal": "write 3 to 32 letters, digits and hyphens",
    "transport_prefixes": "write the leading 6 to 12 digits of the city's transport cards",
    "ride_code": "write 8 hexadecimal digits",
    "ride_platform": "write 8 hexadecimal digits",
    "ride_account_prefix": "write 4 digits",
    "social_security_number": "write 17 digits and the check character of GB 11643",
    "card_number": "write a T, 7 digits and the check character of GB 11714",
    "identification_code": "write region, D156000005, 5E and 14 hexadecimal digits",
    "number": "write 19 digits",
    "city": "write the 4 digits of the city in transport cards",
    "confidence": 'write "sure", "likely" or "guess"',
}


class Mistakes:
    """Collects sentences, so that all are named at once."""

    def __init__(self) -> None:
        self._found: list[tuple[str, int, str]] = []

    def add(self, file: str, line: int, what: str, remedy: str) -> None:
        self._found.append((file, line, f"{what}; {remedy}" if remedy else what))

    def __iter__(self) -> Any:
        """``file:line: what is wrong; what to write instead``, in the order of files and lines."""
        ordered = dict.fromkeys(sorted(self._found))
        return (f"{file}:{line}: {sentence}" for file, line, sentence in ordered)

    def by_line(self) -> list[tuple[int, tuple[str, str]]]:
        """Line, and the sentence apart from the remedy."""
        found = []
        for _, line, sentence in dict.fromkeys(sorted(self._found)):
            what, _, remedy = sentence.partition("; ")
            found.append((line, (what, remedy or "correct it")))
        return found

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)


def read_toml(file: str, untrusted: bytes, mistakes: Mistakes) -> tuple[dict[str, Any], Lines] | None:
    """The values of a TOML file with the lines they are on; None where it cannot be read."""
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = untrusted.count(b"\n", 0, error.start) + 1
        mistakes.add(file, line, f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        return None
    try:
        return tomllib.loads(text), Lines(text)
    except tomllib.TOMLDecodeError as error:
        place = TOML_PLACE.search(str(error))
        line = int(place[1]) if place else max(1, len(text.splitlines()))
        said = TOML_PLACE.sub("", str(error)).replace(" (at end of document)", "")
        mistakes.add(
            file, line, f"not TOML: {said}", "correct the line: strings in double quotes, key = value"
        )
        return None


def read_model(
    file: str,
    raw: dict[str, Any],
    lines: Lines,
    model: type[M],
    mistakes: Mistakes,
    inside: tuple[str | int, ...] = (),
) -> M | None:
    """``raw`` as a ``model``; ``inside``: where in the file ``raw`` stands. None where it has mistakes."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            place = (*inside, *problem["loc"])
            mistakes.add(file, _line(lines, place, problem), *_said(place, problem, model))
    return None


def _line(lines: Lines, place: tuple[str | int, ...], problem: ErrorDetails) -> int:
    """A rule over a whole file names a value in its sentence: the line of that value is the better place."""
    line = lines.of(place)
    if problem["type"] == "value_error":
        named = re.search(
            r"\d{4}-\d{2}-\d{2}|(?<= )[A-Z0-9-]{4,}", problem["msg"].removeprefix("Value error, ")
        )
        return lines.naming(named[0], line) if named else line
    return line


def _said(place: tuple[str | int, ...], problem: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    where = subject(place)
    key = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
    remedy = REMEDIES.get(key, "")
    given = _shown(problem.get("input"))
    match problem["type"]:
        case "missing":
            return f"{where} is missing", remedy or f"add {key} = …"
        case "extra_forbidden":
            near = get_close_matches(key, _keys_of(model), 1)
            return f"{where} is no known key", f"write {near[0]}" if near else "remove it"
        case "value_error":
            what, _, how = str(problem["msg"]).removeprefix("Value error, ").partition("; ")
            return (f"{where}: {what}" if where else what), how or "correct it"
        case "string_pattern_mismatch":
            return (
                f"{where}: {given} is not written as it must be",
                remedy or f"write it as {problem['ctx']['pattern']}",
            )
    said = problem["msg"][:1].lower() + problem["msg"][1:]
    return f"{where}: {given}: {said}", remedy or "correct the value"


def subject(place: tuple[str | int, ...]) -> str:
    """``district 2, code``: counted from 1."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words)


def _keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a model and of the models inside it."""
    keys: dict[str, None] = {}
    for name, field in model.model_fields.items():
        keys[name] = None
        for inner in _models_in(field.annotation):
            keys |= dict.fromkeys(_keys_of(inner))
    return list(keys)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in getattr(annotation, "__args__", ()) for found in _models_in(inner)]


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
