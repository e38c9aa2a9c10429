"""Base45 (RFC 9285), strict: two bytes as three characters of a QR code's alphanumeric alphabet."""

from __future__ import annotations

from domain.codes.faults import Damaged

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(content: bytes) -> str:
    text = []
    for at in range(0, len(content), 2):
        pair = content[at : at + 2]
        rest, low = divmod(int.from_bytes(pair), 45)
        high, middle = divmod(rest, 45)
        text.append(ALPHABET[low] + ALPHABET[middle] + (ALPHABET[high] if len(pair) == 2 else ""))
    return "".join(text)


def decode(untrusted_text: str, longest: int) -> bytes:
    """At most ``longest`` bytes; a longer text is refused before anything is decoded. Raises ``Damaged``.

    There is one text for each content: what ``encode`` would not have written is refused.
    """
    if len(untrusted_text) > longest // 2 * 3 + longest % 2 * 2 or len(untrusted_text) % 3 == 1:
        raise Damaged("base45 of impossible length")
    try:
        values = [VALUES[character] for character in untrusted_text]
    except KeyError:
        raise Damaged("not base45") from None
    content = bytearray()
    for at in range(0, len(values), 3):
        group = values[at : at + 3]
        number = sum(value * 45**place for place, value in enumerate(group))
        size = len(group) - 1
        if number >= 256**size:
            raise Damaged("base45 beyond its bytes")
        content += number.to_bytes(size)
    return bytes(content)
