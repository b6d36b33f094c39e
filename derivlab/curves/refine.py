"""Breadth-first refinement: which cells of a sampled curve are understood, and where to look next.

Every inner point is judged by its two neighbours: the cubic Hermite curve through the neighbours' values and slopes predicts
the point's value and slope, and the prediction is compared in pixels, measured across the curve. A cell between two points
is certified by a good prediction at either of its ends. Nothing is remembered between sweeps: the verdicts are a function of
the points, so each sweep is a handful of array operations and one call of evaluate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.cells import EDGE, FINEST, divided, parts_of_cells
from derivlab.curves.curve import Flags, Floats, Indices
from derivlab.curves.hermite import slope_between, value_between
from derivlab.curves.probe import Probe
from derivlab.curves.screen import Screen

JUMP_WIDTH = 2.0**-5
"""Pixels: from this width on, a rise that the slopes do not explain at all is handed to the search for breaks."""
WRONG = 1.0
"""Pixels: a prediction from twice a cell's width that is this good is some 16 times better within the cell."""
STEEPEST = 30.0
"""Pixels a pixel: no more leniency than that of this slope is given to steep stretches."""
BENT = 0.5
"""Pixels: how far a drawn chord may stray from the curve."""
GRADE = 4.5
"""A cell this much wider than its neighbour gets a second look."""
LEVEL_SHARE = 0.45
"""Level cells beside an undefined point are at most this share of their distance from it wide: sign(sin(1/x)) is level
wherever it is looked at, and only many looks tell."""
LEVEL_REACH = 64.0
"""Pixels: how far from an undefined point that holds."""
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
    crowded: Flags  # among breaks so close together that the cell may hide more of them
    look: Flags  # to be divided
    pieces: Indices  # ≥ 2 where a certified cell is too bent for one chord


def judge(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Verdicts:
    """Judge all the cells between points x (m,) from f and f′ there."""
    with np.errstate(all="ignore"):
        return _judge(x, value, slope, screen)


def _judge(x: Floats, value: Floats, slope: Floats, screen: Screen) -> Verdicts:
    finite = np.isfinite(value)
    up, steep = screen.up(value, slope)
    gaps = x[1:] - x[:-1]
    width = gaps / screen.pixel
    both = finite[:-1] & finite[1:]
    rise = up[1:] - up[:-1]
    if both.all():
        mixed = gap = np.zeros(len(width), dtype=bool)
    else:
        rise[~both] = np.nan
        side = np.where(np.isnan(value), 0.0, np.where(finite, 2.0, np.sign(value)))
        mixed = (finite[:-1] != finite[1:]) | (~both & (side[:-1] * side[1:] == -1.0))
        gap = ~both & ~mixed
    chord = rise / width
    size = np.abs(rise)

    misses = _misses(width, up, steep, chord, both, screen)
    good, better = misses <= 1.0, misses <= 0.25
    known = np.isfinite(steep)
    turning = known[:-1] & known[1:] & (steep[:-1] * steep[1:] < 0)
    certified = both & (((good[:-1] | good[1:]) & ~turning) | (better[:-1] & better[1:]))

    grade = np.abs(steep)
    grade[~known] = 0.0
    swing = np.maximum(grade[:-1], grade[1:]) * width
    # a curve cannot rise where all that is known of its slope is level
    certified &= ~(known[:-1] & known[1:] & (size > 0.25) & (swing < 0.25 * size))
    certified |= both & (width <= 0.25) & (size <= 0.25) & (swing <= 0.5)
    suspect = both & ~certified & (width <= JUMP_WIDTH) & (size > 0.5) & (swing < 0.05 * size)

    coarse, crowded = _too_coarse(width, size + swing < 0.25, certified, mixed, suspect)
    look = (both & ~certified & ~suspect) | mixed | coarse
    look &= width > np.where(mixed, EDGE, FINEST)
    middle = x[:-1] + 0.5 * gaps
    look &= (middle > x[:-1]) & (middle < x[1:])

    pieces = np.ones(len(width), dtype=np.int64)
    visible = screen.shows(up)
    # a cubic strays from its chord by at most 4/27 of what its slopes promise
    promised = (np.abs(steep[:-1] - chord) + np.abs(steep[1:] - chord)) * width * (4 / 27)
    inside = visible[:-1] & visible[1:]
    bendable = certified & ~look & (visible[:-1] | visible[1:]) & ~(inside & (promised <= BENT))
    at = np.flatnonzero(bendable & (width > 0.05))
    if len(at):
        stray = _stray(at, width[at], value, slope, screen)
        pieces[at] = np.where(stray > BENT, np.clip(np.ceil(np.sqrt(stray / (0.8 * BENT))), 2, 4), 1)
    return Verdicts(width, rise, certified, mixed, gap, suspect, crowded, look, pieces)


def _too_coarse(
    width: Floats, flat: Flags, certified: Flags, mixed: Flags, suspect: Flags
) -> tuple[Flags, Flags]:
    """Cells that are too wide for their neighbourhood, and those among breaks that may hide more of them."""
    bracket = mixed | suspect
    # a look right beside a place says nothing about how wide the cells around it should be
    plain = np.where(bracket | (width <= 2 * FINEST), np.inf, width)
    beside = np.full(len(width), np.inf)
    beside[1:] = plain[:-1]
    np.minimum(beside[:-1], plain[1:], out=beside[:-1])
    if not bracket.any():
        return (width > GRADE * beside) & (width > 4 * JUMP_WIDTH), bracket
    near_break = np.zeros(len(width), dtype=bool)
    near_break[1:] = bracket[:-1]
    near_break[:-1] |= bracket[1:]
    coarse = ((width > GRADE * beside) | (near_break & (width > NEAR_BREAK))) & (width > 4 * JUMP_WIDTH)
    crowded = (width > _crowding(width, bracket, mixed)) & ~bracket
    coarse |= crowded & (width > EDGE)
    if mixed.any():
        level = certified & flat & (width > EDGE)
        if level.any():
            coarse |= level & (width > LEVEL_SHARE * _distance(width, mixed))
    return coarse, crowded


def _misses(width: Floats, up: Floats, steep: Floats, chord: Floats, both: Flags, screen: Screen) -> Floats:
    """How badly each point is foretold by its two neighbours: up to 1 is good; infinite at ends and beside gaps."""
    misses = np.full(len(up), np.inf)
    if len(up) < 3:
        return misses
    before, after = chord[:-1], chord[1:]
    start, own, stop = steep[:-2], steep[1:-1], steep[2:]
    known = np.isfinite(steep)
    is_known = bool(known.all())
    if not is_known:
        start = np.where(known[:-2], start, before)
        stop = np.where(known[2:], stop, after)
    whole = width[:-1] + width[1:]
    t = width[:-1] / whole
    foretold = value_between(t, whole, up[:-2], start, up[2:], stop)
    foretold_slope = slope_between(t, whole, up[:-2], start, up[2:], stop)
    # the error of a Hermite cubic is f''''/24·t²(1-t)²·width⁴: refer it to the middle of the cell
    share = t * (1 - t)
    error = np.abs(up[1:-1] - foretold) / (16 * share * share)
    if not is_known:
        own = np.where(known[1:-1], own, foretold_slope)
    slope_error = np.abs(own - foretold_slope) * whole * (1 / (16 * 0.3))
    # a steep stretch is measured across itself, but only where everything says that it is steep, and the same way
    lean = np.minimum(
        np.minimum(np.abs(before), np.abs(after)), np.minimum(np.abs(foretold_slope), np.abs(own))
    )
    same_way = (before * after > 0) & (own * before > 0) & (foretold_slope * before > 0)
    lean = np.where(same_way, np.minimum(lean, STEEPEST), 0.0)
    allowed = WRONG * np.sqrt(1 + lean * lean)
    beyond = (up > screen.height + 8.0).view(np.int8) - (up < -8.0)
    if beyond.any():
        hidden = np.abs(beyond[:-2] + beyond[1:-1] + beyond[2:]) == 3
        allowed = np.where(hidden, 16.0 / WRONG, 1.0) * allowed
    if not is_known:
        allowed *= np.where(known[:-2] & known[2:], 1.0, 0.25)
    miss = np.maximum(error, slope_error) / allowed
    misses[1:-1] = np.where(both[:-1] & both[1:] & ~np.isnan(miss), miss, np.inf)
    return misses


def _distance(width: Floats, marked: Flags) -> Floats:
    """How far the middle of each cell is from the nearest marked cell, in pixels."""
    edges = np.concatenate([[0.0], np.cumsum(width)])
    middle = edges[:-1] + 0.5 * width
    places = middle[marked]
    after = np.minimum(np.searchsorted(places, middle), len(places) - 1)
    distance: Floats = np.minimum(
        np.abs(places[after] - middle), np.abs(places[np.maximum(after - 1, 0)] - middle)
    )
    return np.where(distance <= LEVEL_REACH, distance, np.inf)


def _crowding(width: Floats, bracket: Flags, mixed: Flags) -> Floats:
    """How wide cells may be close to breaks that lie close together: where there are two, there may be many."""
    limit = np.full(len(width), np.inf)
    at = np.flatnonzero(bracket)
    if len(at) < 2 or at[-1] == at[0] + 1:
        return limit
    edges = np.concatenate([[0.0], np.cumsum(width)])
    middle = edges[:-1] + 0.5 * width
    # two cells side by side that are defined at their outer ends only surround one place
    same = np.append(False, (np.diff(at) == 1) & mixed[at[:-1]] & mixed[at[1:]])
    places = middle[at][~same]
    if len(places) < 2:
        return limit
    apart = np.diff(places)
    room = np.minimum(np.append(np.inf, apart), np.append(apart, np.inf))
    following = np.searchsorted(places, middle)
    for event in (np.minimum(following, len(places) - 1), np.maximum(following - 1, 0)):
        close = np.abs(places[event] - middle) - 0.5 * width <= 2 * room[event]
        limit = np.where(close, np.minimum(limit, 0.5 * room[event]), limit)
    return limit


def _stray(at: Indices, width: Floats, value: Floats, slope: Floats, screen: Screen) -> Floats:
    """How far, in pixels, the Hermite cubics of these cells stray on screen from their chords, drawn as they are."""
    a, b = (value[at] - screen.bottom) * screen.scale, (value[at + 1] - screen.bottom) * screen.scale
    da, db = (slope[at + side] * (screen.scale * screen.pixel) for side in (0, 1))
    chord = (b - a) / width
    da, db = np.where(np.isfinite(da), da, chord), np.where(np.isfinite(db), db, chord)
    t = np.array([[0.15], [0.35], [0.5], [0.65], [0.85]])
    curve = value_between(t, width, a, da, b, db)
    across = np.abs(curve - (a + t * (b - a))) / np.sqrt(1 + chord * chord)
    # a top between the ends is as far from a steep chord as it is from the chord's end
    beyond = np.maximum(curve - np.maximum(a, b), np.minimum(a, b) - curve)
    # beside a vertical tangent the cubic knows only the chord, and the curve bulges some four times more
    vague = ~np.isfinite(slope[at]) | ~np.isfinite(slope[at + 1])
    stray: Floats = np.where(screen.shows(curve), np.maximum(across, beyond), 0.0).max(axis=0) * np.where(
        vague, 4.0, 1.0
    )
    return stray


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
        parts, lean = parts_of_cells(
            looked, verdicts.width, verdicts.mixed, verdicts.suspect, verdicts.certified
        )
        wanted = int((parts - 1).sum() + (verdicts.pieces[bent] - 1).sum())
        if wanted > room:
            if room < 16:
                return Refined(x, y, verdicts, True)
            widest = np.argsort(-verdicts.width[looked], kind="stable")
            looked = np.sort(looked[widest[:room]])
            parts, lean, bent = np.full(len(looked), 2), np.zeros(len(looked)), bent[:0]
        fresh = divided(x, looked, parts, lean, jitter)
        if len(bent):
            even = np.zeros(len(bent))
            fresh = np.concatenate([fresh, divided(x, bent, verdicts.pieces[bent], even, None)])
        x, y = merge(x, y, fresh, probe)


def merge(x: Floats, y: Floats, fresh: Floats, probe: Probe) -> tuple[Floats, Floats]:
    """Evaluate at fresh points and put them in their places among x (m,) and y (rows, m)."""
    fresh = np.sort(fresh)
    places = np.searchsorted(x, fresh)
    new = x[np.minimum(places, len(x) - 1)] != fresh
    new[1:] &= fresh[1:] != fresh[:-1]
    if not new.all():
        fresh, places = fresh[new], places[new]
    if not len(fresh):
        return x, y
    rows = probe(fresh)
    return np.insert(x, places, fresh), np.insert(y, places, rows, axis=1)
