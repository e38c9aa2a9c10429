"""Trusted issuers of codes: the centre's signed list, kept on disk so that it holds offline.

A list that was tampered with, or an older one, is not used: then signed codes are refused until the centre
was asked. Nothing is believed that is not on the list.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from cryptography.x509 import Certificate
from pydantic import ValidationError

from drivers.central.client import CentralClient
from drivers.central.code_trust import CodeTrust
from drivers.central.configuration import (
    ConfigurationFault,
    NotSigned,
    RolledBack,
    SignedDocument,
    opened,
)
from drivers.central.faults import CentralFault
from drivers.codes.signed.trust import ECardIssuer, RideCodeAuthority, TrustAnchors, anchors
from runtime.whole_file import read_private, write_whole
from terminal.periodic import Periodic

log = logging.getLogger(__name__)

FILE = "code-trust.signed.json"
BUDGET_MS = 10_000
SOON_S = 2.0
"""Until there is a list at all."""
EVERY_S = 600.0


class KnownIssuers:
    """Any thread may ask for ``anchors``. ``authority``: whom lists are proved by, None while unknown."""

    def __init__(self, directory: Path, authority: Callable[[], Certificate | None]) -> None:
        self._file = directory / FILE
        self._authority = authority
        self._known: CodeTrust | None = None
        self._anchors = TrustAnchors()

    @property
    def anchors(self) -> TrustAnchors:
        """Trust anchors; empty while there is no list."""
        if self._known is None:
            self._load()
        return self._anchors

    @property
    def known(self) -> bool:
        return self._known is not None

    def accept(self, document: SignedDocument) -> None:
        """Puts a newer list in force, on disk when it returns. Raises ``ConfigurationFault``."""
        authority = self._authority()
        if authority is None:
            raise NotSigned("no authority is known yet")
        said = opened(document, CodeTrust, authority)
        if self._known is None:
            self._load()
        before = self._known
        if before and said.version < before.version:
            raise RolledBack(f"version {said.version} after {before.version}")
        if before and said.version == before.version:
            return
        self._use(said)
        write_whole(self._file, document.model_dump_json().encode(), 0o600)
        log.info("issuers of codes, version %d", said.version)

    def _load(self) -> None:
        authority = self._authority()
        if authority is None or not self._file.exists():
            return
        try:
            untrusted_content, _ = read_private(self._file)
            self._use(opened(SignedDocument.model_validate_json(untrusted_content), CodeTrust, authority))
        except (OSError, ValidationError, ConfigurationFault) as error:
            log.warning("the list of issuers on disk is not used: %s", type(error).__name__)

    def _use(self, said: CodeTrust) -> None:
        try:
            believed = anchors_of(said)
        except ValueError as error:
            raise ConfigurationFault("two issuers of one name") from error
        self._anchors, self._known = believed, said


class IssuersRefresh(Periodic):
    """Fetches the list where it changed."""

    def __init__(self, issuers: KnownIssuers, central: CentralClient, random: Callable[[], float]) -> None:
        super().__init__("code issuers", self.step)
        self._issuers = issuers
        self._central = central
        self._random = random
        self._tag = ""

    def step(self) -> float:
        """One round; gives the seconds until the next."""
        try:
            answer = self._central.code_trust(self._tag, BUDGET_MS)
            if answer:
                document, tag = answer
                self._issuers.accept(document)
                self._tag = tag
        except (CentralFault, ConfigurationFault) as fault:
            log.info("the list of issuers stays as it is: %s", fault)
        if not self._issuers.known:
            return SOON_S
        return EVERY_S * (0.5 + self._random())


def anchors_of(said: CodeTrust) -> TrustAnchors:
    """Raises ``ValueError`` where two answer to one name."""
    return anchors(
        [
            ECardIssuer(
                bytes.fromhex(each.key_id), bytes.fromhex(each.public_key), each.not_before, each.not_after
            )
            for each in said.e_card_issuers
        ],
        [
            RideCodeAuthority(each.index, bytes.fromhex(each.public_key))
            for each in said.ride_code_authorities
        ],
    )
