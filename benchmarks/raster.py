"""A dense reference picture of a curve, and how far a drawn polyline is from it, in pixels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FINE = 4
"""Distances are measured on a grid of a quarter of a pixel."""
FARTHEST = 6
"""Pixels: distances beyond this are reported as this."""


@dataclass(frozen=True)
class Window:
    """What is looked at, and with how many pixels."""

    low: float
    high: float
    bottom: float
    top: float
    width: int = 1000
    height: int = 600

    def to_pixels(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Pixels from the left and from the bottom edge."""
        return (
            (x - self.low) / (self.high - self.low) * self.width,
            (y - self.bottom) / (self.top - self.bottom) * self.height,
        )


@dataclass(frozen=True)
class Verdict:
    """The worst distance (pixels) of curve to drawing and of drawing to curve, and breaks drawn wrongly."""

    missing: float
    invented: float
    false_joins: int
    false_breaks: int

    @property
    def error(self) -> float:
        """The worse of the two distances."""
        return max(self.missing, self.invented)


def _cells(px: Floats, py: Floats) -> npt.NDArray[np.int64]:
    i = np.round(px * FINE).astype(np.int64)
    j = np.round(py * FINE).astype(np.int64)
    return np.unique(i * (1 << 24) + j)


def _worst(points: npt.NDArray[np.int64], near: npt.NDArray[np.int64]) -> float:
    """The greatest distance of any of the points to its nearest neighbour among `near`, in pixels."""
    reach = FARTHEST * FINE
    steps = [(i * i + j * j, i, j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1)]
    left, worst = points, 0.0
    for square, i, j in sorted(steps):
        if square > reach * reach:
            break
        if not len(left):
            return worst
        kept = left[~_member(left + i * (1 << 24) + j, near)]
        if len(kept) < len(left):
            worst = float(np.sqrt(square)) / FINE
        left = kept
    return float(FARTHEST) if len(left) else worst


def _member(a: npt.NDArray[np.int64], ordered: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    if not len(ordered):
        return np.zeros(len(a), dtype=bool)
    at = np.minimum(np.searchsorted(ordered, a), len(ordered) - 1)
    return ordered[at] == a


def _trace(px: Floats, py: Floats, height: int) -> tuple[Floats, Floats]:
    """Points along a polyline, some five to a fine cell, clipped to the screen with a margin."""
    x0, x1, y0, y1 = px[:-1], px[1:], py[:-1], py[1:]
    lowest, highest = -4.0, height + 4.0
    with np.errstate(all="ignore"):
        first = np.clip(np.where(y1 != y0, (np.clip(y0, lowest, highest) - y0) / (y1 - y0), 0.0), 0, 1)
        last = np.clip(np.where(y1 != y0, (np.clip(y1, lowest, highest) - y0) / (y1 - y0), 1.0), 0, 1)
    seen = (np.maximum(y0, y1) >= lowest) & (np.minimum(y0, y1) <= highest)
    x0, x1, y0, y1, first, last = (part[seen] for part in (x0, x1, y0, y1, first, last))
    length = np.hypot((x1 - x0) * (last - first), np.clip(y1, lowest, highest) - np.clip(y0, lowest, highest))
    count = np.ceil(length * FINE * 1.5).astype(np.int64) + 2
    which = np.repeat(np.arange(len(count)), count)
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    t = first[which] + (last - first)[which] * offset / (count[which] - 1)
    return x0[which] + t * (x1 - x0)[which], y0[which] + t * (y1 - y0)[which]


def reference(
    f: Callable[[Floats], Floats],
    window: Window,
    breaks: Sequence[float] = (),
    points: int = 400_000,
    steep: Sequence[float] = (),
) -> npt.NDArray[np.int64]:
    """The fine cells that the true curve passes through: dense points, denser by breaks, joined where no break lies."""
    x = np.linspace(window.low, window.high, points)
    span = window.high - window.low
    near = span * np.geomspace(1e-13, 1e-3, 400)
    close = [x] + [at + sign * near for at in [*list(breaks)[:400], *steep] for sign in (-1.0, 1.0)]
    x = np.unique(np.concatenate(close))
    x = x[(x >= window.low) & (x <= window.high)]
    with np.errstate(all="ignore"):
        y = f(x)
    at = np.sort(np.asarray(breaks, dtype=float))
    crossed = np.searchsorted(at, x[1:], side="right") > np.searchsorted(at, x[:-1], side="left")
    cuts = np.flatnonzero(crossed | ~np.isfinite(y[:-1]) | ~np.isfinite(y[1:])) + 1
    px, py = window.to_pixels(x, y)
    return _visible(np.split(px, cuts), np.split(py, cuts), window)


def _visible(px: Sequence[Floats], py: Sequence[Floats], window: Window) -> npt.NDArray[np.int64]:
    whole = [len(part) > 1 for part in px]
    traced = [_trace(a, b, window.height) for a, b, more in zip(px, py, whole, strict=True) if more]
    if not traced:
        return np.empty(0, dtype=np.int64)
    tx = np.concatenate([a for a, _ in traced])
    ty = np.concatenate([b for _, b in traced])
    return _cells(tx, ty)


def _inside(cells: npt.NDArray[np.int64], height: int) -> npt.NDArray[np.int64]:
    j = ((cells + (1 << 23)) & ((1 << 24) - 1)) - (1 << 23)
    return cells[(j >= 0) & (j <= height * FINE)]


def compare(
    lines: Sequence[tuple[Floats, Floats]],
    window: Window,
    curve: npt.NDArray[np.int64],
    breaks: Sequence[float],
    smooth: Callable[[float, float], bool] | None = None,
) -> Verdict:
    """Judge drawn polylines (x, y) against the fine cells of the true curve and its true breaks.

    A false join is a drawn piece that spans a true break; a false break is a gap between consecutive polylines in which
    `smooth(end, start)` says that the curve goes on.
    """
    drawn = (
        _visible(*zip(*(window.to_pixels(x, y) for x, y in lines), strict=True), window)
        if lines
        else np.empty(0, np.int64)
    )
    at = np.sort(np.asarray(breaks, dtype=float))
    joins = 0
    for x, _ in lines:
        joins += int(
            np.sum(np.searchsorted(at, x[1:], side="left") > np.searchsorted(at, x[:-1], side="right"))
        )
    gaps = 0
    if smooth is not None:
        for (x, _), (following, _) in itertools.pairwise(lines):
            gaps += bool(smooth(float(x[-1]), float(following[0])))
    return Verdict(
        _worst(_inside(curve, window.height), drawn),
        _worst(_inside(drawn, window.height), curve),
        joins,
        gaps,
    )
