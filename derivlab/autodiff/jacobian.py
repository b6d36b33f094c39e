"""Jacobians and Hessians by PyTorch's autograd, in as few backward passes as their zeros allow.

The zeros are read off the function's program (`derivlab.autodiff.sparsity`), the passes are those of
`derivlab.autodiff.compressed`. A Hessian is the Jacobian of the gradient. Where torch's formulas lose digits
at the second order the Hessian comes from Taylor propagation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from derivlab.autodiff.compressed import Plan, backward, plan
from derivlab.autodiff.derivative import prefers_taylor
from derivlab.autodiff.nested import BLOCK, lower_with_domain, total, undefined, values
from derivlab.autodiff.sparsity import hessian_rows, reach
from derivlab.autodiff.taylor import mixed_partial
from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.tree import Node
from derivlab.lowering.points import At, Floats, Points, read_points, require_function
from derivlab.lowering.program import program_of, program_of_all
from derivlab.memory import remembered, weight_of


def hessian(f: Function, at: At) -> Floats:
    """The second derivatives by every pair of variables, in the order of ``f.variables``.

    The shape is (n, n) at a point and (n, n, *points' shape) at many. NaN where f is undefined. Raises
    InputError as `derivlab.derivative` does.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    if prefers_taylor(f.tree, 2):
        return _hessian_by_taylor(f, points)
    try:
        return _shaped(_blocks(points, (f.tree,), f.variables, _hessian_of), points)
    except NotImplementedError:
        return _hessian_by_taylor(f, points)


def _hessian_by_taylor(f: Function, points: Points) -> Floats:
    size = len(f.variables)
    matrix = np.zeros((size, size, *points.shape), dtype=np.float64)
    rows = hessian_rows(program_of(f.tree), f.variables)
    for i, first in enumerate(f.variables):
        for j in range(i + 1):
            if rows[i] >> j & 1:
                matrix[i, j] = points.shaped(mixed_partial(f, points, (first, f.variables[j])))
                matrix[j, i] = matrix[i, j]
    matrix[..., np.isnan(values(f.tree, points)).reshape(points.shape)] = np.nan
    return matrix


def jacobian(functions: Sequence[Function], at: At, wrt: Sequence[str] | None = None) -> Floats:
    """The first derivatives of several functions, one row for each, one column for each variable.

    The columns follow ``wrt``; without it, the variables of the function that has them all, else all that
    occur in the order of ``at``. The shape is (outputs, inputs) at a point and (outputs, inputs, *points'
    shape) at many. Raises InputError as `derivlab.derivative` does, and where there is no function.
    """
    listed = [functions] if isinstance(functions, Function) else functions
    if isinstance(listed, str) or not hasattr(listed, "__iter__"):
        require_function(listed)
    rows = [require_function(f) for f in listed]
    if not rows:
        raise InputError("A Jacobian needs at least one function.", hint="Write jacobian([f, g], at).")
    distinct = dict.fromkeys(f.variables for f in rows)
    needed = list(dict.fromkeys(name for variables in distinct for name in variables))
    points = read_points(at, needed)
    columns = _columns(rows, needed, points) if wrt is None else _given_columns(wrt, points)
    return _shaped(_blocks(points, tuple(f.tree for f in rows), columns, _jacobian_of), points)


def _columns(rows: Sequence[Function], needed: Sequence[str], points: Points) -> tuple[str, ...]:
    widest = max(rows, key=lambda f: len(f.variables)).variables
    if len(widest) == len(needed):
        return widest
    return tuple(name for name in points.values if name in needed)


def _given_columns(wrt: Sequence[str], points: Points) -> tuple[str, ...]:
    columns = (wrt,) if isinstance(wrt, str) else tuple(wrt)
    for name in columns:
        if name not in points.values:
            raise InputError(f"The variable {name} has no value.", hint=f'Add "{name}": 1.0 to the point.')
    return columns


_Compute = Callable[[list[Tensor], tuple[str, ...], tuple[Node, ...], tuple[str, ...]], Floats]


def _blocks(points: Points, trees: tuple[Node, ...], columns: tuple[str, ...], compute: _Compute) -> Floats:
    """The matrix (rows, columns) at a single point, or (rows, columns, m) at many, block by block."""
    names = tuple(points.values)
    if not names:
        return compute([], names, trees, columns)
    if points.shape == ():
        numbers = torch.tensor([float(value) for value in points.values.values()], dtype=torch.float64)
        return compute(list(numbers.requires_grad_().unbind()), names, trees, columns)
    parts = []
    for start in range(0, points.count, BLOCK):
        stop = min(start + BLOCK, points.count)
        tensors = []
        for name, value in points.values.items():
            part = value[start:stop] if value.ndim else np.full(stop - start, value)
            tensors.append(torch.tensor(part, dtype=torch.float64, requires_grad=name in columns))
        parts.append(compute(tensors, names, trees, columns))
    if not parts:
        size = len(columns) if compute is _hessian_of else len(trees)
        return np.empty((size, len(columns), 0), dtype=np.float64)
    return np.concatenate(parts, axis=-1)


def _shaped(matrix: Floats, points: Points) -> Floats:
    return matrix if points.shape == () else matrix.reshape(*matrix.shape[:2], *points.shape)


@remembered(lambda plan, tree, _: weight_of(tree) + plan.weight)
def _hessian_plan(tree: Node, columns: tuple[str, ...]) -> Plan:
    return plan(hessian_rows(program_of(tree), columns), len(columns))


@remembered(lambda plan, trees, _: weight_of(*trees) + plan.weight)
def _jacobian_plan(trees: tuple[Node, ...], columns: tuple[str, ...]) -> Plan:
    program = program_of_all(trees, share=True, guard=False)
    masks = reach(program, columns)
    return plan([masks[result] for result in program.results], len(columns))


def _hessian_of(
    tensors: list[Tensor], names: tuple[str, ...], trees: tuple[Node, ...], columns: tuple[str, ...]
) -> Floats:
    at = dict(zip(names, tensors, strict=True))
    leaves = [at[name] for name in columns]
    shape = tensors[0].shape if tensors else torch.Size(())
    ((y, defined),) = lower_with_domain(trees, names)(tensors)
    by = _hessian_plan(trees[0], columns)
    slopes: list[Tensor | None] = [None] * len(columns)
    if y.requires_grad and by.columns:
        curved = [leaves[i] for i in by.columns]
        found = torch.autograd.grad(total(y), curved, create_graph=True, allow_unused=True)
        for place, slope in zip(by.columns, found, strict=True):
            slopes[place] = slope
    matrix = backward(slopes, leaves, by, shape)
    matrix[..., undefined(y, defined).expand(shape).numpy()] = np.nan
    return matrix


def _jacobian_of(
    tensors: list[Tensor], names: tuple[str, ...], trees: tuple[Node, ...], columns: tuple[str, ...]
) -> Floats:
    at = dict(zip(names, tensors, strict=True))
    shape = tensors[0].shape if tensors else torch.Size(())
    found = lower_with_domain(trees, names)(tensors)
    outputs = [output for output, _ in found]
    matrix = backward(outputs, [at[name] for name in columns], _jacobian_plan(trees, columns), shape)
    nowhere = torch.stack([undefined(*each).expand(shape) for each in found]).numpy()
    np.copyto(matrix, np.nan, where=nowhere[:, None])
    return matrix
