"""The centre's authority: made once, kept private, and sure of what it signs."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from central.fleet.authority import AuthorityFault, load_pair, new_authority, open_authority, together
from central.fleet.signing import open_signer
from domain.messages.enrolment import authority_code
from tests.integration.central.conftest import NOW


def test_an_authority_outlives_restarts(tmp_path: Path) -> None:
    first, second = open_authority(tmp_path, NOW), open_authority(tmp_path, NOW + timedelta(days=400))
    assert first.der == second.der
    assert second.certificate.not_valid_after_utc == NOW + timedelta(days=3650)


def test_of_several_that_start_at_once_all_have_the_same_authority(tmp_path: Path) -> None:
    together_now = threading.Barrier(8)
    codes: list[str] = []

    def start() -> None:
        together_now.wait(30)
        codes.append(authority_code(open_authority(tmp_path, NOW).der))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(codes) == 8
    assert len(set(codes)) == 1
    assert {file.name for file in tmp_path.iterdir()} == {"authority.pem", "authority.crt"}


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    open_authority(tmp_path, NOW)
    (tmp_path / "authority.pem").chmod(0o640)
    with pytest.raises(AuthorityFault, match="0600"):
        open_authority(tmp_path, NOW)


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", together(new_authority(NOW).key, new_authority(NOW).certificate)]
)
def test_a_damaged_authority_is_named_and_never_made_anew(tmp_path: Path, content: bytes) -> None:
    open_authority(tmp_path, NOW)
    (tmp_path / "authority.pem").write_bytes(content)
    with pytest.raises(AuthorityFault):
        open_authority(tmp_path, NOW)
    assert (tmp_path / "authority.pem").read_bytes() == content


def test_a_link_in_the_place_of_a_key_is_not_followed(tmp_path: Path) -> None:
    open_authority(tmp_path / "real", NOW)
    (tmp_path / "authority.pem").symlink_to(tmp_path / "real" / "authority.pem")
    with pytest.raises(AuthorityFault):
        load_pair(tmp_path / "authority.pem")


def test_the_signing_key_is_another_and_is_renewed_half_through_its_life(tmp_path: Path) -> None:
    authority = open_authority(tmp_path, NOW)
    first = open_signer(tmp_path, authority, NOW)
    assert open_signer(tmp_path, authority, NOW + timedelta(days=364)).certificate == first.certificate
    assert open_signer(tmp_path, authority, NOW + timedelta(days=367)).certificate != first.certificate


def test_keys_stay_out_of_every_text(tmp_path: Path) -> None:
    authority = open_authority(tmp_path, NOW)
    signer = open_signer(tmp_path, authority, NOW)
    assert "key" not in repr(authority) + repr(signer)
