"""Curves that swing faster than they can be followed: how high and how low they go in each column of pixels.

What such a curve fills on the screen is a band. Samples at random places of it miss its edges; from f and f′ at the highest
sample of a column, and the steepest slope there, the top of its swing is foretold as that of a sine, and evaluated.
"""

from __future__ import annotations

import numpy as np

from derivlab.curves.curve import Floats, Indices
from derivlab.curves.probe import Probe
from derivlab.curves.refine import Refined, judge, merge
from derivlab.curves.screen import Screen

ROUNDS = 3
NEIGHBOURS = 4
"""Columns on either side from which height and speed of the swings are taken: in one alone all samples may be in step."""
FARTHEST = 2.8
"""Radians: a top is not foretold from farther away than this."""
FEWEST = 4
"""Samples in a column from which its swings can be told."""


def reach_tops(refined: Refined, row: int, screen: Screen, probe: Probe) -> Refined:
    """The same points with the tops and bottoms of the swings in each column of pixels that holds swings not followed."""
    x, y = refined.x, refined.y
    for _ in range(ROUNDS):
        with np.errstate(all="ignore"):
            fresh = _foretold(x, y[row], y[row + 1], screen)
        fresh = np.unique(fresh)
        if not len(fresh) or 3 * len(fresh) > probe.remaining:
            break
        x, y = merge(x, y, fresh, probe)
    return Refined(x, y, judge(x, y[row], y[row + 1], screen), refined.cut_short)


def _foretold(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Floats:
    """Where the highest and the lowest point of each column should lie, as far as it is not yet reached."""
    column = np.floor(screen.across(x))
    first = np.flatnonzero(np.append(True, column[1:] != column[:-1]))
    count = np.diff(np.append(first, len(x)))
    finite = np.isfinite(value) & np.isfinite(slope)
    top = np.maximum.reduceat(np.where(finite, value, -np.inf), first)
    bottom = np.minimum.reduceat(np.where(finite, value, np.inf), first)
    steepest = np.maximum.reduceat(np.where(finite, np.abs(slope), 0.0), first)
    whole = np.logical_and.reduceat(finite, first)
    top, bottom, steepest = _around(top), -_around(-bottom), _around(steepest)
    amplitude = 0.5 * (top - bottom)
    pulse = steepest / amplitude
    # at least a swing or so in the column, and high enough to be seen
    swings = whole & (count >= FEWEST) & (pulse * screen.pixel > np.pi) & (amplitude * screen.scale > 0.5)
    order = np.lexsort((value, column))
    wanted: list[Floats] = []
    for place, sign in ((order[first], -1.0), (order[first + count - 1], 1.0)):
        at: Indices = place[swings]
        middle = 0.5 * (top + bottom)[swings]
        phase = np.arctan2(sign * slope[at] / pulse[swings], sign * (value[at] - middle))
        higher = amplitude[swings] * (1 - np.cos(phase)) * screen.scale
        guess = x[at] + phase / pulse[swings]
        useful = (np.abs(phase) < FARTHEST) & (higher > 0.1)
        wanted.append(guess[useful & (guess > screen.low) & (guess < screen.high)])
    return np.concatenate(wanted)


def _around(values: Floats) -> Floats:
    """The greatest of each value and its neighbours."""
    padded = np.pad(values, NEIGHBOURS, constant_values=-np.inf)
    found: Floats = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1).max(axis=1)
    return found
