"""The arithmetic of keys, against published vectors."""

from __future__ import annotations

from domain.cards.algorithms import Algorithm
from domain.cards.keys import derived, encipher_blocks, enciphered

KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")


def test_sm4_gives_the_example_of_its_standard() -> None:
    """GB/T 32907-2016, A.1."""
    assert encipher_blocks(Algorithm.SM4, KEY, KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_a_key_of_two_equal_halves_is_single_des() -> None:
    """FIPS 81, table B1: "Now is t" under 0123456789ABCDEF."""
    key = bytes.fromhex("0123456789ABCDEF") * 2
    assert encipher_blocks(Algorithm.TRIPLE_DES, key, b"Now is t").hex() == "3fa40e8a984d4815"


def test_each_factor_gives_another_key_and_their_order_counts() -> None:
    for algorithm in (Algorithm.TRIPLE_DES, Algorithm.SM4):
        one, two = b"factor 1", b"factor 2"
        keys = {derived(algorithm, KEY, factors) for factors in ([], [one], [two], [one, two], [two, one])}
        assert len(keys) == 5
        assert {len(key) for key in keys} == {16}


def test_a_cryptogram_depends_on_seed_and_content() -> None:
    for algorithm in (Algorithm.TRIPLE_DES, Algorithm.SM4):
        made = {
            enciphered(algorithm, KEY, seed, content)
            for seed in (b"a" * 8, b"b" * 8)
            for content in (b"c" * 8, b"d" * 8)
        }
        assert len(made) == 4
        assert {len(cryptogram) for cryptogram in made} == {8}
