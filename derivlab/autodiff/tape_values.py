"""Numbers as a record keeps them, and the point as tensors that autograd can follow."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

import torch
from torch import Tensor

from derivlab.errors import InputError

if TYPE_CHECKING:
    from derivlab.expression.function import Function

Value: TypeAlias = "float | bool | tuple[Value, ...]"
"""A number, a truth value, or a nested tuple of them: the elements of a tensor."""

MOST_VALUES = 1000
"""A tensor of more values is too much to look at."""


def read_point(f: Function, at: Mapping[str, Any]) -> dict[str, Tensor]:
    """The point as leaf tensors that require grad, in the order of the function's variables."""
    missing = [name for name in f.variables if name not in at]
    if missing:
        raise InputError(f"The variable {missing[0]} has no value.", hint=f"Give a number for {missing[0]}.")
    inputs: dict[str, Tensor] = {}
    lengths: set[tuple[int, ...]] = set()
    for name in f.variables:
        try:
            tensor = torch.tensor(at[name], dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError) as wrong:
            raise InputError(f"The value of {name} is not a number.", hint="Try 2 or [1, 2, 3].") from wrong
        if tensor.ndim > 1 or tensor.numel() == 0 or tensor.numel() > MOST_VALUES:
            raise InputError(
                f"The values of {name} must be one number or a list of at most {MOST_VALUES}.",
                hint="Take fewer values.",
            )
        lengths |= {tuple(tensor.shape)} if tensor.ndim else set()
        inputs[name] = tensor.requires_grad_()
    if len(lengths) > 1:
        raise InputError("The variables have lists of different lengths.", hint="Give each as many values.")
    return inputs


def value_of(operand: Any) -> Value:
    """The elements of a tensor, or a plain number as a float."""
    if not isinstance(operand, Tensor):
        return operand if isinstance(operand, bool) else _float(operand)
    found = operand.tolist()
    return _frozen(found) if isinstance(found, list) else found


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _frozen(items: Any) -> Value:
    return tuple(map(_frozen, items)) if isinstance(items, list) else items


def flatten(value: Value) -> list[float]:
    """The elements of ``value`` in order."""
    pending, flat = [value], []
    while pending:
        item = pending.pop()
        if isinstance(item, tuple):
            pending.extend(reversed(item))
        else:
            flat.append(float(item))
    return flat


def is_finite(value: Value | None) -> bool:
    """Whether every element is a finite number."""
    if value is None or isinstance(value, float):
        return value is None or isfinite(value)
    return all(isfinite(item) for item in flatten(value))
