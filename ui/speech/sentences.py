"""Every sentence that a terminal may say to the public, enumerated from its sources.

Sources: the Chinese translation file without the pages of staff, the catalogue's names, and the fault texts
for persons. A sentence with arguments is a template with ``{slots}``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from xml.etree import ElementTree

from config.fault_texts import fault_texts

TRANSLATION = "zh_CN.ts"
NOT_PUBLIC = ("staff.", "tray.")
NOT_SPOKEN = ("ui.date_format", "ui.other_language", "receipt.copy_mark")
"""Formats and names of other languages."""
HAN = re.compile("[一-鿿]")


def translations() -> Iterator[tuple[str, str]]:
    """Ids and Chinese texts of the screens; a text with plural forms once for each form."""
    file = resources.files("ui") / "translations" / TRANSLATION
    # The file is part of this package, not input.
    for message in ElementTree.fromstring(file.read_text("utf-8")).iter("message"):  # noqa: S314
        id = message.get("id", "")
        found = message.find("translation")
        if id.startswith(NOT_PUBLIC) or id in NOT_SPOKEN or found is None:
            continue
        for text in [form.text for form in found.iter("numerusform")] or [found.text]:
            if text:
                yield id, text.replace("%n", "{n}")


def _named(part: object) -> Iterator[str]:
    """Chinese names anywhere in a file of the catalogue."""
    if isinstance(part, dict):
        if isinstance(part.get("zh"), str):
            yield part["zh"]
        for each in part.values():
            yield from _named(each)
    elif isinstance(part, list):
        for each in part:
            yield from _named(each)


def catalogue_names() -> Iterator[str]:
    for file in sorted((resources.files("config") / "catalogue").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            yield from _named(tomllib.loads(file.read_text("utf-8")))


def faults() -> Iterator[str]:
    for text in fault_texts().values():
        if text.who == "person":
            yield text.zh
            yield text.next_zh


@cache
def public_sentences() -> tuple[str, ...]:
    """Each sentence once, in the order of the sources."""
    found = (*(text for _, text in translations()), *catalogue_names(), *faults())
    return tuple(dict.fromkeys(each for each in found if HAN.search(each)))
