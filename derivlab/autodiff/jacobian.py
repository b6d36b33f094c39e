"""Jacobians and Hessians by PyTorch's autograd, in as few backward passes as their zeros allow.

The zeros are read off the function's program (`derivlab.autodiff.sparsity`); rows that share no column
go through one backward pass together. From `BATCHED` passes on they run as one batched pass
(``is_grads_batched``), which costs more once and less for each. A Hessian is the Jacobian of the gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from derivlab.autodiff.derivative import prefers_taylor
from derivlab.autodiff.nested import BLOCK, values
from derivlab.autodiff.sparsity import colours, hessian_rows, members, reach
from derivlab.autodiff.taylor import mixed_partial
from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.tree import Node
from derivlab.lowering.points import At, Floats, Points, read_points, require_function
from derivlab.lowering.program import is_piecewise_at_risk, program_of_all
from derivlab.lowering.to_torch import lower_all

BATCHED = 4
"""From so many backward passes at a single point they run as one batched pass."""

_CHUNK = 256
"""Batched passes are run this many at a time."""


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
    rows = hessian_rows(program_of_all((f.tree,)), f.variables)
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
    needed = list(dict.fromkeys(name for f in rows for name in f.variables))
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


_Compute = Callable[[list[Tensor], tuple[str, ...], tuple[Node, ...], tuple[str, ...]], Tensor]


def _blocks(points: Points, trees: tuple[Node, ...], columns: tuple[str, ...], compute: _Compute) -> Floats:
    """The matrix (rows, columns) at a single point, or (rows, columns, m) at many, block by block."""
    names = tuple(points.values)
    if points.shape == ():
        tensors = [
            torch.tensor(float(value), dtype=torch.float64, requires_grad=name in columns)
            for name, value in points.values.items()
        ]
        return compute(tensors, names, trees, columns).numpy()
    parts = []
    for start in range(0, points.count, BLOCK):
        stop = min(start + BLOCK, points.count)
        tensors = []
        for name, value in points.values.items():
            part = value[start:stop] if value.ndim else np.full(stop - start, value)
            tensors.append(torch.tensor(part, dtype=torch.float64, requires_grad=name in columns))
        parts.append(compute(tensors, names, trees, columns).numpy())
    if not parts:
        size = len(columns) if compute is _hessian_of else len(trees)
        return np.empty((size, len(columns), 0), dtype=np.float64)
    return np.concatenate(parts, axis=-1)


def _shaped(matrix: Floats, points: Points) -> Floats:
    return matrix if points.shape == () else matrix.reshape(*matrix.shape[:2], *points.shape)


@lru_cache(maxsize=128)
def _hessian_plan(tree: Node, columns: tuple[str, ...]) -> tuple[list[int], list[list[int]]]:
    rows = hessian_rows(program_of_all((tree,)), columns)
    return rows, colours(rows)


@lru_cache(maxsize=128)
def _jacobian_plan(trees: tuple[Node, ...], columns: tuple[str, ...]) -> tuple[list[int], list[list[int]]]:
    program = program_of_all(trees)
    masks = reach(program, columns)
    rows = [masks[result] for result in program.results]
    return rows, colours(rows)


def _hessian_of(
    tensors: list[Tensor], names: tuple[str, ...], trees: tuple[Node, ...], columns: tuple[str, ...]
) -> Tensor:
    leaves = [tensors[names.index(name)] for name in columns]
    shape = tensors[0].shape if tensors else torch.Size(())
    (y,) = lower_all(trees, names, guard=is_piecewise_at_risk(trees[0]))(tensors)
    rows, groups = _hessian_plan(trees[0], columns)
    slopes: list[Tensor | None] = [None] * len(columns)
    curved = [place for place in range(len(columns)) if rows[place]]
    if y.requires_grad and curved:
        found = torch.autograd.grad(
            y, [leaves[i] for i in curved], torch.ones_like(y), create_graph=True, allow_unused=True
        )
        for place, slope in zip(curved, found, strict=True):
            slopes[place] = slope
    matrix = _by_rows(slopes, leaves, rows, groups, shape)
    return torch.where(torch.isnan(y.detach()), torch.nan, matrix)


def _jacobian_of(
    tensors: list[Tensor], names: tuple[str, ...], trees: tuple[Node, ...], columns: tuple[str, ...]
) -> Tensor:
    leaves = [tensors[names.index(name)] for name in columns]
    shape = tensors[0].shape if tensors else torch.Size(())
    outputs = lower_all(trees, names, guard=any(map(is_piecewise_at_risk, trees)))(tensors)
    rows, groups = _jacobian_plan(trees, columns)
    matrix = _by_rows(list(outputs), leaves, rows, groups, shape)
    undefined = torch.stack([torch.isnan(output.detach()).expand(shape) for output in outputs])
    return torch.where(undefined[:, None], torch.nan, matrix)


def _by_rows(
    outputs: list[Tensor | None],
    leaves: list[Tensor],
    rows: list[int],
    groups: list[list[int]],
    shape: torch.Size,
) -> Tensor:
    """The matrix (outputs, leaves, *shape) of ∂output/∂leaf, one backward pass for each group of outputs."""
    matrix = torch.zeros((len(outputs), len(leaves), *shape), dtype=torch.float64)
    live = [
        alive
        for group in groups
        if (alive := [i for i in group if (y := outputs[i]) is not None and y.requires_grad])
    ]
    if len(live) < BATCHED or shape != ():
        for group in live:
            chosen = [output for i in group if (output := outputs[i]) is not None]
            reached = members(_union(rows, group))
            found = torch.autograd.grad(
                chosen,
                [leaves[j] for j in reached],
                [torch.ones_like(output) for output in chosen],
                retain_graph=True,
                allow_unused=True,
            )
            _store(matrix, group, rows, dict(zip(reached, found, strict=True)))
        return matrix
    for start in range(0, len(live), _CHUNK):
        _batched(matrix, outputs, leaves, rows, live[start : start + _CHUNK])
    return matrix


def _union(rows: list[int], group: Sequence[int]) -> int:
    mask = 0
    for place in group:
        mask |= rows[place]
    return mask


def _store(matrix: Tensor, group: list[int], rows: list[int], found: dict[int, Tensor | None]) -> None:
    for i in group:
        for j in members(rows[i]):
            entry = found.get(j)
            if entry is not None:
                matrix[i, j] = entry


def _batched(
    matrix: Tensor, outputs: list[Tensor | None], leaves: list[Tensor], rows: list[int], live: list[list[int]]
) -> None:
    """Several groups in one batched backward pass at a single point."""
    members_of = [i for group in live for i in group]
    chosen = [output for i in members_of if (output := outputs[i]) is not None]
    group_of = {i: place for place, group in enumerate(live) for i in group}
    seeds = torch.zeros((len(members_of), len(live)), dtype=torch.float64)
    for row, i in enumerate(members_of):
        seeds[row, group_of[i]] = 1.0
    reached = members(_union(rows, members_of))
    found = torch.autograd.grad(
        chosen,
        [leaves[j] for j in reached],
        list(seeds),
        retain_graph=True,
        allow_unused=True,
        is_grads_batched=True,
    )
    columns = {j: column for j, column in zip(reached, found, strict=True) if column is not None}
    filled = matrix.numpy()
    for j, column in columns.items():
        entries = column.numpy()
        for i in members_of:
            if rows[i] >> j & 1:
                filled[i, j] = entries[group_of[i]]
