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
        if found in {np.maximum, np.minimum}:
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

    def call(*arrays: Array) -> None:
        tensors = (torch.from_numpy(np.asarray(array)) for array in arrays[:-1])
        arrays[-1][...] = function(*tensors).numpy()

    def call_into(*arrays: Array) -> None:
        out = arrays[-1]
        tensors = (
            torch.from_numpy(array if array.shape == out.shape else np.full(out.shape, array))
            for array in arrays[:-1]
        )
        function(*tensors, out=torch.from_numpy(out))

    return call_into if operation in _FASTER_IN_TORCH else call


def _polygamma(order: Array, u: Array, out: Array) -> None:
    import torch

    from derivlab.lowering.to_torch import polygamma_values

    whole = int(np.max(order))
    argument = torch.from_numpy(np.asarray(u))
    values = polygamma_values(whole, argument) if whole else torch.digamma(argument)
    out[...] = values.numpy()
