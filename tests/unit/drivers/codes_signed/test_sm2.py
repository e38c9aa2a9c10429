"""SM2 signatures against the standard's own example (GB/T 32918.5-2017, annex A) and hostile points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import sm2
from domain.codes.faults import CodeFault, Damaged, Forged
from tests.unit.drivers.codes_signed.samples import flipped

MESSAGE = b"message digest"
PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
X = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
Y = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
POINT = bytes.fromhex("04" + X + Y)
ZA = "B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3"
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)


def test_sm3_gives_the_digest_of_its_standard() -> None:
    """GB/T 32905-2016, annex A, example 1."""
    digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm2.sm3(b"abc").hex() == digest


def test_the_identity_hash_is_that_of_the_standard() -> None:
    assert sm2.identity_hash(POINT).hex().upper() == ZA


def test_the_public_key_of_the_standard_follows_from_its_private_key() -> None:
    assert sm2.PrivateKey(PRIVATE).public_key().point == POINT


def test_the_signature_of_the_standard_verifies_with_the_point_whole_and_compressed() -> None:
    sm2.PublicKey(POINT).verify(MESSAGE, SIGNATURE)
    compressed = sm2.PublicKey(POINT).compressed
    assert compressed == bytes.fromhex("03" + X)
    assert sm2.PublicKey(compressed).point == POINT
    sm2.PublicKey(compressed).verify(MESSAGE, SIGNATURE)


def test_every_bit_of_the_signature_matters() -> None:
    key = sm2.PublicKey(POINT)
    for changed in flipped(SIGNATURE):
        with pytest.raises(Forged):
            key.verify(MESSAGE, changed)


def test_every_bit_of_the_message_matters() -> None:
    key = sm2.PublicKey(POINT)
    for changed in flipped(MESSAGE):
        with pytest.raises(Forged):
            key.verify(changed, SIGNATURE)


def test_another_identity_is_another_signer() -> None:
    with pytest.raises(Forged):
        sm2.PublicKey(POINT, b"ALICE123@YAHOO.COM").verify(MESSAGE, SIGNATURE)


@pytest.mark.parametrize(("r", "s"), [(0, 1), (1, 0), (0, 0), (sm2.N, 1), (1, sm2.N), (sm2.N - 1, 1)])
def test_numbers_outside_their_range_are_no_signature(r: int, s: int) -> None:
    with pytest.raises(Forged):
        sm2.PublicKey(POINT).verify(MESSAGE, r.to_bytes(32) + s.to_bytes(32))


@pytest.mark.parametrize("size", [0, 1, 63, 65, 72])
def test_a_signature_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(Damaged):
        sm2.PublicKey(POINT).verify(MESSAGE, b"\x01" * size)


@pytest.mark.parametrize(
    "point",
    [
        b"",
        b"\x00",
        POINT[:-1],
        POINT + b"\x00",
        b"\x05" + POINT[1:],
        b"\x00" * 33,
        b"\x00" * 65,
        POINT[:-1] + bytes([POINT[-1] ^ 1]),
        b"\x04" + sm2.P.to_bytes(32) + POINT[33:],
        b"\x02" + (sm2.P + 1).to_bytes(32),
        b"\x04" + POINT[1:33] + sm2.P.to_bytes(32),
    ],
)
def test_what_is_no_point_of_the_curve_is_refused(point: bytes) -> None:
    with pytest.raises(Damaged):
        sm2.PublicKey(point)


def test_half_of_all_coordinates_have_no_point_and_are_refused() -> None:
    refused = 0
    for x in range(1, 41):
        try:
            sm2.whole_point(b"\x02" + x.to_bytes(32))
        except Damaged:
            refused += 1
    assert 0 < refused < 40


@given(st.binary(max_size=200), st.integers(1, sm2.N - 2))
def test_what_is_signed_verifies(content: bytes, number: int) -> None:
    key = sm2.PrivateKey(number)
    signature = key.sign(content)
    public = key.public_key()
    public.verify(content, signature)
    with pytest.raises(Forged):
        public.verify(content + b"\x00", signature)


@given(st.one_of(st.binary(max_size=70), st.binary(min_size=33, max_size=33)), st.binary(max_size=70))
def test_any_point_and_any_signature_get_a_typed_refusal(point: bytes, signature: bytes) -> None:
    with pytest.raises(CodeFault):
        sm2.PublicKey(point).verify(MESSAGE, signature)


@pytest.mark.parametrize("number", [0, -1, sm2.N - 1, sm2.N])
def test_no_private_key_is_made_outside_its_range(number: int) -> None:
    with pytest.raises(ValueError, match="private number"):
        sm2.PrivateKey(number)
