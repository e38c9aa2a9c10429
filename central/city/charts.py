"""Plots as SVG, drawn here: shapes that stretch to their place. Words and numbers stand beside them in HTML,
so that they keep their size on every screen, and a table tells the same to who cannot see. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT = 720, 200


def ceiling(most: int) -> int:
    """A round number no smaller, for the top of a scale."""
    if most <= 4:
        return 4
    power = 10 ** (len(str(most)) - 1)
    for step in (1, 1.5, 2, 3, 4, 6, 8, 10):
        if power * step >= most:
            return int(power * step)
    raise AssertionError("ten times its power is above every number")


def columns(values: Sequence[int], behind: Sequence[int] = (), top: int | None = None) -> Markup:
    """Upright bars; ``behind`` are wider pale ones, what there was the day before."""
    scale = top or ceiling(max((*values, *behind, 0)))
    slot = WIDTH / max(1, len(values))
    shapes = [_grid()]
    for kind, series, share in (("behind", behind, 0.86), ("column", values, 0.5)):
        for number, value in enumerate(series):
            height = HEIGHT * value / scale
            x = slot * number + slot * (1 - share) / 2
            shapes.append(
                f'<rect class="{kind}" x="{x:.1f}" y="{HEIGHT - height:.1f}" width="{slot * share:.1f}" '
                f'height="{height:.1f}"/>'
            )
    return _drawn(shapes)


def line(values: Sequence[int], second: Sequence[int] = (), top: int | None = None) -> Markup:
    """A line with its area; ``second`` is another on the same scale. The last step leads to a day that is
    not over: it is drawn apart, so that no morning looks like a city that stopped."""
    scale = top or ceiling(max((*values, *second, 0)))
    points = _points(values, scale)
    over = points[:-1] or points
    shapes = [_grid()]
    shapes.append(f'<polygon class="area" points="0,{HEIGHT} {" ".join(over)} {_x(over[-1])},{HEIGHT}"/>')
    shapes.append(f'<polyline class="line" points="{" ".join(over)}"/>')
    shapes.append(f'<polyline class="line so-far" points="{" ".join(points[-2:])}"/>')
    if second:
        shapes.append(f'<polyline class="second" points="{" ".join(_points(second, scale))}"/>')
    return _drawn(shapes)


def bar(value: int, most: int) -> Markup:
    """One lying bar, a share of the longest."""
    width = 100 * value / most if most else 0
    return Markup(  # noqa: S704 (numbers and words of ours)
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" width="100" height="10"/>'
        f'<rect class="share" width="{max(width, 0.4) if value else 0:.2f}" height="10"/></svg>'
    )


def ring(share: float) -> Markup:
    """A share of a whole as a ring."""
    length = 2 * 3.141592653589793 * 42
    drawn = length * min(max(share, 0), 1)
    return Markup(  # noqa: S704 (numbers and words of ours)
        '<svg class="ring" viewBox="0 0 100 100" aria-hidden="true">'
        '<circle class="rest" cx="50" cy="50" r="42"/>'
        f'<circle class="share" cx="50" cy="50" r="42" stroke-dasharray="{drawn:.2f} {length:.2f}" '
        'transform="rotate(-90 50 50)"/></svg>'
    )


def _points(values: Sequence[int], scale: int) -> list[str]:
    step = WIDTH / max(1, len(values) - 1)
    return [f"{step * n:.1f},{HEIGHT - HEIGHT * value / scale:.1f}" for n, value in enumerate(values or (0,))]


def _x(point: str) -> str:
    return point.partition(",")[0]


def _grid() -> str:
    lines = (
        f'<line class="grid" x1="0" x2="{WIDTH}" y1="{HEIGHT * part / 4:.1f}" y2="{HEIGHT * part / 4:.1f}"/>'
        for part in range(5)
    )
    return "".join(lines)


def _drawn(shapes: Sequence[str]) -> Markup:
    """Every part is a number or a name of ours: nothing of a database's text gets here."""
    return Markup(  # noqa: S704 (numbers and words of ours)
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(shapes)}</svg>"
    )
