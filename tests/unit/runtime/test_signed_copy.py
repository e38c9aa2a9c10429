"""Signed copies: nothing older, nothing damaged, nothing half; whatever failed is tried again."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.faults import Fault
from runtime.signed_copy import CopyDamaged, ProofNotPossible, SignedCopy, Sync


class Older(Fault):
    code = "copy.older"


class Unfit(Fault):
    code = "copy.unfit"


@dataclass(frozen=True)
class Said:
    version: int
    text: str


def document(version: int, text: str = "") -> bytes:
    return json.dumps({"version": version, "text": text, "signature": "good"}).encode()


def prove(untrusted: bytes) -> Said:
    found = json.loads(untrusted)
    if found["signature"] != "good":
        raise Unfit("signature")
    return Said(found["version"], found["text"])


def check(said: Said) -> None:
    if said.text == "unfit":
        raise Unfit(said.text)


def copy_in(folder: Path) -> SignedCopy[Said]:
    return SignedCopy(folder / "it.signed.json", prove, lambda it: it.version, Older, check)


def test_a_newer_document_comes_into_use_and_outlives_a_restart(tmp_path: Path) -> None:
    copy = copy_in(tmp_path)
    assert copy.in_use is None
    assert copy.accept(document(1)).changed
    assert copy.accept(document(2)).changed
    assert not copy.accept(document(2)).changed
    assert copy_in(tmp_path).in_use == Said(2, "")
    assert copy.file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "untrusted",
    [
        document(1),
        document(2, "another text"),
        document(3, "unfit"),
        document(3).replace(b"good", b"evil"),
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        b"<html>502 Bad Gateway</html>",
    ],
)
def test_what_is_older_unproved_or_unfit_changes_nothing(tmp_path: Path, untrusted: bytes) -> None:
    copy = copy_in(tmp_path)
    copy.accept(document(2))
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever the proof raises)
        copy.accept(untrusted)
    assert copy.in_use == Said(2, "")
    assert copy_in(tmp_path).in_use == Said(2, "")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["", "a"])), max_size=12))
def test_the_version_in_use_never_falls(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[int, str]]
) -> None:
    copy = copy_in(tmp_path_factory.mktemp("copies"))
    newest: tuple[int, str] | None = None
    for version, text in said:
        try:
            copy.accept(document(version, text))
        except Older:
            assert newest is not None
            assert version < newest[0] or (version == newest[0] and text != newest[1])
        else:
            assert newest is None or version >= newest[0]
            newest = (version, text)
    assert copy.in_use == (Said(*newest) if newest else None)


DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda whole: b"",
    lambda whole: whole[: len(whole) // 2],
    lambda whole: whole.replace(b"good", b"gooe"),
    lambda whole: b"\0" * len(whole),
    lambda whole: b"[]",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_fetched_again(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    copy = copy_in(tmp_path)
    copy.accept(document(3))
    copy.file.write_bytes(damage(document(3)))
    asked: list[str] = []

    def fetch(tag: str) -> tuple[bytes, str] | None:
        asked.append(tag)
        return None if tag == "t3" else (document(3), "t3")

    fresh = copy_in(tmp_path)
    with pytest.raises(CopyDamaged):
        fresh.read()
    used: list[Said] = []
    sync = Sync("it", fetch, fresh, 60.0, lambda: 0.5, used.append)
    sync.step()
    assert used == [Said(3, "")]
    assert copy_in(tmp_path).in_use == Said(3, "")
    assert (tmp_path / "it.signed.json.damaged").exists()
    copy.file.write_bytes(damage(document(3)))  # and while it runs
    sync.step()
    assert asked == ["", ""]
    assert fresh.in_use == Said(3, "")
    assert copy_in(tmp_path).in_use == Said(3, "")


def test_damage_does_not_open_the_way_for_an_older_document(tmp_path: Path) -> None:
    copy = copy_in(tmp_path)
    copy.accept(document(3))
    copy.file.write_bytes(b"")
    with pytest.raises(Older):
        copy.accept(document(2))
    assert copy.in_use == Said(3, "")


def test_a_copy_nobody_can_prove_yet_is_left_as_it_is(tmp_path: Path) -> None:
    def not_yet(untrusted: bytes) -> Said:
        raise ProofNotPossible

    copy_in(tmp_path).accept(document(1))
    waiting = SignedCopy(tmp_path / "it.signed.json", not_yet, lambda it: it.version, Older)
    assert waiting.in_use is None
    assert waiting.intact()
    assert copy_in(tmp_path).in_use == Said(1, "")


def test_a_full_disk_is_tried_again_in_the_next_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FC-57. A real full disk is in tests/faults."""
    full = [True]
    asked: list[str] = []

    def fetch(tag: str) -> tuple[bytes, str] | None:
        asked.append(tag)
        return document(1), "t1"

    def check_disk(said: Said) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, "No space left on device")

    copy = SignedCopy(tmp_path / "it", prove, lambda it: it.version, Older, check_disk)
    sync = Sync("it", fetch, copy, 60.0, lambda: 0.5)
    assert sync.step() < 60.0
    assert sync.health().fault == "OSError.ENOSPC"
    full[0] = False
    sync.step()
    assert asked == ["", ""]
    assert copy.in_use == Said(1, "")


def test_a_document_that_could_not_be_used_is_fetched_again(tmp_path: Path) -> None:
    tags: list[str] = []

    def fetch(tag: str) -> tuple[bytes, str] | None:
        tags.append(tag)
        return document(1), "t1"

    def newer(said: Said) -> None:
        raise KeyError("x")

    sync = Sync("it", fetch, copy_in(tmp_path), 60.0, lambda: 0.5, newer)
    sync.step()
    sync.step()
    sync.step()
    assert tags == ["", "", "t1"]
