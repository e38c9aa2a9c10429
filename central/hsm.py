"""The module that holds the master keys of cards for terminals without a PSAM.

A city's own HSM stands behind ``Hsm``; the software one here is for the demonstration and computes with
test keys. Only enrolled terminals may ask, for few cards in a minute: collected answers
would let a stranger answer in a card's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from config.faults import Fault
from domain.cards.algorithms import Algorithm
from domain.cards.keys import derived, enciphered
from domain.messages.cryptograms import CryptogramMessage, CryptogramRequest

MOST_A_MINUTE = 60
"""Cards of one terminal: four times what a busy bus sees."""


class Hsm(Protocol):
    """Raises ``HsmFault`` with a fault code of the area ``sam`` for what it cannot make."""

    def cryptogram(
        self, algorithm: str, use: str, region: str, factor: bytes, seed: bytes, content: bytes
    ) -> bytes: ...


class HsmFault(Fault):
    """``reason`` is the fault code sent to the terminal."""

    code = "sam.fault"

    def __init__(self, reason: str) -> None:
        Fault.__init__(self, reason)
        self.reason = reason


class SoftwareHsm:
    """Ministry's keys by algorithm and use, 16 bytes each; derives province, city and card in turn."""

    def __init__(self, master_keys: Mapping[tuple[str, str], bytes]) -> None:
        self._master_keys = master_keys

    def cryptogram(
        self, algorithm: str, use: str, region: str, factor: bytes, seed: bytes, content: bytes
    ) -> bytes:
        if algorithm not in (Algorithm.TRIPLE_DES.value, Algorithm.SM4.value):
            raise HsmFault("sam.algorithm")
        key = self._master_keys.get((algorithm, use))
        if key is None:
            raise HsmFault("sam.key_missing")
        cipher = Algorithm(algorithm)
        province, city = f"{region[:2]}0000sh".encode(), f"{region}sx".encode()
        return enciphered(cipher, derived(cipher, key, (province, city, factor)), seed, content)


def cryptograms(hsm: Hsm, request: CryptogramRequest) -> tuple[CryptogramMessage, ...]:
    """One for each challenge, in order."""
    return tuple(_made(hsm, request, number) for number in range(len(request.challenges)))


def _made(hsm: Hsm, request: CryptogramRequest, number: int) -> CryptogramMessage:
    challenge = request.challenges[number]
    try:
        made = hsm.cryptogram(
            request.algorithm,
            challenge.use,
            request.identification_code[:6],
            bytes.fromhex(request.factor),
            bytes.fromhex(challenge.seed),
            bytes.fromhex(challenge.content),
        )
    except HsmFault as fault:
        return CryptogramMessage(code=fault.reason)
    return CryptogramMessage(cryptogram=made.hex().upper())
