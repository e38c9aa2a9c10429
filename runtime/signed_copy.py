"""A signed document kept on disk, and the task that renews it.

    fetch ─▶ prove ─▶ compare version ─▶ check ─▶ write whole ─▶ use
               └──────────┴─────────────────┴───────┴── any failure: the last good one stays in use

A copy on disk is proved again whenever it is read. A damaged one is set aside and fetched again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from config.faults import Fault
from runtime.periodic import PeriodicTask
from runtime.task import REAL_TIME, Timing, described
from runtime.whole_file import read_private, set_aside, write_whole

log = logging.getLogger(__name__)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class CopyDamaged(Fault):
    """The file on disk is not what was signed."""

    code = "copy.damaged"


class ProofNotPossible(Fault):
    """It is not known yet by whom documents are proved: neither good nor bad."""

    code = "copy.proof_not_possible"


@dataclass(frozen=True, slots=True)
class Accepted(Generic[T_co]):
    """``changed`` is False for the document that was in use already."""

    value: T_co
    changed: bool


class SignedCopy(Generic[T]):
    """One document below ``file``. Any thread may read; one accepts.

    ``prove`` gives the meaning of its bytes once the signature was proved, and raises ``ProofNotPossible`` or
    any other exception. ``version`` orders documents. ``check`` raises for one that is signed and cannot be
    used here. ``rolled_back`` is the fault for an older one, and for another text under the same number.
    """

    def __init__(
        self,
        file: Path,
        prove: Callable[[bytes], T],
        version: Callable[[T], int],
        rolled_back: Callable[[str], Fault],
        check: Callable[[T], object] = lambda _: None,
    ) -> None:
        self.file = file
        self._prove = prove
        self._version = version
        self._rolled_back = rolled_back
        self._check = check
        self._in_use: T | None = None

    @property
    def in_use(self) -> T | None:
        """The last good document, from the disk at the first call; None where there is none."""
        if self._in_use is None:
            try:
                self._in_use = self.read()
            except Fault as fault:
                log.debug("%s is not used: %s", self.file.name, fault)
        return self._in_use

    def read(self) -> T | None:
        """The document on disk, proved now; None where there is none.

        Raises ``CopyDamaged``, ``ProofNotPossible``.
        """
        try:
            untrusted_content, _ = read_private(self.file)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CopyDamaged(f"{self.file.name}: {described(error)}") from error
        try:
            return self._prove(untrusted_content)
        except ProofNotPossible:
            raise
        except Exception as error:
            raise CopyDamaged(f"{self.file.name}: {described(error)}") from error

    def intact(self) -> bool:
        """Whether the disk holds a good document, as far as that can be said now. A damaged one is set aside
        here. Raises ``OSError`` where that is not possible."""
        try:
            return self.read() is not None
        except ProofNotPossible:
            return True
        except CopyDamaged as fault:
            log.warning("set aside: %s", fault)
            set_aside(self.file)
            return False

    def accept(self, untrusted_content: bytes) -> Accepted[T]:
        """Uses a newer document; on disk when it returns.

        Raises what ``prove`` and ``check`` raise, the fault of ``rolled_back``, ``OSError``; nothing changes
        then.
        """
        value = self._prove(untrusted_content)
        on_disk = self.intact()
        before = self.in_use
        if before is not None and self._not_after(value, before):
            if not on_disk and value == before:
                write_whole(self.file, untrusted_content, 0o600)
            return Accepted(before, changed=False)
        self._check(value)
        write_whole(self.file, untrusted_content, 0o600)
        self._in_use = value
        return Accepted(value, changed=True)

    def _not_after(self, value: T, before: T) -> bool:
        """Whether it is the one in use. Raises the fault of ``rolled_back`` for an older one."""
        said, had = self._version(value), self._version(before)
        if said < had or (said == had and value != before):
            raise self._rolled_back(f"version {said} after {had}")
        return said == had


class Copies(Protocol[T_co]):
    """Where fetched documents go; ``SignedCopy`` is one."""

    def intact(self) -> bool: ...

    def accept(self, untrusted_content: bytes, /) -> Accepted[T_co]: ...


Fetch = Callable[[str], tuple[bytes, str] | None]
"""Asks with the tag of the answer before; gives document and tag, None where nothing is newer. Raises."""


class Sync(PeriodicTask, Generic[T]):
    """Keeps a copy as new as its source. ``newer`` is called with each document that came into use."""

    def __init__(
        self,
        name: str,
        fetch: Fetch,
        copies: Copies[T],
        every_s: float,
        random: Callable[[], float],
        newer: Callable[[T], object] = lambda _: None,
        timing: Timing = REAL_TIME,
    ) -> None:
        super().__init__(name, every_s, random, timing=timing)
        self._fetch = fetch
        self._copies = copies
        self._newer = newer
        self._tag = ""

    def work(self) -> float | None:
        if not self._copies.intact():
            self._tag = ""  # else the source would say that nothing is newer
        answer = self._fetch(self._tag)
        if answer is None:
            return None
        untrusted_content, tag = answer
        accepted = self._copies.accept(untrusted_content)
        if accepted.changed:
            self._newer(accepted.value)
        # Last: one that could not be written, or used, is fetched again.
        self._tag = tag
        return None
