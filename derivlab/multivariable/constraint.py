"""Largest and smallest values of f on the curve g = c: Lagrange's condition ∇f = λ∇g, solved from many
starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.memory import remembered, weight_of
from derivlab.multivariable.batch import Floats, columns_of, gradients, hessians, point_of, spread
from derivlab.multivariable.level_set import LevelSet, level_set
from derivlab.multivariable.newton import find_roots

MOST_STARTS = 600
CROWD = 100
"""With more points than this, f is level on a whole stretch of the curve."""


@dataclass(frozen=True)
class LagrangePoint:
    """A point of the curve where ∇f = λ∇g.

    ``kind`` is f's behaviour along the curve there. ``highest`` and ``lowest`` mark the greatest and the
    least value of f among all the points found. ``multiplier`` is NaN at a singular point of the curve,
    where ∇g = 0.
    """

    at: dict[str, float]
    value: float
    multiplier: float
    residual: float
    kind: Literal["minimum", "maximum", "degenerate", "singular"]
    highest: bool = False
    lowest: bool = False


@dataclass(frozen=True)
class Constrained:
    """The curve g = c in the window, and all the Lagrange points on it, lowest first."""

    curve: LevelSet
    points: tuple[LagrangePoint, ...]
    not_isolated: bool


def lagrange(
    f: Function,
    g: Function,
    level: float,
    window: Mapping[str, tuple[float, float]],
    at: Mapping[str, float] | None = None,
) -> Constrained:
    """Where f is stationary on g = level, inside the window of two variables; other variables are held at
    ``at``.

    Both functions must have the window's variables among theirs, or not depend on them. Raises InputError
    for a level that is no number and where the curve misses the window.
    """
    if not np.isfinite(level):
        raise InputError(f"g = {level} is no curve.", hint="Give a finite number on the right side.")
    names = tuple(dict.fromkeys((*f.variables, *g.variables, *window)))
    f, g = (Function(each.name, names, each.tree) for each in (f, g))
    held = tuple((name, float((at or {}).get(name, np.nan))) for name in names if name not in window)
    point_of(f, {**dict(held), **dict.fromkeys(window, 0.0)})
    result = _solve(f, g, float(level), tuple((name, *bounds) for name, bounds in window.items()), held)
    if result.curve.is_empty:
        raise InputError(
            "The constraint has no point in this window.",
            hint="Widen the window or change the number on its right side.",
        )
    return result


@remembered(
    lambda found, f, g, *_: (
        3 * weight_of(f.tree, g.tree) + weight_of(*found.curve.pieces) + 2_000 * len(found.points)
    )
)
def _solve(
    f: Function,
    g: Function,
    level: float,
    bounds: tuple[tuple[str, float, float], ...],
    held: tuple[tuple[str, float], ...],
) -> Constrained:
    window = {name: (low, high) for name, low, high in bounds}
    axes = tuple(window)
    columns = columns_of(f, axes)
    point = np.array([dict(held).get(name, 0.0) for name in f.variables])
    curve = level_set(g, level, window, dict(held))
    if curve.is_empty:
        return Constrained(curve, (), not_isolated=False)
    size = np.array([high - low for low, high in window.values()])
    low = np.array([bound[0] for bound in window.values()])

    def system(unknowns: Floats) -> tuple[Floats, Floats]:
        rows = spread(point, columns, unknowns[:, :2])
        multiplier = unknowns[:, 2:]
        _, f_slope, f_bend = hessians(f, rows, columns)
        height, g_slope, g_bend = hessians(g, rows, columns)
        residual = np.concatenate([f_slope - multiplier * g_slope, (height - level)[:, None]], axis=1)
        matrix = np.zeros((len(rows), 3, 3))
        matrix[:, :2, :2] = f_bend - multiplier[:, :, None] * g_bend
        matrix[:, :2, 2] = -g_slope
        matrix[:, 2, :2] = g_slope
        return residual, matrix

    starts, typical = _starts(f, g, point, columns, curve)
    scale = np.array([*size, max(1.0, float(np.median(np.abs(starts[:, 2]))))])
    roots = find_roots(system, starts, scale)
    inside = (
        (roots.places[:, :2] >= low - 1e-9 * size) & (roots.places[:, :2] <= low + size * (1 + 1e-9))
    ).all(axis=1)
    settled = inside & (roots.residuals <= 1e-6 * max(typical, 1e-300)) & (roots.steps <= 1e-6)
    order = np.flatnonzero(settled)[np.argsort(roots.residuals[settled], kind="stable")]
    kept: list[int] = []
    for row in order:
        apart = (
            np.max(np.abs(roots.places[row, :2] - roots.places[other, :2]) / size) > 1e-5 for other in kept
        )
        if all(apart):
            kept.append(int(row))
    residual, matrix = system(roots.places[kept])
    points = [
        _describe(f, point, columns, roots.places[row], matrix[index], float(np.linalg.norm(residual[index])))
        for index, row in enumerate(kept)
    ]
    points += _singular(f, g, point, columns, curve, level, points, size)
    points.sort(key=lambda each: (each.value, tuple(each.at.values())))
    return Constrained(curve, _mark_ends(points), not_isolated=len(kept) > CROWD)


def _starts(
    f: Function, g: Function, point: Floats, columns: tuple[int, ...], curve: LevelSet
) -> tuple[Floats, float]:
    """Starts (m, 3) on the curve, with the multiplier that fits best there, and the typical size of ∇f."""
    places = np.concatenate(curve.pieces)
    rows = spread(point, columns, places)
    _, f_slope = gradients(f, rows, columns)
    _, g_slope = gradients(g, rows, columns)
    along = np.stack([-g_slope[:, 1], g_slope[:, 0]], axis=1)
    with np.errstate(all="ignore"):
        steepness = np.einsum("mk,mk->m", g_slope, g_slope)
        multiplier = np.einsum("mk,mk->m", f_slope, g_slope) / steepness
        slope = np.einsum("mk,mk->m", f_slope, along) / np.sqrt(steepness)
    usable = np.isfinite(multiplier) & np.isfinite(slope)
    if not usable.any():
        return np.zeros((0, 3)), 0.0
    slope = np.where(usable, slope, np.inf)
    turning = (np.sign(slope) != np.sign(np.roll(slope, 1))) | (
        np.abs(slope) <= np.minimum(np.abs(np.roll(slope, 1)), np.abs(np.roll(slope, -1)))
    )
    rest = np.zeros_like(turning)
    rest[:: max(1, len(rest) // 60)] = True
    chosen = np.flatnonzero(usable & (turning | rest))
    if len(chosen) > MOST_STARTS:
        chosen = chosen[:: len(chosen) // MOST_STARTS + 1]
    starts = np.concatenate([places[chosen], multiplier[chosen, None]], axis=1)
    return starts, float(np.median(np.linalg.norm(f_slope[usable], axis=1))) + 1e-12


def _describe(
    f: Function, point: Floats, columns: tuple[int, ...], place: Floats, matrix: Floats, residual: float
) -> LagrangePoint:
    normal = matrix[2, :2]
    along = np.array([-normal[1], normal[0]]) / np.linalg.norm(normal)
    bend = float(along @ matrix[:2, :2] @ along)
    size = float(np.abs(matrix[:2, :2]).max())
    kind: Literal["minimum", "maximum", "degenerate"] = "minimum" if bend > 0 else "maximum"
    if abs(bend) <= 1e-6 * max(size, 1e-300):
        kind = "degenerate"
    whole = spread(point, columns, place[None, :2])
    value, _ = gradients(f, whole, columns)
    at = {
        name: float(number) if abs(number) > 1e-13 else 0.0
        for name, number in zip(f.variables, whole[0], strict=True)
    }
    return LagrangePoint(at, float(value[0]), float(place[2]), residual, kind)


def _singular(
    f: Function,
    g: Function,
    point: Floats,
    columns: tuple[int, ...],
    curve: LevelSet,
    level: float,
    found: list[LagrangePoint],
    size: Floats,
) -> list[LagrangePoint]:
    """Points of the curve where ∇g = 0 (a crossing or a tip): Lagrange's condition says nothing there, so
    they count as well.
    """
    from derivlab.multivariable.critical import critical_points

    del found
    low = np.min(np.concatenate(curve.pieces), axis=0) - 0.01 * size
    high = np.max(np.concatenate(curve.pieces), axis=0) + 0.01 * size
    names = [g.variables[column] for column in columns]
    window = {name: (float(a), float(b)) for name, a, b in zip(names, low, high, strict=True)}
    held = {name: float(number) for name, number in zip(g.variables, point, strict=True)}
    tips = critical_points(g, window, held)
    if tips.not_isolated:
        return []
    scale = max(1.0, abs(level))
    near = [tip for tip in tips.points if abs(tip.value - level) <= 1e-8 * scale]
    result = []
    for tip in near:
        whole = np.array([[tip.at[name] for name in f.variables]])
        value, _ = gradients(f, whole, columns)
        if np.isfinite(value[0]):
            tidy = {name: 0.0 if abs(number) < 1e-8 else number for name, number in tip.at.items()}
            result.append(LagrangePoint(tidy, float(value[0]), float("nan"), 0.0, "singular"))
    return result


def _mark_ends(points: list[LagrangePoint]) -> tuple[LagrangePoint, ...]:
    from dataclasses import replace

    if not points:
        return ()
    least, most = points[0].value, points[-1].value
    room = 1e-9 * max(1.0, abs(least), abs(most))
    return tuple(
        replace(each, lowest=each.value <= least + room, highest=each.value >= most - room) for each in points
    )
