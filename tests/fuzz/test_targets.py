"""Any bytes at all, to every parser that meets strangers; the guided search is ``make fuzz``."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target, seeds, survives

MOST_S = 2.0
"""Of the processor's time: nobody's bytes keep a parser busy, and a busy machine is not their doing."""


def survives_soon(target: Target, untrusted: bytes) -> None:
    began = time.thread_time()
    survives(target, untrusted)
    assert time.thread_time() - began < MOST_S


@pytest.mark.parametrize("name", TARGETS)
@given(untrusted=st.binary(max_size=2048))
@example(b"")
@example(b"\x00" * 2048)
@example(b"\xff" * 2048)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_strangers_bytes_are_taken_or_refused_by_name(name: str, untrusted: bytes) -> None:
    survives_soon(TARGETS[name], untrusted)


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(max_examples=300)
def test_a_good_input_with_some_bytes_changed_is_taken_or_refused_by_name(
    name: str, data: st.DataObject
) -> None:
    changed = bytearray(data.draw(st.sampled_from(seeds(name))) or b"\x00" * 16)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    survives_soon(TARGETS[name], bytes(changed))
