"""Derivatives by small steps, and how wrong they are: truncation against round-off, in float32 and float64.

The formulas are the textbook ones: forward (f(x+h) − f(x))/h, central (f(x+h) − f(x−h))/2h, Richardson's
(4 C(h/2) − C(h))/3 of two central differences, and the complex step Im f(x + ih)/h (Squire and Trapp 1998),
which subtracts nothing and so has no round-off to speak of.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import mpmath
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from derivlab.autodiff.exact_value import exact_slope
from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.tree import Node
from derivlab.lowering.program import NUMBER, VARIABLE, program_of
from derivlab.lowering.to_torch import lower
from derivlab.memory import remembered, weight_of

Method = Literal["forward", "central", "Richardson", "complex step"]
Precision = Literal["float32", "float64"]

METHODS: tuple[Method, ...] = ("forward", "central", "Richardson", "complex step")
ORDERS: dict[Method, int] = {"forward": 1, "central": 2, "Richardson": 4, "complex step": 2}
"""The error falls like h to this power while truncation rules."""

DTYPES: dict[Precision, torch.dtype] = {"float32": torch.float32, "float64": torch.float64}
_COMPLEX = {"float32": torch.complex64, "float64": torch.complex128}

_ANALYTIC = frozenset(
    [
        *("add", "subtract", "multiply", "divide", "negate", "power", "pi", "e", "sqrt", "exp", "ln"),
        *("log2", "log10", "log1p", "expm1", "sin", "cos", "tan", "asin", "acos", "atan"),
        *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sigmoid", "silu"),
    ]
)
"""Operations that torch continues to complex numbers as the complex step needs."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ErrorCurve:
    """The error of one method in one precision: ``h`` (m,), ``error`` (m,), absolute; NaN where undefined.

    ``best`` is the index of the smallest error, ``order`` the slope of the truncation error, ``floor`` where
    round-off would begin: about ε·|f|/h.
    """

    method: Method
    precision: Precision
    h: Floats
    error: Floats
    best: int
    order: int


@dataclass(frozen=True, slots=True)
class Study:
    """All error curves of one function at one point, with autograd's error as the floor.

    ``truth`` is f′(at) to 50 digits as text, ``slope`` the nearest float. ``autograd`` is autograd's absolute
    error in each precision. ``missing`` says why a method is left out.
    """

    at: float
    truth: str
    slope: float
    value: float
    autograd: dict[str, float]
    curves: tuple[ErrorCurve, ...]
    missing: str = ""


def estimate(
    tree: Node, variable: str, at: float, h: Floats, method: Method, precision: Precision
) -> Floats | None:
    """The derivative by one method for every step in ``h``; None where the method does not apply."""
    dtype = DTYPES[precision]
    x = torch.tensor(at, dtype=dtype)
    steps = torch.tensor(h, dtype=dtype)
    run = lower(tree, (variable,), share=True, guard=False)
    if method == "complex step":
        return _complex_step(tree, variable, x, steps, precision)

    def f(points: Tensor) -> Tensor:
        return run([points]).to(dtype)

    def central(step: Tensor) -> Tensor:
        return (f(x + step) - f(x - step)) / (2 * step)

    if method == "forward":
        found = (f(x + steps) - f(x.expand_as(steps))) / steps
    elif method == "central":
        found = central(steps)
    else:
        found = (4 * central(steps / 2) - central(steps)) / 3
    return found.to(torch.float64).numpy()


def _complex_step(tree: Node, variable: str, x: Tensor, steps: Tensor, precision: Precision) -> Floats | None:
    program = program_of(tree, share=True, guard=False)
    if not {step.operation for step in program.instructions} <= _ANALYTIC | {NUMBER, VARIABLE}:
        return None
    points = torch.complex(x.expand_as(steps).contiguous(), steps).to(_COMPLEX[precision])
    try:
        result = lower(tree, (variable,), share=True, guard=False)([points])
    except RuntimeError:
        return None
    if not result.is_complex():
        return None
    return (result.imag / steps).to(torch.float64).numpy()


@remembered(lambda _, tree, __, ___, points=121: weight_of(tree) + 1_000 * points)
def study(tree: Node, variable: str, at: float, points: int = 121) -> Study:
    """Every method in both precisions at ``points`` steps from 1 to 1e−16.

    Raises InputError where there is no derivative.
    """
    truth = exact_slope(tree, variable, at)
    if truth is None:
        raise InputError(
            f"There is no derivative at {variable} = {at:.6g}, so no error can be measured.",
            hint="Take a point where the curve is smooth.",
        )
    slope = float(truth)
    h = np.logspace(0, -16, points)
    curves, missing = [], ""
    for method in METHODS:
        for precision in DTYPES:
            found = estimate(tree, variable, at, h, method, precision)
            if found is None:
                missing = "The complex step is left out: torch does not continue all of f to complex numbers."
                continue
            error = np.abs(found - float(_true_where(tree, variable, at, precision, truth)))
            finite = np.where(np.isfinite(error), error, np.inf)
            curves.append(ErrorCurve(method, precision, h, error, int(np.argmin(finite)), ORDERS[method]))
    value, floors = _autograd(tree, variable, at, truth)
    return Study(at, mpmath.nstr(truth, 50), slope, value, floors, tuple(curves), missing)


def _true_where(tree: Node, variable: str, at: float, precision: Precision, truth: Any) -> Any:
    """f′ where float32 really stands: 0.1 is another number there, and that is no fault of the method."""
    rounded = float(torch.tensor(at, dtype=DTYPES[precision]))
    found = None if rounded == at else exact_slope(tree, variable, rounded)
    return truth if found is None else found


def _autograd(tree: Node, variable: str, at: float, truth: Any) -> tuple[float, dict[str, float]]:
    floors: dict[str, float] = {}
    value = math.nan
    for precision, dtype in DTYPES.items():
        x = torch.tensor(at, dtype=dtype, requires_grad=True)
        y = lower(tree, (variable,), share=True, guard=False)([x])
        value = float(y.detach())
        if not y.requires_grad:
            floors[precision] = 0.0
            continue
        (found,) = torch.autograd.grad(y, x)
        wanted = _true_where(tree, variable, at, precision, truth)
        floors[precision] = float(abs(mpmath.mpf(float(found)) - wanted))
    return value, floors


def secant_slope(f: Function, variable: str, at: float, h: float) -> float:
    """(f(at + h) − f(at))/h in float64."""
    found = estimate(f.tree, variable, at, np.array([h]), "forward", "float64")
    assert found is not None  # noqa: S101  (the forward difference always applies)
    return float(found[0])
