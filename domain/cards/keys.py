"""How the key of one card is derived from a master key, and 8 bytes enciphered with it. Pure; knows no key.

Derivation and session keys follow the PBOC card specifications that the social-security card was made
after: left half 3DES of the factor, right half 3DES of its complement; the session key is 3DES of the
seed, and 8 bytes are enciphered under it by DES. For SM4 no published form was found: here one SM4 block
takes factor and complement together, and its halves are folded into 8 bytes. Real cards, PSAMs and HSMs do
their own; the terminal only carries the 8 bytes between them.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from domain.cards.algorithms import Algorithm


def derived(algorithm: Algorithm, key: bytes, factors: Iterable[bytes]) -> bytes:
    """The key of 16 bytes below ``key`` after one derivation for each factor of 8 bytes, in order."""
    for factor in factors:
        key = encipher_blocks(algorithm, key, factor + _complement(factor))
    return key


def enciphered(algorithm: Algorithm, key: bytes, seed: bytes, content: bytes) -> bytes:
    """8 bytes of content under the session key made of 8 bytes of seed."""
    if algorithm is Algorithm.SM4:
        session = encipher_blocks(algorithm, key, seed + _complement(seed))
        block = encipher_blocks(algorithm, session, content + _complement(content))
        return bytes(left ^ right for left, right in zip(block[:8], block[8:], strict=True))
    session = encipher_blocks(algorithm, key, seed)
    return encipher_blocks(algorithm, session * 2, content)


def _complement(block: bytes) -> bytes:
    return bytes(octet ^ 0xFF for octet in block)


def encipher_blocks(algorithm: Algorithm, key: bytes, content: bytes) -> bytes:
    """Whole blocks, each by itself: 8 bytes with 3DES (DES when both key halves agree), 16 with SM4."""
    cipher = SM4(key) if algorithm is Algorithm.SM4 else TripleDES(key + key[:8])
    encryptor = Cipher(cipher, ECB()).encryptor()  # noqa: S305 - what cards do, on single random blocks
    return encryptor.update(content) + encryptor.finalize()
