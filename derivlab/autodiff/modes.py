"""Forward and reverse mode: the same derivatives by JVP and by VJP, how many passes each takes, at what cost.

A Jacobian of m outputs by n inputs takes n passes forward (one tangent an input) or m passes back (one
cotangent an output).
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.autograd import forward_ad

from derivlab.expression.function import Function
from derivlab.lowering.to_torch import lower

Map = Callable[[Tensor], Tensor]
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: its mode, the seed that it starts from, and what it brings back."""

    mode: str
    seed: str
    result: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """The whole Jacobian of ``inputs`` × ``outputs`` by either mode, in units of one plain evaluation."""

    inputs: int
    outputs: int
    forward_passes: int
    reverse_passes: int
    forward: float
    reverse: float


def both_modes(f: Function, at: Mapping[str, float]) -> tuple[Pass, ...]:
    """The gradient of ``f``: one JVP for each variable, then one VJP for all of them."""
    run = lower(f.tree, f.variables, share=True, guard=False)
    values = [torch.tensor(float(at[name]), dtype=torch.float64) for name in f.variables]
    passes = []
    for index, name in enumerate(f.variables):
        with forward_ad.dual_level():
            duals = [
                forward_ad.make_dual(
                    value, torch.ones_like(value) if place == index else torch.zeros_like(value)
                )
                for place, value in enumerate(values)
            ]
            tangent = forward_ad.unpack_dual(run(duals)).tangent
        result = 0.0 if tangent is None else float(tangent)
        passes.append(Pass("JVP", f"tangent of {name} = 1", (result,)))
    leaves = [value.clone().requires_grad_() for value in values]
    y = run(leaves)
    gradient: tuple[float, ...] = (0.0,) * len(leaves)
    if y.requires_grad:
        found = torch.autograd.grad(y, leaves, allow_unused=True, materialize_grads=True)
        gradient = tuple(float(part) for part in found)
    passes.append(Pass("VJP", "cotangent of the output = 1", gradient))
    return tuple(passes)


def jacobian_forward(f: Map, x: Tensor) -> Tensor:
    """The Jacobian (outputs, inputs), a column for each JVP."""
    columns = []
    for tangent in torch.eye(len(x), dtype=x.dtype):
        with forward_ad.dual_level():
            columns.append(forward_ad.unpack_dual(f(forward_ad.make_dual(x, tangent))).tangent)
    return torch.stack(columns, dim=1)


def jacobian_reverse(f: Map, x: Tensor) -> Tensor:
    """The Jacobian (outputs, inputs), a row for each VJP."""
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    rows = [
        torch.autograd.grad(y, leaf, cotangent, retain_graph=True)[0]
        for cotangent in torch.eye(len(y), dtype=x.dtype)
    ]
    return torch.stack(rows)


def example_map(inputs: int, outputs: int) -> Map:
    """A smooth map from ``inputs`` numbers to ``outputs`` numbers: the sine of a fixed matrix times x."""
    grid = torch.arange(inputs * outputs, dtype=torch.float64).reshape(outputs, inputs)
    matrix = torch.cos(grid)

    def call(x: Tensor) -> Tensor:
        return torch.sin(matrix @ x)

    return call


def measure(inputs: int, outputs: int) -> Cost:
    """Both modes on `example_map`, timed now; each time is the best of a few."""
    f = example_map(inputs, outputs)
    x = torch.linspace(0.1, 1.0, inputs, dtype=torch.float64)
    plain = _best(lambda: f(x))
    return Cost(
        inputs,
        outputs,
        inputs,
        outputs,
        _best(lambda: jacobian_forward(f, x)) / plain,
        _best(lambda: jacobian_reverse(f, x)) / plain,
    )


def _best(act: Callable[[], Tensor]) -> float:
    act()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return max(min(times), 1e-9)
