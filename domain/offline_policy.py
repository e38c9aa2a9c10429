"""Offline policies of the services: data, and one pure decision over them.

``config/offline/<service>.toml`` has a table for each action. Unlisted actions are not allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.catalogue.entries import CardManagement
from config.catalogue.loading import Catalogue, catalogue
from config.faults import Fault
from config.settings import SettingsFault
from domain.backlog import Exposure
from domain.messages.contract import TrustLevel
from domain.transaction_state import Standing


class OfflineFault(Fault):
    """The centre cannot be asked, and this may not be promised without it. Nothing was booked."""

    code = "offline.refused"


class NotAllowedOffline(OfflineFault):
    code = "offline.not_allowed"


class NotFinished(OfflineFault):
    """The centre was reached and had not finished in time; it receives the order to leave the business
    undone.
    """

    code = "offline.not_finished"


class TrustTooLow(OfflineFault):
    code = "offline.trust_too_low"


class AmountTooHigh(OfflineFault):
    code = "offline.amount_too_high"


class TooManyPromised(OfflineFault):
    code = "offline.too_many"


class TooManyForCard(OfflineFault):
    code = "offline.too_many_for_card"


class OfflineTooLong(OfflineFault):
    code = "offline.too_long"


class ConflictRule(StrEnum):
    """The centre's rule for a promise that contradicts another fact, e.g. a copy lent elsewhere."""

    FIRST_WINS = "first_wins"
    """The later one is refused and goes to the clerk's inbox."""
    KEEP = "keep"
    """The business at the counter stands; the centre records it and refuses nothing for it."""


class ActionPolicy(BaseModel):
    """Limits on unconfirmed promises; 0 for an amount means: no money at all.

    ``count_per_card`` counts for one card. ``age_hours``: nothing more is promised once the oldest
    promise is older than this. ``things`` names the body fields that say what it is about, for order.
    ``decided_here``: the terminal decides by right and shows the result at once; the centre is informed
    afterwards. ``when_interrupted``: state after a crash of business whose result was not shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    allowed: bool = False
    trust: TrustLevel = TrustLevel.VERIFIED
    amount_fen: Annotated[int, Field(ge=0)] = 0
    total_fen: Annotated[int, Field(ge=0)] = 0
    count: Annotated[int, Field(ge=0)] = 0
    count_per_card: Annotated[int, Field(ge=0)] = 0
    age_hours: Annotated[int, Field(ge=0)] = 0
    conflict: ConflictRule = ConflictRule.FIRST_WINS
    things: tuple[str, ...] = ()
    when_interrupted: Standing = Standing.WITHDRAWN
    decided_here: bool = False


NOT_ALLOWED = ActionPolicy()
UNFINISHED = "unfinished"
TOLD_ALWAYS = ActionPolicy(
    allowed=True,
    trust=TrustLevel.NONE,
    count=1000,
    age_hours=168,
    conflict=ConflictRule.KEEP,
    when_interrupted=Standing.PROMISED,
    decided_here=True,
)
"""An unfinished card stays unfinished whatever the centre answers; it is reported as soon as possible."""
ANY_ACTION = "*"
"""A service of the catalogue has one policy for all it does."""


@dataclass(frozen=True, slots=True)
class OfflinePolicies:
    """The policies of the services of one counter, by service and action."""

    actions: Mapping[tuple[str, str], ActionPolicy]

    def of(self, service: str, action: str) -> ActionPolicy:
        return self.actions.get((service, action)) or self.actions.get((service, ANY_ACTION), NOT_ALLOWED)

    @property
    def longest(self) -> timedelta:
        """How long this counter may go on promising without the centre."""
        hours = (each.age_hours for each in self.actions.values() if each.allowed)
        return timedelta(hours=max(hours, default=0))

    def when_interrupted(self, service: str, action: str) -> Standing:
        return self.of(service, action).when_interrupted


def refusal(
    policy: ActionPolicy, trust: TrustLevel, amount_fen: int, exposure: Exposure, now: datetime
) -> OfflineFault | None:
    """Why this may not be promised while the centre cannot be asked, or None when it may."""
    if not policy.allowed:
        return NotAllowedOffline()
    if not trust.reaches(policy.trust):
        return TrustTooLow(f"{trust.value}, not {policy.trust.value}")
    if amount_fen > policy.amount_fen or exposure.amount_fen + amount_fen > policy.total_fen:
        return AmountTooHigh()
    if exposure.count >= policy.count:
        return TooManyPromised()
    if policy.count_per_card and exposure.count_of_card >= policy.count_per_card:
        return TooManyForCard()
    if exposure.oldest_at and now - exposure.oldest_at > timedelta(hours=policy.age_hours):
        return OfflineTooLong()
    return None


def parse_policies(content: str, service: str) -> dict[tuple[str, str], ActionPolicy]:
    """Raises ``SettingsFault`` with the place of the mistake."""
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsFault(f"offline policy of {service}: {error}") from error
    found, mistakes = {}, []
    for action, table in tables.items():
        try:
            found[service, action] = ActionPolicy.model_validate(table)
        except ValidationError as error:
            for problem in error.errors(include_input=False, include_url=False):
                place = ".".join(str(part) for part in (action, *problem["loc"]))
                mistakes.append(f"{place}: {problem['msg']}")
    if mistakes:
        raise SettingsFault(f"offline policy of {service}: {'; '.join(mistakes)}")
    return found


def load_policies(services: tuple[str, ...], known: Catalogue | None = None) -> OfflinePolicies:
    """The shipped policies of these services, from their files or their entries in the catalogue; one
    without may promise nothing. ``known``: another catalogue than the shipped one."""
    entries = (known or catalogue()).services
    actions: dict[tuple[str, str], ActionPolicy] = {}
    for service in services:
        file = resources.files("config") / "offline" / f"{service}.toml"
        if file.is_file():
            actions |= parse_policies(file.read_text(encoding="utf-8"), service)
        elif entry := entries.get(service):
            actions[service, ANY_ACTION] = ActionPolicy.model_validate(entry.offline.model_dump())
            if isinstance(entry, CardManagement) and entry.step in ("replace", "replace-for"):
                actions[service, UNFINISHED] = TOLD_ALWAYS
    return OfflinePolicies(actions)
