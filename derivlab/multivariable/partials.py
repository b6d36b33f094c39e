"""Every partial derivative of order 1 and 2 at a point: by autograd, and checked by differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from derivlab.expression.function import Function
from derivlab.multivariable.batch import Floats, columns_of, gradients, hessians, point_of, values

FIRST_STEP = np.finfo(float).eps ** (1 / 3)
"""Of a central difference: it balances the error of the formula, h², and that of rounding, ε/h."""


@dataclass(frozen=True)
class Partial:
    """One partial derivative at a point.

    ``wrt`` has a name for each differentiation, in the order in which they are done. ``autograd`` is
    torch's answer, ``difference`` a central difference (of f for a first partial, of autograd's first
    partial for a second one) and ``difference_error`` how far that difference can be trusted, by a second
    one with half the step.
    """

    wrt: tuple[str, ...]
    autograd: float
    difference: float
    difference_error: float

    @property
    def agrees(self) -> bool:
        """Whether the check confirms autograd's number."""
        allowed = 8 * self.difference_error + 1e-5 * max(1.0, abs(self.autograd))
        return bool(abs(self.autograd - self.difference) <= allowed)


@dataclass(frozen=True)
class Partials:
    """All partials of order 1 and 2 of a function at a point, in the order of its variables."""

    at: dict[str, float]
    value: float
    first: tuple[Partial, ...]
    second: tuple[Partial, ...]

    def of(self, *wrt: str) -> Partial:
        """The partial with these differentiations, in this order."""
        return next(partial for partial in (*self.first, *self.second) if partial.wrt == wrt)


@dataclass(frozen=True)
class Mixed:
    """The two mixed partials by a pair of variables, each in its own order (Clairaut's theorem).

    ``xy`` differentiates by the first variable first. Both are differences of autograd's first partials on
    both sides of the point, so they exist also where f itself has no value or autograd answers NaN.
    """

    variables: tuple[str, str]
    xy: float
    yx: float

    @property
    def agree(self) -> bool:
        """Whether the order makes no difference."""
        return bool(abs(self.xy - self.yx) <= 1e-4 * max(1.0, abs(self.xy), abs(self.yx)))


def partials(f: Function, at: Mapping[str, float]) -> Partials:
    """Value and all partials of order 1 and 2 of ``f`` at a point; NaN where there is none."""
    point = point_of(f, at)
    value, gradient, hessian = (part[0] for part in hessians(f, point[None, :]))
    names, count = f.variables, len(f.variables)
    rough, fine = _differences(f, point, FIRST_STEP), _differences(f, point, FIRST_STEP / 2)
    first = tuple(
        Partial((names[i],), float(gradient[i]), float(fine[0][i]), float(abs(fine[0][i] - rough[0][i])))
        for i in range(count)
    )
    second = tuple(
        Partial(
            (names[i], names[j]),
            float(hessian[i, j]),
            float(fine[1][i, j]),
            float(abs(fine[1][i, j] - rough[1][i, j])),
        )
        for i in range(count)
        for j in range(count)
    )
    return Partials(dict(zip(names, point.tolist(), strict=True)), float(value), first, second)


def mixed(f: Function, at: Mapping[str, float], pair: tuple[str, str]) -> Mixed:
    """Both mixed partials of ``f`` at a point by a pair of variables, to compare.

    They are limits of differences with ever smaller steps; the answer is NaN where these do not settle.
    """
    point = point_of(f, at)
    i, j = columns_of(f, pair)
    return Mixed(pair, xy=_limit_of_difference(f, point, i, j), yx=_limit_of_difference(f, point, j, i))


def _limit_of_difference(f: Function, point: Floats, inner: int, outer: int) -> float:
    """∂/∂outer of ∂f/∂inner at the point."""
    steps = max(1.0, abs(float(point[outer]))) * 2.0 ** -np.arange(6.0, 22.0, 2.0)
    rows = np.tile(point, (2 * len(steps), 1))
    rows[:, outer] += np.concatenate([steps, -steps])
    _, slope = gradients(f, rows, (inner,))
    width = rows[: len(steps), outer] - rows[len(steps) :, outer]
    with np.errstate(all="ignore"):
        difference = (slope[: len(steps), 0] - slope[len(steps) :, 0]) / width
        change = np.abs(np.diff(difference))
    if not np.isfinite(change).any():
        return float("nan")
    best = int(np.nanargmin(change))
    settled = change[best] <= 1e-3 * max(1.0, abs(float(difference[best + 1])))
    return float(difference[best + 1]) if settled else float("nan")


def _differences(f: Function, point: Floats, relative: float) -> tuple[Floats, Floats]:
    """Central differences: of f (n,), and of autograd's gradient (n, n), row i being ∂/∂(variable j) of
    ∂f/∂(variable i).
    """
    count = len(point)
    steps = relative * np.maximum(1.0, np.abs(point))
    rows = np.concatenate([point + np.diag(steps), point - np.diag(steps)]) if count else point[None, :]
    width = np.array([rows[i, i] - rows[count + i, i] for i in range(count)])
    value = values(f, rows)
    _, gradient = gradients(f, rows)
    if not count:
        return np.zeros(0), np.zeros((0, 0))
    with np.errstate(all="ignore"):
        return (value[:count] - value[count:]) / width, ((gradient[:count] - gradient[count:]).T / width)
