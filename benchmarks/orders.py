"""All orders at once by Taylor propagation, against nested autograd and against 60-digit numbers.

Run: ``python -m benchmarks.orders`` (``--quick`` leaves out nested autograd at order 8, which takes long).
"""

from __future__ import annotations

import sys
import time

import mpmath
import numpy as np
import torch

import derivlab as dl
from benchmarks.evaluation import ONE, one_by_hand
from benchmarks.measure import row, seconds, told
from derivlab.autodiff import nested
from derivlab.autodiff.taylor import compile_orders, evaluator, taylor
from derivlab.lowering.points import read_points

POINTS = 2_000


def one_by_mpmath(x: mpmath.mpf) -> mpmath.mpf:
    """The benchmark's function at mpmath's working precision."""
    m = mpmath
    return (
        m.sin(x**2 + 1) * m.exp(-x / 3)
        + m.log(x**2 + 2) * m.cos(3 * x)
        - m.sqrt(x**2 + x + 3) / (1 + x**2)
        + m.tanh(x / 2) * x**3
        - m.atan(x) * m.sin(x)
        + 2 * x
    )


def nested_order(x: np.ndarray, order: int) -> tuple[float, np.ndarray]:
    """Seconds and derivative of nested autograd, run once."""
    points = read_points({"x": x}, ("x",))
    start = time.perf_counter()
    found = nested.derivatives(dl.parse(ONE).tree, points, [("x",) * order])[0]
    return time.perf_counter() - start, found


def main() -> None:
    """Print the comparison."""
    f = dl.parse(ONE)
    x = np.linspace(-2, 2, POINTS)
    tensor = torch.tensor(x)
    orders = (1, 2, 4, 6, 8, 10)
    evaluators = {order: evaluator(f, order=order) for order in orders}
    times = seconds(
        {
            "forward": lambda: one_by_hand(tensor),
            **{str(order): lambda order=order: evaluators[order](x) for order in orders},
        }
    )
    print(f"{POINTS} points, one forward evaluation in torch: {told(times['forward'])}")
    nested_times = {}
    for order in (1, 2, 4, 6) if "--quick" in sys.argv else (1, 2, 4, 6, 8):
        nested_times[order], reference = nested_order(x, order)
        found = evaluators[order](x)[order]
        gap = np.max(
            np.abs(found - reference) / np.maximum(np.abs(reference), 1e-3 * np.max(np.abs(reference)))
        )
        print(f"  order {order}: nested autograd {told(nested_times[order])}, furthest apart {gap:.1e}")
    for order in orders:
        start = time.perf_counter()
        compile_orders.cache_clear()
        evaluator(f, order=order)
        compiled = time.perf_counter() - start
        print(f"  orders 0 … {order}: {told(times[str(order)])}, once to compile {told(compiled)}")
    row("all orders up to 10 / one forward evaluation", times["10"] / times["forward"], "60")
    if 8 in nested_times:
        row("nested autograd, order 8 / all orders up to 8", nested_times[8] / times["8"], "500", least=True)
    worst = 0.0
    with mpmath.workdps(60):
        for point in np.linspace(-1.97, 1.93, 14):
            exact = mpmath.taylor(one_by_mpmath, mpmath.mpf(float(point)), 10)
            found = taylor(f, {"x": float(point)}, "x", 10)
            for order, coefficient in enumerate(exact):
                true = coefficient * mpmath.factorial(order)
                worst = max(worst, float(abs((mpmath.mpf(float(found[order])) - true) / true)))
    print(f"  largest relative error of orders 0 … 10 against mpmath at 60 digits: {worst:.1e} (asked 1e-11)")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
