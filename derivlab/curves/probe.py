"""The one way by which the curves ask for values of f: it counts, it is bounded, and it is silent about NaN."""

from __future__ import annotations

import numpy as np

from derivlab.curves.curve import Evaluate, Floats


class Probe:
    """Wraps an evaluate callable: counts the points asked for and refuses more than `cap` of them.

    `spent` is how many have been asked for before.
    """

    def __init__(self, evaluate: Evaluate, cap: int, spent: int = 0) -> None:
        self._evaluate = evaluate
        self.cap = cap
        self.evaluations = spent

    @property
    def remaining(self) -> int:
        """How many points may still be asked for."""
        return self.cap - self.evaluations

    def __call__(self, x: Floats) -> Floats:
        """Derivatives (order + 1, m) at x (m,)."""
        if len(x) > self.remaining:
            raise RuntimeError("the sampler asked for more points than its cap")
        self.evaluations += len(x)
        with np.errstate(all="ignore"):
            return np.asarray(self._evaluate(x), dtype=np.float64)
