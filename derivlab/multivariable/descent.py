"""Descent from a point, as torch's own optimizers run it, and Newton's method beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import torch

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.lowering.to_torch import lower
from derivlab.memory import remembered, weight_of
from derivlab.multivariable.batch import Floats, columns_of, gradients, hessians, point_of, spread

Method: TypeAlias = Literal["gradient descent", "momentum", "Adam", "Newton"]
Outcome: TypeAlias = Literal["arrived", "still moving", "diverged", "left the domain", "saddle or maximum"]

METHODS: tuple[Method, ...] = get_args(Method)
MOST_STEPS = 2_000
STILL = 1e-8
"""A gradient this small, as a share of the first one (at least 1), is an arrival."""
AWAY = 1e6
"""Coordinates beyond this many times the start's size (at least 1) are a divergence."""

_OPTIMIZERS: dict[str, Callable[[list[torch.Tensor], float], torch.optim.Optimizer]] = {
    "gradient descent": lambda leaves, rate: torch.optim.SGD(leaves, lr=rate),
    "momentum": lambda leaves, rate: torch.optim.SGD(leaves, lr=rate, momentum=0.9),
    "Adam": lambda leaves, rate: torch.optim.Adam(leaves, lr=rate),
}
CODE: dict[Method, str] = {
    "gradient descent": "torch.optim.SGD([x], lr={rate})",
    "momentum": "torch.optim.SGD([x], lr={rate}, momentum=0.9)",
    "Adam": "torch.optim.Adam([x], lr={rate})",
    "Newton": "x -= {rate} * torch.linalg.solve(hessian, gradient)",
}
"""The line of PyTorch that is run for each method."""


@dataclass(frozen=True)
class Descent:
    """A path: ``places`` (steps + 1, k) of the variables that move, f there in ``values`` and |∇f| in
    ``slopes``.
    """

    method: Method
    rate: float
    variables: tuple[str, ...]
    places: Floats
    values: Floats
    slopes: Floats
    outcome: Outcome

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.places) - 1


def descend(
    f: Function,
    at: Mapping[str, float],
    method: Method = "gradient descent",
    rate: float = 0.01,
    steps: int = 100,
    wrt: tuple[str, ...] | None = None,
) -> Descent:
    """Walk downhill from a point by the variables ``wrt`` (all if None); the others stay.

    A divergence is an outcome, not an error. Raises InputError for an unknown method, a step size that is
    not positive, a number of steps outside 1 … 2,000, and a start where f has no slope.
    """
    if method not in METHODS:
        raise InputError(f"There is no method called {method!r}.", hint=f"Choose from {', '.join(METHODS)}.")
    if not (np.isfinite(rate) and rate > 0):
        raise InputError(f"The step size must be a positive number, not {rate:g}.", hint="Try 0.01.")
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(f"The number of steps must be from 1 to {MOST_STEPS:,}.")
    names = f.variables if wrt is None else tuple(wrt)
    columns_of(f, names)
    return _descend(f, tuple(point_of(f, at).tolist()), method, float(rate), int(steps), names)


@remembered(lambda found, f, *_: weight_of(f.tree, f.tree, f.tree, found.places, found.values, found.slopes))
def _descend(
    f: Function, start: tuple[float, ...], method: Method, rate: float, steps: int, names: tuple[str, ...]
) -> Descent:
    point, columns = np.array(start), columns_of(f, names)
    walk = _newton if method == "Newton" else _optimize
    places = walk(f, point, columns, method, rate, steps)
    value, gradient = gradients(f, spread(point, columns, places), columns)
    lost = np.flatnonzero(~np.isfinite(value))
    if len(lost):  # what comes after a place without a value means nothing
        places, value, gradient = places[: lost[0] + 1], value[: lost[0] + 1], gradient[: lost[0] + 1]
    with np.errstate(over="ignore", invalid="ignore"):
        slope = np.linalg.norm(gradient, axis=1)
    if not np.isfinite(slope[0]):
        raise InputError(
            f"{f.name} has no slope at the start, so there is no way down.",
            hint="Move the point to where it is defined.",
        )
    return Descent(
        method, rate, names, places, value, slope, _outcome(f, point, columns, places, value, slope)
    )


def _optimize(
    f: Function, point: Floats, columns: tuple[int, ...], method: Method, rate: float, steps: int
) -> Floats:
    """The places that a torch optimizer visits."""
    compute = lower(f.tree, f.variables, guard=True)
    inputs = [torch.tensor(number, dtype=torch.float64) for number in point]
    leaves = [inputs[column].requires_grad_() for column in columns]
    optimizer = _OPTIMIZERS[method](leaves, rate)
    places = [[leaf.item() for leaf in leaves]]
    limit = AWAY * max(1.0, float(np.max(np.abs(point))))
    for _ in range(steps):
        optimizer.zero_grad()
        height = compute(inputs)
        if not height.requires_grad:
            break
        height.sum().backward()  # type: ignore[no-untyped-call]
        if all(leaf.grad is None or leaf.grad.item() == 0 for leaf in leaves) and method != "momentum":
            break
        optimizer.step()
        places.append([leaf.item() for leaf in leaves])
        if not all(np.isfinite(number) and abs(number) <= limit for number in places[-1]):
            break
    return np.array(places, dtype=np.float64)


def _newton(
    f: Function, point: Floats, columns: tuple[int, ...], method: Method, rate: float, steps: int
) -> Floats:
    """The places that Newton's method visits: each step solves H·d = −∇f (by least squares where H is
    singular).
    """
    del method
    places = [point[list(columns)]]
    limit = AWAY * max(1.0, float(np.max(np.abs(point))))
    for _ in range(steps):
        _, gradient, hessian = hessians(f, spread(point, columns, places[-1][None, :]), columns)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()) or not gradient.any():
            break
        move = np.linalg.lstsq(hessian[0], gradient[0], rcond=None)[0]
        places.append(places[-1] - rate * move)
        if not move.any() or np.max(np.abs(places[-1])) > limit:
            break
    return np.array(places, dtype=np.float64)


def _outcome(
    f: Function, point: Floats, columns: tuple[int, ...], places: Floats, value: Floats, slope: Floats
) -> Outcome:
    last = places[-1]
    limit = AWAY * max(1.0, float(np.max(np.abs(point))))
    if not np.isfinite(last).all() or np.max(np.abs(last)) > limit:
        return "diverged"
    if not (np.isfinite(value[-1]) and np.isfinite(slope[-1])):
        return "left the domain"
    if slope[-1] > STILL * max(1.0, float(slope[0])):
        return "still moving"
    _, _, hessian = hessians(f, spread(point, columns, last[None, :]), columns)
    downhill = np.isfinite(hessian).all() and np.linalg.eigvalsh(hessian[0]).min() < -STILL
    return "saddle or maximum" if downhill else "arrived"
