"""From refined points to segments and breaks: which cells are joined, and how each branch runs on to its break."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from derivlab.curves.breaks import Found, brackets_at, close_in, name_breaks
from derivlab.curves.curve import Break, Flags, Floats, Indices, Segment
from derivlab.curves.probe import Probe
from derivlab.curves.refine import Refined, Verdicts, judge, merge, refine
from derivlab.curves.screen import Screen
from derivlab.curves.tops import climb, tall_tops


DEEP = 3000
"""Points for closing in on all the breaks together; with very many breaks, each is known less exactly."""


@dataclass(frozen=True, slots=True)
class Settled:
    """All points x (m,), y (rows, m), which of the m - 1 cells are joined, and the breaks."""

    x: Floats
    y: Floats
    joined: Flags
    breaks: tuple[Break, ...]


def settle(refined: Refined, row: int, screen: Screen, probe: Probe, jitter: np.random.Generator) -> Settled:
    """Decide for each cell whether it is joined; find and name the breaks in those that are not."""
    x, y, verdicts = refined.x, refined.y, refined.verdicts
    poles: list[Break] = []
    tops = tall_tops(x, y[row], y[row + 1], screen)
    if len(tops):
        seen = climb(brackets_at(x, y[row : row + 2], tops), row, probe, probe.remaining // 4)
        beside = np.concatenate([seen.inner[0, seen.pole], seen.inner[3, seen.pole], seen.crossings])
        x, y = merge(x, y, beside, probe)
        if len(seen.crossings):
            again = refine(x, y, row, screen, probe, min(2000, probe.remaining // 4), jitter)
            x, y = again.x, again.y
        verdicts = judge(x, y[row], y[row + 1], screen)
        sides = np.copysign(math.inf, seen.inner[[1, 4]][:, seen.pole])
        poles = [
            Break(float(at), "pole", float(left), float(right), None)
            for at, left, right in zip(seen.at[seen.pole], *sides, strict=True)
        ]
    joined, doubtful = _first_opinion(y[row], y[row + 1], verdicts, screen)
    if poles:
        hidden = np.clip(np.searchsorted(x, [pole.at for pole in poles]) - 1, 0, len(joined) - 1)
        joined[hidden] = False
        doubtful = np.setdiff1d(doubtful, hidden)
    start = brackets_at(x, y[row : row + 2], doubtful)
    found = close_in(start, row, screen, probe, max(0, min(DEEP, probe.remaining - 15 * min(len(start), 64) - 3 * len(start))))
    joined[doubtful] = found.joined
    breaks = sorted(name_breaks(found, start, row, screen, probe) + poles, key=lambda one: one.at)
    x, y, joined = _run_on(x, y, joined, doubtful, found, breaks, row, screen, probe)
    return Settled(x, y, joined, tuple(breaks))


def _first_opinion(value: Floats, slope: Floats, verdicts: Verdicts, screen: Screen) -> tuple[Flags, Indices]:
    """Cells that are joined without further ado, and the indices of those to be looked at more closely."""
    with np.errstate(all="ignore"):
        _, steep = screen.up(value, slope)
        steep = np.where(np.isfinite(steep), steep, 0.0)
        size, way = np.abs(verdicts.rise), np.sign(verdicts.rise)
        reach = np.maximum(steep[:-1] * way, steep[1:] * way) * verdicts.width
        both = np.isfinite(verdicts.rise)
        joined = both & (verdicts.certified | (size <= 0.5) | (reach >= 0.5 * size)) & ~verdicts.suspect
    return joined & ~verdicts.crowded, np.flatnonzero((both & ~joined & ~verdicts.crowded) | verdicts.mixed)


def _run_on(
    x: Floats,
    y: Floats,
    joined: Flags,
    cells: Indices,
    found: Found,
    breaks: list[Break],
    row: int,
    screen: Screen,
    probe: Probe,
) -> tuple[Floats, Floats, Flags]:
    """Let each branch run on to its break: to the very point where f is defined there, off the screen at a pole."""
    broken = np.flatnonzero(~found.joined)
    if not len(broken) or 3 * len(broken) > probe.remaining:
        return x, y, joined
    at = found.at[broken]
    ends = np.stack([found.inner[0, broken], at, found.inner[3, broken]])
    inside = (ends > x[cells[broken]]) & (ends < x[cells[broken] + 1])
    break_of_cell = np.full(len(joined), np.nan)
    break_of_cell[cells[broken]] = at
    old_x, old_joined = x, joined
    x, y = merge(x, y, np.unique(ends[inside]), probe)
    parent = np.clip(np.searchsorted(old_x, x[:-1], side="right") - 1, 0, len(old_joined) - 1)
    place = break_of_cell[parent]
    start, stop, value = x[:-1], x[1:], y[row]
    with np.errstate(all="ignore"):
        up = screen.squeeze(value)
        step = np.abs(np.diff(up))
        same_sign = np.sign(value[:-1]) == np.sign(value[1:])
        grows = np.where(stop <= place, np.abs(value[1:]) > np.abs(value[:-1]), np.abs(value[:-1]) > np.abs(value[1:]))
        away = ~screen.shows(np.where(stop <= place, up[1:], up[:-1]))
        one_side = (stop <= place) | (start >= place)
        touches = (start == place) | (stop == place)
        inner = np.where(stop <= place, up[1:], up[:-1])
        settled = np.abs(inner - _limits(breaks, place, stop <= place, screen)) <= 1.5
        near = (step <= 1.5) | (settled & ~touches)
        runs = one_side & np.isfinite(value[:-1]) & np.isfinite(value[1:]) & (near | (same_sign & grows & away & ~touches))
        both_touch = np.append(False, touches[:-1] & runs[:-1] & (stop[:-1] == place[:-1])) & touches & runs
        # the point itself belongs to one side only
        runs &= ~both_touch
    return x, y, np.where(np.isnan(place), old_joined[parent], runs)


def _limits(breaks: list[Break], places: Floats, from_left: Flags, screen: Screen) -> Floats:
    """The limit, in squeezed pixels, on one side of the breaks at these places (NaN where none is known)."""
    if not breaks:
        return np.full(len(places), np.nan)
    at = np.array([one.at for one in breaks])
    sides = np.array([[np.nan if v is None else v for v in (one.left, one.right)] for one in breaks]).T
    nearest = np.clip(np.searchsorted(at, places), 0, len(at) - 1)
    nearest = np.where(np.abs(at[nearest - 1] - places) < np.abs(at[nearest] - places), nearest - 1, nearest)
    limits = np.where(from_left, sides[0, nearest], sides[1, nearest])
    return np.where(np.abs(at[nearest] - places) <= 1e-3 * screen.pixel, screen.squeeze(limits), np.nan)


def to_segments(x: Floats, y: Floats, joined: Flags) -> tuple[Segment, ...]:
    """The unbroken stretches; a point that stands alone is not drawn (a break tells of it)."""
    cuts = np.flatnonzero(~joined) + 1
    starts = np.concatenate([[0], cuts])
    stops = np.concatenate([cuts, [len(x)]])
    return tuple(Segment(x[i:j], y[:, i:j]) for i, j in zip(starts, stops, strict=True) if j - i > 1)
