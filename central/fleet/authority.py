"""The centre's own certificate authority (RFC 5280), made at its first start.

``authority.pem`` holds its key and certificate in one file, mode 0600: neither can be had without the
other. ``authority.crt`` is the certificate alone, for terminals. The authority signs certificates and
nothing else; documents are signed by a key of their own, which the authority vouches for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from config.faults import Fault
from runtime.whole_file import read_private, write_first, write_whole

AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=90)
TERMINAL_LIFE = timedelta(days=90)
SIGNER_LIFE = timedelta(days=730)
BACKDATED = timedelta(hours=24)
"""A terminal clock that is behind by up to a day may still connect, and then receives the time."""

TERMINAL_URN = "urn:onecard:terminal:"
"""Before the terminal's name, as a URI in its certificate's alternative names."""

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class AuthorityFault(Fault):
    """The authority's files are not its own, not readable, or readable by others."""

    code = "enrolment.authority_damaged"


class Role(StrEnum):
    """Purpose of a certificate; the three never overlap."""

    SERVER = "server"
    TERMINAL = "terminal"
    SIGNER = "signer"


USAGE = {
    Role.SERVER: ExtendedKeyUsageOID.SERVER_AUTH,
    Role.TERMINAL: ExtendedKeyUsageOID.CLIENT_AUTH,
    Role.SIGNER: ExtendedKeyUsageOID.CODE_SIGNING,
}


@dataclass(frozen=True, slots=True)
class Authority:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def issue(
        self, role: Role, name: str, key: PublicKey, names: Sequence[x509.GeneralName], now: datetime
    ) -> x509.Certificate:
        """A certificate for ``key``, valid from a day before ``now``. The serial has 159 random bits."""
        life = {Role.SERVER: SERVER_LIFE, Role.TERMINAL: TERMINAL_LIFE, Role.SIGNER: SIGNER_LIFE}[role]
        until = min(now + life, self.certificate.not_valid_after_utc)
        builder = (
            _builder(name, self.certificate.subject, key, now, until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([USAGE[role]]), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self.key, hashes.SHA256())


def new_authority(now: datetime) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = "Onecard authority"
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    certificate = (
        _builder(subject, issuer, key.public_key(), now, now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def open_authority(directory: Path, now: datetime) -> Authority:
    """The authority of ``directory``; made where there is none. Of several that start at once, all get
    the same. Raises ``AuthorityFault``."""
    file = directory / "authority.pem"
    if not file.exists():
        fresh = new_authority(now)
        write_first(file, together(fresh.key, fresh.certificate), 0o600)
    key, certificate = load_pair(file)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AuthorityFault(f"{file}: not a key of an authority")
    authority = Authority(certificate, key)
    write_whole(directory / "authority.crt", authority.pem.encode(), 0o644)
    return authority


def server_names(hosts: Sequence[str]) -> list[x509.GeneralName]:
    """Host names and addresses as a certificate carries them."""
    names: list[x509.GeneralName] = []
    for host in dict.fromkeys(hosts):
        try:
            names.append(x509.IPAddress(ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names


def together(key: PrivateKey, certificate: x509.Certificate) -> bytes:
    """Key and certificate as one PEM text."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)


def load_pair(file: Path) -> tuple[PrivateKey, x509.Certificate]:
    """Key and certificate of one file that only its owner reads. Raises ``AuthorityFault``."""
    try:
        content, exposed = read_private(file)
        key = serialization.load_pem_private_key(content, None)
        certificate = x509.load_pem_x509_certificate(content)
    except (OSError, ValueError, TypeError) as error:
        raise AuthorityFault(f"{file}: {type(error).__name__}") from error
    if exposed:
        raise AuthorityFault(f"{file}: mode must be 0600")
    if not isinstance(key, PrivateKey) or key.public_key() != certificate.public_key():
        raise AuthorityFault(f"{file}: key and certificate do not belong together")
    return key, certificate


def _builder(
    name: str, issuer: x509.Name, key: PublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
