"""Value, gradient and Hessian of one function at many points at once, by autograd and never in a Python
loop over points.

Points are arrays of shape (m, n): a row for each point, a column for each variable of the function, in its
own order. Where the function has no value the answers are NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from derivlab.autodiff.derivative import derivative, prefers_taylor
from derivlab.autodiff.nested import lower_with_domain, undefined
from derivlab.errors import InputError
from derivlab.expression.function import Function

Floats: TypeAlias = NDArray[np.float64]

BLOCK = 16_384
"""Points at once: what fits in a core's cache."""


def point_of(f: Function, at: Mapping[str, float]) -> Floats:
    """The point as an array of shape (n,) in the order of ``f.variables``.

    Raises InputError where a variable has no value, or one that is no finite number.
    """
    missing = [name for name in f.variables if name not in at]
    if missing:
        raise InputError(
            f"There is no value for {' and '.join(missing)}.",
            hint=f"{f.name} needs a number for each of {', '.join(f.variables)}.",
        )
    point = np.array([float(at[name]) for name in f.variables], dtype=np.float64)
    for name, number in zip(f.variables, point, strict=True):
        if not np.isfinite(number):
            raise InputError(
                f"{name} = {number} is not a number that can be used.", hint="Give a finite number."
            )
    return point


def columns_of(f: Function, wrt: Sequence[str]) -> tuple[int, ...]:
    """The places of ``wrt`` among the variables; raises InputError for a name that is not one of them."""
    unknown = [name for name in wrt if name not in f.variables]
    if unknown:
        raise InputError(
            f"{unknown[0]} is not a variable of {f.name}.",
            hint=f"Its variables are {', '.join(f.variables) or 'none'}.",
        )
    return tuple(f.variables.index(name) for name in wrt)


def spread(point: Floats, columns: Sequence[int], places: ArrayLike) -> Floats:
    """Points (m, n) that are ``point`` everywhere but in ``columns``, where they are ``places`` (m, k)."""
    inner = np.asarray(places, dtype=np.float64)
    points = np.tile(point, (len(inner), 1))
    points[:, list(columns)] = inner
    return points


def values(f: Function, points: ArrayLike) -> Floats:
    """f at each point: (m, n) → (m,)."""
    rows = _rows(f, points)
    result = np.empty(len(rows))
    with torch.no_grad():
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            output, nowhere = _apply(f, list(torch.from_numpy(block.T.copy())))
            result[start : start + BLOCK] = torch.where(nowhere, torch.nan, output).numpy()
    return result


def gradients(f: Function, points: ArrayLike, columns: Sequence[int] | None = None) -> tuple[Floats, Floats]:
    """f (m,) and its partials by ``columns`` (m, k), all variables if None: one forward and one backward
    pass.
    """
    rows = _rows(f, points)
    chosen = tuple(range(len(f.variables))) if columns is None else tuple(columns)
    value, gradient = np.empty(len(rows)), np.zeros((len(rows), len(chosen)))
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        inputs = list(torch.from_numpy(rows[part].T.copy()))
        leaves = [inputs[column].requires_grad_() for column in chosen]
        output, nowhere = _apply(f, inputs)
        value[part] = torch.where(nowhere, torch.nan, output.detach()).numpy()
        if leaves and output.requires_grad:
            for place, slope in enumerate(torch.autograd.grad(output.sum(), leaves, materialize_grads=True)):
                gradient[part, place] = slope.numpy()
    gradient[np.isnan(value)] = np.nan
    return value, gradient


def hessians(
    f: Function, points: ArrayLike, columns: Sequence[int] | None = None
) -> tuple[Floats, Floats, Floats]:
    """f (m,), gradient (m, k) and Hessian (m, k, k) by ``columns``, all variables if None.

    The sum over points keeps them apart: f at one point does not depend on another, so one backward pass
    of each partial gives a row of every Hessian.
    """
    rows = _rows(f, points)
    chosen = tuple(range(len(f.variables))) if columns is None else tuple(columns)
    if prefers_taylor(f.tree, 2):
        return _hessians_by_taylor(f, rows, chosen)
    size = len(chosen)
    value, gradient = np.empty(len(rows)), np.zeros((len(rows), size))
    hessian = np.zeros((len(rows), size, size))
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        inputs = list(torch.from_numpy(rows[part].T.copy()))
        leaves = [inputs[column].requires_grad_() for column in chosen]
        output, nowhere = _apply(f, inputs)
        value[part] = torch.where(nowhere, torch.nan, output.detach()).numpy()
        if not leaves or not output.requires_grad:
            continue
        slopes = torch.autograd.grad(output.sum(), leaves, create_graph=True, materialize_grads=True)
        for place, slope in enumerate(slopes):
            gradient[part, place] = slope.detach().numpy()
            if slope.requires_grad:
                row = torch.autograd.grad(slope.sum(), leaves, retain_graph=True, materialize_grads=True)
                hessian[part, place] = torch.stack(row, dim=1).detach().numpy()
    none = np.isnan(value)
    gradient[none] = np.nan
    hessian[none] = np.nan
    return value, gradient, hessian


def _hessians_by_taylor(f: Function, rows: Floats, chosen: tuple[int, ...]) -> tuple[Floats, Floats, Floats]:
    """The same for the few functions of which torch has no second derivative."""
    value, gradient = gradients(f, rows, chosen)
    hessian = np.zeros((len(rows), len(chosen), len(chosen)))
    at = dict(zip(f.variables, rows.T, strict=True))
    for i, first in enumerate(chosen):
        for j, second in enumerate(chosen[: i + 1]):
            entry = derivative(f, at, (f.variables[first], f.variables[second]))
            hessian[:, i, j] = hessian[:, j, i] = entry
    return value, gradient, hessian


def _rows(f: Function, points: ArrayLike) -> Floats:
    rows = np.asarray(points, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] != len(f.variables):
        raise InputError(
            f"{f.name} takes {len(f.variables)} variables, the points have shape {rows.shape}.",
            hint="Give an array with a row for each point and a column for each variable.",
        )
    return rows


def _apply(f: Function, inputs: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """f and where it is undefined, each stretched to one entry a point (a constant answers with one for all)."""
    ((output, defined),) = lower_with_domain((f.tree,), f.variables)(inputs)
    count = inputs[0].shape if inputs else output.shape
    return output.to(torch.float64).expand(count), undefined(output, defined).expand(count)
