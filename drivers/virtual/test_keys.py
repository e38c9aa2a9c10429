"""Keys of virtual cards and virtual PSAMs. Visibly test keys: they read so."""

from __future__ import annotations

from config.test_card_keys import TEST_CARD_KEYS
from domain.cards.algorithms import Algorithm
from drivers.cards.psam import KeyUse

MASTER_KEYS = {
    (Algorithm(algorithm), KeyUse[use.upper()]): key for (algorithm, use), key in TEST_CARD_KEYS.items()
}
