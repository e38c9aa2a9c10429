"""Trusted issuers of codes: the centre's signed list, kept on disk so that it holds offline.

A list that was tampered with, or an older one, is not used: then signed codes are refused until the centre
was asked. Nothing is believed that is not on the list.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cryptography.x509 import Certificate

from domain.codes.trust import ECardIssuer, RideCodeAuthority, TrustAnchors, anchors
from domain.messages.code_trust import CodeTrust
from domain.messages.signed_documents import (
    ConfigurationFault,
    RolledBack,
    SignedDocument,
    document_in,
    opened,
)
from drivers.central.client import CentralClient
from drivers.central.fetching import fetched
from runtime.signed_copy import ProofNotPossible, SignedCopy, Sync

FILE = "code-trust.signed.json"
BUDGET_MS = 10_000
SOON_S = 2.0
"""Until there is a list at all."""
EVERY_S = 600.0


class KnownIssuers:
    """Any thread may ask for ``anchors``. ``authority``: by whom lists are proved, None while unknown."""

    def __init__(self, directory: Path, authority: Callable[[], Certificate | None]) -> None:
        self._authority = authority
        self.stored = SignedCopy(directory / FILE, self._proved, lambda said: said.version, RolledBack)
        self._in_use: tuple[CodeTrust | None, TrustAnchors] = (None, TrustAnchors())

    @property
    def anchors(self) -> TrustAnchors:
        """Empty while there is no list."""
        said, found = self.stored.in_use, self._in_use
        if said is not None and said is not found[0]:
            self._in_use = found = (said, anchors_of(said))
        return found[1]

    @property
    def known(self) -> bool:
        return self.stored.in_use is not None

    def accept(self, document: SignedDocument) -> None:
        """Put a newer list in force, on disk when it returns. Raises ``Fault``, ``OSError``."""
        self.stored.accept(document.model_dump_json().encode())

    def _proved(self, untrusted_content: bytes) -> CodeTrust:
        authority = self._authority()
        if authority is None:
            raise ProofNotPossible("the authority of the centre is not known yet")
        said = opened(document_in(untrusted_content), CodeTrust, authority)
        try:
            anchors_of(said)
        except ValueError as error:
            raise ConfigurationFault("two issuers of one name") from error
        return said


class IssuersRefresh(Sync[CodeTrust]):
    """Fetch the list where it changed."""

    def __init__(self, issuers: KnownIssuers, central: CentralClient, random: Callable[[], float]) -> None:
        super().__init__(
            "code issuers", fetched(central.code_trust, BUDGET_MS), issuers.stored, EVERY_S, random
        )
        self._issuers = issuers

    def work(self) -> float | None:
        super().work()
        return None if self._issuers.known else SOON_S


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
