"""Amounts of money (BV, CC, JF), free text in SIP2 2.00. Pure.

Read are ``12``, ``12.5``, ``12.50``, ``¥12.50``, ``CNY0.0`` (dp2), ``12.50元`` and ``1,234.50``. A comma
before one or two digits may be a decimal comma or a mistake: such an amount is unreadable and left to a
clerk. """

from __future__ import annotations

import re
import unicodedata

_MONEY_SIGNS = re.compile(r"^(?:cny|rmb|人民币|¥|￥|\$|€|£)?\s*|\s*(?:cny|rmb|元|¥)?$")
_PLAIN = re.compile(r"(\d{1,9})(?:\.(\d{1,2})0*)?", re.ASCII)
_GROUPED = re.compile(r"(\d{1,3})((?:,\d{3})+)\.(\d{1,2})", re.ASCII)


def fen_of(untrusted_text: str) -> int | None:
    """An amount in fen; 0 when empty, None when unreadable or negative."""
    written = unicodedata.normalize("NFKC", untrusted_text).strip().casefold()
    amount = _MONEY_SIGNS.sub("", written)
    if not amount:
        return 0
    if found := _PLAIN.fullmatch(amount):
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if found := _GROUPED.fullmatch(amount):
        whole = found[1] + found[2].replace(",", "")
        return int(whole) * 100 + int(found[3].ljust(2, "0"))
    return None


def amount_of(fen: int) -> str:
    """An amount as this protocol writes it: ``12.50``."""
    return f"{fen // 100}.{fen % 100:02d}"
