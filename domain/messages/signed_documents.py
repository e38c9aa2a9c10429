"""Documents signed by the centre for its terminals: configuration, changes of the hotlist and of the
entitlements, and the trusted issuers of codes.

A document is a text and a detached signature (Ed25519, RFC 8032) over its exact bytes, with the
certificate of the signing key. TLS proves the sender; the signature proves the author, also of a copy
on this disk or of one that another host passed on. A purpose stands before the signed bytes, so that one kind
of
document never passes for another.
"""

from __future__ import annotations

import base64
from typing import Annotated, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID
from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from config.faults import Fault
from domain.messages.code_trust import CODE_TRUST, CodeTrust
from domain.messages.contract import MAXIMUM_COUNT, Message
from domain.messages.enrolment import Pem
from domain.messages.entitlements import ENTITLEMENTS, EntitlementDelta
from domain.messages.signed_time import SIGNED_TIME, SignedTime

DOCUMENT_LIMIT = 6 * 1024 * 1024
FINGERPRINT_BYTES = 16
CONFIGURATION = b"onecard configuration 1\n"
HOTLIST = b"onecard hotlist 1\n"
CATALOGUE_NAME = "catalogue"
"""The name the city's catalogue of services is published under."""

Version = Annotated[int, Field(ge=0, le=MAXIMUM_COUNT)]
ConfigurationName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
FileName = Annotated[str, Field(pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)*\.[a-z]{2,5}$", max_length=100)]


class ConfigurationFault(Fault):
    """The document is not used; what is in force stays in force."""

    code = "configuration.invalid"


class NotSigned(ConfigurationFault):
    """The signature is not one of our centre's over these bytes for this purpose."""

    code = "configuration.not_signed"


class RolledBack(ConfigurationFault):
    """An older version than the one in force, or another text under the same number."""

    code = "configuration.rolled_back"


class SignedDocument(Message):
    """``content`` is JSON text, signed as it stands; ``signer`` the certificate of the signing key, PEM."""

    content: Annotated[str, Field(max_length=DOCUMENT_LIMIT)]
    signature: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{86}==$")]
    signer: Pem


class Configuration(Message):
    """The files of one profile, e.g. ``profile.toml``, ``offline/library.toml``, ``fares/products.txt``."""

    name: ConfigurationName
    version: Annotated[int, Field(ge=1, le=MAXIMUM_COUNT)]
    issued_at: AwareDatetime
    files: Annotated[dict[FileName, str], Field(min_length=1, max_length=500)]


def _whole_fingerprints(joined: str) -> str:
    if len(base64.b64decode(joined, validate=True)) % FINGERPRINT_BYTES:
        raise ValueError(f"not made of {FINGERPRINT_BYTES}-byte fingerprints")
    return joined


Fingerprints = Annotated[str, AfterValidator(_whole_fingerprints)]
"""Fingerprints of 16 bytes, joined, in base 64."""


class HotlistDelta(Message):
    """Changes from ``base`` to ``version``; ``newest`` is the version the list has at ``issued_at``.

    ``base`` 0 replaces the list. More is to be asked for while ``version`` is below ``newest``.
    """

    base: Version
    version: Version
    newest: Version
    issued_at: AwareDatetime
    added: Fingerprints
    removed: Fingerprints


def apart(fingerprints: str) -> tuple[bytes, ...]:
    """The single fingerprints of a field of ``HotlistDelta``."""
    joined = base64.b64decode(fingerprints)
    return tuple(joined[at : at + FINGERPRINT_BYTES] for at in range(0, len(joined), FINGERPRINT_BYTES))


D = TypeVar("D", Configuration, HotlistDelta, CodeTrust, EntitlementDelta, SignedTime)
PURPOSES: dict[type[Message], bytes] = {
    Configuration: CONFIGURATION,
    HotlistDelta: HOTLIST,
    CodeTrust: CODE_TRUST,
    EntitlementDelta: ENTITLEMENTS,
    SignedTime: SIGNED_TIME,
}


def opened(document: SignedDocument, kind: type[D], authority: x509.Certificate) -> D:
    """Content of a document, once its signature is proved. Raises ``NotSigned``, ``ConfigurationFault``."""
    signer = _signer(document.signer, authority)
    content = document.content.encode()
    try:
        key = signer.public_key()
        if not isinstance(key, Ed25519PublicKey):
            raise NotSigned("not a signing key")
        key.verify(base64.b64decode(document.signature), PURPOSES[kind] + content)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError) as error:
        raise NotSigned("the signature does not fit") from error
    try:
        said = kind.model_validate_json(content)
    except ValidationError as error:
        raise ConfigurationFault(f"signed, but no {kind.__name__}") from error
    if not signer.not_valid_before_utc <= said.issued_at <= signer.not_valid_after_utc:
        raise NotSigned("the signing key was not in force then")
    return said


def document_in(untrusted_content: bytes) -> SignedDocument:
    """The document of a file. Raises ``NotSigned``."""
    try:
        return SignedDocument.model_validate_json(untrusted_content)
    except ValidationError as error:
        raise NotSigned("not a signed document") from error


def _signer(untrusted_pem: str, authority: x509.Certificate) -> x509.Certificate:
    """The certificate of a signing key that our authority vouches for; a terminal's own is not one."""
    try:
        signer = x509.load_pem_x509_certificate(untrusted_pem.encode())
        signer.verify_directly_issued_by(authority)
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound) as error:
        raise NotSigned("the signing key is not our centre's") from error
    if list(usage) != [ExtendedKeyUsageOID.CODE_SIGNING]:
        raise NotSigned("a certificate for something else")
    return signer
