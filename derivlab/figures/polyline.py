"""A sampled curve as the points of one line, with more of them at its bends, so that it looks smooth when magnified.

Samples are as far apart as a line through them may be without straying half a pixel, and a projector or a sharp screen
shows such corners. Between two samples the curve is all but a cubic or a parabola with their slopes: that needs no
evaluation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from derivlab.curves.curve import Curve, Flags, Floats, Indices
from derivlab.curves.hermite import slope_between, value_between
from derivlab.figures.curve_marks import FAR

FINE = 0.06
"""Pixels: how far the line may stray from what it stands for. A chart is up to 1.5 times as wide as it was sampled for,
and a sharp screen has two pixels for one."""
BOLD = 4.0
"""Pixels: where the curve seems to stray farther than this from a chord, the slopes are not to be trusted."""
BULGING = 3.0
"""A cubic whose slope at an end is so many times its chord's may overshoot: a parabola through the same tangents."""
MOST = 4000
"""So many points are sent at most for the sake of smoothness."""
CROWDED = 5000
"""Of more samples than this, only those are sent that a pixel's column tells apart: some have thousands of swings."""
EXACT = 1e-3
"""Pixels: points between samples are rounded to this, which keeps them short."""

Gapped: TypeAlias = list[float | None]


@dataclass(frozen=True, slots=True)
class Polyline:
    """Points x, y of a line and the slopes there; None between one stretch and the next, and where there is no number."""

    x: Gapped
    y: Gapped
    slope: Gapped


def polyline(curve: Curve, row: int) -> Polyline:
    """The line that draws row `row` of a curve; the samples themselves are among its points, unchanged."""
    if not curve.segments:
        return Polyline([None], [None], [None])
    x, y, slope = _in_one(curve, row)
    with np.errstate(all="ignore"):
        if len(x) > CROWDED:
            kept = _told_apart(x, y, curve)
            x, y, slope = x[kept], y[kept], np.full(len(kept), np.nan)
        else:
            arcs = _arcs(x, y, slope, curve)
            fine = FINE
            while int((_pieces(arcs.stray, fine) - 1).sum()) > max(0, MOST - len(x)):
                fine *= 2
            x, y, slope = _with_points_between(x, y, slope, arcs, _pieces(arcs.stray, fine), curve)
    return Polyline(_numbers(x), _numbers(y), _numbers(slope))


def _in_one(curve: Curve, row: int) -> tuple[Floats, Floats, Floats]:
    """x, values and slopes of all segments, with NaN between one and the next; slopes that were not sampled are NaN."""
    parts: list[Floats] = []
    gap = np.full((3, 1), np.nan)
    for segment in curve.segments:
        slope = segment.y[row + 1] if row + 1 < len(segment.y) else np.full(len(segment.x), np.nan)
        parts += [np.stack([segment.x, segment.y[row], slope]), gap]
    x, y, slope = np.concatenate(parts[:-1], axis=1)
    return x, y, slope


def _told_apart(x: Floats, y: Floats, curve: Curve) -> Indices:
    """The first, last, lowest and highest sample of each stretch in each column of pixels: the picture is the same.

    Source: Jugel and others, "M4: a visualization-oriented time series data aggregation", VLDB 2014.
    """
    column = np.floor((x - curve.x[0]) * _scales(curve)[0])
    starts = np.flatnonzero(np.append(True, column[1:] != column[:-1]))  # NaN, a gap, stands alone
    which = np.cumsum(np.append(False, column[1:] != column[:-1]))
    order = np.lexsort((y, which))
    ends = np.append(starts[1:], len(x)) - 1
    kept: Indices = np.unique(np.concatenate([starts, ends, order[starts], order[ends]]))
    return kept


def _numbers(values: Floats) -> Gapped:
    return [value if abs(value) < FAR else None for value in values.tolist()]


@dataclass(frozen=True, slots=True)
class _Arcs:
    """What lies between each two of m samples, in pixels from the left one: a cubic, or a parabola with a corner.

    `width` of the cell, values `a`, `b` and slopes `da`, `db` at its ends, (cx, cy) where the tangents meet,
    `is_parabola`, and how far the arc strays from its chord: 0 where it is not to be trusted.
    """

    width: Floats
    a: Floats
    b: Floats
    da: Floats
    db: Floats
    cx: Floats
    cy: Floats
    is_parabola: Flags
    stray: Floats


def _scales(curve: Curve) -> tuple[float, float]:
    """Pixels for one unit of x and of y."""
    (low, high), (bottom, top) = curve.x, curve.y
    return curve.pixels[0] / (high - low), curve.pixels[1] / (top - bottom)


def _arcs(x: Floats, y: Floats, slope: Floats, curve: Curve) -> _Arcs:
    across, up = _scales(curve)
    value, steep = (y - curve.y[0]) * up, slope * (up / across)
    width, a, b, da, db = (x[1:] - x[:-1]) * across, value[:-1], value[1:], steep[:-1], steep[1:]
    chord = (b - a) / width
    lean = np.sqrt(1 + chord * chord)

    cx = np.where(np.isinf(da), 0.0, np.where(np.isinf(db), width, (b - a - db * width) / (da - db)))
    cy = np.where(np.isinf(da), b - db * width, a + da * cx)
    is_parabola = (np.maximum(np.abs(da), np.abs(db)) > BULGING * np.abs(chord)) & (da * db >= 0)
    is_parabola &= (cx >= 0) & (cx <= width) & ((cy - a) * (cy - b) <= 0)

    t = np.array([[0.2], [0.35], [0.5], [0.65], [0.8]])
    values = value_between(t, width, a, da, b, db)
    off = np.abs(values - (a + t * (b - a))) / lean
    # a top between the ends is as far from a steep chord as it is from the chord's end
    beyond = np.maximum(values - np.maximum(a, b), np.minimum(a, b) - values)
    # the middle of a parabola is half as far from the chord as its corner
    bulge = 0.5 * np.abs(cy - (a + chord * cx)) / lean
    stray = np.where(is_parabola, bulge, np.maximum(off, beyond).max(axis=0))
    height = curve.pixels[1]
    near = (np.maximum(a, b) > -height) & (np.minimum(a, b) < 2 * height)
    stray = np.where(near & (stray <= BOLD), stray, 0.0)
    return _Arcs(width, a, b, da, db, cx, cy, is_parabola, stray)


def _pieces(stray: Floats, fine: float) -> Indices:
    """Into how many pieces each cell is drawn: n pieces stray n² times less."""
    found: Indices = np.ceil(np.sqrt(np.maximum(stray / fine, 1.0))).astype(np.int64)
    return found


def _with_points_between(
    x: Floats, y: Floats, slope: Floats, arcs: _Arcs, pieces: Indices, curve: Curve
) -> tuple[Floats, Floats, Floats]:
    """Samples x (m,), their values and slopes, with points between them as many as `pieces` (m - 1,) says."""
    inner = pieces - 1
    at = np.repeat(np.arange(len(pieces)), inner)
    if not len(at):
        return x, y, slope
    t = (np.arange(1.0, len(at) + 1) - np.repeat(np.cumsum(inner) - inner, inner)) / pieces[at]
    width, a, b, da, db, cx, cy = (
        values[at] for values in (arcs.width, arcs.a, arcs.b, arcs.da, arcs.db, arcs.cx, arcs.cy)
    )
    bowed, s = arcs.is_parabola[at], 1 - t
    share = np.where(bowed, (2 * t * s * cx + t * t * width) / width, t)
    value = np.where(bowed, s * s * a + 2 * t * s * cy + t * t * b, value_between(t, width, a, da, b, db))
    turned = (s * (cy - a) + t * (b - cy)) / (s * cx + t * (width - cx))
    steep = np.where(bowed, turned, slope_between(t, width, a, da, b, db))
    across, up = _scales(curve)
    fresh = _rounded(x[at] + share * (x[at + 1] - x[at]), EXACT / across)
    inside = (fresh > x[at]) & (fresh < x[at + 1])
    places = at[inside] + 1
    return (
        np.insert(x, places, fresh[inside]),
        np.insert(y, places, _rounded(curve.y[0] + value / up, EXACT / up)[inside]),
        np.insert(slope, places, (steep * (across / up))[inside]),
    )


def _rounded(values: Floats, unit: float) -> Floats:
    """Values with no more decimals than a unit asks for, where that makes them shorter."""
    digits = math.ceil(-math.log10(unit)) if 1e-18 < unit < 1e18 else 99
    return np.round(values, digits) if abs(digits) <= 18 else values
