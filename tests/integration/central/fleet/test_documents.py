"""Settings under the centre's signature, and every way to forge them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from central.database import Database
from central.fleet import configurations
from central.fleet.authority import Role, new_authority, open_authority
from central.fleet.fleet import Fleet, open_fleet
from central.fleet.refusals import ConfigurationMalformed, NothingPublished
from central.fleet.signing import Signer, open_signer
from config.settings import SettingsFault
from domain.messages.signed_documents import (
    Configuration,
    ConfigurationFault,
    NotSigned,
    RolledBack,
    SignedDocument,
    opened,
)
from domain.offline_policy import load_policies
from drivers.central.configuration_copy import ConfigurationCopy
from terminal.provisioning.configuration import check, settings_in
from terminal.provisioning.policies_in_force import PoliciesInForce
from tests.integration.central.conftest import NOW


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with closing(Database(f"sqlite:///{tmp_path / 'central.db'}")) as database:
        yield open_fleet(tmp_path / "fleet", database, lambda: NOW)


PROFILE = 'counter_name = "邹平市图书馆"\nservices = ["library"]\n'
FILES = {"profile.toml": PROFILE}


def publish(fleet: Fleet, files: dict[str, str] = FILES, name: str = "library") -> Configuration:
    return fleet.database.write(lambda c: configurations.publish(c, fleet.signer, name, files, NOW))


def newest(fleet: Fleet, name: str = "library") -> SignedDocument:
    with fleet.database.read() as connection:
        return configurations.newest(connection, name)


def a_copy(fleet: Fleet, directory: Path) -> ConfigurationCopy:
    return ConfigurationCopy(directory, "library", fleet.authority.certificate, check)


def test_versions_only_grow_and_the_newest_is_told(fleet: Fleet) -> None:
    with pytest.raises(NothingPublished):
        newest(fleet)
    assert [publish(fleet).version for _ in range(3)] == [1, 2, 3]
    assert publish(fleet, name="bus").version == 1
    assert opened(newest(fleet), Configuration, fleet.authority.certificate).version == 3


@pytest.mark.parametrize(
    "files",
    [{}, {"../profile.toml": ""}, {"/etc/passwd.toml": ""}, {"a/./b.toml": ""}, {"x.toml": "x" * 6_300_000}],
)
def test_what_is_no_configuration_is_not_published_and_takes_no_version(
    fleet: Fleet, files: dict[str, str]
) -> None:
    with pytest.raises(ConfigurationMalformed):
        publish(fleet, files)
    assert publish(fleet).version == 1


def test_settings_are_used_from_the_copy_on_disk(fleet: Fleet, tmp_path: Path) -> None:
    publish(fleet, {**FILES, "offline/library.toml": "[return]\nallowed = true\ncount = 7\n"})
    assert a_copy(fleet, tmp_path).in_force() is None
    a_copy(fleet, tmp_path).accept(newest(fleet))
    in_force = a_copy(fleet, tmp_path).in_force()
    assert in_force is not None
    assert settings_in(in_force).counter_name == "邹平市图书馆"
    policies = PoliciesInForce(load_policies(("library",)), in_force).now
    assert policies.of("library", "return").count == 7
    assert not policies.of("library", "borrow").allowed


def test_an_older_version_is_refused_and_the_newer_stays(fleet: Fleet, tmp_path: Path) -> None:
    publish(fleet)
    old = newest(fleet)
    publish(fleet)
    copy = a_copy(fleet, tmp_path)
    copy.accept(newest(fleet))
    with pytest.raises(RolledBack):
        copy.accept(old)
    assert copy.in_force() == copy.accept(newest(fleet))


def test_another_text_under_the_same_version_is_refused(fleet: Fleet, tmp_path: Path) -> None:
    said = publish(fleet)
    copy = a_copy(fleet, tmp_path)
    copy.accept(newest(fleet))
    with pytest.raises(RolledBack):
        copy.accept(fleet.signer.sign(said.model_copy(update={"files": {"profile.toml": ""}})))


def test_a_signed_mistake_is_refused_with_its_place_and_what_is_in_force_stays(
    fleet: Fleet, tmp_path: Path
) -> None:
    copy = a_copy(fleet, tmp_path)
    publish(fleet)
    before = copy.accept(newest(fleet))
    for mistake in ({"other.toml": ""}, {"profile.toml": "volume = 11"}, {**FILES, "offline/bus.toml": "["}):
        publish(fleet, mistake)
        with pytest.raises(ConfigurationFault, match=SettingsFault.code):
            copy.accept(newest(fleet))
        assert copy.in_force() == before


def test_the_settings_of_another_profile_are_refused(fleet: Fleet, tmp_path: Path) -> None:
    publish(fleet, name="bus")
    with pytest.raises(ConfigurationFault, match="profile bus"):
        a_copy(fleet, tmp_path).accept(newest(fleet, "bus"))


def another_authority(fleet: Fleet, document: SignedDocument) -> SignedDocument:
    key = Ed25519PrivateKey.generate()
    forger = new_authority(NOW)
    certificate = forger.issue(Role.SIGNER, "Onecard documents", key.public_key(), (), NOW)
    signer = Signer(certificate.public_bytes(Encoding.PEM).decode(), key)
    return signer.sign(opened(document, Configuration, fleet.authority.certificate))


def a_certificate_for_something_else(fleet: Fleet, document: SignedDocument) -> SignedDocument:
    key = Ed25519PrivateKey.generate()
    certificate = fleet.authority.issue(Role.TERMINAL, "BZ-LIB-0001", key.public_key(), (), NOW)
    signer = Signer(certificate.public_bytes(Encoding.PEM).decode(), key)
    return signer.sign(opened(document, Configuration, fleet.authority.certificate))


def signed_after_the_keys_life(fleet: Fleet, document: SignedDocument) -> SignedDocument:
    said = opened(document, Configuration, fleet.authority.certificate)
    return fleet.signer.sign(said.model_copy(update={"issued_at": NOW + timedelta(days=731)}))


def another_letter(_: Fleet, document: SignedDocument) -> SignedDocument:
    return document.model_copy(update={"content": document.content.replace("邹平市", "邹平县")})


def another_signature(fleet: Fleet, document: SignedDocument) -> SignedDocument:
    octets = bytearray(base64.b64decode(document.signature))
    octets[0] ^= 1
    return document.model_copy(update={"signature": base64.b64encode(octets).decode()})


def the_authority_itself(fleet: Fleet, document: SignedDocument) -> SignedDocument:
    return document.model_copy(update={"signer": fleet.authority.pem})


def another_purpose(fleet: Fleet, document: SignedDocument) -> SignedDocument:
    """Signed by the right key, as something else."""
    signature = fleet.signer.key.sign(b"onecard hotlist 1\n" + document.content.encode())
    return document.model_copy(update={"signature": base64.b64encode(signature).decode()})


@pytest.mark.parametrize(
    "forged",
    [
        another_authority,
        a_certificate_for_something_else,
        signed_after_the_keys_life,
        another_letter,
        another_signature,
        the_authority_itself,
        another_purpose,
    ],
)
def test_a_forged_document_is_refused_whether_it_comes_from_the_network_or_lies_on_the_disk(
    fleet: Fleet, tmp_path: Path, forged: Callable[[Fleet, SignedDocument], SignedDocument]
) -> None:
    publish(fleet)
    copy = a_copy(fleet, tmp_path)
    bad = forged(fleet, newest(fleet))
    with pytest.raises(NotSigned):
        copy.accept(bad)
    assert copy.in_force() is None
    copy.accept(newest(fleet))
    (tmp_path / "library.signed.json").write_text(bad.model_dump_json(), encoding="utf-8")
    with pytest.raises(NotSigned):
        a_copy(fleet, tmp_path).in_force()


@pytest.mark.parametrize("content", ["", "{}", "null", "\x00" * 100])
def test_a_damaged_copy_is_named_and_never_taken_for_none(fleet: Fleet, tmp_path: Path, content: str) -> None:
    publish(fleet)
    (tmp_path / "library.signed.json").write_text(content, encoding="utf-8")
    with pytest.raises(NotSigned):
        a_copy(fleet, tmp_path).in_force()


def test_a_document_stays_proved_after_its_key_was_renewed(fleet: Fleet, tmp_path: Path) -> None:
    publish(fleet)
    old = newest(fleet)
    authority = open_authority(tmp_path / "fleet", NOW)
    renewed = open_signer(tmp_path / "fleet", authority, NOW + timedelta(days=400))
    assert renewed.certificate != old.signer
    assert opened(old, Configuration, authority.certificate).version == 1
