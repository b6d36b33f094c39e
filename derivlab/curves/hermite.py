"""Cubic Hermite interpolation between two points with slopes, in any units."""

from __future__ import annotations

import numpy as np

from derivlab.curves.curve import Floats


def value_between(t: Floats, width: Floats, a: Floats, da: Floats, b: Floats, db: Floats) -> Floats:
    """The cubic through values a, b with slopes da, db on a cell of this width, at the fraction t of it."""
    s = 1.0 - t
    result: Floats = s * s * (1 + 2 * t) * a + t * t * (3 - 2 * t) * b + width * t * s * (s * da - t * db)
    return result


def slope_between(t: Floats, width: Floats, a: Floats, da: Floats, b: Floats, db: Floats) -> Floats:
    """The slope of that cubic at the fraction t."""
    s = 1.0 - t
    result: Floats = 6 * t * s * (b - a) / width + s * (1 - 3 * t) * da + t * (3 * t - 2) * db
    return result


def turning_fraction(width: Floats, a: Floats, da: Floats, b: Floats, db: Floats) -> Floats:
    """The fraction of the cell at which that cubic turns, where its slopes differ in sign (exactly one place)."""
    chord = (b - a) / width
    # slope(t) = da + t·(6·chord - 4·da - 2·db) + t²·(3·da + 3·db - 6·chord)
    linear = 6 * chord - 4 * da - 2 * db
    square = 3 * da + 3 * db - 6 * chord
    with np.errstate(all="ignore"):
        root = np.sqrt(np.maximum(linear * linear - 4 * square * da, 0.0))
        q = -0.5 * (linear + np.where(linear >= 0, root, -root))
        first = q / square
        second = da / q
    inside = (first > 0) & (first < 1) & np.isfinite(first)
    fraction = np.where(inside, first, second)
    fraction = np.where(np.isfinite(fraction) & (fraction > 0) & (fraction < 1), fraction, 0.5)
    result: Floats = np.clip(fraction, 0.02, 0.98)
    return result
