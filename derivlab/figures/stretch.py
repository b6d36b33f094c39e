"""How heights become colours and level lines, the same on the map and on the surface."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.figures.plane import Floats
from derivlab.multivariable.view import Surface

SKEWED = 6.0
"""With the middle value so many times nearer to one end of the range than to the other, levels are spaced
by ratio.
"""


@dataclass(frozen=True)
class Stretch:
    """How heights become colours and level lines: evenly, or ever closer towards the ``floor``.

    ``sign`` is 1 where the crowd of values is at the low end, −1 at the high end, 0 for even levels.
    ``unit`` is the distance from the floor below which levels are even.
    """

    sign: int
    floor: float
    unit: float

    def apply(self, z: Floats) -> Floats:
        """Heights as the map shows them."""
        if self.sign == 0:
            return z
        with np.errstate(invalid="ignore"):
            away = np.maximum(self.sign * (z - self.floor), 0.0)
            return np.asarray(self.sign * np.log1p(away / self.unit), dtype=np.float64)

    def undo(self, shown: float) -> float:
        """The height that is shown as this."""
        return shown if self.sign == 0 else self.floor + self.sign * float(np.expm1(abs(shown))) * self.unit


def stretch_of(surface: Surface) -> Stretch:
    """Levels for this surface: by ratio where most of the window lies near one end of its heights, as in a
    long valley.
    """
    finite = surface.z[np.isfinite(surface.z)]
    low, high = surface.shown
    if not len(finite) or high <= low:
        return Stretch(0, low, 1.0)
    seen = np.clip(finite, low, high)
    low_part, middle, high_part = (float(q) for q in np.quantile(seen, [0.05, 0.5, 0.95]))
    if high - middle > SKEWED * (middle - low):
        return Stretch(1, low, max(low_part - low, 1e-4 * (high - low)))
    if middle - low > SKEWED * (high - middle):
        return Stretch(-1, high, max(high - high_part, 1e-4 * (high - low)))
    return Stretch(0, low, 1.0)
