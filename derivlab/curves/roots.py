"""Which places are roots: rounding noise beside a hole is none, a corner or a turning point that rests on zero is one."""

from __future__ import annotations

import numpy as np

from derivlab.curves.crossings import steady
from derivlab.curves.curve import Curve, Evaluate, Floats
from derivlab.curves.sharp import away_from


def without_noise(evaluate: Evaluate, roots: Floats, curve: Curve) -> Floats:
    """The roots without rounding noise beside holes, such as that of sec(x) + tan(x) at -π/2."""
    low, high = curve.x
    holes = np.array([one.at for one in curve.breaks if one.kind == "hole"])
    doubtful = np.setdiff1d(roots, away_from(roots, holes, high - low))
    noise = doubtful[~steady(evaluate, 0, doubtful, low, high, holes)]
    return np.setdiff1d(roots, noise)


def is_flat_beside(evaluate: Evaluate, at: float, span: float) -> bool:
    """Whether f is zero on a whole stretch beside a point."""
    step = 1e-6 * span * np.array([-2.0, -1.0, 1.0, 2.0])
    beside = evaluate(at + step)[0] == 0
    return bool((beside[0] and beside[1]) or (beside[2] and beside[3]))


def resting_on_zero(evaluate: Evaluate, places: Floats, span: float, share: float) -> Floats:
    """Those turning points and corners at which f is zero, beside its values close by."""
    if not len(places):
        return places
    step = 1e-4 * span
    here, before, after = (np.abs(evaluate(places + shift)[0]) for shift in (0.0, -step, step))
    resting = places[here <= share * np.fmax(before, after)]
    return np.array([at for at in resting if not is_flat_beside(evaluate, at, span)])
