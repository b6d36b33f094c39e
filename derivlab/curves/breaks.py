"""Closing in on the places where a curve is broken, and saying of which kind each is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Break, BreakKind, Flags, Floats, Indices
from derivlab.curves.limits import OVERFLOW, Side, see_side
from derivlab.curves.probe import Probe
from derivlab.curves.screen import Screen

ROUNDS = 24
EXACT = 1e-14
"""Breaks are closed in on to this share of their distance from 0 (or of a pixel, close to 0)."""
CLOSE = 2.0**-20
"""Pixels: at this distance the two sides of a suspected break are compared."""
LADDER = 2.0 ** -np.arange(8.0, 24.0, 1.5)
"""Pixels: the distances from which each side of a break is judged."""
JUDGED = 32
"""With more breaks than this, their sides are taken as they were found."""
EXPLAINED = 0.5
"""Share of a rise that the slopes at its ends must account for, if it is to be drawn as a line."""


@dataclass(frozen=True, slots=True)
class Brackets:
    """k cells that may each hold a break. `ends` (6, k): left point, f, f′ there, right point, f, f′ there."""

    ends: Floats

    def __len__(self) -> int:
        return int(self.ends.shape[1])

    @property
    def left(self) -> Floats:
        """The left points (k,)."""
        left: Floats = self.ends[0]
        return left

    @property
    def right(self) -> Floats:
        """The right points (k,)."""
        right: Floats = self.ends[3]
        return right


@dataclass(frozen=True, slots=True)
class Found:
    """What became of k brackets: joined after all, or a break at `at` with the value there (NaN: undefined)."""

    joined: Flags
    at: Floats
    value: Floats
    inner: Floats  # (6, k): the closest points seen on either side


def brackets_at(x: Floats, rows: Floats, cells: Indices) -> Brackets:
    """The cells with these indices; rows (2, m) are f and f′ at x (m,)."""
    return Brackets(np.stack([x[cells], *rows[:, cells], x[cells + 1], *rows[:, cells + 1]]))


def shortest_decimal(a: Floats, b: Floats) -> Floats:
    """For each pair a < b the number with the fewest digits between them, both ends included."""
    result = 0.5 * (a + b)
    with np.errstate(all="ignore"):
        power = np.floor(np.log10(b - a))
        for more in range(7):
            digits = np.clip(-(power + more), -300, 300)
            factor = 10.0 ** np.abs(digits)
            up = np.where(digits >= 0, np.ceil(a * factor) / factor, np.ceil(a / factor) * factor)
            result = np.where(np.isfinite(up) & (up >= a) & (up <= b), up, result)
        shortest: Floats = np.where((a <= 0) & (b >= 0), 0.0, result)
    return shortest


def nearest_of(places: Floats, x: Floats) -> Floats:
    """For each x (m,) the nearest of some places (k,), ascending, at least one."""
    after = np.minimum(np.searchsorted(places, x), len(places) - 1)
    before = np.maximum(after - 1, 0)
    return np.where(np.abs(places[before] - x) <= np.abs(places[after] - x), places[before], places[after])


def close_in(start: Brackets, row: int, screen: Screen, probe: Probe, likely: Floats, budget: int) -> Found:
    """Find the break in each bracket: at a likely place or the shortest decimal in it, or by quartering.

    `likely` are places (k,), ascending. No more than `budget` points are spent.
    """
    count = len(start)
    found = Found(
        np.zeros(count, dtype=bool),
        0.5 * (start.left + start.right),
        np.full(count, np.nan),
        start.ends.copy(),
    )
    if count == 0 or 3 * count > budget:
        return found
    with np.errstate(all="ignore"):
        guess = shortest_decimal(start.left, start.right)
        if len(likely):
            place = nearest_of(likely, 0.5 * (start.left + start.right))
            guess = np.where((place >= start.left) & (place <= start.right), place, guess)
        settled = _try_places(guess, start, found, row, screen, probe)
        _quarter(found, np.flatnonzero(~settled), row, screen, probe, budget - 3 * count)
    return found


def _try_places(
    guess: Floats, start: Brackets, found: Found, row: int, screen: Screen, probe: Probe
) -> Flags:
    """Look right beside a place in each bracket; True where the break is there."""
    delta = max(CLOSE * screen.pixel, 4 * float(np.spacing(max(abs(screen.low), abs(screen.high)))))
    a, fa, _, b, fb, _ = start.ends
    rows = probe(np.concatenate([guess - delta, guess, guess + delta]))
    before, here, after = rows[row].reshape(3, -1)
    slope_before, _, slope_after = rows[row + 1].reshape(3, -1)
    whole = np.isfinite(fa) & np.isfinite(fb)
    left, right = np.isfinite(before), np.isfinite(after)
    rise = np.abs(screen.squeeze(fb) - screen.squeeze(fa))
    leap = np.abs(screen.squeeze(after) - screen.squeeze(before))
    slope = np.maximum(np.abs(slope_before), np.abs(slope_after))
    opposed = np.sign(before) == -np.sign(after)
    unexplained = (slope * 2 * delta * screen.scale < 0.2 * rise) | (
        opposed & ~screen.shows(screen.squeeze(before))
    )
    crossed = whole & left & right & (leap > 0.6 * rise) & unexplained
    crossed |= ~whole & (left != right) & ((left == np.isfinite(fa)) | (right == np.isfinite(fb)))
    crossed |= left & right & ~np.isfinite(here)
    found.at[crossed] = guess[crossed]
    known = crossed & np.isfinite(here)
    found.value[known] = here[known]
    use_left, use_right = crossed & left & (guess - delta > a), crossed & right & (guess + delta < b)
    found.inner[:3, use_left] = np.stack([guess - delta, before, slope_before])[:, use_left]
    found.inner[3:, use_right] = np.stack([guess + delta, after, slope_after])[:, use_right]
    settled: Flags = crossed
    return settled


def _quarter(found: Found, active: Indices, row: int, screen: Screen, probe: Probe, budget: int) -> None:
    """Keep of each bracket, again and again, the quarter that holds the break; join those that turn out continuous."""
    for _ in range(ROUNDS):
        budget -= 3 * len(active)
        if not len(active) or budget < 0:
            return
        a, fa, da, b, fb, db = found.inner[:, active]
        nodes = np.stack([a, a + 0.25 * (b - a), a + 0.5 * (b - a), a + 0.75 * (b - a), b])
        rows = probe(nodes[1:4].ravel())
        f = np.stack([fa, *rows[row].reshape(3, -1), fb])
        d = np.stack([da, *rows[row + 1].reshape(3, -1), db])
        fine = np.isfinite(f)
        whole = fine[0] & fine[-1]
        leap = np.abs(np.diff(screen.squeeze(f), axis=0))
        change = fine[:-1] != fine[1:]
        infinite = ~fine[0] & ~fine[-1] & (np.sign(f[0]) == -np.sign(f[-1]))
        leap = np.where(infinite, np.abs(np.diff(np.sign(f), axis=0)), leap)
        # beside an undefined stretch: the change nearest to the defined end
        steps = np.arange(4.0)[:, None]
        nearest = np.where(change, np.where(fine[0], 4 - steps, 1 + steps), 0.0)
        part = np.argmax(np.where(whole | infinite, leap, nearest), axis=0)
        hole = whole & ~fine[1:4].all(axis=0)
        column = np.arange(len(active))
        kept = np.stack([g[part + side, column] for side in (0, 1) for g in (nodes, f, d)])
        kept[:, hole] = found.inner[:, active[hole]]
        found.inner[:, active] = kept
        found.at[active] = 0.5 * (kept[0] + kept[3])
        if hole.any():
            found.at[active[hole]] = nodes[1 + np.argmin(fine[1:4], axis=0), column][hole]
        up_a, slope_a = screen.up(kept[1], kept[2])
        up_b, slope_b = screen.up(kept[4], kept[5])
        rise = up_b - up_a
        toward = (
            np.minimum(slope_a * np.sign(rise), slope_b * np.sign(rise)) * (kept[3] - kept[0]) / screen.pixel
        )
        met = np.isfinite(kept[1]) & np.isfinite(kept[4])
        met &= (np.abs(rise) <= 0.25) | (toward >= EXPLAINED * np.abs(rise))
        found.joined[active[met & ~hole]] = True
        overflow = np.maximum(
            np.nan_to_num(np.abs(kept[1]), posinf=0.0), np.nan_to_num(np.abs(kept[4]), posinf=0.0)
        )
        small = kept[3] - kept[0] <= EXACT * np.maximum(np.abs(kept[0]), screen.pixel)
        active = active[~met & ~hole & ~small & (overflow < OVERFLOW)]


def name_breaks(found: Found, start: Brackets, row: int, screen: Screen, probe: Probe) -> list[Break]:
    """Say of which kind each break is, from f at some distances on either side; brackets that meet are one break."""
    broken = np.flatnonzero(~found.joined)
    if not len(broken):
        return []
    at, value = found.at[broken], found.value[broken]
    same = np.append(False, np.diff(at) <= 2 * CLOSE * screen.pixel)
    first = np.flatnonzero(~same)
    last = np.append(first[1:] - 1, len(at) - 1)
    at, value = at[first], value[first]
    tolerance = 0.5 / screen.scale
    if len(at) <= JUDGED and 2 * len(LADDER) * len(at) <= probe.remaining:
        distance = LADDER[:, None] * screen.pixel
        seen = probe(np.concatenate([at - distance, at + distance]).ravel())[row]
        lefts, rights = seen.reshape(2, len(LADDER), len(at))
    else:
        far = np.stack([start.ends[1, broken[first]], start.ends[4, broken[last]]])
        near = np.stack([found.inner[1, broken[first]], found.inner[4, broken[last]]])
        return _name_at_sight(at, value, far, near, screen)
    breaks: list[Break] = []
    for place, here, one, other in zip(at, value, lefts.T, rights.T, strict=True):
        left, right = see_side(one, tolerance), see_side(other, tolerance)
        kind = kind_between(left, right, screen)
        if kind is not None:
            breaks.append(
                Break(float(place), kind, left.limit, right.limit, float(here) if np.isfinite(here) else None)
            )
    return breaks


def kind_between(left: Side, right: Side, screen: Screen) -> BreakKind | None:
    """The kind of break between two sides; None where there is none to draw (floating point gave out)."""
    if left.overflow or right.overflow:
        other = right if left.overflow else left
        if other.limit is None or np.isinf(other.limit):
            return None
    if left.limit is None and right.limit is None:
        return None
    if left.wild or right.wild:
        return "oscillation"
    if left.limit is None or right.limit is None:
        return "edge"
    if math.isinf(left.limit) or math.isinf(right.limit):
        return "pole"
    if abs(left.limit - right.limit) * screen.scale > 0.2:
        return "jump"
    return "hole"


def _name_at_sight(at: Floats, value: Floats, far: Floats, near: Floats, screen: Screen) -> list[Break]:
    """Name very many breaks from two values on either side: `far` and `near` (2, k), the left side first."""
    with np.errstate(all="ignore"):
        grown = (np.abs(near) > 1.1 * np.abs(far)) & ~screen.shows(screen.squeeze(near)) & np.isfinite(near)
    limits = np.where(grown | np.isinf(near), np.copysign(np.inf, near), near)
    limits = np.where(np.isnan(limits), far, limits)
    breaks: list[Break] = []
    for place, here, left, right in zip(at.tolist(), value.tolist(), *limits.tolist(), strict=True):
        sides = (None if math.isnan(left) else left, None if math.isnan(right) else right)
        kind = kind_between(Side(sides[0]), Side(sides[1]), screen)
        if kind is not None:
            breaks.append(Break(place, kind, *sides, here if math.isfinite(here) else None))
    return breaks
