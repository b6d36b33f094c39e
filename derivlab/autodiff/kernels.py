"""The elementwise functions behind a row program: ``function(a, out)`` or ``function(a, b, out)``.

NumPy's functions cost a third of torch's for few points, torch's are faster for many; what NumPy has not is
torch's. Both work on the same memory. Arithmetic is NumPy's at every size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from derivlab.expression.operations import OPERATIONS
from derivlab.lowering.points import Floats

Array: TypeAlias = npt.NDArray[Any]
Kernel: TypeAlias = Callable[..., Any]

_FASTER_IN_TORCH = frozenset(
    (
        *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh"),
        *("exp", "ln", "log2", "log10", "log1p", "expm1", "power"),
    )
)


@lru_cache(maxsize=512)
def kernel(operation: str, *, wide: bool) -> Kernel:
    """The function of an operation, for many points if ``wide``."""
    if operation == "copy":
        return _copy
    if operation == "overlay":
        return _overlay
    if operation == "polygamma":
        return _polygamma
    row = OPERATIONS[operation]
    if row.numpy and not (wide and operation in _FASTER_IN_TORCH):
        found: Kernel = getattr(np, row.numpy)
        if operation in {"max", "min"}:
            return lambda a, b, out: found(a, b, out=out)
        return found if isinstance(found, np.ufunc) else _without_out(found)
    return _by_torch(operation)


def _copy(source: Array, out: Array) -> None:
    np.copyto(out, source)


def _overlay(condition: Array, source: Array, out: Array) -> None:
    np.copyto(out, source, where=condition)


def _without_out(function: Kernel) -> Kernel:
    def call(*arrays: Array) -> None:
        arrays[-1][...] = function(*arrays[:-1])

    return call


def _by_torch(operation: str) -> Kernel:
    import torch

    from derivlab.lowering.to_torch import torch_function

    function = torch_function(operation)
    if OPERATIONS[operation].torch.startswith("nn."):

        def call(*arrays: Array) -> None:
            arrays[-1][...] = function(
                *(torch.from_numpy(np.asarray(array)) for array in arrays[:-1])
            ).numpy()

        return call

    def call_into(*arrays: Array) -> None:
        out = arrays[-1]
        tensors = (
            torch.from_numpy(array if array.shape == out.shape else np.full(out.shape, array))
            for array in arrays[:-1]
        )
        function(*tensors, out=torch.from_numpy(out))

    return call_into


def _polygamma(order: Array, u: Array, out: Array) -> None:
    """ψ⁽ⁿ⁾(u); for negative u by reflection (DLMF 5.15.6), which torch lacks above n = 1."""
    import torch

    n = int(np.max(order))
    u = np.broadcast_to(u, out.shape)
    above = u > 0
    mirrored = np.where(above, u, 1.0 - u)
    values = torch.polygamma(n, torch.from_numpy(mirrored)).numpy()
    slope = np.pi ** (n + 1) * cotangent_derivative(n)(1.0 / np.tan(np.pi * u))
    out[...] = np.where(above, values, (-1) ** n * values - slope)


@lru_cache(maxsize=128)
def cotangent_derivative(n: int) -> Callable[[Floats], Floats]:
    """The n-th derivative of cot t as a polynomial in cot t: P₀ = c, Pₙ₊₁ = −(1 + c²)·Pₙ′."""
    found = np.polynomial.Polynomial([0.0, 1.0])
    for _ in range(n):
        found = np.polynomial.Polynomial([-1.0, 0.0, -1.0]) * found.deriv()
    return found
