"""Bytes of strangers: bombs are refused at once, and whatever comes the answer is a typed refusal."""

from __future__ import annotations

import time

import cbor2
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from domain.codes import base45, cbor, cose, e_card, ride_code
from domain.codes.code import RideCode, SignedECard
from domain.codes.faults import CodeFault, Damaged
from domain.codes.replay import Admission, Use
from domain.codes.trust import ClockReading
from domain.codes.verification import verify
from tests.unit.drivers.codes_signed.samples import (
    ANCHORS,
    HERE,
    ISSUER_KEY,
    KEY_ID,
    NOW,
    PHONE_KEY,
    bytes_in,
    e_card_text,
    ride_code_bytes,
    text_of,
)

TEXT, RIDE = e_card_text(), ride_code_bytes()
AT_ONCE_S = 0.05
"""Of this thread's own time: what else the machine does is not counted."""


class NothingUsed:
    """No code gets as far as the table in these tests."""

    def admit(self, use: Use, now: object) -> Admission:
        raise AssertionError("a hostile code was believed")


def answer(code: str | bytes) -> None:
    """The refusal as it comes; an exception of any other kind fails the test."""
    shown = SignedECard(code) if isinstance(code, str) else RideCode(code)
    verify(shown, ANCHORS, ClockReading(NOW, True), HERE, NothingUsed())


@pytest.mark.parametrize(
    "bomb",
    [
        b"\x81" * 270,
        b"\xa1\x01" * 135,
        b"\xd2" * 270,
        b"\x84" + b"\x9f" * 200,
        b"\x5b" + b"\xff" * 8,
        b"\x5f" + b"\x41a" * 80,
        b"\x9b" + b"\xff" * 8,
        b"\xbb" + b"\x7f" + b"\xff" * 7,
        b"\x9a\xff\xff\xff\xff" * 40,
        b"\x84" + b"\x98\xff" * 120,
    ],
)
def test_a_cbor_bomb_is_refused_at_once(bomb: bytes) -> None:
    began = time.thread_time()
    with pytest.raises(Damaged):
        cbor.decode(bomb)
    with pytest.raises(Damaged):
        answer(text_of(cose.TAG + bomb[: e_card.LONGEST - 1]))
    assert time.thread_time() - began < AT_ONCE_S


@pytest.mark.parametrize("text", ["0" * 10_000_000, ":::" * 100_000, "A" * 419])
def test_a_text_too_long_is_refused_before_it_is_decoded(text: str) -> None:
    shown = e_card.PREFIX + text
    began = time.thread_time()
    with pytest.raises(Damaged):
        answer(shown)
    assert time.thread_time() - began < AT_ONCE_S


def test_a_ride_code_of_any_other_length_is_refused_at_once() -> None:
    contents = (b"", b"\x81", b"\x81\xff\xff" + b"\x00" * 5_000_000, RIDE * 1000)
    began = time.thread_time()
    for content in contents:
        with pytest.raises(Damaged):
            answer(content)
    assert time.thread_time() - began < AT_ONCE_S


@pytest.mark.parametrize(
    "item",
    [
        b"\x18\x17",
        b"\x19\x00\xff",
        b"\x1a\x00\x00\xff\xff",
        b"\x1b\x00\x00\x00\x00\xff\xff\xff\xff",
        b"\x58\x01a",
        b"\xa2\x02\x00\x01\x00",
        b"\xa2\x01\x00\x01\x00",
        b"\xa1\xf5\x00",
        b"\xa1\x41a\x00",
        b"\xf6",
        b"\xf9\x3c\x00",
        b"\xc0\x00",
        b"\x61\xff",
        b"\x00\x00",
        b"",
    ],
    ids=lambda item: item.hex() or "nothing",
)
def test_there_is_one_way_to_write_each_item(item: bytes) -> None:
    with pytest.raises(Damaged):
        cbor.decode(item)


@pytest.mark.parametrize(
    ("content", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")]
)
def test_base45_is_that_of_its_standard(content: bytes, text: str) -> None:
    """RFC 9285, section 4.3."""
    assert base45.encode(content) == text
    assert base45.decode(text, 10) == content


@pytest.mark.parametrize("text", ["::", "GGW", ":::", "A", "ab0", "0Ä0", "BB8 "])
def test_base45_beyond_its_bytes_is_refused(text: str) -> None:
    with pytest.raises(Damaged):
        base45.decode(text, 100)


@given(st.binary(max_size=276))
def test_base45_returns_what_went_in(content: bytes) -> None:
    assert base45.decode(base45.encode(content), 276) == content


@given(st.text(max_size=30), st.text(alphabet=base45.ALPHABET, max_size=30))
def test_there_is_one_text_for_each_content(any_text: str, likely: str) -> None:
    for text in (any_text, likely):
        try:
            content = base45.decode(text, 20)
        except Damaged:
            continue
        assert base45.encode(content) == text


VALUES = st.recursive(
    st.one_of(st.integers(-(2**64), 2**64 - 1), st.binary(max_size=40), st.text(max_size=20), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.integers(-(2**16), 2**16), st.text(max_size=5)), inner, max_size=4),
    ),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_read_is_written_the_same_way(value: object) -> None:
    content = cbor2.dumps(value, canonical=True)
    try:
        read = cbor.decode(content)
    except Damaged:
        event("refused")
        return
    assert read == value
    assert cbor.encode(read) == content


@given(st.binary(max_size=300))
def test_any_bytes_are_an_item_or_damaged(content: bytes) -> None:
    try:
        value = cbor.decode(content)
    except Damaged:
        return
    assert cbor2.loads(content) == value


@given(st.text(max_size=500))
def test_any_text_gets_a_typed_refusal(text: str) -> None:
    for shown in (text, e_card.PREFIX + text):
        with pytest.raises(CodeFault):
            answer(shown)


@given(st.binary(max_size=400))
def test_any_bytes_get_a_typed_refusal(content: bytes) -> None:
    with pytest.raises(CodeFault):
        answer(content)
    with pytest.raises(CodeFault):
        answer(text_of(content[: e_card.LONGEST]))
    with pytest.raises(CodeFault):
        answer(text_of(cose.TAG + content[: e_card.LONGEST - 1]))


@given(st.integers(0, len(RIDE) - 1), st.binary(min_size=1, max_size=20))
def test_a_ride_code_written_over_gets_a_typed_refusal(at: int, other: bytes) -> None:
    changed = (RIDE[:at] + other + RIDE[at + len(other) :])[: len(RIDE)]
    if changed == RIDE:
        return
    with pytest.raises(CodeFault):
        answer(changed)


@given(st.binary(min_size=ride_code.SHORTEST - 3, max_size=ride_code.LONGEST - 3))
def test_anything_shaped_like_a_ride_code_gets_a_typed_refusal(rest: bytes) -> None:
    shaped = b"\x81" + len(rest).to_bytes(2) + rest
    assert ride_code.has_shape(shaped)
    with pytest.raises(CodeFault):
        answer(shaped)


@settings(max_examples=200)
@given(VALUES, VALUES)
def test_whatever_an_issuer_or_a_phone_signs_gets_a_typed_refusal(claims: object, shown: object) -> None:
    """Worse than a stranger: rubbish under good signatures."""
    issuer, phone = cose.signing_with(ISSUER_KEY), cose.signing_with(PHONE_KEY)
    credential = cose.make({cose.KEY_ID: KEY_ID}, cbor.encode(claims), issuer)
    good = e_card.take_apart(TEXT).presentation.payload
    for content in (
        cose.make({cose.CWT_CLAIMS: {6: 1, 7: b"once"}}, credential, phone),
        cose.make({cose.CWT_CLAIMS: shown}, good, phone),
        cose.make({cose.KEY_ID: shown}, good, phone),
    ):
        with pytest.raises(CodeFault):
            answer(text_of(content))


@given(st.integers(0, len(bytes_in(TEXT)) - 1), st.binary(max_size=12))
def test_an_electronic_card_written_over_gets_a_typed_refusal(at: int, other: bytes) -> None:
    content = bytes_in(TEXT)
    changed = content[:at] + other + content[at + len(other) :]
    if changed == content or len(changed) > e_card.LONGEST:
        return
    with pytest.raises(CodeFault):
        answer(text_of(changed))
