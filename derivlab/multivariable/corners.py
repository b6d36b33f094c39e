"""What the gradient alone does not find: extreme points at a corner, and the count that must come out at
the window's edge.
"""

from __future__ import annotations

from itertools import product
from typing import Literal

import numpy as np

from derivlab.expression.function import Function
from derivlab.multivariable.batch import Floats, gradients, spread, values

SIDE = {1: 801, 2: 81}
"""Points along each side of the grid of values, for one and two variables."""
HALVINGS = 90
MOST = 100
EDGE_POINTS = (2_048, 65_536)
"""Points along the window's edge at which the gradient is followed: more where it turns too fast for a few.
"""


def corners(
    f: Function, point: Floats, columns: tuple[int, ...], low: Floats, size: Floats, known: Floats
) -> list[tuple[Floats, float, Literal["minimum", "maximum"]]]:
    """Extreme points in the window at which there is no gradient: whole point (n,), value and kind of each.

    From the lowest and highest points of a grid that no ``known`` critical point (m, k) explains, a compass
    search closes in; a corner is where the gradient stays away from zero on every small ring around. One or
    two free variables only.
    """
    free = len(columns)
    if free not in SIDE:
        return []
    ticks = [np.linspace(a, a + extent, SIDE[free]) for a, extent in zip(low, size, strict=True)]
    places = np.stack(np.meshgrid(*ticks, indexing="ij"), axis=-1)
    height = values(f, spread(point, columns, places.reshape(-1, free))).reshape(places.shape[:-1])
    found: list[tuple[Floats, float, Literal["minimum", "maximum"]]] = []
    kinds: tuple[Literal["minimum", "maximum"], ...] = ("minimum", "maximum")
    for sign, kind in zip((1.0, -1.0), kinds, strict=True):
        starts = places[_lowest(sign * height)]
        step = size / (SIDE[free] - 1)
        if len(known) and len(starts):
            apart = np.abs(starts[:, None, :] - known[None, :, :]) / step
            starts = starts[~np.any(np.all(apart <= 1.5, axis=2), axis=1)]
        if not 0 < len(starts) <= MOST:
            continue
        ends = _compass(f, point, columns, starts, step, sign)
        inner = ((ends > low + 1e-6 * size) & (ends < low + size * (1 - 1e-6))).all(axis=1)
        for end in ends[inner]:
            whole = spread(point, columns, end[None, :])[0]
            whole[np.abs(whole) < 1e-12 * float(size.max())] = 0.0
            value = float(values(f, whole[None, :])[0])
            repeated = any(np.max(np.abs(whole - other)) < 1e-5 * size.max() for other, _, _ in found)
            if not repeated and np.isfinite(value) and _is_corner(f, whole, columns, size, sign):
                found.append((whole, value, kind))
    return found


def _lowest(height: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Inner places of a grid that are lower than all their neighbours, those at the diagonals included."""
    filled = np.where(np.isfinite(height), height, np.inf)
    inside = (slice(1, -1),) * height.ndim
    lowest = np.isfinite(height[inside])
    for shift in product((-1, 0, 1), repeat=height.ndim):
        if any(shift):
            moved = tuple(slice(1 + s, extent - 1 + s) for s, extent in zip(shift, height.shape, strict=True))
            lowest &= filled[inside] <= filled[moved]
    chosen = np.zeros(height.shape, dtype=np.bool_)
    chosen[inside] = lowest
    return chosen


def _compass(
    f: Function, point: Floats, columns: tuple[int, ...], starts: Floats, step: Floats, sign: float
) -> Floats:
    """Each start walked to the lowest of its neighbours, the step halved where it is the lowest itself."""
    free = len(columns)
    directions = np.array(list(product((-1.0, 0.0, 1.0), repeat=free)))
    places, width = starts.copy(), np.ones(len(starts))
    for _ in range(HALVINGS):
        around = places[:, None, :] + width[:, None, None] * directions[None] * step
        height = sign * values(f, spread(point, columns, around.reshape(-1, free))).reshape(len(places), -1)
        height = np.where(np.isfinite(height), height, np.inf)
        middle = len(directions) // 2
        best = np.argmin(height, axis=1)
        stay = height[np.arange(len(places)), best] >= height[:, middle]
        places = np.where(stay[:, None], places, around[np.arange(len(places)), best])
        width = np.where(stay, width / 2, width)
    return places


def _is_corner(f: Function, whole: Floats, columns: tuple[int, ...], size: Floats, sign: float) -> bool:
    """Whether f rises from the point on rings around it about as fast as they grow: as a cone does, not a
    bowl, a jump or a pole.
    """
    free = len(columns)
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False) + 0.1
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) if free == 2 else np.array([[-1.0], [1.0]])
    here = float(values(f, whole[None, :])[0])
    centre = whole[list(columns)]
    rises = []
    for radius in (1e-3, 1e-4, 1e-5):
        height = values(f, spread(whole, columns, centre + radius * size * ring))
        rises.append(float(np.median(sign * (height - here))))
    if not np.isfinite(rises).all() or min(rises) <= 0:
        return False
    ratios = [rises[0] / rises[1], rises[1] / rises[2]]
    # A cone falls tenfold with the radius, a cusp r^p with 0 < p < 1 somewhat less, a bowl a hundredfold.
    return all(1.25 < ratio < 30 for ratio in ratios)


def turns_of_gradient(
    f: Function, point: Floats, columns: tuple[int, ...], low: Floats, size: Floats
) -> int | None:
    """How often the gradient turns round along the window's edge, counterclockwise; None where it is not
    defined all along.
    """
    for count in EDGE_POINTS:
        walk = np.linspace(0.0, 1.0, count // 4, endpoint=False)
        zero, one = np.zeros_like(walk), np.ones_like(walk)
        sides = [(walk, zero), (one, walk), (1 - walk, one), (zero, 1 - walk)]
        edge = low + size * np.concatenate([np.stack(side, axis=1) for side in sides])
        _, gradient = gradients(f, spread(point, columns, edge), columns)
        scaled = gradient * size
        if not np.isfinite(scaled).all() or not np.all(np.any(scaled != 0, axis=1)):
            return None
        angle = np.arctan2(scaled[:, 1], scaled[:, 0])
        change = (np.diff(angle, append=angle[:1]) + np.pi) % (2 * np.pi) - np.pi
        if np.max(np.abs(change)) < 2.0:
            return round(float(change.sum()) / (2 * np.pi))
    return None
