"""Master keys of virtual cards, virtual PSAMs and the demonstration's HSM. They read as what they are."""

from __future__ import annotations

from collections.abc import Mapping

TEST_CARD_KEYS: Mapping[tuple[str, str], bytes] = {
    ("3DES", "internal"): b"TEST KEY 3DES IA",
    ("3DES", "read"): b"TEST KEY 3DES RK",
    ("SM4", "internal"): b"TEST KEY SM4  IA",
    ("SM4", "read"): b"TEST KEY SM4  RK",
}
"""By algorithm and use, 16 bytes each."""

TEST_PERSONALISATION_KEY = b"TEST KEY 3DES PK"
"""Writes virtual blank cards; 3DES, 16 bytes."""
