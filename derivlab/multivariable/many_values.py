"""Many values at once: y = f(x) for a list of x, what .backward() needs then, and what the sum does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import torch

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.lowering.to_torch import lower
from derivlab.multivariable.batch import Floats

Coupling: TypeAlias = Literal["none", "softmax", "cumsum", "mean"]
"""What is done to y = f(x) before the backward pass: nothing, or an operation in which outputs share
inputs.
"""

COUPLINGS: tuple[Coupling, ...] = get_args(Coupling)
CODE: dict[Coupling, str] = {
    "none": "y = f(x)",
    "softmax": "y = torch.softmax(f(x), dim=0)",
    "cumsum": "y = torch.cumsum(f(x), dim=0)",
    "mean": "y = f(x) - f(x).mean()",
}
MOST_VALUES = 1_000_000
MOST_FOR_JACOBIAN = 64
"""A Jacobian of m values has m² numbers and is shown up to this m."""


@dataclass(frozen=True)
class ManyValues:
    """x (m,), y = f(x) (m,), and x.grad (m,) after ``y.sum().backward()``; NaN where f has no value."""

    x: Floats
    y: Floats
    grad: Floats

    @property
    def undefined(self) -> int:
        """At how many values f or its derivative is no number."""
        return int(np.count_nonzero(~(np.isfinite(self.y) & np.isfinite(self.grad))))


@dataclass(frozen=True)
class Product:
    """A backward pass with cotangent v: ``y`` (m,), ``cotangent`` (m,), ``grad`` = vᵀJ (m,), and J (m, m)
    itself if m is small.
    """

    coupling: Coupling
    x: Floats
    y: Floats
    cotangent: Floats
    grad: Floats
    jacobian: Floats | None

    @property
    def is_diagonal(self) -> bool | None:
        """Whether each output depends on its own input only; None where the Jacobian was too large to look
        at.
        """
        if self.jacobian is None:
            return None
        return not np.any(self.jacobian - np.diag(np.diag(self.jacobian)))


def slopes_at_all(f: Function, x: Floats) -> ManyValues:
    """``y = f(x); y.sum().backward()``: the derivative at every value from one backward pass.

    Raises InputError for a function of several variables and for more than 1,000,000 values.
    """
    leaf, y = _record(f, x, "none")
    if y.requires_grad:
        y.sum().backward()  # type: ignore[no-untyped-call]
    grad = np.zeros(len(leaf)) if leaf.grad is None else leaf.grad.numpy()
    value = y.detach().numpy()
    return ManyValues(leaf.detach().numpy(), value, np.where(np.isnan(value), np.nan, grad))


def refusal(f: Function, x: Floats) -> str | None:
    """What torch says to ``f(x).backward()`` without a sum; None where it does not object."""
    leaf, y = _record(f, x, "none")
    del leaf
    try:
        y.backward()  # type: ignore[no-untyped-call]
    except RuntimeError as error:
        return f"RuntimeError: {error}"
    return None


def backward_with(
    f: Function, x: Floats, cotangent: Floats | None = None, coupling: Coupling = "none"
) -> Product:
    """``y.backward(v)`` for y = f(x), coupled or not: the vector-Jacobian product vᵀJ.

    ``cotangent`` v has one number for each output, or one for all; None stands for ones, which is
    ``y.sum().backward()``. Raises InputError where the lengths differ.
    """
    if coupling not in COUPLINGS:
        raise InputError(
            f"There is no coupling called {coupling!r}.", hint=f"Choose from {', '.join(COUPLINGS)}."
        )
    leaf, y = _record(f, x, coupling)
    v = np.ones(len(leaf)) if cotangent is None else np.asarray(cotangent, dtype=np.float64)
    if v.shape == (1,):
        v = np.full(len(leaf), v[0])
    if v.shape != (len(leaf),):
        raise InputError(
            f"v has {v.size} numbers, but there are {len(leaf)} outputs.",
            hint=f"Give {len(leaf)} numbers, or one for all.",
        )
    jacobian = None
    grad = torch.zeros_like(leaf)
    if y.requires_grad:
        if len(leaf) <= MOST_FOR_JACOBIAN:
            seeds = torch.eye(len(leaf), dtype=torch.float64)
            rows = torch.autograd.grad(y, leaf, seeds, retain_graph=True, is_grads_batched=True)
            jacobian = rows[0].numpy()
        (grad,) = torch.autograd.grad(y, leaf, torch.from_numpy(v.copy()))
    elif len(leaf) <= MOST_FOR_JACOBIAN:
        jacobian = np.zeros((len(leaf), len(leaf)))
    return Product(coupling, leaf.detach().numpy(), y.detach().numpy(), v, grad.numpy(), jacobian)


def _record(f: Function, x: Floats, coupling: Coupling) -> tuple[torch.Tensor, torch.Tensor]:
    """The leaf x and the output y, with the graph between them."""
    if len(f.variables) > 1:
        raise InputError(
            f"{f.name} takes {len(f.variables)} variables; a list of values needs a function of one.",
            hint="Type a function of one variable, such as x^2.",
        )
    numbers = np.asarray(x, dtype=np.float64)
    if numbers.ndim != 1 or not len(numbers):
        raise InputError("There are no values.", hint="Try 1, 2, 3 or linspace(-10, 10, 20).")
    if len(numbers) > MOST_VALUES:
        raise InputError(f"{len(numbers):,} values are more than {MOST_VALUES:,}.", hint="Take fewer.")
    leaf = torch.tensor(numbers, dtype=torch.float64, requires_grad=True)
    y = lower(f.tree, f.variables)([leaf] if f.variables else [])
    y = y.to(torch.float64).expand(leaf.shape)
    if coupling == "softmax":
        y = torch.softmax(y, dim=0)
    elif coupling == "cumsum":
        y = torch.cumsum(y, dim=0)
    elif coupling == "mean":
        y = y - y.mean()
    return leaf, y
