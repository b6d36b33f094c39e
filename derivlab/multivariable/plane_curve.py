"""Curves in the plane that are no graph of a function: implicit ones, F(x, y) = c, and parametric ones,
(x(t), y(t)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.several import VectorFunction
from derivlab.expression.tree import Apply, Node
from derivlab.multivariable.batch import Floats, columns_of, gradients, hessians, point_of
from derivlab.multivariable.level_set import project

Direction = Literal["slope", "vertical", "singular"]


@dataclass(frozen=True)
class ImplicitSlope:
    """A point of F(x, y) = c and the slope of the curve there, dy/dx = −F_x / F_y.

    ``kind`` is 'vertical' where only F_y is zero (``slope`` is infinite) and 'singular' where both partials
    are: the curve crosses itself, has a tip or is a single point, and the formula says nothing (``slope``
    is NaN).
    """

    at: dict[str, float]
    value: float
    partial_x: float
    partial_y: float
    slope: float
    kind: Direction


@dataclass(frozen=True)
class Motion:
    """A parametric curve at one t: ``place``, ``velocity``, ``acceleration`` (m,), ``speed`` = |velocity|.

    ``slope`` = y′/x′ and ``curvature`` = (x′y″ − y′x″)/speed³ for a curve in the plane; infinite slope
    where x′ = 0, NaN where the velocity is zero.
    """

    t: float
    place: Floats
    velocity: Floats
    acceleration: Floats
    speed: float
    slope: float
    curvature: float
    kind: Direction


def implicit_slope(
    f: Function, level: float, near: Mapping[str, float], axes: tuple[str, str] = ("x", "y")
) -> ImplicitSlope:
    """The point of the curve f = level nearest along the gradient to ``near``, and the slope there by
    autograd.

    Raises InputError where there is no such point.
    """
    at = project(f, level, near, axes)
    columns = columns_of(f, axes)
    value, gradient = gradients(f, point_of(f, at)[None, :], columns)
    by_x, by_y = (float(number) for number in gradient[0])
    size = max(abs(by_x), abs(by_y))
    place = np.array([at[name] for name in axes])
    if not np.isfinite(size):
        raise InputError(
            f"{f.name} has no slope at this point of the curve.", hint="Move the point a little."
        )
    _, _, bend = hessians(f, point_of(f, at)[None, :], columns)
    natural = float(np.abs(np.nan_to_num(bend)).max()) * max(1e-3, float(np.abs(place).max()))
    if size <= 1e-7 * max(natural, 1e-300) or size == 0:
        return ImplicitSlope(at, float(value[0]), by_x, by_y, float("nan"), "singular")
    if abs(by_y) <= 1e-12 * size:
        return ImplicitSlope(at, float(value[0]), by_x, by_y, float("inf"), "vertical")
    return ImplicitSlope(at, float(value[0]), by_x, by_y, -by_x / by_y + 0.0, "slope")


def implicit_formula(by_x: Node, by_y: Node) -> Node:
    """−F_x / F_y as a tree, from the trees of the two partials."""
    return Apply("negate", (Apply("divide", (by_x, by_y)),))


def motion(curve: VectorFunction, t: float) -> Motion:
    """Place, velocity and acceleration at t, each component by autograd. Raises InputError where the curve
    has no value.
    """
    if len(curve.variables) != 1:
        raise InputError(
            f"A parametric curve has one variable; this has {len(curve.variables)}.",
            hint="Try (cos t, sin 2t).",
        )
    rows = np.array([[float(t)]])
    parts = [hessians(component, rows) for component in curve.components]
    place = np.array([part[0][0] for part in parts])
    velocity = np.array([part[1][0, 0] for part in parts])
    acceleration = np.array([part[2][0, 0, 0] for part in parts])
    if not np.isfinite(place).all():
        raise InputError(
            f"The curve has no point at {curve.variables[0]} = {t:g}.", hint="Choose another value."
        )
    speed = float(np.linalg.norm(velocity))
    slope, curvature, kind = float("nan"), float("nan"), "singular"
    if speed > 0 and np.isfinite(speed) and len(place) == 2:
        kind = "slope"
        with np.errstate(divide="ignore"):
            slope = float(np.divide(velocity[1], velocity[0])) + 0.0
        if abs(velocity[0]) <= 1e-12 * speed:
            slope, kind = float("inf"), "vertical"
        curvature = float((velocity[0] * acceleration[1] - velocity[1] * acceleration[0]) / speed**3)
    elif speed > 0:
        kind = "slope"
    return Motion(float(t), place, velocity, acceleration, speed, slope, curvature, kind)  # type: ignore[arg-type]


def trace(curve: VectorFunction, window: tuple[float, float], count: int = 800) -> tuple[Floats, Floats]:
    """Points of a parametric curve, denser where it bends: t (m,), places (m, k); NaN where there is none.

    Half of the points are spread evenly over t, the rest over the length of the path.
    """
    low, high = window
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise InputError("The window must end to the right of where it starts.", hint="Try 0 to 2pi.")
    t = np.linspace(low, high, count // 2)
    places = _places(curve, t)
    with np.errstate(all="ignore"):
        length = np.nan_to_num(np.linalg.norm(np.diff(places, axis=0), axis=1), nan=0.0, posinf=0.0)
    if length.sum() > 0:
        along = np.concatenate([[0.0], np.cumsum(length)])
        even = np.interp(np.linspace(0.0, along[-1], count - count // 2), along, t)
        t = np.unique(np.concatenate([t, even]))
        places = _places(curve, t)
    return t, places


def _places(curve: VectorFunction, t: Floats) -> Floats:
    from derivlab.multivariable.batch import values

    return np.stack([values(part, t[:, None]) for part in curve.components], axis=1)
