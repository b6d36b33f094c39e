"""The curve f = c in a window: marching squares, with each crossing refined on its edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.multivariable.batch import Floats, columns_of, gradients, point_of, spread, values

SIDE = 96
"""Cells along each side of the window."""
REFINEMENTS = 24
"""Halvings of the edge that holds a crossing."""

_EDGES_OF_CASE: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}
"""Cell corners 0 … 3 run round from the low corner; bit k of the case is set where f > c at corner k; edge
k joins corners k, k + 1.
"""


@dataclass(frozen=True)
class LevelSet:
    """Pieces of the curve, each (m, 2), a closed piece ending where it began."""

    axes: tuple[str, str]
    level: float
    pieces: tuple[Floats, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the curve does not pass through the window."""
        return not self.pieces


def level_set(
    f: Function,
    level: float,
    window: Mapping[str, tuple[float, float]],
    at: Mapping[str, float] | None = None,
    side: int = SIDE,
) -> LevelSet:
    """Where f = level inside the window of two variables; the others are held at ``at``."""
    axes = tuple(window)
    if len(axes) != 2:
        raise InputError("A level curve needs a window of two variables.")
    columns = columns_of(f, axes)
    point = point_of(f, {**(at or {}), **dict.fromkeys(axes, 0.0)})
    (x_low, x_high), (y_low, y_high) = window[axes[0]], window[axes[1]]
    # An odd offset keeps the grid off the round numbers where f may equal the level exactly.
    x = np.linspace(x_low, x_high, side + 1)
    y = np.linspace(y_low, y_high, side + 1)
    x[1:-1] += 1.37e-3 * (x[1] - x[0])
    y[1:-1] += 2.11e-3 * (y[1] - y[0])

    def height(places: Floats) -> Floats:
        return values(f, spread(point, columns, places)) - level

    corners = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1)
    field = height(corners.reshape(-1, 2)).reshape(side + 1, side + 1)
    crossings, links = _cross(field, corners, height)
    pieces = tuple(crossings[chain] for chain in _chain(links))
    return LevelSet((axes[0], axes[1]), float(level), tuple(piece for piece in pieces if len(piece) > 1))


def _cross(field: Floats, corners: Floats, height: object) -> tuple[Floats, list[tuple[int, int]]]:
    """Points where edges cross the level, and pairs of them that a cell joins."""
    above = field > 0
    with np.errstate(invalid="ignore"):
        cells = above[:-1, :-1] * 1 + above[1:, :-1] * 2 + above[1:, 1:] * 4 + above[:-1, 1:] * 8
    known = np.isfinite(field)
    usable = known[:-1, :-1] & known[1:, :-1] & known[1:, 1:] & known[:-1, 1:]
    edge_number: dict[tuple[int, int, int, int], int] = {}
    ends: list[tuple[tuple[int, int], tuple[int, int]]] = []
    links: list[tuple[int, int]] = []

    def edge(i: int, j: int, k: int) -> int:
        ring = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
        a, b = sorted((ring[k], ring[(k + 1) % 4]))
        key = (*a, *b)
        if key not in edge_number:
            edge_number[key] = len(ends)
            ends.append((a, b))
        return edge_number[key]

    for i, j in np.argwhere(usable & (cells > 0) & (cells < 15)).tolist():
        case = int(cells[i, j])
        pairs = _EDGES_OF_CASE.get(case)
        if pairs is None:  # a saddle: the middle decides which corners hang together
            middle = field[i : i + 2, j : j + 2].mean() > 0
            pairs = ((3, 2), (1, 0)) if (case == 5) == bool(middle) else ((3, 0), (1, 2))
        links.extend((edge(i, j, first), edge(i, j, second)) for first, second in pairs)
    if not ends:
        return np.zeros((0, 2)), []
    first = np.array([corners[a] for a, _ in ends])
    second = np.array([corners[b] for _, b in ends])
    crossings, is_root = _refine(first, second, height)
    return crossings, [(a, b) for a, b in links if is_root[a] and is_root[b]]


def _refine(
    first: Floats, second: Floats, height: object
) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Halve each edge around its change of sign; a jump or a pole is no root: there f does not come near
    the level.
    """
    assert callable(height)  # noqa: S101 (for the type checker)
    low, high = first.copy(), second.copy()
    at_low, at_high = height(low), height(high)
    start = np.minimum(np.abs(at_low), np.abs(at_high))
    for _ in range(REFINEMENTS):
        middle = (low + high) / 2
        at_middle = height(middle)
        same = (at_middle > 0) == (at_low > 0)
        low[same], at_low[same] = middle[same], at_middle[same]
        high[~same], at_high[~same] = middle[~same], at_middle[~same]
    with np.errstate(all="ignore"):
        share = np.where(at_high != at_low, at_low / (at_low - at_high), 0.5)
        nearest = np.minimum(np.abs(at_low), np.abs(at_high))
        is_root = (nearest <= 1e-3 * start + 1e-300) | (start == 0)
    share = np.clip(np.nan_to_num(share, nan=0.5), 0.0, 1.0)
    return low + (high - low) * share[:, None], is_root


def _chain(links: list[tuple[int, int]]) -> list[list[int]]:
    """Links joined end to end into chains of point numbers."""
    neighbours: dict[int, list[int]] = {}
    for a, b in links:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    chains: list[list[int]] = []
    used: set[tuple[int, int]] = set()
    loose = [number for number, beside in neighbours.items() if len(beside) == 1]
    for start in [*loose, *neighbours]:
        chain = [start]
        while True:
            onward = next(
                (n for n in neighbours[chain[-1]] if (min(n, chain[-1]), max(n, chain[-1])) not in used), None
            )
            if onward is None:
                break
            used.add((min(onward, chain[-1]), max(onward, chain[-1])))
            chain.append(onward)
        if len(chain) > 1:
            chains.append(chain)
    return chains


def project(
    f: Function, level: float, at: Mapping[str, float], axes: tuple[str, str], steps: int = 60
) -> dict[str, float]:
    """The point of the curve f = level near ``at``: steps along the gradient until f is the level.

    Raises InputError where the walk does not reach the curve.
    """
    point = point_of(f, at)
    columns = list(columns_of(f, axes))
    place = point[columns].copy()
    height, slope = (part[0] for part in gradients(f, spread(point, columns, place[None, :]), columns))
    for _ in range(steps):
        short = float(height - level)
        steep = float(slope @ slope)
        if not np.isfinite(short) or not np.isfinite(steep) or short == 0.0 or steep == 0.0:
            break
        share = 1.0
        while share > 1e-6:
            trial = place - share * short / steep * slope
            new_height, new_slope = (
                part[0] for part in gradients(f, spread(point, columns, trial[None, :]), columns)
            )
            if abs(new_height - level) < abs(short):
                break
            share /= 2
        else:
            break
        place, height, slope = trial, new_height, new_slope
    scale = max(1.0, abs(level), float(np.linalg.norm(slope)) * max(1.0, float(np.max(np.abs(place)))))
    if not np.isfinite(height) or abs(float(height) - level) > 1e-9 * scale:
        raise InputError("There is no point of the curve near this one.", hint="Click nearer to the curve.")
    moved = point.copy()
    moved[columns] = place
    return dict(zip(f.variables, moved.tolist(), strict=True))
