"""f and its derivative at many values, drawn together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from derivlab.figures.notation import derivative_name
from derivlab.figures.numbers import text
from derivlab.figures.palette import Palette
from derivlab.figures.plane import Figure, Floats, Trace, italic, line, plane
from derivlab.multivariable.many_values import ManyValues

MOST_MARKERS = 60
"""Up to so many values each has a marker; more make a line."""
MOST_POINTS = 2_000
"""More values than this are thinned out: of each stretch the least and the greatest stay."""


def many_values_figure(
    found: ManyValues, colors: Palette, *, name: str = "f", variable: str = "x", height: int = 420
) -> Figure:
    """y = f(x) and ``x.grad`` over x, joined in the order of x."""
    order = np.argsort(found.x, kind="stable")
    x = found.x[order]
    data: list[Trace] = []
    for k, values in enumerate((found.y[order], found.grad[order])):
        style = colors.orders[k]
        thin_x, thin_y = thin(x, values)
        trace = line(thin_x, thin_y, style, 2.25, name=derivative_name(name, k), meta=f"order{k}")
        if len(x) <= MOST_MARKERS:
            trace |= {
                "mode": "lines+markers",
                "marker": {"size": 8, "symbol": style.symbol, "color": style.color},
                "hoverinfo": "text",
                "text": [
                    f"{derivative_name(name, k)}({text(float(a), digits=6)}) = {text(float(b), digits=8)}"
                    for a, b in zip(thin_x, thin_y, strict=True)
                ],
            }
        data.append(trace)
    return plane(data, colors, x=italic(variable), height=height, y_range=_bulk(found), legend=True)


def thin(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """At most ``MOST_POINTS`` of the points, the extremes of each stretch among them; x must ascend."""
    if len(x) <= MOST_POINTS:
        return x, y
    stretches = MOST_POINTS // 2
    ends = np.linspace(0, len(x), stretches + 1).astype(int)
    kept = []
    for start, stop in pairwise(ends.tolist()):
        part = y[start:stop]
        if np.isnan(part).all():
            kept.append(start)
            continue
        kept += sorted({start + int(np.nanargmin(part)), start + int(np.nanargmax(part))})
    rows = np.array(kept)
    return x[rows], y[rows]


def _bulk(found: ManyValues) -> tuple[float, float] | None:
    """A range without the spikes of a pole; None to take all."""
    both = np.concatenate([found.y, found.grad])
    both = both[np.isfinite(both)]
    if len(both) < 20:
        return None
    low, first, last, high = (float(q) for q in np.quantile(both, [0.0, 0.03, 0.97, 1.0]))
    if high - low <= 5 * (last - first) or last == first:
        return None
    room = 0.3 * (last - first)
    return max(low, first - room), min(high, last + room)
