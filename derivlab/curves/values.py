"""The derivatives at one point, without those that do not exist there."""

from __future__ import annotations

import math

import numpy as np

from derivlab.curves.curve import Evaluate

STEP = 1e-6
"""How far to either side it is looked whether a derivative jumps, relative to the point's size."""


def derivatives_at(evaluate: Evaluate, x: float, order: int) -> tuple[float, ...]:
    """f, f′ … up to ``order`` at ``x``, NaN from the first that is undefined or jumps there.

    ``evaluate`` gives one order more. The formula of x·|x| has a second derivative 0 at 0, where really it
    jumps from −2 to 2: an order counts only where the values close by on both sides agree.
    """
    step = STEP * max(1.0, abs(x))
    with np.errstate(all="ignore"):
        rows = np.asarray(evaluate(np.array([x - step, x, x + step])), dtype=np.float64)
    values: list[float] = []
    for k in range(order + 1):
        left, here, right = rows[k].tolist()
        grown = step * max(abs(rows[k + 1][0]), abs(rows[k + 1][2]))
        apart = abs(right - left)
        jumps = apart > 1e-3 * max(abs(left), abs(right)) and apart > 10 * grown
        if not math.isfinite(here) or (k > 0 and jumps):
            return (*values, *[math.nan] * (order + 1 - k))
        values.append(here)
    return tuple(values)
