"""The key the centre signs documents with: apart from the authority's, and vouched for by it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from central.fleet.authority import Authority, AuthorityFault, Role, load_pair, together
from domain.messages.contract import Message
from domain.messages.signed_documents import PURPOSES, SignedDocument
from runtime.whole_file import write_first, write_whole

RENEWED_AFTER = 1 / 2
"""Of the certificate's life; a document names its signer, so that old ones stay provable."""


@dataclass(frozen=True, slots=True)
class Signer:
    """``certificate``: PEM, goes with every document."""

    certificate: str
    key: Ed25519PrivateKey = field(repr=False)

    def sign(self, said: Message) -> SignedDocument:
        """``said`` as a text under this key, for the purpose of its kind (``PURPOSES``)."""
        content = said.model_dump_json()
        signature = self.key.sign(PURPOSES[type(said)] + content.encode())
        return SignedDocument(
            content=content, signature=base64.b64encode(signature).decode(), signer=self.certificate
        )


def open_signer(directory: Path, authority: Authority, now: datetime) -> Signer:
    """The signing key of ``directory``, made where there is none or where it is half through its life.

    Raises ``AuthorityFault``.
    """
    file = directory / "signing.pem"
    if not file.exists():
        write_first(file, _fresh(authority, now), 0o600)
    key, certificate = load_pair(file)
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    if now > certificate.not_valid_before_utc + life * RENEWED_AFTER:
        write_whole(file, _fresh(authority, now), 0o600)
        key, certificate = load_pair(file)
    if not isinstance(key, Ed25519PrivateKey) or certificate.issuer != authority.certificate.subject:
        raise AuthorityFault(f"{file}: not a signing key of this authority")
    return Signer(_pem(certificate), key)


def _fresh(authority: Authority, now: datetime) -> bytes:
    key = Ed25519PrivateKey.generate()
    certificate = authority.issue(Role.SIGNER, "Onecard documents", key.public_key(), (), now)
    return together(key, certificate)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
