"""One-time codes for binding an electronic card to a phone: made here, for one person at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from terminal.services.catalogue.phone_binding import FRESH
from terminal.visit.events import Answered

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS = 26
"""130 bits: the hash at the centre does not lead back to the code."""

RandomBelow = Callable[[int], int]


class BindingCodes:
    """``address``: the page that phones open. ``post`` receives ``Answered``. Called on the kiosk's thread.
    """

    def __init__(self, address: str, random_below: RandomBelow, post: Callable[[Answered], None]) -> None:
        self._address = address
        self._random_below = random_below
        self._post = post

    def make(self) -> None:
        code = "".join(ALPHABET[self._random_below(len(ALPHABET))] for _ in range(CHARACTERS))
        hashed = hashlib.sha256(code.encode()).hexdigest()
        self._post(Answered(FRESH, {"code": code, "hash": hashed, "address": self._address}))
