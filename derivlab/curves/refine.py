"""Breadth-first refinement: which cells of a sampled curve are understood, and where to look next.

Every inner point is judged by its two neighbours: the cubic Hermite curve through the neighbours' values and slopes predicts
the point's value and slope, and the prediction is compared in pixels, measured across the curve. A cell between two points
is certified by a good prediction at either of its ends. Nothing is remembered between sweeps: the verdicts are a function of
the points, so each sweep is a handful of array operations and one call of evaluate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Flags, Floats, Indices
from derivlab.curves.hermite import slope_between, value_between
from derivlab.curves.probe import Probe
from derivlab.curves.screen import Screen

FINEST = 2.0**-10
"""Pixels: cells narrower than this are not divided on the way to a picture."""
JUMP_WIDTH = 2.0**-5
"""Pixels: from this width on, a rise that the slopes do not explain at all is handed to the search for breaks."""
WRONG = 1.0
"""Pixels: a prediction from twice a cell's width that is this good is some 16 times better within the cell."""
BENT = 0.5
"""Pixels: how far a drawn chord may stray from the curve."""
GRADE = 4.5
"""A cell this much wider than its neighbour gets a second look."""
NEAR_BREAK = 6.0
"""Pixels: cells beside a break are at most this wide, so that a second break close by is seen."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is known of each of the m - 1 cells between m points."""

    width: Floats  # in pixels
    rise: Floats  # in squeezed pixels; NaN beside an undefined point
    certified: Flags  # the curve within is known
    mixed: Flags  # defined at one end only, or infinite of opposite signs
    gap: Flags  # defined at neither end
    suspect: Flags  # a rise that no slope explains
    look: Flags  # to be divided
    pieces: Indices  # ≥ 2 where a certified cell is too bent for one chord


def judge(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Verdicts:
    """Judge all the cells between points x (m,) from f and f′ there."""
    with np.errstate(all="ignore"):
        return _judge(x, value, slope, screen)


def _judge(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Verdicts:
    finite = np.isfinite(value)
    up, steep = screen.up(value, slope)
    width = np.diff(x) / screen.pixel
    both = finite[:-1] & finite[1:]
    rise = np.where(both, np.diff(up), np.nan)
    chord = rise / width
    side = np.where(np.isnan(value), 0.0, np.where(finite, 2.0, np.sign(value)))
    mixed = (finite[:-1] != finite[1:]) | (~both & (side[:-1] * side[1:] == -1.0))
    gap = ~both & ~mixed

    good = _well_predicted(width, up, steep, chord, both, screen)
    certified = both & (good[:-1] | good[1:])

    known = np.isfinite(steep)
    swing = (
        np.maximum(np.where(known, np.abs(steep), 0.0)[:-1], np.where(known, np.abs(steep), 0.0)[1:]) * width
    )
    tiny = both & (width <= 0.25) & (np.abs(rise) <= 0.25) & (swing <= 0.5)
    certified |= tiny
    suspect = both & ~certified & (width <= JUMP_WIDTH) & (np.abs(rise) > 0.5) & (swing < 0.05 * np.abs(rise))

    divisible = (width > FINEST) & (x[:-1] + 0.5 * np.diff(x) > x[:-1]) & (x[:-1] + 0.5 * np.diff(x) < x[1:])
    bracket = mixed | suspect
    plain = np.where(bracket, np.inf, width)
    beside = np.minimum(np.append(np.inf, plain[:-1]), np.append(plain[1:], np.inf))
    near_break = np.append(False, bracket[:-1]) | np.append(bracket[1:], False)
    coarse = (width > GRADE * beside) | (near_break & (width > NEAR_BREAK))
    coarse &= width > 4 * JUMP_WIDTH
    look = divisible & ((both & ~certified & ~suspect) | mixed | coarse)

    pieces = np.ones(len(width), dtype=np.int64)
    visible = screen.shows(up)
    bendable = certified & ~look & (visible[:-1] | visible[1:]) & (width > 0.05)
    if bendable.any():
        at = np.flatnonzero(bendable)
        stray = _stray(width[at], up[at], steep[at], up[at + 1], steep[at + 1], chord[at])
        pieces[at] = np.where(stray > BENT, np.clip(np.ceil(np.sqrt(stray / (0.8 * BENT))), 2, 4), 1).astype(
            np.int64
        )
    return Verdicts(width, rise, certified, mixed, gap, suspect, look, pieces)


def _well_predicted(
    width: Floats, up: Floats, steep: Floats, chord: Floats, both: Flags, screen: Screen
) -> Flags:
    """Whether each point is foretold by its two neighbours; False at both ends and beside undefined points."""
    good = np.zeros(len(up), dtype=bool)
    if len(up) < 3:
        return good
    before, after = chord[:-1], chord[1:]
    start = np.where(np.isfinite(steep[:-2]), steep[:-2], before)
    stop = np.where(np.isfinite(steep[2:]), steep[2:], after)
    whole = width[:-1] + width[1:]
    t = width[:-1] / whole
    foretold = value_between(t, whole, up[:-2], start, up[2:], stop)
    foretold_slope = slope_between(t, whole, up[:-2], start, up[2:], stop)
    # the error of a Hermite cubic is f''''/24·t²(1-t)²·width⁴: refer it to the middle of the cell
    error = np.abs(up[1:-1] - foretold) / (16 * (t * (1 - t)) ** 2)
    own = steep[1:-1]
    slope_error = np.where(np.isfinite(own), np.abs(own - foretold_slope), 0.0) * whole / 16
    lean = np.minimum(np.minimum(np.abs(before), np.abs(after)), np.abs(foretold_slope))
    lean = np.where(np.isfinite(own), np.minimum(lean, np.abs(own)), lean)
    across = np.sqrt(1 + lean * lean)
    top = screen.height + 8.0
    hidden = ((up[:-2] > top) & (up[1:-1] > top) & (up[2:] > top)) | (
        (up[:-2] < -8) & (up[1:-1] < -8) & (up[2:] < -8)
    )
    allowed = np.where(hidden, 16.0, WRONG) * across
    good[1:-1] = both[:-1] & both[1:] & (error <= allowed) & (slope_error <= allowed)
    return good


def _stray(width: Floats, a: Floats, da: Floats, b: Floats, db: Floats, chord: Floats) -> Floats:
    """How far, in pixels across the chord, the Hermite cubic strays from it."""
    da = np.where(np.isfinite(da), da, chord)
    db = np.where(np.isfinite(db), db, chord)
    stray = np.zeros(len(width))
    for t in (0.25, 0.5, 0.75):
        bow = value_between(np.full(len(width), t), width, a, da, b, db) - (a + t * (b - a))
        stray = np.maximum(stray, np.abs(bow))
    result: Floats = stray / np.sqrt(1 + chord * chord)
    return result


@dataclass(frozen=True, slots=True)
class Refined:
    """All points in order, their rows, the last verdicts, and whether the budget ended the search."""

    x: Floats
    y: Floats
    verdicts: Verdicts
    cut_short: bool


def refine(
    x: Floats, y: Floats, row: int, screen: Screen, probe: Probe, budget: int, jitter: np.random.Generator
) -> Refined:
    """Divide cells, breadth first, until every one is certified, a bracket of a break, or finer than can be seen."""
    spent_before = probe.evaluations
    while True:
        verdicts = judge(x, y[row], y[row + 1], screen)
        looked = np.flatnonzero(verdicts.look)
        bent = np.flatnonzero(verdicts.pieces > 1)
        room = budget - (probe.evaluations - spent_before)
        if not len(looked) and not len(bent):
            return Refined(x, y, verdicts, False)
        wanted = len(looked) + int((verdicts.pieces[bent] - 1).sum())
        if wanted > room:
            if room < 16:
                return Refined(x, y, verdicts, True)
            widest = np.argsort(-verdicts.width[looked], kind="stable")
            looked = np.sort(looked[widest[:room]])
            bent = bent[:0]
        step = x[looked + 1] - x[looked]
        fresh = [x[looked] + step * (0.5 + 0.12 * (jitter.random(len(looked)) - 0.5))]
        for pieces in (2, 3, 4):
            cells = bent[verdicts.pieces[bent] == pieces]
            fresh.extend(x[cells] + (x[cells + 1] - x[cells]) * (part / pieces) for part in range(1, pieces))
        x, y = merge(x, y, np.concatenate(fresh), probe)


def merge(x: Floats, y: Floats, fresh: Floats, probe: Probe) -> tuple[Floats, Floats]:
    """Evaluate at fresh points and put them in their places among x (m,) and y (rows, m)."""
    fresh = np.setdiff1d(fresh, x)
    if not len(fresh):
        return x, y
    rows = probe(fresh)
    places = np.searchsorted(x, fresh)
    return np.insert(x, places, fresh), np.insert(y, places, rows, axis=1)
