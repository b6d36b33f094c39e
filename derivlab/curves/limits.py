"""What f does beside a point, seen from one side, at a handful of distances that shrink by a constant factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Floats

OVERFLOW = 1e200
"""A defined value beyond this beside an infinite one is floating point giving out, not a pole."""

EVEN = 0.98
"""Steps that are all of one size, to this share, go on for ever."""
GROWN = 1e3
"""What becomes so much larger on the way to a place is not about to settle."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a point: the limit there (±inf possible, None where f is undefined), and how it was reached."""

    limit: float | None
    wild: bool = False
    overflow: bool = False


def see_side(values: Floats, tolerance: float) -> Side:
    """Judge a side from f at shrinking distances, the farthest first; differences below the tolerance do not matter."""
    if np.isnan(values).all():
        return Side(None)
    with np.errstate(all="ignore"):
        infinite = np.isinf(values)
        if infinite.any():
            first = int(np.argmax(infinite))
            before = values[first - 1] if first else 0.0
            overflow = bool(np.isfinite(before) and abs(before) > OVERFLOW)
            return Side(float(values[first]), overflow=overflow)
        values = values[~np.isnan(values)]
        if np.abs(values).max() > OVERFLOW:
            return Side(float(np.copysign(np.inf, values[-1])), overflow=True)
        steps = np.diff(values)
        if not len(steps):
            return Side(float(values[-1]))
        monotone = bool(np.all(steps > 0) or np.all(steps < 0))
        if _is_pole(values, steps):
            return Side(float(np.copysign(np.inf, values[-1])))
        if np.abs(steps[:4]).max() <= tolerance:
            # settled: the last values may be rounding noise, the calmest one is not
            if monotone and np.all(np.abs(steps[1:]) < 0.9 * np.abs(steps[:-1])):
                return Side(_extrapolated(values))
            return Side(float(values[int(np.argmin(np.abs(steps[:6]))) + 1]))
        if monotone:
            if abs(values[-1]) > abs(values[0]) and abs(steps[-1]) >= 0.7 * abs(steps[0]):
                return Side(float(np.copysign(np.inf, steps[-1])))
            sizes = np.abs(steps[len(steps) // 2 :])
            if sizes.min() >= EVEN * sizes.max():  # a logarithm
                return Side(float(np.copysign(np.inf, steps[-1])))
            return Side(_extrapolated(values))
        steady = np.abs(steps)
        if np.all((steady[1:-2] <= 0.8 * steady[:-3]) | (steady[1:-2] <= tolerance)):
            return Side(float(values[int(np.argmin(steady)) + 1]))
    return Side(float(np.median(values)), wild=True)


def _is_pole(values: Floats, steps: Floats) -> bool:
    """Whether the values grow like a power of the distance all the way, however small they are."""
    grown = abs(values[-1]) > GROWN * abs(values[0])
    return bool(
        grown and np.all(steps[1:] * steps[:-1] > 0) and np.all(np.abs(steps[1:]) > 1.5 * np.abs(steps[:-1]))
    )


def _extrapolated(values: Floats) -> float:
    """Aitken's step on the last three values, if it is sound; else the last value."""
    if len(values) < 3:
        return float(values[-1])
    first, second = values[-2] - values[-3], values[-1] - values[-2]
    if abs(second) >= abs(first) or first == second:
        return float(values[-1])
    return float(values[-1] - second * second / (second - first))
