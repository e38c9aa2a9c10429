"""The terminal's own identity: its key, its certificate, and the one authority it believes.

The key is EC P-256 and never leaves this machine. It lies in a file that only its owner reads, or comes
as a credential of the system's service manager and is then never written at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from config.faults import Fault
from domain.messages.enrolment import authority_code, enrolment_code, normal_code
from runtime.whole_file import read_private, write_whole

CREDENTIAL_NAME = "onecard-terminal-key"
RENEWED_AFTER = 2 / 3
"""Of a certificate's life: the last third is for centres and networks that are away."""


class IdentityFault(Fault):
    """The identity of this terminal is damaged; it must be enrolled again."""

    code = "enrolment.identity_damaged"


class KeyExposed(IdentityFault):
    """Others could read the key: it proves nothing any more."""

    code = "enrolment.key_exposed"


class AuthorityDiffers(Fault):
    """The centre that answers is not the one whose code was given."""

    code = "enrolment.authority_differs"


@dataclass(frozen=True, slots=True)
class Identity:
    """An enrolled terminal. The paths are what a TLS library opens; the key itself is not held here."""

    terminal: str
    certificate_file: Path
    key_file: Path
    authority_file: Path
    issued_at: datetime
    expires_at: datetime
    authority: x509.Certificate

    @property
    def renewal_at(self) -> datetime:
        return self.issued_at + (self.expires_at - self.issued_at) * RENEWED_AFTER


@dataclass(frozen=True, slots=True)
class Applicant:
    """A terminal that asks: ``request`` is its signing request, PEM; ``code`` what a person compares."""

    terminal: str
    request: str
    code: str


class IdentityFiles:
    """``directory`` holds ``authority.crt``, and for each key its own pair of files.

    A key and its certificate change together: ``current`` names the pair in force, so that a power cut
    between two files leaves the old pair or the new one.
    """

    def __init__(self, directory: Path, environment: Mapping[str, str]) -> None:
        self._directory = directory
        credentials = environment.get("CREDENTIALS_DIRECTORY")
        credential = Path(credentials) / CREDENTIAL_NAME if credentials else None
        self._credential = credential if credential and credential.is_file() else None

    @property
    def authority_file(self) -> Path:
        """The certificate of the one authority that is believed; there once ``believe`` was."""
        return self._directory / "authority.crt"

    @property
    def _certificate_file(self) -> Path:
        return self._directory / "terminal.crt"

    @property
    def _waiting_file(self) -> Path:
        """The key of a request that has no certificate yet."""
        return self._directory / "waiting.key"

    def _key_of(self, certificate: x509.Certificate) -> Path:
        return self._credential or self._directory / f"{_key_name(certificate.public_key())}.key"

    def believe(self, untrusted_authority: str, code: str) -> None:
        """From now on only this authority's centre is believed. Raises ``AuthorityDiffers``."""
        try:
            authority = x509.load_pem_x509_certificate(untrusted_authority.encode())
            authority.verify_directly_issued_by(authority)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
            raise AuthorityDiffers("not the certificate of an authority") from error
        der = authority.public_bytes(Encoding.DER)
        if authority_code(der) != normal_code(code):
            raise AuthorityDiffers("another authority answers than the one whose code was given")
        write_whole(self.authority_file, authority.public_bytes(Encoding.PEM), 0o644)

    def authority(self) -> x509.Certificate | None:
        """Raises ``IdentityFault``."""
        return authority_in(self.authority_file)

    def _known_authority(self) -> x509.Certificate:
        authority = self.authority()
        if authority is None:
            raise IdentityFault("no authority is known yet")
        return authority

    def applicant(self, terminal: str) -> Applicant:
        """A request with the key at hand: the service manager's, or the one of an unfinished enrolment,
        or a new one. Raises ``IdentityFault``."""
        authority = self._known_authority()
        key = self._load_key(self._credential) if self._credential else self._key_in_waiting()
        spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        code = enrolment_code(terminal, spki, authority.public_bytes(Encoding.DER))
        return Applicant(terminal, signing_request(terminal, key), code)

    def _key_in_waiting(self) -> ec.EllipticCurvePrivateKey:
        """The same key for every try, until it has a certificate: then a code is read out once only."""
        waiting = self._waiting_file
        if waiting.exists():
            return self._load_key(waiting)
        key = ec.generate_private_key(ec.SECP256R1())
        write_whole(waiting, _private_pem(key), 0o600)
        return key

    def keep(self, untrusted_certificate: str, terminal: str) -> Identity:
        """The certificate that answers the last request. Raises ``IdentityFault``, ``AuthorityDiffers``."""
        certificate = _certificate(untrusted_certificate.encode(), self._certificate_file)
        try:
            certificate.verify_directly_issued_by(self._known_authority())
        except (ValueError, TypeError, InvalidSignature) as error:
            raise AuthorityDiffers("the certificate is not of our centre") from error
        key = self._load_key(self._credential or self._waiting_file)
        if key.public_key() != certificate.public_key() or _name(certificate) != terminal:
            raise IdentityFault("a certificate for another key or another terminal")
        before = self._certificates_key()
        if not self._credential:
            write_whole(self._key_of(certificate), _private_pem(key), 0o600)
        write_whole(self._certificate_file, certificate.public_bytes(Encoding.PEM), 0o644)
        if not self._credential:
            self._waiting_file.unlink()
            if before and before != self._key_of(certificate):
                before.unlink(missing_ok=True)
        return self._identity(certificate)

    def load(self) -> Identity | None:
        """The identity in force; None for a terminal that never was enrolled.

        Raises ``IdentityFault``, ``KeyExposed``.
        """
        content = _content(self._certificate_file)
        if content is None:
            return None
        certificate = _certificate(content, self._certificate_file)
        key = self._load_key(self._key_of(certificate))
        if key.public_key() != certificate.public_key():
            raise IdentityFault("key and certificate do not belong together")
        return self._identity(certificate)

    def give_up(self) -> None:
        """Drops a request that was refused; the next one brings another key. An identity in force stays."""
        self._waiting_file.unlink(missing_ok=True)

    def forget(self) -> None:
        """Ends this identity: the key goes first, so that nothing is left that proves anything."""
        for file in (*self._directory.glob("*.key"), self._certificate_file):
            file.unlink(missing_ok=True)

    def _identity(self, certificate: x509.Certificate) -> Identity:
        return Identity(
            _name(certificate),
            self._certificate_file,
            self._key_of(certificate),
            self.authority_file,
            certificate.not_valid_before_utc,
            certificate.not_valid_after_utc,
            self._known_authority(),
        )

    def _certificates_key(self) -> Path | None:
        content = _content(self._certificate_file)
        return self._key_of(_certificate(content, self._certificate_file)) if content else None

    def _load_key(self, file: Path) -> ec.EllipticCurvePrivateKey:
        try:
            content, exposed = read_private(file)
            key = serialization.load_pem_private_key(content, None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise IdentityFault(f"{file}: {type(error).__name__}") from error
        if exposed and file != self._credential:
            raise KeyExposed(f"{file}: mode must be 0600")
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise IdentityFault(f"{file}: not an EC P-256 key")
        return key


def authority_in(file: Path) -> x509.Certificate | None:
    """The authority's certificate in a file; None while there is none. Raises ``IdentityFault``."""
    content = _content(file)
    return _certificate(content, file) if content else None


def signing_request(terminal: str, key: ec.EllipticCurvePrivateKey) -> str:
    """A certificate signing request (RFC 2986), PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(Encoding.PEM).decode()


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _key_name(key: object) -> str:
    """A file name that goes with one key."""
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise IdentityFault("a certificate for a key of another kind")
    digest = hashes.Hash(hashes.SHA256())
    digest.update(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return digest.finalize().hex()[:16]


def _name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IdentityFault(f"{file}: {error.strerror}") from error


def _certificate(untrusted_content: bytes, file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(untrusted_content)
    except ValueError as error:
        raise IdentityFault(f"{file}: not a certificate") from error
