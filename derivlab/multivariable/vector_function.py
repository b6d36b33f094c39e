"""Vector functions F: ℝⁿ → ℝᵐ: Jacobian, determinant, divergence, curl, pictures of a square, chain rule,
JVP and VJP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np
import torch
from torch.autograd import forward_ad

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.several import VectorFunction
from derivlab.expression.tree import substitute
from derivlab.lowering.to_torch import lower
from derivlab.multivariable.batch import Floats, columns_of, gradients, point_of, spread, values
from derivlab.multivariable.directional import dual, undual

SIDE_POINTS = 25
"""Points along each side of a square whose image is drawn."""


@dataclass(frozen=True)
class Linearization:
    """F near a point: F(p + d) ≈ value + J·d.

    ``value`` (m,), ``jacobian`` (m, n), rows in the order of the components, columns in that of the
    variables. ``determinant``, ``divergence`` are None unless m = n, ``curl`` is one number for n = 2,
    three for n = 3, else None.
    """

    at: dict[str, float]
    value: Floats
    jacobian: Floats
    determinant: float | None
    divergence: float | None
    curl: tuple[float, ...] | None


@dataclass(frozen=True)
class Picture:
    """A square around a point and what becomes of it: outlines (k, 2).

    ``square`` in the plane of the inputs, ``image`` = F(square), ``parallelogram`` = F(p) + J·(square − p);
    ``grid`` and ``grid_image`` are lines (NaN between them) of the square and their images. ``area_ratio``
    is the image's area by that of the square, with sign: it comes near the determinant as the square
    shrinks.
    """

    square: Floats
    image: Floats
    parallelogram: Floats
    grid: Floats
    grid_image: Floats
    area_ratio: float


@dataclass(frozen=True)
class Chain:
    """The Jacobian of outer ∘ inner: ``outer`` (m, k) times ``inner`` (k, n) is ``product``; ``direct`` is
    autograd's of the composition.
    """

    outer: Floats
    inner: Floats
    product: Floats
    direct: Floats


@dataclass(frozen=True)
class Cost:
    """What the whole Jacobian costs each way, in passes and in seconds (median of several runs)."""

    forward_passes: int
    backward_passes: int
    forward_seconds: float
    backward_seconds: float


def linearize(vector: VectorFunction, at: Mapping[str, float]) -> Linearization:
    """Value, Jacobian and what follows from it at a point. Raises InputError where F has no value."""
    first = vector.components[0]
    point = point_of(first, at)
    parts = [gradients(component, point[None, :]) for component in vector.components]
    value = np.array([float(part[0][0]) for part in parts])
    jacobian = np.stack([part[1][0] for part in parts])
    if np.isnan(value).any():
        bad = vector.components[int(np.flatnonzero(np.isnan(value))[0])]
        raise InputError(f"The component {bad.body} has no value at this point.", hint="Move the point.")
    square = jacobian.shape[0] == jacobian.shape[1]
    return Linearization(
        at=dict(zip(first.variables, point.tolist(), strict=True)),
        value=value,
        jacobian=jacobian,
        determinant=float(np.linalg.det(jacobian)) if square and np.isfinite(jacobian).all() else None,
        divergence=float(np.trace(jacobian)) if square else None,
        curl=_curl(jacobian),
    )


def _curl(jacobian: Floats) -> tuple[float, ...] | None:
    if jacobian.shape == (2, 2):
        return (float(jacobian[1, 0] - jacobian[0, 1]),)
    if jacobian.shape == (3, 3):
        return (
            float(jacobian[2, 1] - jacobian[1, 2]),
            float(jacobian[0, 2] - jacobian[2, 0]),
            float(jacobian[1, 0] - jacobian[0, 1]),
        )
    return None


def jvp(vector: VectorFunction, at: Mapping[str, float], tangent: Floats) -> Floats:
    """J·v by one forward-mode pass: (n,) → (m,)."""
    point = point_of(vector.components[0], at)
    _check_length("tangent", tangent, len(point), "inputs")
    with forward_ad.dual_level():
        duals = [dual(x, float(v)) for x, v in zip(point.tolist(), tangent, strict=True)]
        parts = [lower(part.tree, part.variables, guard=True)(duals) for part in vector.components]
        return np.array([undual(part)[1] for part in parts])


def vjp(vector: VectorFunction, at: Mapping[str, float], cotangent: Floats) -> Floats:
    """wᵀJ by one backward pass: (m,) → (n,)."""
    point = point_of(vector.components[0], at)
    _check_length("cotangent", cotangent, len(vector.components), "outputs")
    leaves = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point.tolist()]
    outputs = [
        lower(component.tree, component.variables, guard=True)(leaves) for component in vector.components
    ]
    weighted = sum(
        (float(weight) * output for weight, output in zip(cotangent, outputs, strict=True)), torch.zeros(())
    )
    if not isinstance(weighted, torch.Tensor) or not weighted.requires_grad:
        return np.zeros(len(point))
    slopes = torch.autograd.grad(weighted.sum(), leaves, materialize_grads=True)
    return np.array([float(slope) for slope in slopes])


def _check_length(name: str, vector: Floats, expected: int, of: str) -> None:
    if np.shape(vector) != (expected,):
        raise InputError(f"The {name} has {np.size(vector)} numbers, but there are {expected} {of}.")


def cost(vector: VectorFunction, at: Mapping[str, float], runs: int = 7) -> Cost:
    """Passes and measured time for the whole Jacobian: a JVP for each input, or a VJP for each output."""
    inputs, outputs = len(vector.variables), len(vector.components)
    seconds: list[list[float]] = [[], []]
    for _ in range(runs):
        for way, (one_pass, size) in enumerate(((jvp, inputs), (vjp, outputs))):
            start = perf_counter()
            for row in np.eye(size):
                one_pass(vector, at, row)
            seconds[way].append(perf_counter() - start)
    return Cost(inputs, outputs, median(seconds[0]), median(seconds[1]))


def picture(vector: VectorFunction, at: Mapping[str, float], side: float) -> Picture:
    """A square of this side around the point, its image and the parallelogram that approximates it (two
    inputs, two outputs).
    """
    if len(vector.variables) != 2 or len(vector.components) != 2:
        raise InputError(
            "The picture needs two variables and two components.", hint="Try (x^2 y, x + sin y)."
        )
    if not (np.isfinite(side) and side > 0):
        raise InputError("The square's side must be a positive number.", hint="Try 0.5.")
    near = linearize(vector, at)
    point = np.array(list(near.at.values()))
    walk = np.linspace(-0.5, 0.5, SIDE_POINTS)
    half = np.full_like(walk, 0.5)
    outline = np.concatenate(
        [
            np.stack([walk, -half], axis=1),
            np.stack([half, walk], axis=1),
            np.stack([-walk, half], axis=1),
            np.stack([-half, -walk], axis=1),
        ]
    )
    square = point + side * outline
    image = _apply(vector, square)
    lines = []
    for share in np.linspace(-0.5, 0.5, 9):
        lines += [
            np.stack([walk, np.full_like(walk, share)], axis=1),
            np.stack([np.full_like(walk, share), walk], axis=1),
        ]
        lines.append(np.full((1, 2), np.nan))
        lines[-2], lines[-1] = lines[-1], lines[-2]
        lines.append(np.full((1, 2), np.nan))
    grid = point + side * np.concatenate(lines)
    return Picture(
        square=square,
        image=image,
        parallelogram=near.value + (square - point) @ near.jacobian.T,
        grid=grid,
        grid_image=_apply(vector, grid),
        area_ratio=_area(image) / side**2,
    )


def field(
    vector: VectorFunction, window: Mapping[str, tuple[float, float]], at: Mapping[str, float], side: int = 17
) -> tuple[Floats, Floats]:
    """F as arrows on a grid of two variables: places (side², 2) and the first two components there (side²,
    2).
    """
    first = vector.components[0]
    axes = tuple(window)
    columns = columns_of(first, axes)
    point = point_of(first, {**at, **dict.fromkeys(axes, 0.0)})
    ticks = [np.linspace(low, high, side) for low, high in window.values()]
    places = np.stack(np.meshgrid(*ticks, indexing="ij"), axis=-1).reshape(-1, 2)
    rows = spread(point, columns, places)
    return places, np.stack([values(component, rows) for component in vector.components[:2]], axis=1)


def compose(outer: VectorFunction, inner: VectorFunction) -> VectorFunction:
    """outer(inner(·)): the inner components take the places of the outer variables, in order."""
    if len(outer.variables) != len(inner.components):
        raise InputError(
            f"The outer function takes {len(outer.variables)} variables, "
            f"but the inner one gives {len(inner.components)} numbers.",
            hint="Make the two numbers equal.",
        )
    trees = {name: part.tree for name, part in zip(outer.variables, inner.components, strict=True)}
    return VectorFunction(
        outer.name,
        inner.variables,
        tuple(
            Function(part.name, inner.variables, substitute(part.tree, trees)) for part in outer.components
        ),
    )


def chain(outer: VectorFunction, inner: VectorFunction, at: Mapping[str, float]) -> Chain:
    """The chain rule at a point: J(outer ∘ inner) = J(outer) · J(inner), with the left side worked out by
    itself as a check.
    """
    whole = compose(outer, inner)
    first = linearize(inner, at)
    second = linearize(outer, dict(zip(outer.variables, first.value.tolist(), strict=True)))
    return Chain(
        second.jacobian, first.jacobian, second.jacobian @ first.jacobian, linearize(whole, at).jacobian
    )


def _apply(vector: VectorFunction, points: Floats) -> Floats:
    """F at points (k, n): (k, m); NaN rows stay NaN."""
    return np.stack(
        [
            np.where(np.isnan(points[:, 0]), np.nan, values(part, np.nan_to_num(points)))
            for part in vector.components
        ],
        axis=1,
    )


def _area(outline: Floats) -> float:
    """The signed area inside a closed outline (shoelace formula)."""
    x, y = outline[:, 0] - outline[0, 0], outline[:, 1] - outline[0, 1]
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
