"""Hessians and Jacobians against torch.func, for sparse and dense functions of 2 to 1,000 variables.

Run: ``python -m benchmarks.hessian`` (``--quick`` stops at 100 variables).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np
import torch

import derivlab as dl
from benchmarks.measure import row, seconds, told
from derivlab.autodiff import compressed
from derivlab.expression.tree import Apply, Node, Number, Variable
from derivlab.lowering.to_torch import lower_all


def number(value: int) -> Node:
    """A whole number as a tree."""
    return Number(Fraction(value))


def total(terms: Sequence[Node]) -> Node:
    """A sum, term by term, as typed."""
    return reduce(lambda left, right: Apply("add", (left, right)), terms)


def rosenbrock(n: int) -> dl.Function:
    """Σ 100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²: each variable meets its neighbours only."""
    x = [Variable(f"x_{i}") for i in range(n)]
    terms: list[Node] = []
    for i in range(n - 1):
        gap = Apply("subtract", (x[i + 1], Apply("power", (x[i], number(2)))))
        terms.append(Apply("multiply", (number(100), Apply("power", (gap, number(2))))))
        terms.append(Apply("power", (Apply("subtract", (number(1), x[i])), number(2))))
    return dl.Function("f", tuple(v.name for v in x), total(terms))


def dense(n: int) -> dl.Function:
    """exp(−Σ xᵢ²/n) + sin(Σ xᵢ): every variable meets every other."""
    x = [Variable(f"x_{i}") for i in range(n)]
    squares = total([Apply("power", (v, number(2))) for v in x])
    first = Apply("exp", (Apply("negate", (Apply("divide", (squares, number(n))),)),))
    return dl.Function("f", tuple(v.name for v in x), Apply("add", (first, Apply("sin", (total(x),)))))


def outputs(n: int, *, coupled: bool) -> list[dl.Function]:
    """n functions of n variables: sin(xᵢ)·xᵢ₊₁, or the same plus a sum of all."""
    x = [Variable(f"x_{i}") for i in range(n)]
    common = Apply("exp", (Apply("divide", (total(x), number(n))),))
    found = []
    for i in range(n):
        own: Node = Apply("multiply", (Apply("sin", (x[i],)), x[(i + 1) % n]))
        if coupled:
            own = Apply("add", (own, common))
        found.append(dl.Function("f", tuple(v.name for v in x), own))
    return found


def compare(
    label: str, ours: Callable[[], np.ndarray], theirs: Callable[[], torch.Tensor], *, rounds: int
) -> float:
    """Time both, check that they agree, print and return the ratio."""
    start = time.perf_counter()
    expected = theirs().numpy()
    if time.perf_counter() - start > 5:
        rounds = 1
    np.testing.assert_allclose(ours(), expected, rtol=1e-9, atol=1e-9)
    times = seconds({"ours": ours, "theirs": theirs}, rounds=rounds)
    print(f"  {label:<34} ours {told(times['ours'])}   torch.func {told(times['theirs'])}")
    row(label, times["ours"] / times["theirs"], "1")


def crossover(make: Callable[[int], dl.Function]) -> None:
    """One backward pass a row against one batched pass, by the number of passes."""
    usual = compressed.BATCHED
    for n in (2, 3, 4, 6, 10, 30):
        f = make(n)
        at = {name: 0.3 + 0.01 * i for i, name in enumerate(f.variables)}

        def with_limit(limit: int, f: dl.Function = f, at: dict[str, float] = at) -> np.ndarray:
            compressed.BATCHED = limit
            return dl.hessian(f, at)

        times = seconds({"rows": lambda: with_limit(10**9), "batched": lambda: with_limit(0)}, rounds=7)
        print(f"  {n:>4} passes: one by one {told(times['rows'])}   batched {told(times['batched'])}")
    compressed.BATCHED = usual


def main() -> None:
    """Print the comparison."""
    print("Hessian of a dense function: which way is chosen from how many passes on", compressed.BATCHED)
    crossover(dense)
    sizes = (2, 10, 100) if "--quick" in sys.argv else (2, 10, 100, 1_000)
    for n in sizes:
        print(f"\nn = {n}")
        point = [0.3 + 0.5 * i / n for i in range(n)]
        rounds = 7 if n <= 100 else 2
        compare_hessian("Hessian, sparse", rosenbrock(n), point, rounds)
        compare_hessian("Hessian, dense", dense(n), point, rounds)
        compare_jacobian("Jacobian, sparse", outputs(n, coupled=False), point, rounds)
        compare_jacobian("Jacobian, dense", outputs(n, coupled=True), point, rounds)


def compare_hessian(label: str, f: dl.Function, point: list[float], rounds: int) -> None:
    """`dl.hessian` against torch.func.hessian on the same operations."""
    at = dict(zip(f.variables, point, strict=True))
    call = lower_all((f.tree,), f.variables)
    theirs = torch.func.hessian(lambda x: call([x[i] for i in range(len(point))])[0])
    x = torch.tensor(point, dtype=torch.float64)
    compare(label, lambda: dl.hessian(f, at), lambda: theirs(x), rounds=rounds)


def compare_jacobian(label: str, functions: list[dl.Function], point: list[float], rounds: int) -> None:
    """`dl.jacobian` against torch.func.jacrev on the same operations."""
    names = functions[0].variables
    at = dict(zip(names, point, strict=True))
    call = lower_all(tuple(f.tree for f in functions), names)
    theirs = torch.func.jacrev(lambda x: torch.stack(call([x[i] for i in range(len(point))])))
    x = torch.tensor(point, dtype=torch.float64)
    compare(label, lambda: dl.jacobian(functions, at), lambda: theirs(x), rounds=rounds)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
