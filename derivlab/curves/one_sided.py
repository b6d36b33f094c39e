"""One-sided limits by numbers, with an honest account of how they were reached.

A quantity v is known, with its first few derivatives, at distances h that halve towards the point. Where v has a Taylor
series on that side, E = v - h·v′ + h²/2·v″ - … runs to the limit fast, and Aitken's step does the same for powers
such as √h. The distance at which v and E are closest marks where rounding takes over (C. W. Clenshaw's rule of thumb:
stop when the correction stops shrinking); nothing closer is believed.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np

from derivlab.curves.curve import Floats

Outcome = Literal["undefined", "finite", "infinite", "wild"]
SLOWEST = 0.97
"""Steps that shrink by less than this factor a halving do not add up to anything finite."""

EVEN = 0.998
"""The same for steps towards zero and through it, as those of a logarithm that starts far down."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a quantity does on one side of a point; `error` is an estimate, for a finite limit.

    `is_sure`: not float64's word alone, but that of as many digits as it takes (`closer`).
    """

    outcome: Outcome
    value: float = float("nan")
    error: float = 0.0
    is_sure: bool = False


UNDEFINED = Limit("undefined")
WILD = Limit("wild")


def distances(x: float) -> Floats:
    """Distances from x, halving from about 1/16 to where x + h would be x; exact differences of floats."""
    # not a power of two: at those, formulas that cancel give round numbers that look like agreement
    first = 0.0571 * max(1.0, 2.0 ** np.floor(np.log2(abs(x) * 2.0**-5)) if x else 1.0)
    last = max(64 * float(np.spacing(abs(x))), 2.0**-64)
    count = max(24, int(np.floor(np.log2(first / last))) + 1)
    return first * 2.0 ** -np.arange(float(count))


def limit_from_side(h: Floats, rows: Floats, check: Floats, side: float) -> Limit:
    """The limit of row 0 as h → 0. `rows` (n, m) are the quantity and its derivatives by x at x + side·h (m,).

    `check` are values at distances just within `checked(len(h))`, out of step with them: what is endlessly jumping
    may look calm at halving distances only.
    """
    with np.errstate(all="ignore"):
        value = rows[0]
        beside, where = value[checked(len(value))], h[checked(len(value))]
        tail = value[-8:]
        if np.isnan(tail).all():
            return UNDEFINED
        good = np.isfinite(value)
        infinite = np.isinf(value)
        if not good.any():  # a division by zero on a whole stretch: 1/floor(x) right of 0
            return UNDEFINED
        if infinite[-8:].sum() >= 4 and len(set(np.sign(tail[np.isinf(tail)]))) == 1:
            first = int(np.argmax(infinite))
            if first == 0 or abs(value[first - 1]) > 1e6 * np.median(np.abs(value[:first])):
                return Limit("infinite", float(tail[np.isinf(tail)][-1]))
            # a sudden infinity is rounding: x/(e^x - 1) once e^x is 1
            rows, h, value, good = rows[:, :first], h[:first], value[:first], good[:first]
        if good.sum() < 8:
            return WILD
        start = int(np.flatnonzero(~good)[-1]) + 1 if not good.all() and good[-8:].all() else 0
        if start == 0 and not good.all():
            rows, h = rows[:, good], h[good]
        else:
            rows, h = rows[:, start:], h[start:]
        if len(h) < 6:
            return WILD
        return _limit(h, rows, _Check(check, beside, where), side)


def checked(count: int) -> slice:
    """Which of so many halving distances are neither coarse nor likely to be lost in rounding."""
    return slice(4, min(20, count))


@dataclass(frozen=True, slots=True)
class _Check:
    """Values at checking distances, and those at the halving distances around them."""

    between: Floats
    beside: Floats
    distance: Floats

    def agrees(self, limit: float, slack: float, closest: float) -> bool:
        """Whether the checks, as far as `closest`, are as close to the limit as their neighbours are."""
        trusted = np.isfinite(self.between) & np.isfinite(self.beside) & (self.distance >= closest)
        if not trusted.any():
            return True
        between, beside = self.between[trusted], self.beside[trusted]
        reach = float(np.abs(beside - limit).max(initial=0.0))
        return float(np.abs(between - limit).max()) <= 4 * reach + slack


def _limit(h: Floats, rows: Floats, check: _Check, side: float) -> Limit:
    value = rows[0]
    extrapolated = _to_the_point(h, rows, side)
    gap = np.abs(value - extrapolated)
    # agreement to ten digits is agreement, however it goes on
    gap = np.maximum(np.where(np.isfinite(gap), gap, np.inf), 1e-10 * np.abs(value))
    size = float(np.abs(value).max())
    for trusted in _trusted(gap):
        calm = _best(h[:trusted], value[:trusted], extrapolated[:trusted])
        if calm.outcome == "finite" and _agrees(calm, value, trusted, check, float(h[trusted - 1])):
            return calm
    if _runs_off(value, gap):
        return Limit("infinite", float(np.copysign(np.inf, _running_sign(value))))
    shrinking = _envelope(value, check)
    if shrinking is not None:
        return shrinking
    steps = np.diff(value)
    half = steps[len(steps) // 2 :]
    if (
        len(half) >= 6
        and (np.all(half > 0) or np.all(half < 0))
        and np.all(np.abs(half[1:]) < np.abs(half[:-1]))
    ):
        best = _aitken(value)[-1]
        return Limit("finite", float(best), float(abs(best - value[-1]) + 1e-12 * size))
    return WILD


def _trusted(gap: Floats) -> list[int]:
    """How many of the points to believe: up to the closest agreement of all, else up to where rounding first sets in."""
    wide = np.maximum(gap, np.maximum(np.append(gap[1:], gap[-1]), np.append(gap[0], gap[:-1])))
    choices = [len(gap) - int(np.argmin(wide[::-1]))]
    lowest = np.minimum.accumulate(gap)
    worse = np.flatnonzero(gap > 30 * lowest)
    if len(worse):
        best = int(np.argmin(gap[: worse[0]])) + 1
        choices.append(min(max(best, 6), len(gap)))
    return [choice for choice in choices if choice >= 4]


def _to_the_point(h: Floats, rows: Floats, side: float) -> Floats:
    """Taylor's series from x + side·h back to x, as far as the derivatives are defined."""
    total: Floats = rows[0].copy()
    factor = np.ones_like(h)
    for order in range(1, len(rows)):
        factor = factor * (-side * h) / order
        term = factor * rows[order]
        if not np.isfinite(term[len(term) // 2 :]).any():
            break
        total = total + np.where(np.isfinite(term), term, 0.0)
    return total


def _aitken(sequence: Floats) -> Floats:
    """Aitken's Δ² on a sequence; where the steps are all but equal, or zero, the sequence itself."""
    first, second = sequence[1:-1] - sequence[:-2], sequence[2:] - sequence[1:-1]
    bend = second - first
    better = sequence[2:] - second * second / bend
    sound = np.isfinite(better) & (np.abs(second) < 0.98 * np.abs(first)) & (bend != 0)
    result: Floats = np.concatenate([sequence[:2], np.where(sound, better, sequence[2:])])
    return result


def _best(h: Floats, value: Floats, extrapolated: Floats) -> Limit:
    """The calmest place of the extrapolated sequence or of its Aitken transform, closer distances first."""
    scale = max(float(np.abs(value[len(value) // 2 :]).max()), 1e-300)
    found = WILD
    lowest = np.inf
    for sequence, tax in ((extrapolated, 1.0), (_aitken(value), 3.0), (_aitken(extrapolated), 3.0)):
        steps = np.abs(np.diff(sequence))
        if len(steps) < 3:
            continue
        drift = np.maximum(steps[1:], steps[:-1])
        noise = np.maximum(drift, 4e-16 * scale) * (1 + 0.05 * np.arange(len(drift))[::-1]) * tax
        noise = np.where(np.isfinite(noise), noise, np.inf)
        best = int(np.argmin(noise))
        if noise[best] < lowest:
            lowest = float(noise[best])
            found = Limit("finite", float(sequence[best + 2]), float(drift[best] * 2 + 1e-15 * scale))
    if lowest > 1e-4 * scale:
        return WILD
    return found


def _agrees(calm: Limit, value: Floats, trusted: int, check: _Check, closest: float) -> bool:
    """Whether f itself runs to the limit that was extrapolated, at the checking distances too."""
    near = np.abs(value[max(0, trusted - 6) : trusted] - calm.value)
    far = np.abs(value[: max(1, trusted - 6)] - calm.value)
    scale = max(abs(calm.value), 1e-300)
    if float(near.max()) > max(0.9 * float(far.max()), 10 * calm.error, 1e-7 * scale) and trusted > 12:
        return False
    return check.agrees(calm.value, max(10 * calm.error, 1e-6 * scale), closest)


def _runs_off(value: Floats, gap: Floats) -> bool:
    """Whether v grows by steps that do not shrink, for a dozen halvings or more, up to where rounding begins."""
    if gap[-1] <= 1e-6 * max(float(gap[np.isfinite(gap)].max(initial=0.0)), 1e-300) or gap[-1] <= 1e-9 * abs(
        value[-1]
    ):
        return False
    steps = np.diff(value)
    run = _running(value, steps)
    return run >= min(14, max(8, len(steps) // 2))


def _running(value: Floats, steps: Floats) -> int:
    """The longest run of steps of one sign, away from zero and none much smaller than the one before, or all but even."""
    before, after = np.abs(steps[:-1]), np.abs(steps[1:])
    away = (np.abs(value[2:]) > np.abs(value[1:-1])) & (after >= SLOWEST * before)
    away |= after >= EVEN * before
    away &= (np.sign(steps[1:]) == np.sign(steps[:-1])) & (steps[1:] != 0)
    longest = run = 0
    for flag in away:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


def _running_sign(value: Floats) -> float:
    """The side to which the values run off: that of most of their steps."""
    return float(np.sign(np.nansum(np.sign(np.diff(value)))))


def _envelope(value: Floats, check: _Check) -> Limit | None:
    """A limit that v reaches while swinging about it, ever less: x·sin(1/x)."""
    if len(value) < 24:
        return None
    blocks = [block for block in np.array_split(value, 4) if len(block)]
    spans = [float(np.ptp(block)) for block in blocks]
    if spans[0] <= 0 or not all(after < 0.3 * before for before, after in itertools.pairwise(spans)):
        return None
    last, error = float(value[-1]), spans[-1]
    if not check.agrees(last, spans[-1], 0.0):
        return None
    return Limit("finite", 0.0 if abs(last) <= error else last, error)
