"""A tariff as a centre publishes it: the files of a tariff, and from when they hold. Pure.

The files travel as a configuration named ``tariff-NAME``; beside them stands ``publication.toml``:

    valid_from = 2026-12-01T04:00:00+08:00
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.fares.faults import FareFault
from domain.fares.loading import load
from domain.fares.tariff import Tariff

PREFIX = "tariff-"
PUBLICATION = "publication.toml"


class PublicationInvalid(FareFault):
    """``publication.toml`` does not say from when the tariff holds."""

    code = "fare.publication_invalid"


@dataclass(frozen=True, slots=True)
class PublishedTariff:
    """``number`` counts the publications of one name; the highest that is valid is in force."""

    number: int
    valid_from: datetime
    tariff: Tariff


def published_as(name: str) -> str:
    """The name a tariff is published under."""
    return PREFIX + name


def read_publication(files: Mapping[str, str], number: int) -> PublishedTariff:
    """Checked as a whole. Raises ``TariffUnusable`` with every mistake, ``PublicationInvalid``."""
    valid_from = _valid_from(files.get(PUBLICATION, ""))
    own = {name: content.encode() for name, content in files.items() if name != PUBLICATION}
    return PublishedTariff(number, valid_from, load(own))


def _valid_from(content: str) -> datetime:
    try:
        said = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise PublicationInvalid(f"{PUBLICATION}: {error}") from error
    valid_from = said.get("valid_from")
    if set(said) != {"valid_from"} or not isinstance(valid_from, datetime) or valid_from.tzinfo is None:
        raise PublicationInvalid(f"{PUBLICATION}: valid_from is a time with its offset, and nothing else")
    return valid_from
