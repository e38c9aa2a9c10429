"""Money is integer fen everywhere; here it becomes what people read and type."""

from __future__ import annotations

import re

TYPED = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)


def yuan(fen: int) -> str:
    """``123456`` → ``1,234.56``."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{part:02d}"


def fen_of(typed: str) -> int | None:
    """Amount typed in yuan, as fen; None for invalid input. Never through a float."""
    if not TYPED.fullmatch(typed):
        return None
    whole, _, part = typed.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))
