"""Figures as people of each language say them. Pure; never rounded up to what is not reached."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

WAN, YI = 10_000, 100_000_000
MILLION = 1_000_000


def count(number: int, language: str) -> str:
    """``3928000`` → ``392.8 万``, ``3.928 million``; below a million as it is, ``62,769``."""
    if number < MILLION:
        return f"{number:,}"
    if language == "zh":
        return (
            f"{_plain(Decimal(number) / (YI if number >= YI else WAN), 2)} {'亿' if number >= YI else '万'}"
        )
    return f"{_plain(Decimal(number) / MILLION, 4)} million"


def money(fen: int, language: str) -> tuple[str, str]:
    """The figure and its unit: ``("70.21", "亿元")``, ``("7.021", "billion yuan")``."""
    amount = Decimal(fen) / 100
    if language == "zh":
        if abs(amount) >= YI:
            return _plain(amount / YI, 2), "亿元"
        if abs(amount) >= WAN:
            return _plain(amount / WAN, 2), "万元"
        return f"{amount:,.2f}", "元"
    if abs(amount) >= 1000 * MILLION:
        return _plain(amount / (1000 * MILLION), 3), "billion yuan"
    if abs(amount) >= MILLION:
        return _plain(amount / MILLION, 2), "million yuan"
    return f"{amount:,.2f}" if abs(amount) < WAN else f"{amount:,.0f}", "yuan"


def amount(fen: int, language: str) -> str:
    """The same under a heading that names the yuan already: ``5.8 亿``, ``580 million``."""
    figure, unit = money(fen, language)
    return f"{figure} {unit.removesuffix('元').removesuffix('yuan')}".rstrip()


def percent(share: float, places: int) -> str:
    """Cut, not rounded: what is short of all never reads 100 %."""
    if share >= 1:
        return "100 %"
    cut = (Decimal(repr(share)) * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)
    return f"{cut} %"


def _plain(amount: Decimal, places: int) -> str:
    """At most so many places, without zeros at the end."""
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole = f"{rounded:,f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole
