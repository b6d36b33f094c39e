"""The slope of f in a direction: D_v f = ∇f · v, computed as one forward-mode pass (a JVP)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from torch.autograd import forward_ad

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.lowering.to_torch import lower
from derivlab.multivariable.batch import Floats, columns_of, gradients, point_of, spread, values


@dataclass(frozen=True)
class Directional:
    """The directional derivative at a point.

    ``direction`` is the unit vector along what was asked for, in the order of f's variables; ``slope``
    comes from a JVP, ``dot_product`` is ∇f · direction, ``forward`` and ``backward`` are one-sided
    differences, which show a corner. ``steepest`` is the unit vector along which f rises fastest and
    ``steepest_slope`` = |∇f|; ``steepest`` is None where the gradient is zero.
    """

    direction: Floats
    slope: float
    dot_product: float
    gradient: Floats
    steepest: Floats | None
    steepest_slope: float
    forward: float
    backward: float


@dataclass(frozen=True)
class Rosette:
    """Slopes in every direction of a plane: ``angles`` (m,) in radians, ``slopes`` (m,) = ∇f · (cos, sin)."""

    variables: tuple[str, str]
    angles: Floats
    slopes: Floats
    steepest_angle: float | None
    level_angle: float | None


def unit(vector: Floats) -> Floats:
    """The vector of length 1 in the same direction. Raises InputError for (0, 0) and for what is not
    finite.
    """
    vector = np.asarray(vector, dtype=np.float64)
    if not np.isfinite(vector).all():
        raise InputError("The direction must be made of finite numbers.", hint="Try (1, 0).")
    largest = float(np.max(np.abs(vector), initial=0.0))
    if largest == 0.0:
        zero = ", ".join("0" for _ in vector)
        one = ", ".join(["1", *("0" for _ in vector[1:])])
        raise InputError(f"({zero}) points nowhere, so there is no slope along it.", hint=f"Try ({one}).")
    scaled = vector / largest
    return np.asarray(scaled / np.linalg.norm(scaled), dtype=np.float64)


def directional(f: Function, at: Mapping[str, float], direction: Mapping[str, float]) -> Directional:
    """The slope of f at a point along a direction of any length but 0; a variable not named there has part 0.

    Raises InputError for the zero direction and where f has no value.
    """
    point = point_of(f, at)
    columns_of(f, tuple(direction))
    along = unit(np.array([float(direction.get(name, 0.0)) for name in f.variables]))
    value, gradient = (part[0] for part in gradients(f, point[None, :]))
    if np.isnan(value):
        raise InputError(
            f"{f.name} has no value at this point.", hint="Move the point to where it is defined."
        )
    step = 1e-6 * max(1.0, float(np.max(np.abs(point), initial=0.0)))
    ahead, behind = values(f, np.stack([point + step * along, point - step * along]))
    length = float(np.linalg.norm(gradient))
    return Directional(
        direction=along,
        slope=jvp(f, point, along)[1],
        dot_product=float(gradient @ along),
        gradient=gradient,
        steepest=gradient / length if np.isfinite(length) and length > 0 else None,
        steepest_slope=length,
        forward=float((ahead - value) / step),
        backward=float((value - behind) / step),
    )


def jvp(f: Function, point: Floats, tangent: Floats) -> tuple[float, float]:
    """f and its derivative along ``tangent`` in one forward-mode pass: no gradient is made."""
    with forward_ad.dual_level():
        inputs = [dual(float(x), float(v)) for x, v in zip(point, tangent, strict=True)]
        primal, slope = undual(lower(f.tree, f.variables, guard=True)(inputs))
    return primal, slope


def dual(primal: float, tangent: float) -> torch.Tensor:
    """A number and the direction in which it moves, for forward mode; only inside of a ``dual_level``."""
    numbers = (torch.tensor(number, dtype=torch.float64) for number in (primal, tangent))
    return cast("torch.Tensor", forward_ad.make_dual(*numbers))  # type: ignore[no-untyped-call]


def undual(output: torch.Tensor) -> tuple[float, float]:
    """Value and derivative of what came out of a forward pass; the derivative is 0 where the output does
    not move.
    """
    primal, tangent = forward_ad.unpack_dual(output)  # type: ignore[no-untyped-call]
    return float(primal), 0.0 if tangent is None else float(tangent)


def rosette(f: Function, at: Mapping[str, float], axes: tuple[str, str], count: int = 73) -> Rosette:
    """The slope in ``count`` directions of the plane of two variables, once around."""
    point = point_of(f, at)
    columns = columns_of(f, axes)
    _, gradient = gradients(f, spread(point, columns, point[list(columns)][None, :]), columns)
    angles = np.linspace(0.0, 2 * np.pi, count)
    slopes = np.cos(angles) * gradient[0, 0] + np.sin(angles) * gradient[0, 1]
    steep = float(np.arctan2(gradient[0, 1], gradient[0, 0]))
    has_steepest = bool(np.isfinite(gradient).all() and np.any(gradient != 0))
    return Rosette(
        axes, angles, slopes, steep if has_steepest else None, steep + np.pi / 2 if has_steepest else None
    )
