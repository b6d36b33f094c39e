"""Choosing the y window: what matters (turning points, intercept, level ends, the bulk of the values), not a spike."""

from __future__ import annotations

import numpy as np

from derivlab.curves.curve import Flags, Floats
from derivlab.curves.hermite import turning_fraction, value_between
from derivlab.curves.probe import Probe
from derivlab.curves.refine import merge

MOST_TURNS = 24
"""With more changes of slope than this, the sample itself shows the range."""
HEAVY = 4.0
"""Full range over the middle 80 % of the values: above this the rest is a tail, which the window may cut."""
VERY_HEAVY = 12.0
"""The same where nothing points to poles: a curve may well be level for most of the window."""
DWARFED = 30.0
"""Full range over the range of what matters: above this, a window of the full range would hide what matters."""
NARROW = 0.03
"""Share of the window: a far turn between two poles that are so close together is a spike."""
LEVEL = 1e-14
"""Share of a spike's height: a curve that elsewhere varies by less is level."""
AROUND = np.array([0.9, 0.7, 0.5, 0.35, 0.2])
"""Where it is looked around a hole, in cells of the start sample."""
ROOM = 0.06
"""Blank space above and below, as a share of the range."""


def choose_window(
    x: Floats, y: Floats, row: int, pixels: int, probe: Probe, holes: Floats | None = None
) -> tuple[tuple[float, float], Floats, Floats]:
    """A y window for a start sample x (m,), y (rows, m) of a curve `pixels` wide, and the sample with more points.

    `holes` are places without a value: where the curve stays bounded beside one, it may turn there more than once.
    """
    pixel = float(x[-1] - x[0]) / pixels
    seen = y[row][np.isfinite(y[row])]
    if not len(seen):
        return (-1.0, 1.0), x, y
    if holes is not None and 0 < len(holes) <= MOST_TURNS:
        x, y = _look_around_holes(x, y, row, holes, probe)
    x, y = _close_in_on_turns(x, y, row, pixel, probe)
    value, slope = y[row], y[row + 1]
    finite = np.isfinite(value)
    with np.errstate(all="ignore"):
        spread = float(np.subtract(*np.quantile(seen, [0.9, 0.1])))
        middle = float(np.median(seen))
        before, after = np.append(np.nan, slope[:-1]), np.append(slope[1:], np.nan)
        top = (value >= np.append(np.inf, value[:-1])) & (value > np.append(value[1:], np.inf))
        bottom = (value <= np.append(-np.inf, value[:-1])) & (value < np.append(value[1:], -np.inf))
        # between the branches of an odd pole the sample has tops too, but the slopes keep their sign
        top &= (before >= 0) & (after <= 0)
        bottom &= (before <= 0) & (after >= 0)
        turns = np.flatnonzero(finite & (top | bottom))
        far = turns[np.abs(value[turns] - middle) > HEAVY * spread]
        if 0 < len(far) <= MOST_TURNS and probe.remaining > 2 * len(far):
            beside = probe(np.concatenate([x[far] - 0.5 * pixel, x[far] + 0.5 * pixel]))[row].reshape(2, -1)
            share = (beside - middle) / (value[far] - middle)
            narrow = ~np.all((share > 0.4) & (share < 2.5), axis=0)
            spikes = far[narrow]
        else:
            spikes = far
        spikes = np.union1d(spikes, far[_between_close_poles(x[far], holes, NARROW * float(x[-1] - x[0]))])
        # on a line that is level but for them, spikes are what matters
        spikes = spikes[spread > LEVEL * np.abs(value[spikes] - middle)]
        turns = np.setdiff1d(turns, spikes)
        calm = np.delete(value, spikes)
        calm = calm[np.isfinite(calm)]
        if not len(calm):
            calm = seen
        usual = np.abs(value - middle) <= HEAVY * spread
        crossing = np.flatnonzero((x == 0.0) & finite & usual)
        matters = [value[turns], value[crossing]]
        level = 0.02 * max(float(np.ptp(calm)), 1e-300)
        matters.extend(
            value[[end]] for end in (0, -1) if finite[end] and abs(slope[end]) * (x[-1] - x[0]) < level
        )
        chord = np.diff(value[finite])
        leaps = (chord * slope[finite][:-1] < 0) & (chord * slope[finite][1:] < 0)
        # a lone undefined point between values far out is a pole that was looked up
        gaps = np.flatnonzero(~finite[1:-1] & finite[:-2] & finite[2:])
        poles = np.maximum(np.abs(value[gaps] - middle), np.abs(value[gaps + 2] - middle)) > HEAVY * spread
    has_pole = leaps.any() or poles.any() or np.isinf(value).any()
    heavy = HEAVY if has_pole or len(spikes) else VERY_HEAVY
    low, high = _range_of(calm, np.concatenate(matters), spread, heavy, float(x[-1] - x[0]))
    return _open_up(low, high), x, y


def _between_close_poles(at: Floats, holes: Floats | None, room: float) -> Flags:
    """Whether each point lies between two places without a value that are no farther apart than `room`."""
    if holes is None or not len(holes):
        return np.zeros(len(at), dtype=bool)
    ends = np.concatenate([[-np.inf], holes, [np.inf]])
    after = np.searchsorted(ends, at)
    close: Flags = ends[after] - ends[after - 1] <= room
    return close


def _look_around_holes(x: Floats, y: Floats, row: int, holes: Floats, probe: Probe) -> tuple[Floats, Floats]:
    """More points around the holes beside which the curve stays within its range elsewhere: x·sin(1/x) at 0."""
    after = np.searchsorted(x, holes, side="right")
    before = np.searchsorted(x, holes) - 1
    inner = (before >= 0) & (after < len(x))
    before, after, holes = before[inner], after[inner], holes[inner]
    others = np.delete(y[row], np.concatenate([before, after]))
    others = others[np.isfinite(others)]
    if not len(others):
        return x, y
    low, high = float(others.min()), float(others.max())
    if high - low <= HEAVY * float(np.subtract(*np.quantile(others, [0.9, 0.1]))):
        return x, y  # all of it is shown in any case
    with np.errstate(all="ignore"):
        beside = y[row][np.stack([before, after])]
        calm = ((beside >= 2 * low - high) & (beside <= 2 * high - low)).all(axis=0)
    steps = AROUND * (x[-1] - x[0]) / len(x)
    fresh = np.concatenate([(holes[calm][:, None] + steps).ravel(), (holes[calm][:, None] - steps).ravel()])
    fresh = fresh[(fresh > x[0]) & (fresh < x[-1])]
    if not 0 < len(fresh) <= probe.remaining // 4:
        return x, y
    return merge(x, y, fresh, probe)


def _close_in_on_turns(x: Floats, y: Floats, row: int, pixel: float, probe: Probe) -> tuple[Floats, Floats]:
    """Evaluate at the turning point of each cell whose slopes differ in sign; close in where it is a surprise."""
    for _ in range(12):
        value, slope = y[row], y[row + 1]
        with np.errstate(all="ignore"):
            width = np.diff(x)
            signs = np.sign(slope)
            turns = (
                np.isfinite(value[:-1])
                & np.isfinite(value[1:])
                & (signs[:-1] * signs[1:] < 0)
                & (width > 0.25 * pixel)
            )
            turns &= np.minimum(np.abs(slope[:-1]), np.abs(slope[1:])) * width > 1e-3 * np.ptp(
                value[np.isfinite(value)]
            )
            at = np.flatnonzero(turns)
            if not len(at) or len(at) > MOST_TURNS or probe.remaining < len(at):
                return x, y
            t = turning_fraction(width[at], value[at], slope[at], value[at + 1], slope[at + 1])
            foretold = value_between(t, width[at], value[at], slope[at], value[at + 1], slope[at + 1])
        before = len(x)
        fresh = x[at] + t * width[at]
        x, y = merge(x, y, fresh, probe)
        got = y[row][np.searchsorted(x, fresh)]
        spread = float(np.subtract(*np.quantile(value[np.isfinite(value)], [0.9, 0.1])))
        with np.errstate(all="ignore"):
            if len(x) == before or np.all(np.abs(got - foretold) <= 0.02 * spread):
                return x, y
    return x, y


def _range_of(
    calm: Floats, matters: Floats, spread: float, heavy: float, across: float
) -> tuple[float, float]:
    low, high = float(calm.min()), float(calm.max())
    full = high - low
    if full <= 1e-12 * max(abs(low), abs(high)):
        return low, high
    if len(matters):
        first, last = float(matters.min()), float(matters.max())
        kernel = last - first
        hidden = kernel > 0 and full > DWARFED * kernel and (spread <= 0 or spread > kernel)
        if hidden or (kernel == 0 and full > max(heavy * spread, 50 * across)):
            room = max(2.5 * kernel, 0.15 * across)
            return max(first - room, low), min(last + room, high)
    else:
        first, last = high, low
    if spread > 0 and full > heavy * spread:
        tenth, ninth = (float(q) for q in np.quantile(calm, [0.1, 0.9]))
        return max(min(tenth - 0.5 * spread, first), low), min(max(ninth + 0.5 * spread, last), high)
    return low, high


def _open_up(low: float, high: float) -> tuple[float, float]:
    """Blank space around a range; around a constant, a window in which the line lies in the middle."""
    size = high - low
    if size <= 1e-12 * max(abs(low), abs(high)):
        room = max(1.0, 0.5 * abs(low)) if low else 1.0
        room = min(room, 1e300)
        return low - room, high + room
    if not np.isfinite(size):
        return max(low, -1e300), min(high, 1e300)
    return low - ROOM * size, high + ROOM * size
