"""Passwords of officials: argon2id, few at a time, and the same time for unknown names."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

from central.officials.faults import PasswordWeak

SHORTEST, LONGEST = 12, 128
LEAST_DIFFERENT = 6
AT_A_TIME = 2
"""Each check takes 64 MiB and a tenth of a second: a crowd of guesses waits and slows no terminal."""
SYLLABLES = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Nothing that looks like something else."""
GROUPS, GROUP = 4, 5


class Passwords:
    """``hasher`` is argon2id with its costs; a test may take cheaper ones."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._few = threading.BoundedSemaphore(AT_A_TIME)

    @cached_property
    def _nobody(self) -> str:
        """Hash checked in place of a missing account. Made by the first check: a centre without sign-ins
        starts without it.
        """
        return self._hasher.hash("")

    def hashed(self, password: str) -> str:
        with self._few:
            return self._hasher.hash(password)

    def right(self, stored: str | None, password: str) -> bool:
        """``stored`` is None for a name without an account."""
        with self._few:
            nobody = self._nobody
            try:
                matches = self._hasher.verify(stored or nobody, password[: LONGEST + 1])
            except (Argon2Error, InvalidHashError):
                return False
        return matches and stored is not None


def check_strength(password: str, name: str) -> None:
    """Raises ``PasswordWeak``."""
    plain = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordWeak("length")
    if len(set(plain)) < LEAST_DIFFERENT or name.casefold() in plain:
        raise PasswordWeak("plain")


def one_time(random_below: Callable[[int], int]) -> str:
    """A password to be read out once: a hundred bits in groups of five."""
    groups = ("".join(SYLLABLES[random_below(len(SYLLABLES))] for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
