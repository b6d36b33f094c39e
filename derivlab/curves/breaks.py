"""Closing in on the places where a curve is broken, and saying of which kind each is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Break, BreakKind, Floats
from derivlab.curves.probe import Probe
from derivlab.curves.refine import FINEST, Refined
from derivlab.curves.screen import Screen

ROUNDS = 48
CLOSE = 2.0**-20
"""Pixels: at this distance from a break the two sides are compared."""


@dataclass(slots=True)
class Brackets:
    """Cells that hold a break: the points on either side, and the values and slopes there. Arrays (k,)."""

    a: Floats
    fa: Floats
    da: Floats
    b: Floats
    fb: Floats
    db: Floats

    def close_in(self, middle: Floats, f: Floats, d: Floats, left: Floats) -> None:
        """Move the right end to the middle where `left` is set, the left end elsewhere."""
        go_left = left.astype(bool)
        self.b, self.fb, self.db = (np.where(go_left, n, o) for n, o in ((middle, self.b), (f, self.fb), (d, self.db)))
        self.a, self.fa, self.da = (np.where(go_left, o, n) for n, o in ((middle, self.a), (f, self.fa), (d, self.da)))


def shortest_decimal(a: Floats, b: Floats) -> Floats:
    """For each pair a < b the number with the fewest digits between them, both ends included."""
    result = 0.5 * (a + b)
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(b - a))
        for more in (0, 1, 2, 3, 4, 5, 6):
            digits = np.clip(-(power + more), -300, 300)
            factor = 10.0**np.abs(digits)
            up = np.where(digits >= 0, np.ceil(a * factor) / factor, np.ceil(a / factor) * factor)
            result = np.where(np.isfinite(up) & (up >= a) & (up <= b), up, result)
        return np.where((a <= 0) & (b >= 0), 0.0, result)
