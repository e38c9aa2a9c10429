"""Evidence for an EAN-13: the bars of the claimed number compared with the grey values in the picture.

A decoder measures edges of one scan line. A blurred picture yields two wrong digits whose errors cancel in
the check digit about once in a hundred reads. Here the claimed symbol is drawn at the resolution and blur
of the picture and correlated with several scan lines; each digit must also fit better than the other digits
its set allows. Symbol: ISO/IEC 15420, 95 modules. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.codes.agreement import CONTRADICTED, LIKELY, NEEDED, UNCLEAR
from drivers.codes.place import Place
from drivers.codes.views import Picture

Values = NDArray[np.float32]

MODULES = 95
"""Start 3, six digits of 7, centre 5, six digits of 7, end 3 (ISO/IEC 15420, 4.3.3)."""
SAMPLES = 6
"""Samples a module."""
MARGIN = 5
"""Modules taken on each side: the position a decoder reports is some pixels off."""
LINES = (0.0, -1.0, 1.0, -2.0, 2.0)
APART = 0.06
"""Least distance of the lines as a share of the symbol's length: bars are several times as high."""
BLURS = (0.35, 0.6, 0.9, 1.25)
"""Sigma of the picture's blur in modules."""
ENOUGH, CONVINCING = 0.75, 0.85
"""Least correlation of the whole symbol."""
LEAD = 0.015
"""Lead of a right digit; wrong ones in blurred pictures trail by more than ``OTHER``."""
OTHER = 0.1

A_SET = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
PARITY = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")


@dataclass(frozen=True, slots=True)
class Fit:
    """``correlation`` of the whole symbol, -1 to 1; ``lead``: the least lead of a claimed digit over the best
    other digit at its place, as a share of the signal's energy there (negative: another fits better)."""

    correlation: float
    lead: float


def modules_of(digits: str) -> str:
    """The 95 modules of an EAN-13, ``1`` is a bar."""
    left = "".join(
        _left(int(digit), parity) for digit, parity in zip(digits[1:7], PARITY[int(digits[0])], strict=True)
    )
    right = "".join(_right(int(digit)) for digit in digits[7:])
    return f"101{left}01010{right}101"


def _right(digit: int) -> str:
    return A_SET[digit].translate(str.maketrans("01", "10"))


def _left(digit: int, parity: str) -> str:
    return A_SET[digit] if parity == "A" else _right(digit)[::-1]


def fit(picture: Picture, digits: str, place: Place) -> tuple[Fit, ...]:
    """How well the claimed ``digits`` explain what the picture shows on lines across ``place``. Lines that
    are not needed for an answer are left out."""
    fits: list[Fit] = []
    for line in _scan_lines(picture, place):
        fits.append(_fit_line(line, digits))
        if points(fits) == NEEDED:
            break
    return tuple(fits)


def points(fits: Sequence[Fit]) -> int:
    """Evidence for ``agreement``: ``NEEDED`` where two lines apart show this number and no other. One line
    alone may cross a reflection that looks like another digit."""
    leads = [each.lead for each in fits if each.correlation >= CONVINCING]
    best = max(leads, default=0.0)
    if best >= LEAD and sum(lead >= -LEAD for lead in leads) >= 2:
        return NEEDED
    if best <= -OTHER:
        return CONTRADICTED
    return LIKELY if any(each.correlation >= ENOUGH and each.lead > 0 for each in fits) else UNCLEAR


def _scan_lines(picture: Picture, place: Place) -> Values:
    """Grey values along lines across the symbol, ``LINES`` by samples, each the mean of three rows."""
    corners = np.array([place.top_left, place.top_right, place.bottom_left, place.bottom_right], np.float32)
    start, end = (corners[0] + corners[2]) / 2, (corners[1] + corners[3]) / 2
    across = np.array([start[1] - end[1], end[0] - start[0]], np.float32) / place.length
    height = float(np.linalg.norm(corners[2] - corners[0]))
    apart = max(0.2 * height, APART * place.length)
    along = (np.arange((MODULES + 2 * MARGIN) * SAMPLES, dtype=np.float32) / SAMPLES - MARGIN) / MODULES
    middle = start + along[:, None] * (end - start)
    offsets = np.array([line * apart + row for line in LINES for row in (-1.0, 0.0, 1.0)], np.float32)
    points = middle[None] + offsets[:, None, None] * across
    values = cv2.remap(
        picture, points.astype(np.float32), np.empty(0), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return _values(values.reshape(len(LINES), 3, -1).mean(axis=1))


def _fit_line(line: Values, digits: str) -> Fit:
    observed = _levelled(line[None])[0]
    warp, sigma = (0.0, 0.0, 0.0, 0.0), BLURS[-1]
    best = -1.0
    for reach, blurs in SEARCH:
        warps = (np.array(warp, np.float32) + reach).astype(np.float32)
        views = _unit(_at(observed, warps))
        for blur in blurs:
            scores = views @ _unit(_template(digits, blur))
            top = int(np.argmax(scores))
            if scores[top] > best:
                best, warp, sigma = float(scores[top]), tuple(warps[top]), blur
    aligned = _at(line, np.array([warp], np.float32))[0]
    return Fit(best, min(_lead(aligned, digits, place, sigma) for place in range(12)))


def _grid(*steps: tuple[float, ...]) -> Values:
    return np.array(list(product(*steps)), np.float32)


SEARCH = (
    (
        _grid(
            (-1.5, 0, 1.5), (-1.5, 0, 1.5), (-5.6, -4.2, -2.8, -1.4, 0, 1.4, 2.8, 4.2, 5.6), (-2, -1, 0, 1, 2)
        ),
        BLURS[-1:],
    ),
    (_grid(*[(-0.7, 0, 0.7)] * 4), BLURS[1:]),
    (_grid(*[(-0.35, 0, 0.35)] * 4), BLURS),
    (_grid(*[(-0.15, 0, 0.15)] * 4), BLURS),
)
"""Offsets in modules, coarse to fine: start, end, bend to one side (tilt), bend of both ends (cylinder)."""
GRID = (np.arange(MODULES * SAMPLES, dtype=np.float32) + 0.5) / SAMPLES


def _at(observed: Values, warps: Values) -> Values:
    """The observed values at the modules of the symbol, one row a warp."""
    share = GRID / MODULES
    bow = share * (1 - share)
    bends = np.stack([1 - share, share, 4 * bow, 10.4 * bow * (1 - 2 * share)])
    at = GRID + warps @ bends.astype(np.float32)
    index = (at + MARGIN) * SAMPLES - 0.5
    row = np.zeros_like(index, np.float32)
    edge = cv2.BORDER_REPLICATE
    return _values(cv2.remap(observed[None], _values(index), row, cv2.INTER_LINEAR, borderMode=edge))


def _values(values: object) -> Values:
    return np.asarray(values, dtype=np.float32)


def _unit(values: Values) -> Values:
    centred = values - values.mean(axis=-1, keepdims=True)
    return _values(centred / np.maximum(np.linalg.norm(centred, axis=-1, keepdims=True), 1e-6))


def _levelled(values: Values) -> Values:
    """Light and shadow over more than a digit taken out; contrast made even."""
    window = (14 * SAMPLES | 1, 1)
    level = values - cv2.blur(values, window, borderType=cv2.BORDER_REPLICATE)
    energy = cv2.blur(level * level, window, borderType=cv2.BORDER_REPLICATE)
    return _values(level / np.maximum(np.sqrt(energy), 2.0))


@cache
def _kernel(sigma: float) -> Values:
    reach = np.arange(-4 * SAMPLES, 4 * SAMPLES + 1) / SAMPLES
    weights = np.exp(-0.5 * (reach / sigma) ** 2)
    return _values(weights / weights.sum())


def _drawn(modules: str, sigma: float) -> Values:
    """Light of these modules, blurred, ``SAMPLES`` each; white beside them."""
    bars = np.repeat(np.frombuffer(modules.encode(), np.uint8) == ord("0"), SAMPLES).astype(np.float32)
    padded = np.pad(bars, 8 * SAMPLES, constant_values=1.0)
    return _values(np.convolve(padded, _kernel(sigma), "same"))


@lru_cache(maxsize=64)
def _template(digits: str, sigma: float) -> Values:
    light = _levelled(_drawn(modules_of(digits), sigma)[None] * 100)[0]
    return _values(light[8 * SAMPLES : -8 * SAMPLES])


SHIFTS = tuple(range(-SAMPLES // 2, SAMPLES // 2 + 1))


def _lead(aligned: Values, digits: str, position: int, sigma: float) -> float:
    """Lead of the claimed digit at ``position`` (0 to 11, the drawn ones) over the best other digit."""
    symbol = modules_of(digits)
    first = 3 + 7 * position + (5 if position > 5 else 0)
    codes = [_right(digit) for digit in range(10)]
    if position <= 5:
        codes = [*A_SET, *(code[::-1] for code in codes)]
    claimed = codes.index(symbol[first : first + 7])
    before, after = symbol[max(first - 6, 0) : first], symbol[first + 7 : first + 13]
    begin = (first - 1) * SAMPLES
    window = 9 * SAMPLES
    seen = _unit(np.stack([np.roll(aligned, shift)[begin : begin + window] for shift in SHIFTS]))
    drawn = np.stack([_drawn(before + code + after, sigma) for code in codes])
    offset = (8 + len(before) - 1) * SAMPLES
    scores = (seen @ _unit(drawn[:, offset : offset + window]).T).max(axis=0)
    others = np.delete(scores, claimed)
    return float(scores[claimed] - others.max())
