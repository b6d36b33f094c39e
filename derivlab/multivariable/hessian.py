"""What a Hessian says of the surface: principal directions, bending, and the kind of a critical point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.multivariable.batch import Floats, columns_of, hessians, point_of, spread, values

Kind: TypeAlias = Literal["minimum", "maximum", "saddle", "degenerate"]

SINGULAR = 1e-6
"""An eigenvalue below this share of the largest counts as 0: the second derivatives do not decide."""


@dataclass(frozen=True)
class Bending:
    """The quadratic (second-order Taylor) picture of f at a point.

    ``variables`` name the k coordinates; ``at`` (k,), ``value``, ``gradient`` (k,), ``hessian`` (k, k). The
    ``eigenvalues`` (k,) are the second derivatives along the ``directions`` (k, k), unit vectors in rows,
    least first; ``shape`` says how the surface bends there, whether or not the point is critical.
    """

    variables: tuple[str, ...]
    at: Floats
    value: float
    gradient: Floats
    hessian: Floats
    eigenvalues: Floats
    directions: Floats
    shape: Literal["bowl", "dome", "saddle", "flat in a direction"]

    @property
    def determinant(self) -> float:
        """The product of the eigenvalues."""
        return float(np.prod(self.eigenvalues))

    def quadratic(self, places: Floats) -> Floats:
        """f(p) + ∇f·d + ½ dᵀHd with d = place − p: (m, k) → (m,)."""
        away = np.asarray(places, dtype=np.float64) - self.at
        bend = np.einsum("mi,ij,mj->m", away, self.hessian, away)
        return np.asarray(self.value + away @ self.gradient + 0.5 * bend, dtype=np.float64)

    def tangent_plane(self, places: Floats) -> Floats:
        """f(p) + ∇f·d with d = place − p: (m, k) → (m,)."""
        away = np.asarray(places, dtype=np.float64) - self.at
        return np.asarray(self.value + away @ self.gradient, dtype=np.float64)


def bending(f: Function, at: Mapping[str, float], wrt: Sequence[str] | None = None) -> Bending:
    """Value, gradient, Hessian and principal directions at a point, by the variables ``wrt`` (all if None).

    Raises InputError where f or one of these derivatives is no finite number.
    """
    names = f.variables if wrt is None else tuple(wrt)
    point = point_of(f, at)
    columns = columns_of(f, names)
    value, gradient, hessian = (part[0] for part in hessians(f, point[None, :], columns))
    if not np.isfinite(value):
        raise InputError(
            f"{f.name} has no value at this point.", hint="Move the point to where it is defined."
        )
    if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
        raise InputError(
            f"{f.name} has a value here, but no finite first and second derivatives.",
            hint="Move the point a little.",
        )
    symmetric = (hessian + hessian.T) / 2
    eigenvalues, vectors = np.linalg.eigh(symmetric)
    kind = classify(eigenvalues)
    shape = {"minimum": "bowl", "maximum": "dome", "saddle": "saddle"}.get(kind, "flat in a direction")
    return Bending(
        variables=names,
        at=point[list(columns)],
        value=float(value),
        gradient=gradient,
        hessian=symmetric,
        eigenvalues=eigenvalues,
        directions=_pointing_right(vectors.T),
        shape=shape,  # type: ignore[arg-type]
    )


def _pointing_right(directions: Floats) -> Floats:
    """Each unit vector or its opposite, so that its largest part is positive: the choice is free, and this
    one is stable.
    """
    largest = directions[np.arange(len(directions)), np.argmax(np.abs(directions), axis=1)]
    return np.asarray(directions * np.where(largest < 0, -1.0, 1.0)[:, None] + 0.0, dtype=np.float64)


def classify(eigenvalues: Floats) -> Kind:
    """The second-derivative test: the kind of a critical point whose Hessian has these eigenvalues."""
    threshold = SINGULAR * float(np.max(np.abs(eigenvalues), initial=0.0))
    if np.any(eigenvalues > threshold) and np.any(eigenvalues < -threshold):
        return "saddle"
    if not len(eigenvalues) or np.any(np.abs(eigenvalues) <= threshold):
        return "degenerate"
    return "minimum" if eigenvalues[0] > 0 else "maximum"


def looks_like(f: Function, point: Floats, columns: Sequence[int], radii: Floats) -> Kind:
    """What samples on small ellipses around a point say, where the second derivatives do not decide.

    ``point`` (n,), ``radii`` (k,) the size of the largest ellipse. 'degenerate' where f is level around it
    too.
    """
    rng = np.random.default_rng(7)
    size = len(columns)
    if size == 1:
        circle = np.array([[-1.0], [1.0]])
    elif size == 2:
        angle = np.linspace(0.0, 2 * np.pi, 180, endpoint=False) + 0.01
        circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    else:
        circle = rng.normal(size=(400, size))
        circle /= np.linalg.norm(circle, axis=1, keepdims=True)
    centre = point[list(columns)]
    around = np.concatenate([centre + circle * radii * shrink for shrink in (1.0, 0.5, 0.25)])
    here = float(values(f, point[None, :])[0])
    there = values(f, spread(point, columns, around))
    rise = there - here
    noise = 64 * np.finfo(float).eps * max(abs(here), float(np.nanmax(np.abs(there), initial=0.0)))
    up, down = bool(np.any(rise > noise)), bool(np.any(rise < -noise))
    if up and down:
        return "saddle"
    if up and not np.any(np.abs(rise) <= noise):
        return "minimum"
    if down and not np.any(np.abs(rise) <= noise):
        return "maximum"
    return "degenerate"
