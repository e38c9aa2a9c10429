"""Offline policies a centre published for one counter, laid over those it was shipped with. Pure.

A published ``offline/<service>.toml`` replaces the limits of its service: an action it does not list is not
allowed, a limit it does not give is the shipped one's. What a file or an entry of the catalogue forbids stays
forbidden, and no trust is lower than theirs. What an action is about (``FIXED``) is the program's, not the
centre's, to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from config.catalogue.loading import Catalogue
from config.settings import SettingsFault
from domain.offline_policy import NOT_ALLOWED, ActionPolicy, OfflinePolicies, load_policies, parse_policies

FOLDER = PurePosixPath("offline")
MONEY = ("amount_fen", "total_fen")
FIXED = ("conflict", "things", "when_interrupted", "decided_here")

Published = Mapping[tuple[str, str], ActionPolicy]


def published_in(files: Mapping[str, str]) -> dict[str, Published]:
    """The published policies by service. Raises ``SettingsFault`` with the place of the mistake."""
    found: dict[str, Published] = {}
    for name, content in files.items():
        path = PurePosixPath(name)
        if path.parent == FOLDER:
            found[path.stem] = parse_policies(content, path.stem)
    return found


def check_published(
    files: Mapping[str, str], services: tuple[str, ...], known: Catalogue | None = None
) -> None:
    """Whether they mean what they say at a counter with these services. Raises ``SettingsFault`` that names
    everything a counter could not follow; ``known``: another catalogue than the shipped one."""
    shipped = load_policies(services, known)
    mistakes = []
    for service, policies in published_in(files).items():
        if service not in services:
            mistakes.append(f"{service}: this counter has no such service")
        elif any(key[0] == service for key in shipped.actions):
            mistakes += [f"{service}: {each}" for each in _mistakes(shipped, policies)]
    if mistakes:
        raise SettingsFault(f"published offline policies: {'; '.join(mistakes)}")


def _mistakes(shipped: OfflinePolicies, published: Published) -> Iterator[str]:
    for (service, action), policy in published.items():
        before = shipped.of(service, action)
        given = policy.model_fields_set
        if before is NOT_ALLOWED:
            yield f"there is no action {action}"
        elif policy.allowed and not before.allowed:
            yield f"{action} is never allowed offline"
        elif "trust" in given and not policy.trust.reaches(before.trust):
            yield f"{action} needs the trust {before.trust.value} at least"
        for field in MONEY:
            if getattr(policy, field) and not getattr(before, field):
                yield f"{action}: no money is taken offline, {field}"
        for field in FIXED:
            if field in given and getattr(policy, field) != getattr(before, field):
                yield f"{action}: {field} is not the centre's to change"


def laid_over(shipped: OfflinePolicies, published: Mapping[str, Published]) -> OfflinePolicies:
    """The policies in force: of the services that ``shipped`` has, with the published limits."""
    kept = {key: policy for key, policy in shipped.actions.items() if key[0] not in published}
    laid = {
        key: _limited(shipped.of(*key), policy)
        for policies in published.values()
        for key, policy in policies.items()
        if any(each[0] == key[0] for each in shipped.actions)
    }
    fixed = {
        key: policy.model_copy(update={"allowed": False})
        for key, policy in shipped.actions.items()
        if key[0] in published and key not in laid
    }
    return OfflinePolicies({**kept, **fixed, **laid})


def _limited(shipped: ActionPolicy, published: ActionPolicy) -> ActionPolicy:
    given = {name: getattr(published, name) for name in published.model_fields_set if name not in FIXED}
    given["allowed"] = shipped.allowed and given.get("allowed", True)
    given["trust"] = max(shipped.trust, given.get("trust", shipped.trust), key=lambda level: level.rank)
    given |= {name: 0 for name in MONEY if not getattr(shipped, name)}
    return shipped.model_copy(update=given)
