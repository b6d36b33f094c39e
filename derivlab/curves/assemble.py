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


DENSE = 0.75
"""Pixels: four breaks within this make up a place where breaks may be denser still."""
DOT = 2.0**-20
"""Pixels: the length of the dash that stands for a point among dense breaks."""


@dataclass(frozen=True, slots=True)
class Settled:
    """All points x (m,), y (rows, m), which of the m - 1 cells are joined, and the breaks."""

    x: Floats
    y: Floats
    joined: Flags
    breaks: tuple[Break, ...]


def settle(
    refined: Refined, row: int, screen: Screen, probe: Probe, jitter: np.random.Generator, likely: Floats
) -> Settled:
    """Decide for each cell whether it is joined; find and name the breaks in those that are not.

    `likely` are places (k,), ascending, at which breaks are looked for first.
    """
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
    joined, doubtful = _first_opinion(y[row], y[row + 1], verdicts, screen, refined.cut_short)
    if poles:
        hidden = np.clip(np.searchsorted(x, [pole.at for pole in poles]) - 1, 0, len(joined) - 1)
        joined[hidden] = False
        doubtful = np.setdiff1d(doubtful, hidden)
    start = brackets_at(x, y[row : row + 2], doubtful)
    found = close_in(
        start,
        row,
        screen,
        probe,
        likely,
        max(0, min(DEEP, probe.remaining - 25 * min(len(start), 32) - 3 * len(start))),
    )
    joined[doubtful] = found.joined
    dense = _among_dense_breaks(x, y[row], y[row + 1], np.sort(found.at[~found.joined]), screen)
    joined &= ~dense
    breaks = sorted(name_breaks(found, start, row, screen, probe) + poles, key=lambda one: one.at)
    if dense.any():
        x, y, joined, doubtful = _dot(x, y, joined, doubtful, dense, row, screen, probe)
    x, y, joined = _run_on(x, y, joined, doubtful, found, breaks, row, screen, probe)
    return Settled(x, y, joined, tuple(breaks))


def _first_opinion(
    value: Floats, slope: Floats, verdicts: Verdicts, screen: Screen, cut_short: bool
) -> tuple[Flags, Indices]:
    """Cells that are joined without further ado, and the indices of those to be looked at more closely."""
    with np.errstate(all="ignore"):
        _, steep = screen.up(value, slope)
        steep = np.where(np.isfinite(steep), steep, 0.0)
        size, way = np.abs(verdicts.rise), np.sign(verdicts.rise)
        reach = np.maximum(steep[:-1] * way, steep[1:] * way) * verdicts.width
        if (
            cut_short
        ):  # too coarse for the signs of slopes to mean anything: is the neighbourhood steep enough?
            around = np.abs(steep)
            for _ in range(2):
                around = np.maximum(
                    around, np.maximum(np.append(around[1:], 0.0), np.append(0.0, around[:-1]))
                )
            reach = np.maximum(around[:-1], around[1:]) * verdicts.width
        both = np.isfinite(verdicts.rise)
        joined = both & (verdicts.certified | (size <= 0.5) | (reach >= 0.5 * size)) & ~verdicts.suspect
    return joined & ~verdicts.crowded, np.flatnonzero((both & ~joined & ~verdicts.crowded) | verdicts.mixed)


def _among_dense_breaks(x: Floats, value: Floats, slope: Floats, at: Floats, screen: Screen) -> Flags:
    """Level cells where breaks lie so close that any cell may hide two: no two points there are known to be joined."""
    dense = np.zeros(len(x) - 1, dtype=bool)
    if len(at) < 4:
        return dense
    following = np.searchsorted(at, 0.5 * (x[:-1] + x[1:]))
    nearby = at[np.clip(following + 1, 3, len(at) - 1)] - at[np.clip(following - 2, 0, len(at) - 4)]
    inside = (following >= 1) & (following <= len(at) - 1)
    with np.errstate(all="ignore"):
        up, steep = screen.up(value, slope)
        width = np.diff(x) / screen.pixel
        level = np.maximum(np.abs(steep[:-1]), np.abs(steep[1:])) * width + np.abs(np.diff(up)) < 0.25
    close: Flags = inside & level & (nearby < DENSE * screen.pixel)
    return close


def _is_dense(at: Floats, screen: Screen) -> Flags:
    """Which of these breaks (ascending) have two others close by."""
    if len(at) < 3:
        return np.zeros(len(at), dtype=bool)
    index = np.arange(len(at))
    first = np.clip(index - 1, 0, len(at) - 3)
    dense: Flags = at[first + 2] - at[first] < DENSE * screen.pixel
    return dense


def _dot(
    x: Floats,
    y: Floats,
    joined: Flags,
    doubtful: Indices,
    dense: Flags,
    row: int,
    screen: Screen,
    probe: Probe,
) -> tuple[Floats, Floats, Flags, Indices]:
    """Give each point among dense breaks a partner right beside it, so that its level is drawn and nothing is joined."""
    dots = np.flatnonzero(dense & ~np.append(False, joined[:-1]))[: max(0, probe.remaining // 4)]
    fresh = x[dots] + DOT * screen.pixel
    fits = fresh < x[dots + 1]
    dots, fresh = dots[fits], fresh[fits]
    if not len(dots):
        return x, y, joined, doubtful
    rows = probe(fresh)
    y_new = np.insert(y, dots + 1, rows, axis=1)
    same = np.abs(screen.squeeze(rows[row]) - screen.squeeze(y[row, dots])) < 0.25
    joined_new = np.insert(joined, dots, same)
    return (
        np.insert(x, dots + 1, fresh),
        y_new,
        joined_new,
        doubtful + np.searchsorted(dots, doubtful, side="right"),
    )


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
    dense_cell = np.zeros(len(joined), dtype=bool)
    dense_cell[cells[broken]] = _is_dense(at, screen)
    old_x, old_joined = x, joined
    x, y = merge(x, y, np.unique(ends[inside]), probe)
    parent = np.clip(np.searchsorted(old_x, x[:-1], side="right") - 1, 0, len(old_joined) - 1)
    place = break_of_cell[parent]
    start, stop, value = x[:-1], x[1:], y[row]
    with np.errstate(all="ignore"):
        up = screen.squeeze(value)
        step = np.abs(np.diff(up))
        same_sign = np.sign(value[:-1]) == np.sign(value[1:])
        grows = np.where(
            stop <= place, np.abs(value[1:]) > np.abs(value[:-1]), np.abs(value[:-1]) > np.abs(value[1:])
        )
        away = ~screen.shows(np.where(stop <= place, up[1:], up[:-1]))
        one_side = (stop <= place) | (start >= place)
        touches = (start == place) | (stop == place)
        inner = np.where(stop <= place, up[1:], up[:-1])
        limit = _limits(breaks, place, stop <= place, screen)
        away &= ~screen.shows(limit)
        settled = np.abs(inner - limit) <= 1.5
        _, steep = screen.up(value, y[row + 1])
        reach = np.fmax(np.abs(steep[:-1]), np.abs(steep[1:])) * np.diff(x) / screen.pixel
        near = (step <= 1.5) | (settled & ~touches & (reach >= 0.3 * step))
        near &= ~(dense_cell[parent] & (step < 0.25))
        runs = (
            one_side
            & np.isfinite(value[:-1])
            & np.isfinite(value[1:])
            & (near | (same_sign & grows & away & ~touches))
        )
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
