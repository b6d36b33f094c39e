"""Every critical point in a window: where the gradient is zero or missing, found, checked and named.

Starts on a grid, wherever the gradient's components can vanish together, and at random; from each a damped
Newton walk with Hessians by autograd; the ends that meet are merged, and each is checked by its gradient
and by its next step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.memory import remembered, weight_of
from derivlab.multivariable.batch import Floats, columns_of, gradients, hessians, point_of, spread
from derivlab.multivariable.corners import corners, turns_of_gradient
from derivlab.multivariable.hessian import Kind, classify, looks_like
from derivlab.multivariable.newton import find_roots

GRID = {1: 2001, 2: 81, 3: 21}
"""Points along each side of the grid that is searched, for one, two and three variables."""
COARSE = {1: 64, 2: 14, 3: 6}
"""Points along each side of the grid from which a walk starts in any case."""
SCATTERED = 512
"""Random starts where there are more than three variables."""
MOST_STARTS = 4_000
MERGE = 1e-5
"""Ends nearer than this share of the window are one point."""
CONVERGED = 1e-6
"""The next Newton step, as a share of the window, at a critical point."""
CROWD = 60
"""With more degenerate points than this they are taken for pieces of a curve or a region."""


@dataclass(frozen=True)
class CriticalPoint:
    """A point where the gradient is zero, or an extreme point at which there is none (a corner).

    ``at`` has a number for each variable of f; ``eigenvalues`` are of the Hessian by the window's
    variables, none for a corner. ``looks`` is what samples around it show: the same as ``kind``, except
    where that is 'degenerate'.
    """

    at: dict[str, float]
    value: float
    gradient_norm: float
    eigenvalues: tuple[float, ...]
    kind: Kind
    looks: Kind
    is_smooth: bool = True


@dataclass(frozen=True)
class CriticalPoints:
    """All critical points found, lowest first.

    ``not_isolated``: the gradient is zero on whole curves or regions, of which the points are samples (none
    where it is zero everywhere). ``starts`` is the number of walks. ``turns`` is how often the gradient
    turns round, counterclockwise, along the window's edge (two variables, gradient defined and not zero
    there, else None). With every point isolated and the gradient continuous inside it must equal minima +
    maxima − saddles (Poincaré and Hopf): ``is_balanced`` says whether it does, None where the count does
    not apply.
    """

    variables: tuple[str, ...]
    points: tuple[CriticalPoint, ...]
    not_isolated: bool
    starts: int
    turns: int | None = None

    def of(self, kind: Kind) -> tuple[CriticalPoint, ...]:
        """Those of one kind."""
        return tuple(point for point in self.points if point.kind == kind)

    @property
    def is_balanced(self) -> bool | None:
        """Whether the points account for the turns of the gradient along the edge."""
        if self.turns is None or self.not_isolated or self.of("degenerate"):
            return None
        return self.turns == len(self.of("minimum")) + len(self.of("maximum")) - len(self.of("saddle"))


def critical_points(
    f: Function, window: Mapping[str, tuple[float, float]], at: Mapping[str, float] | None = None
) -> CriticalPoints:
    """Where the partials by the window's variables are all zero, inside the window.

    ``window`` has (low, high) for each variable that is free; ``at`` a number for each other one. Raises
    InputError for an empty window, or one that names no variable of f.
    """
    columns_of(f, tuple(window))
    for name, (low, high) in window.items():
        if not (np.isfinite(low) and np.isfinite(high) and low < high):
            raise InputError(
                f"The window of {name} runs from {low:g} to {high:g}.",
                hint="Its left end must be below its right end.",
            )
    fixed = tuple((name, float((at or {}).get(name, np.nan))) for name in f.variables if name not in window)
    point_of(f, {**dict(fixed), **dict.fromkeys(window, 0.0)})
    return _search(f, tuple((name, float(low), float(high)) for name, (low, high) in window.items()), fixed)


@remembered(lambda found, f, *_: 3 * weight_of(f.tree) + 2_000 * len(found.points))
def _search(
    f: Function, window: tuple[tuple[str, float, float], ...], fixed: tuple[tuple[str, float], ...]
) -> CriticalPoints:
    names = tuple(name for name, _, _ in window)
    columns = columns_of(f, names)
    low = np.array([bounds[1] for bounds in window])
    size = np.array([bounds[2] for bounds in window]) - low
    point = np.array([dict(fixed).get(name, 0.0) for name in f.variables])

    def system(places: Floats) -> tuple[Floats, Floats]:
        _, gradient, hessian = hessians(f, spread(point, columns, places), columns)
        return gradient, hessian

    starts, typical = _starts(f, point, columns, low, size)
    if typical == 0.0:
        return CriticalPoints(names, (), not_isolated=bool(len(starts)), starts=len(starts))
    roots = find_roots(system, starts, size)
    inside = ((roots.places >= low - 1e-9 * size) & (roots.places <= low + size * (1 + 1e-9))).all(axis=1)
    settled = inside & (roots.residuals <= 1e-6 * typical) & (roots.steps <= CONVERGED)
    order = np.flatnonzero(settled)[np.argsort(roots.residuals[settled], kind="stable")]
    found = _describe(f, point, columns, _merge(roots.places[order], size), size)
    not_isolated = sum(each.kind == "degenerate" for each in found) > CROWD
    if not not_isolated:
        found = _join_flat(f, point, columns, found, size)
        found += [
            CriticalPoint(_named(f, whole, size, columns), value, np.nan, (), kind, kind, is_smooth=False)
            for whole, value, kind in corners(f, point, columns, low, size, _coordinates(f, found, columns))
        ]
    found.sort(key=lambda each: (each.value, tuple(each.at.values())))
    turns = turns_of_gradient(f, point, columns, low, size) if len(columns) == 2 else None
    return CriticalPoints(names, tuple(found), not_isolated, len(starts), turns)


def _coordinates(f: Function, found: list[CriticalPoint], columns: tuple[int, ...]) -> Floats:
    names = [f.variables[column] for column in columns]
    return np.array([[each.at[name] for name in names] for each in found]).reshape(-1, len(columns))


def _starts(
    f: Function, point: Floats, columns: tuple[int, ...], low: Floats, size: Floats
) -> tuple[Floats, float]:
    """Starts of the walks (m, k), and the typical size of a gradient in the window."""
    free = len(columns)
    if free > 3:
        places = low + size * np.random.default_rng(0).random((SCATTERED, free))
        _, gradient = gradients(f, spread(point, columns, places), columns)
        usable = np.isfinite(gradient).all(axis=1)
        return places[usable], _typical(gradient[usable])
    side = GRID[free]
    # The grid is set off from round numbers, where poles and corners like to be.
    ticks = (np.arange(side) + 0.0137) / (side - 1 + 0.0274)
    grid = np.stack(np.meshgrid(*([ticks] * free), indexing="ij"), axis=-1)
    places = low + size * grid.reshape(-1, free)
    _, gradient = gradients(f, spread(point, columns, places), columns)
    usable = np.isfinite(gradient).all(axis=1)
    field = gradient.reshape(*([side] * free), free)
    with np.errstate(over="ignore", invalid="ignore"):
        steepness = (field * field).sum(axis=-1)
    chosen = _vanishing(field) | _lowest(steepness)
    stride = side // COARSE[free]
    chosen[tuple([slice(stride // 2, None, stride)] * free)] = True
    rows = np.flatnonzero(chosen.ravel() & usable)
    if len(rows) > MOST_STARTS:
        rows = np.random.default_rng(0).choice(rows, MOST_STARTS, replace=False)
    flat = bool(usable.any()) and not gradient[usable].any()
    return (places[usable][:1] if flat else places[rows]), _typical(gradient[usable])


def _typical(gradient: Floats) -> float:
    length = np.linalg.norm(gradient, axis=1)
    return float(np.median(length[length > 0])) if length.any() else 0.0


def _vanishing(field: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """First corners of the cells on whose corners no component of the gradient keeps one sign."""
    free = field.shape[-1]
    least, most = field, field
    for axis in range(free):
        ends = [(slice(None),) * axis + (part,) for part in (slice(None, -1), slice(1, None))]
        least = np.fmin(least[ends[0]], least[ends[1]])
        most = np.fmax(most[ends[0]], most[ends[1]])
    cells = ((least <= 0) & (most >= 0)).all(axis=-1)
    chosen = np.zeros(field.shape[:-1], dtype=np.bool_)
    chosen[tuple(slice(0, extent) for extent in cells.shape)] = cells
    return chosen


def _lowest(steepness: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Places where the gradient is no longer than at any neighbour along the axes."""
    filled = np.where(np.isfinite(steepness), steepness, np.inf)
    lowest = np.isfinite(steepness)
    for axis in range(steepness.ndim):
        for shift in (1, -1):
            neighbour = np.roll(filled, shift, axis=axis)
            edge: list[slice | int] = [slice(None)] * steepness.ndim
            edge[axis] = 0 if shift == 1 else -1
            neighbour[tuple(edge)] = np.inf
            lowest &= (filled < neighbour) if shift == 1 else (filled <= neighbour)
    return lowest


def _merge(places: Floats, size: Floats) -> Floats:
    """One place for each cluster, the best (first) of it; cells of the merge radius make it linear in their
    number.
    """
    kept: list[Floats] = []
    cells: dict[tuple[int, ...], list[int]] = {}
    offsets = np.stack(np.meshgrid(*([[-1, 0, 1]] * len(size)), indexing="ij"), axis=-1).reshape(
        -1, len(size)
    )
    for place in places:
        scaled = place / size
        cell = np.floor(scaled / MERGE).astype(np.int64)
        near = (index for offset in offsets for index in cells.get(tuple(cell + offset), ()))
        if all(np.max(np.abs(kept[index] / size - scaled)) > MERGE for index in near):
            cells.setdefault(tuple(cell), []).append(len(kept))
            kept.append(place)
    return np.array(kept).reshape(-1, len(size))


def _describe(
    f: Function, point: Floats, columns: tuple[int, ...], places: Floats, size: Floats
) -> list[CriticalPoint]:
    whole = spread(point, columns, places)
    value, gradient, hessian = hessians(f, whole, columns)
    symmetric = (hessian + hessian.transpose(0, 2, 1)) / 2
    eigenvalues = np.linalg.eigvalsh(symmetric)
    scaled = np.linalg.eigvalsh(symmetric * np.outer(size, size))
    kinds = [classify(row) for row in scaled]
    look = kinds.count("degenerate") <= CROWD
    return [
        CriticalPoint(
            at=_named(f, whole[row], size, columns),
            value=float(value[row]),
            gradient_norm=float(np.linalg.norm(gradient[row])),
            eigenvalues=tuple(eigenvalues[row].tolist()),
            kind=kind,
            looks=looks_like(f, whole[row], columns, 2e-3 * size) if kind == "degenerate" and look else kind,
        )
        for row, kind in enumerate(kinds)
    ]


def _named(f: Function, whole: Floats, size: Floats, columns: tuple[int, ...]) -> dict[str, float]:
    """Coordinates by name; one that is 0 but for rounding is 0."""
    tidy = whole.copy()
    for column, extent in zip(columns, size, strict=True):
        if abs(tidy[column]) < 1e-13 * extent:
            tidy[column] = 0.0
    return dict(zip(f.variables, tidy.tolist(), strict=True))


def _join_flat(
    f: Function, point: Floats, columns: tuple[int, ...], found: list[CriticalPoint], size: Floats
) -> list[CriticalPoint]:
    """Degenerate points near each other, with a gradient between them no larger than at their ends, are
    one.
    """
    sharp = [each for each in found if each.kind != "degenerate"]
    flat = sorted((each for each in found if each.kind == "degenerate"), key=lambda each: each.gradient_norm)
    kept: list[CriticalPoint] = []
    for each in flat:
        here = np.array([each.at[f.variables[column]] for column in columns])
        for other in kept:
            there = np.array([other.at[f.variables[column]] for column in columns])
            if np.max(np.abs(here - there) / size) < 1e-2:
                between = spread(point, columns, np.linspace(here, there, 5))
                _, gradient = gradients(f, between, columns)
                ceiling = 4 * max(each.gradient_norm, other.gradient_norm) + 1e-300
                if np.all(np.linalg.norm(gradient, axis=1) <= ceiling):
                    break
        else:
            kept.append(each)
    return sharp + kept
