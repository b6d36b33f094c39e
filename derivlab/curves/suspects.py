"""Where a formula can be broken or bent: the zeros of its denominators, of the arguments of ln, of what is inside |…|.

No sampling finds a hole between two of its points. The formula's tree says where to look: the operations table has for
each operation the condition of its domain and its kinks, and a case distinction has its conditions. Their zeros in the
window are found numerically, from the parts themselves, so a formula without such parts costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from derivlab.autodiff.taylor import evaluator
from derivlab.curves.crossings import NOTHING
from derivlab.curves.curve import Evaluate, Floats
from derivlab.curves.parts import MOST_PARTS, parts_of
from derivlab.curves.spikes import spikes_in
from derivlab.expression.function import Function
from derivlab.expression.tree import Node, Variable, variables_of

GRID = 241
"""Points at which each part is looked at."""
MOST = 48
"""A part with more zeros in the window than this is looked at again, at more points."""
FINER = 4
"""So many times more points and zeros; with more zeros still, it is left to the sampling alone."""
ROUNDING = 128.0
"""Closer than so many floats to a place without a value, a formula's values are rounding noise."""
LONE = 2.0**-5
"""So much closer than at first it is looked again whether a value is alone."""


def _nowhere() -> Floats:
    return np.empty(0)


@dataclass(frozen=True, slots=True)
class Suspects:
    """Places x (k,), ascending, at which f may be broken or bent, and those among them where it has no value.

    `is_complete` is False where a part has too many zeros to list. Closer than `reach` to a place without a value
    nothing is believed. `spikes` are where narrow tops may be: there f is neither broken nor bent.
    """

    places: Floats = field(default_factory=_nowhere)
    undefined: Floats = field(default_factory=_nowhere)
    is_complete: bool = True
    reach: float = 0.0
    spikes: Floats = field(default_factory=_nowhere)

    def __len__(self) -> int:
        return len(self.places)

    def hide(self, evaluate: Evaluate) -> Evaluate:
        """The same callable, but NaN where f has no value, which rounding can hide: (x²-2)/(x-√2) at the float √2."""
        known = self.undefined
        if not len(known):
            return evaluate
        room = np.fmax(self.reach, ROUNDING * np.spacing(np.abs(known)))

        def masked(x: Floats) -> Floats:
            rows = np.asarray(evaluate(x), dtype=np.float64)
            after = np.minimum(np.searchsorted(known, x), len(known) - 1)
            before = np.maximum(after - 1, 0)
            none = np.abs(x - known[after]) <= room[after]
            none |= np.abs(x - known[before]) <= room[before]
            if none.any():
                rows = rows.copy()
                rows[:, none] = np.nan
            return rows

        return masked

    def without(self, places: Floats, reach: float = 0.0) -> Suspects:
        """The same, with these places taken as undefined too."""
        return replace(self, undefined=np.union1d(self.undefined, places), reach=reach)


def suspects_in(
    f: Function, low: float, high: float, wrt: str | None = None, at: Mapping[str, float] | None = None
) -> Suspects:
    """The places on [low, high] at which the formula's own operations may break or bend the curve.

    `wrt` is the variable on the x axis (by default the only one), `at` has numbers for the others. Raises InputError for
    variables that do not fit.
    """
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    parts = parts_of(f.tree, name)
    spikes = spikes_in(f, low, high, wrt, at)
    if not parts:
        return Suspects(spikes=spikes)
    places: list[Floats] = [np.empty(0)]
    undefined: list[Floats] = [np.empty(0)]
    is_complete = len(parts) < MOST_PARTS
    for part in parts:
        zeros = None
        for finer in (1, FINER):
            if zeros is None:
                zeros = _zeros(part.tree, name, at, _uneven(low, high, GRID * finer), MOST * finer)
        if zeros is None:
            is_complete = False
            continue
        places.append(zeros)
        if part.is_forbidden:
            undefined.append(zeros)
    return Suspects(_distinct(places, low, high), _distinct(undefined, low, high), is_complete, spikes=spikes)


def _uneven(low: float, high: float, count: int) -> Floats:
    """So many points from low to high, such that no part is looked at in step with itself."""
    share = np.linspace(0.0, 1.0, count)
    return low + (high - low) * (share + 0.3 / GRID * np.sin(37.0 * share) * share * (1 - share))


def lone_values(suspects: Suspects, evaluate: Evaluate, row: int, distance: float) -> tuple[Floats, Floats]:
    """The places at which f has a value of its own, unlike its values beside it on both sides, and those values.

    `where(x = 0.3, 5, x)` has one; it is a point of the graph, and no line runs to it.
    """
    places = np.setdiff1d(suspects.places, suspects.undefined)
    if not len(places):
        return places, places
    here = evaluate(places)[row]
    farther = np.zeros(len(places))
    for closer in (distance, LONE * distance):
        beside = evaluate(np.concatenate([places - closer, places + closer]))
        (before, after), (falls, rises) = (beside[k].reshape(2, -1) for k in (row, row + 1))
        with np.errstate(all="ignore"):
            gap = np.minimum(np.abs(here - before), np.abs(here - after))
            reach = closer * np.fmax(np.abs(falls), np.abs(rises))
            lone = (gap > 16 * reach) & (gap > 4 * np.abs(after - before)) & (gap > 1e-9 * np.abs(here))
            lone &= gap >= 0.98 * farther
        places, here, farther = places[lone], here[lone], gap[lone]
        if not len(places):
            break
    return places, here


def torn_below(suspects: Suspects, evaluate: Evaluate, row: int, distance: float) -> Floats:
    """The places at which f or a derivative below this row is torn, so that this one has no value.

    The formula of floor(x)′ is 0 everywhere; at the whole numbers there is no derivative.
    """
    places = np.setdiff1d(suspects.places, suspects.undefined)
    if not row or not len(places):
        return np.empty(0)
    here = evaluate(places)[:row]
    torn = np.ones(here.shape, dtype=bool)
    farther = np.zeros(here.shape)
    with np.errstate(all="ignore"):
        for closer in (distance, LONE * distance):
            rows = evaluate(np.concatenate([places - closer, places + closer]))
            before, after = (rows[:, : len(places)], rows[:, len(places) :])
            gap = np.maximum(np.abs(here - before[:row]), np.abs(here - after[:row]))
            reach = closer * np.fmax(np.abs(before[1 : row + 1]), np.abs(after[1 : row + 1]))
            torn &= (gap > 16 * reach) & (gap > 1e-9 * np.abs(here)) & (gap >= 0.98 * farther)
            farther = gap
    return places[torn.any(axis=0)]


def _zeros(tree: Node, name: str, at: Mapping[str, float] | None, x: Floats, most: int) -> Floats | None:
    """The zeros of a part among and between the points x (m,), ascending; None where there are more than `most`."""
    if isinstance(tree, Variable):
        return np.zeros(1) if x[0] <= 0 <= x[-1] else np.empty(0)
    names = tuple(sorted(variables_of(tree)))
    evaluate = evaluator(
        Function("part", names, tree), name, 2, {key: at[key] for key in names if at and key in at}
    )
    with np.errstate(all="ignore"):
        rows = evaluate(x)
        sign = np.sign(rows[0])
        exact = x[sign == 0]
        crossed = np.flatnonzero(sign[:-1] * sign[1:] < 0)
        # it comes towards zero and goes away again: does it get there, or beyond?
        height, slope = np.abs(rows[0]), rows[1] * sign
        facing = (sign[:-1] * sign[1:] > 0) & (slope[:-1] < 0) & (slope[1:] > 0)
        facing &= np.minimum(height[:-1] / -slope[:-1], height[1:] / slope[1:]) <= np.diff(x)
        turned = np.flatnonzero(facing)
        if len(exact) + len(crossed) + len(turned) > most:
            return None
        left, right = x[crossed], x[crossed + 1]
        touches = np.empty(0)
        if len(turned):
            bottom = _newton(evaluate, 1, x[turned], x[turned + 1])
            there = evaluate(bottom)[0]
            none = np.abs(there) <= NOTHING * np.maximum(height[turned], height[turned + 1])
            beyond = ~none & (there * sign[turned] < 0)
            touches = bottom[none]
            left = np.concatenate([left, x[turned][beyond], bottom[beyond]])
            right = np.concatenate([right, bottom[beyond], x[turned + 1][beyond]])
        zeros = np.concatenate([_newton(evaluate, 0, left, right), touches])
        if len(zeros):
            zeros = _as_written(evaluate, zeros)
    return np.sort(np.concatenate([zeros, exact])) + 0.0


def _newton(evaluate: Evaluate, row: int, left: Floats, right: Floats) -> Floats:
    """The zero of a row in each bracket (k,) by Newton's steps, halving where they would leave the bracket."""
    if not len(left):
        return left
    a, b = left.copy(), right.copy()
    rising = evaluate(b)[row] > 0
    x = a + 0.5 * (b - a)
    for _ in range(60):
        rows = evaluate(x)
        after = (rows[row] > 0) == rising
        b, a = np.where(after, x, b), np.where(after, a, x)
        step = rows[row] / rows[row + 1]
        better = x - step
        inside = (better > a) & (better < b)
        done = (
            (rows[row] == 0)
            | (np.abs(step) <= 2 * np.spacing(np.abs(x)))
            | (b - a <= 2 * np.spacing(np.abs(x)))
        )
        x = np.where(rows[row] == 0, x, np.where(inside, better, np.where(done, x, a + 0.5 * (b - a))))
        if done.all():
            break
    return x


def _as_written(evaluate: Evaluate, x: Floats) -> Floats:
    """Each zero as the number that a person would write, where the part is no farther from zero there."""
    choices = np.stack(
        [np.round(x, digits) for digits in range(7)] + [x, np.nextafter(x, -9e99), np.nextafter(x, 9e99)]
    )
    value = np.abs(evaluate(choices.ravel())[0]).reshape(choices.shape)
    near = np.abs(choices - x)
    fits = (near <= 1e-9 * np.maximum(1.0, np.abs(x))) & (value <= value[7])
    fits |= near <= 4 * np.spacing(np.abs(x))
    fits[:4] |= ((near <= 1e-5) & (value == 0))[:4]
    first = np.argmax(fits[:8], axis=0)
    written: Floats = np.take_along_axis(choices, first[None, :], axis=0)[0]
    lowest = np.take_along_axis(choices, np.argmin(value, axis=0)[None, :], axis=0)[0]
    return np.where(
        first == 7, np.where(np.abs(lowest - x) <= 4 * np.spacing(np.abs(x)), lowest, written), written
    )


def _distinct(places: list[Floats], low: float, high: float) -> Floats:
    """Places inside the window; of those that only rounding tells apart, the one with the fewest digits."""
    x = np.unique(np.concatenate(places))
    x = x[(x > low) & (x < high)]
    if len(x) < 2:
        return x
    group = np.cumsum(np.append(True, np.diff(x) > 8 * np.spacing(np.abs(x[1:]))))
    kept: list[float] = [
        min(x[group == one].tolist(), key=lambda v: len(repr(v))) for one in np.unique(group)
    ]
    return np.array(kept)
