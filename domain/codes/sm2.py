"""SM2 signatures (GB/T 32918.2 on the curve of GB/T 32918.5) with SM3, over the system's libcrypto.

The arithmetic is OpenSSL's; what is done here is what the standard puts around it: points, the hash ZA of
a signer's identity, and signatures as r and s. The choice of library: docs/decisions/0010-sm2.md.
"""

from __future__ import annotations

import ctypes
import weakref
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_size_t, c_ubyte, c_void_p
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SM3, Hash

from domain.codes.faults import Damaged, Forged, NotChecked

LIBRARY = "libcrypto.so.3"
DEFAULT_ID = b"1234567812345678"
"""The signer's identity where the parties agreed on none (GM/T 0009, section 10)."""
SIGNATURE_BYTES = 64
COMPRESSED_BYTES, WHOLE_BYTES = 33, 65
COMPRESSED_EVEN, COMPRESSED_ODD, WHOLE = 2, 3, 4

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G_X = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
G_Y = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
CURVE = b"".join(number.to_bytes(32) for number in (A, B, G_X, G_Y))

KEY_PREFIX = bytes.fromhex("3059301306072A8648CE3D020106082A811CCF5501822D034200")
"""SubjectPublicKeyInfo of an SM2 key (RFC 5480, curve 1.2.156.10197.1.301) before its 65-byte point."""
PRIVATE_PREFIX = bytes.fromhex("30310201010420")
PRIVATE_SUFFIX = bytes.fromhex("A00A06082A811CCF5501822D")
"""ECPrivateKey (RFC 5915) around a private number of 32 bytes."""


def sm3(content: bytes) -> bytes:
    """GB/T 32905, 32 bytes."""
    hash = Hash(SM3())
    hash.update(content)
    return hash.finalize()


def whole_point(untrusted_point: bytes) -> bytes:
    """04, x and y of a point given compressed (33 bytes) or whole (65). Raises ``Damaged`` off the curve."""
    length, form = len(untrusted_point), untrusted_point[:1]
    x = int.from_bytes(untrusted_point[1:33])
    if x >= P:
        raise Damaged("a coordinate beyond the field")
    square = (x * x * x + A * x + B) % P
    if length == COMPRESSED_BYTES and form[0] in (COMPRESSED_EVEN, COMPRESSED_ODD):
        y = pow(square, (P + 1) // 4, P)
        if y % 2 != form[0] % 2:
            y = P - y
    elif length == WHOLE_BYTES and form[0] == WHOLE:
        y = int.from_bytes(untrusted_point[33:])
    else:
        raise Damaged("no point")
    if y >= P or y * y % P != square:
        raise Damaged("a point that is not on the curve")
    return bytes([WHOLE]) + x.to_bytes(32) + y.to_bytes(32)


def identity_hash(point: bytes, id: bytes = DEFAULT_ID) -> bytes:
    """ZA of GB/T 32918.2, section 5.5. ``point`` is whole."""
    return sm3((len(id) * 8).to_bytes(2) + id + CURVE + point[1:])


class PublicKey:
    """Of one signer, who signs as ``id``. Raises ``Damaged`` where the point is not on the curve,
    ``NotChecked`` where the machine's libcrypto has no SM2. May be used from any thread."""

    def __init__(self, untrusted_point: bytes, id: bytes = DEFAULT_ID) -> None:
        self.point = whole_point(untrusted_point)
        self._identity = identity_hash(self.point, id)
        self._key = _key(_library().d2i_PUBKEY, KEY_PREFIX + self.point)
        weakref.finalize(self, _library().EVP_PKEY_free, self._key)

    @property
    def compressed(self) -> bytes:
        return bytes([COMPRESSED_EVEN + self.point[-1] % 2]) + self.point[1:33]

    def verify(self, content: bytes, untrusted_signature: bytes) -> None:
        """``untrusted_signature`` is r and s, 32 bytes each. Raises ``Forged``."""
        if len(untrusted_signature) != SIGNATURE_BYTES:
            raise Damaged("no SM2 signature")
        r, s = (int.from_bytes(half) for half in (untrusted_signature[:32], untrusted_signature[32:]))
        encoded, digest = encode_dss_signature(r, s), sm3(self._identity + content)
        library = _library()
        context = library.EVP_PKEY_CTX_new(self._key, None)
        try:
            done = library.EVP_PKEY_verify_init(context) == 1
            if not done or library.EVP_PKEY_verify(context, encoded, len(encoded), digest, len(digest)) != 1:
                library.ERR_clear_error()
                raise Forged("SM2")
        finally:
            library.EVP_PKEY_CTX_free(context)


@lru_cache(maxsize=32)
def remembered_key(point: bytes) -> PublicKey:
    """For the keys of authorities and issuers, which are few and come with every code."""
    return PublicKey(point)


class PrivateKey:
    """For the side that makes codes. ``number`` is 1 to n - 2."""

    def __init__(self, number: int, id: bytes = DEFAULT_ID) -> None:
        if not 0 < number < N - 1:
            raise ValueError("no private number of SM2")
        self._id = id
        encoded = PRIVATE_PREFIX + number.to_bytes(32) + PRIVATE_SUFFIX
        self._key = _key(_library().d2i_AutoPrivateKey, encoded)
        weakref.finalize(self, _library().EVP_PKEY_free, self._key)

    def public_key(self) -> PublicKey:
        library, out = _library(), POINTER(c_ubyte)()
        length = library.i2d_PUBKEY(self._key, byref(out))
        if length < WHOLE_BYTES:
            raise NotChecked("no public key from libcrypto")
        try:
            return PublicKey(ctypes.string_at(out, length)[-WHOLE_BYTES:], self._id)
        finally:
            library.CRYPTO_free(out, b"", 0)

    def sign(self, content: bytes) -> bytes:
        """r and s, 32 bytes each."""
        digest = sm3(identity_hash(self.public_key().point, self._id) + content)
        library, signature, length = _library(), ctypes.create_string_buffer(128), c_size_t(128)
        context = library.EVP_PKEY_CTX_new(self._key, None)
        try:
            done = library.EVP_PKEY_sign_init(context) == 1
            if not done or library.EVP_PKEY_sign(context, signature, byref(length), digest, len(digest)) != 1:
                library.ERR_clear_error()
                raise NotChecked("libcrypto does not sign with SM2")
        finally:
            library.EVP_PKEY_CTX_free(context)
        r, s = decode_dss_signature(signature.raw[: length.value])
        return r.to_bytes(32) + s.to_bytes(32)


def _key(read: Any, encoded: bytes) -> c_void_p:
    """Python's TLS reads the same error queue: what fails here leaves nothing in it."""
    key = read(None, byref(c_char_p(encoded)), len(encoded))
    if not key:
        _library().ERR_clear_error()
        raise NotChecked("libcrypto has no SM2")
    return c_void_p(key)


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    """Raises ``NotChecked`` where there is none."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        raise NotChecked(f"{LIBRARY} is missing") from None
    pointer, bytes_ = c_void_p, c_char_p
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "d2i_PUBKEY": (pointer, [pointer, POINTER(c_char_p), c_long]),
        "d2i_AutoPrivateKey": (pointer, [pointer, POINTER(c_char_p), c_long]),
        "i2d_PUBKEY": (c_int, [pointer, POINTER(POINTER(c_ubyte))]),
        "EVP_PKEY_free": (None, [pointer]),
        "EVP_PKEY_CTX_new": (pointer, [pointer, pointer]),
        "EVP_PKEY_CTX_free": (None, [pointer]),
        "EVP_PKEY_verify_init": (c_int, [pointer]),
        "EVP_PKEY_verify": (c_int, [pointer, bytes_, c_size_t, bytes_, c_size_t]),
        "EVP_PKEY_sign_init": (c_int, [pointer]),
        "EVP_PKEY_sign": (c_int, [pointer, bytes_, POINTER(c_size_t), bytes_, c_size_t]),
        "ERR_clear_error": (None, []),
        "CRYPTO_free": (None, [pointer, bytes_, c_int]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
