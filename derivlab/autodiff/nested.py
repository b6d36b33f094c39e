"""Derivatives by torch's autograd at many points at once: the sum of all values is differentiated.

Each value depends on its own point alone, so the gradient of the sum holds the derivative at each point.
Higher orders differentiate the derivative again. Points are worked through in blocks that fit the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from derivlab.expression.tree import Node
from derivlab.lowering.domain import float_domain
from derivlab.lowering.pieces import are_piecewise_at_risk
from derivlab.lowering.points import Floats, Points
from derivlab.lowering.to_torch import lower_all

BLOCK = 32_768
"""Points worked through at once: larger blocks leave the cache, smaller ones pay torch's overhead."""


WithDomain: TypeAlias = Callable[[Sequence[Tensor]], list[tuple[Tensor, Tensor | None]]]


def lower_with_domain(trees: tuple[Node, ...], names: tuple[str, ...], *, guard: bool = True) -> WithDomain:
    """Trees as one torch function: for each its values, and where it is defined (None where NaN tells it).

    With ``guard`` the derivatives are right in every branch of a piecewise function. The values stay as torch has
    them: where a formula divides by zero they may be infinite.
    """
    conditions = [float_domain(tree) for tree in trees]
    asked = tuple(condition for condition in conditions if condition is not None)
    call = lower_all((*trees, *asked), names, guard=guard and are_piecewise_at_risk(trees))

    def call_all(tensors: Sequence[Tensor]) -> list[tuple[Tensor, Tensor | None]]:
        results = call(tensors)
        truths = iter(results[len(trees) :])
        return [
            (y, None if condition is None else next(truths) != 0)
            for y, condition in zip(results, conditions, strict=False)
        ]

    return call_all


def undefined(y: Tensor, defined: Tensor | None) -> Tensor:
    """The mask of where a function has no value."""
    unknown = torch.isnan(y.detach())
    return unknown if defined is None else unknown | ~defined


def total(y: Tensor) -> Tensor:
    """The sum of all values. (Seeds of ones would do as well, but make torch import SymPy for a second.)"""
    return y if y.ndim == 0 else y.sum()


def values(tree: Node, points: Points) -> Floats:
    """The function's values (m,), or a 0-d array at a single point."""
    names = tuple(points.values)
    call = lower_with_domain((tree,), names, guard=False)

    def compute(tensors: list[Tensor]) -> list[Tensor]:
        ((y, defined),) = call(tensors)
        if defined is not None:
            return [torch.where(defined, y, torch.nan)]
        return [y.clone() if any(y is tensor for tensor in tensors) else y]  # never the caller's own memory

    with torch.no_grad():
        rows = _in_blocks(points, (), 1, compute)
    return rows[0, ...]


def derivatives(tree: Node, points: Points, orders: Sequence[tuple[str, ...]]) -> Floats:
    """Derivatives (len(orders), m), or (len(orders),) at a single point, NaN where f is undefined.

    Each order is the names to differentiate by, one after the other: ``()`` is f itself.
    """
    names = tuple(points.values)
    call = lower_with_domain((tree,), names)
    active = tuple(name for name in names if any(name in order for order in orders))

    def compute(tensors: list[Tensor]) -> list[Tensor]:
        ((y, defined),) = call(tensors)
        nowhere = undefined(y, defined)
        leaves = dict(zip(names, tensors, strict=True))
        known: dict[tuple[str, ...], Tensor] = {(): y}
        last = set(orders) - {order[:-1] for order in orders}
        results = []
        for order in orders:
            for length in range(1, len(order) + 1):
                if order[:length] not in known:
                    inner = known[order[: length - 1]]
                    again = order[:length] not in last or len(order) > length
                    known[order[:length]] = _differentiate(inner, leaves[order[length - 1]], again=again)
            result = known[order].detach()
            results.append(torch.where(nowhere, torch.nan, result))
        return results

    return _in_blocks(points, active, len(orders), compute)


def gradients(tree: Node, points: Points, wrt: Sequence[str], *, raw: bool = False) -> Floats:
    """First derivatives (len(wrt), m) by several variables in one backward pass, NaN where f is undefined.

    ``raw`` leaves what autograd answers where f is undefined.
    """
    names = tuple(points.values)
    call = lower_with_domain((tree,), names)
    places = [names.index(name) for name in wrt]

    def compute(tensors: list[Tensor]) -> list[Tensor]:
        ((y, defined),) = call(tensors)
        leaves = [tensors[place] for place in places]
        if not y.requires_grad:
            found: Sequence[Tensor | None] = [None] * len(leaves)
        else:
            found = torch.autograd.grad(total(y), leaves, allow_unused=True)
        y = y.detach()
        filled = [torch.zeros_like(y) if slope is None else slope for slope in found]
        if not raw and bool((nowhere := undefined(y, defined)).any()):
            return [torch.where(nowhere, torch.nan, slope) for slope in filled]
        return filled

    return _in_blocks(points, tuple(wrt), len(wrt), compute)


def _differentiate(y: Tensor, x: Tensor, *, again: bool) -> Tensor:
    if not y.requires_grad:
        return torch.zeros_like(y)
    (slope,) = torch.autograd.grad(total(y), x, create_graph=again, retain_graph=True, allow_unused=True)
    return torch.zeros_like(y) if slope is None else slope


def _in_blocks(
    points: Points, active: tuple[str, ...], rows: int, compute: Callable[[list[Tensor]], list[Tensor]]
) -> Floats:
    """Run ``compute`` on blocks of the points; ``active`` variables are leaves, one entry for each point."""
    if points.shape == ():
        tensors = [
            torch.tensor(float(value), dtype=torch.float64, requires_grad=name in active)
            for name, value in points.values.items()
        ]
        return np.array([float(row) for row in compute(tensors)], dtype=np.float64)
    count = points.count
    if count <= BLOCK:
        computed = compute(_tensors(points, active, 0, count))
        if rows == 1 and computed[0].shape == (count,):
            return computed[0].numpy()[None]
        return np.stack([np.broadcast_to(row.numpy(), count) for row in computed])
    result = np.empty((rows, count), dtype=np.float64)
    for start in range(0, count, BLOCK):
        stop = min(start + BLOCK, count)
        for row, computed_row in enumerate(compute(_tensors(points, active, start, stop))):
            result[row, start:stop] = computed_row.numpy()
    return result


def _tensors(points: Points, active: tuple[str, ...], start: int, stop: int) -> list[Tensor]:
    tensors = []
    for name, value in points.values.items():
        part = torch.from_numpy(value if value.ndim == 0 else value[start:stop])
        if name in active:
            part = part.expand(stop - start).clone() if part.ndim == 0 else part.detach()
            part.requires_grad_()
        tensors.append(part)
    return tensors
