"""A new PIN, sealed for a bank as soon as it is typed: carries out ``SealPin``."""

from __future__ import annotations

from collections.abc import Callable

from domain.messages.sealed_pin import SealBroken, seal_pin
from terminal.visit.events import PinChecked, Typed


class PinSealing:
    """``post`` receives ``Typed`` with the sealed form, or ``PinChecked`` with the fault's code."""

    def __init__(self, post: Callable[[Typed | PinChecked], None]) -> None:
        self._post = post

    def __call__(self, into: str, key: str, account: str, pin: str) -> None:
        try:
            self._post(Typed(((into, seal_pin(pin, key, account)),)))
        except SealBroken as fault:
            self._post(PinChecked(fault.code))
