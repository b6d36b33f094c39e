"""The x window that a page opens with: what matters of the function is in it, and the point."""

from __future__ import annotations

import math

import numpy as np

from derivlab.curves.curve import Evaluate, Floats

NEAR, FAR = 10.0, 100.0
"""Where features are looked for: first within 10 of zero, and within 100 if there is hardly one."""
SAMPLES = 801
MANY = 30
"""Features in a window that still can be told apart."""
_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0)


def opening_window(evaluate: Evaluate, point: float | None = None) -> tuple[float, float]:
    """Ends (lo, hi) of a window that shows roots, turning points and domain edges near zero.

    ``evaluate`` gives f, f′ and f″. ``point`` is in the window too; if it is far from zero, in the middle.
    """
    if point is not None and abs(point) > NEAR:
        half = _rounded_up(abs(point) * 0.25)
        return point - half, point + half
    places, defined = _places(evaluate, NEAR)
    if len(places) > MANY:
        return _narrowed(evaluate, point)
    widest = NEAR
    if len(places) <= 1:
        further, defined_further = _places(evaluate, FAR)
        if 0 < len(further) <= 8:
            places, defined, widest = further, defined_further, 2 * FAR
    reach = min(1.5 * float(np.abs(places).max(initial=0.0)), widest)
    half = _rounded_up(max(reach, 1.1 * abs(point or 0.0), 2.0))
    lo, hi = -half, half
    if defined is not None:
        if defined[0] >= -1e-9 * NEAR and (point is None or point >= 0):
            lo = -half / 10
        if defined[1] <= 1e-9 * NEAR and (point is None or point <= 0):
            hi = half / 10
    return lo, hi


def _places(evaluate: Evaluate, half: float) -> tuple[Floats, tuple[float, float] | None]:
    """Where f, f′ or f″ changes its sign or f begins or ends, and the first and last x where f is defined."""
    x = np.linspace(-half, half, SAMPLES)
    with np.errstate(all="ignore"):
        rows = np.asarray(evaluate(x))[:3]
    known = ~np.isnan(rows[0])  # a value beyond floating point is no end of the domain
    if not known.any():
        return np.empty(0), None
    change = known[1:] != known[:-1]
    size = np.nanmax(np.where(np.isfinite(rows), np.abs(rows), 0.0), axis=1, keepdims=True)
    signs = np.where(np.abs(rows) <= 1e-9 * size, 0.0, np.sign(rows))
    for row in signs:
        change |= row[1:] * row[:-1] < 0
        change |= (row[1:] == 0) & (row[:-1] != 0) & known[1:] & known[:-1]
    middles = 0.5 * (x[1:] + x[:-1])[change]
    inside = x[known]
    return middles, (float(inside[0]), float(inside[-1]))


def _narrowed(evaluate: Evaluate, point: float | None) -> tuple[float, float]:
    """A window about zero, or about a point away from it, with few enough features."""
    half = NEAR
    for exponent in range(1, 25):
        half = NEAR / 10 ** (exponent // 3) / (1, 2, 5)[exponent % 3]
        count = len(_places(evaluate, half)[0])
        if count <= MANY:
            break
    centre = 0.0 if point is None or abs(point) < half else point
    return centre - half, centre + half


def _rounded_up(size: float) -> float:
    """The next round number from ``size`` on."""
    power = 10.0 ** math.floor(math.log10(size))
    return next((step * power for step in _STEPS if step * power >= size * (1 - 1e-9)), 10.0 * power)
