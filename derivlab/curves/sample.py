"""Sampling a curve for a window, truthfully: what is joined is one branch, what is broken is broken.

f and f′ come together, a batch of points at a time. A jittered start grid, breadth-first refinement by Hermite prediction
(`refine`), a search for breaks (`breaks`), and a y window if none is given (`window`). The result is plain data.
"""

from __future__ import annotations

import math

import numpy as np

from derivlab.curves.breaks import Bracket, Found, climb, close_in, name_breaks, tall_tops
from derivlab.curves.curve import Break, Curve, Evaluate, Flags, Floats, Segment
from derivlab.curves.probe import Probe
from derivlab.curves.refine import Refined, judge, merge, refine
from derivlab.curves.screen import Screen
from derivlab.curves.window import choose_window

START = 64
"""Cells of the start grid."""
CAP = 20_000
"""No curve asks for more points than this."""
FOR_REFINING = 14_000
TOO_WILD = "too many oscillations or jumps to draw all of them here: zoom in"


def sample_curve(
    evaluate: Evaluate,
    low: float,
    high: float,
    *,
    y: tuple[float, float] | None = None,
    pixels: tuple[int, int] = (1000, 600),
    seed: int = 0,
    row: int = 0,
) -> Curve:
    """Sample the curve of one row of `evaluate` (which must give at least one row more: its slope) on [low, high].

    All rows at the sampled points are returned. Raises ValueError for an empty or infinite window.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low < high and math.isfinite(high - low)):
        raise ValueError("the window needs two finite ends, the lower one first")
    if y is not None and not (math.isfinite(y[0]) and math.isfinite(y[1]) and y[0] < y[1]):
        raise ValueError("the y window needs two finite ends, the lower one first")
    probe = Probe(evaluate, CAP)
    jitter = np.random.default_rng(seed)
    x = start_grid(low, high, jitter)
    rows = probe(x)
    if y is None:
        y, x, rows = choose_window(x, rows, row, pixels[0], probe)
    screen = Screen(low, high, y[0], y[1], *pixels)
    refined = refine(x, rows, row, screen, probe, FOR_REFINING, jitter)
    x, rows, joined, breaks = _settle(refined, row, screen, probe, jitter)
    segments = _segments(x, rows, joined, row)
    left_out = TOO_WILD if refined.cut_short else None
    return Curve(segments, breaks, probe.evaluations, (low, high), y, pixels, left_out)


def start_grid(low: float, high: float, jitter: np.random.Generator) -> Floats:
    """Both ends, and a point at random in the middle half of each of the cells between; round numbers where they fall.

    Round numbers are where people's functions have their corners, holes and domain edges.
    """
    step = (high - low) / START
    x = low + step * (np.arange(1, START) + 0.5 * (jitter.random(START - 1) - 0.5))
    rough = (high - low) / 24
    power = 10.0 ** math.floor(math.log10(rough))
    tick = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    ticks = np.arange(math.ceil(low / tick), math.floor(high / tick) + 1) * tick
    if tick < 1:
        ticks = np.round(ticks / power) / round(1 / power)
    ticks = ticks[(ticks > low + 0.5 * step) & (ticks < high - 0.5 * step)]
    nearest = np.clip(np.round((ticks - low) / step).astype(np.int64) - 1, 0, START - 2)
    x[nearest] = ticks
    return np.unique(np.concatenate([[low], x, [high]]))


def _settle(
    refined: Refined, row: int, screen: Screen, probe: Probe, jitter: np.random.Generator
) -> tuple[Floats, Floats, Flags, tuple[Break, ...]]:
    """Decide for each cell whether it is joined, and find and name the breaks."""
    x, y, verdicts = refined.x, refined.y, refined.verdicts
    poles: list[Break] = []
    tops = tall_tops(x, y[row], y[row + 1], screen)
    tops = tops[verdicts.certified[tops]] if len(tops) else tops
    if len(tops):
        seen = climb(_bracket(x, y, row, tops), row, probe, probe.remaining // 2)
        ends = np.concatenate([seen.inner.a[seen.pole], seen.inner.b[seen.pole]])
        x, y = merge(x, y, np.concatenate([seen.crossings, np.setdiff1d(ends, x)]), probe)
        if len(seen.crossings):
            again = refine(x, y, row, screen, probe, min(2000, probe.remaining // 2), jitter)
            x, y = again.x, again.y
        verdicts = judge(x, y[row], y[row + 1], screen)
        for at, left, right in zip(
            seen.at[seen.pole], seen.inner.fa[seen.pole], seen.inner.fb[seen.pole], strict=True
        ):
            grown = (float(math.copysign(math.inf, left)), float(math.copysign(math.inf, right)))
            poles.append(Break(float(at), "pole", *grown, None))
    joined, doubtful = _first_opinion(y, row, verdicts, screen)
    pole_cells = np.searchsorted(x, [pole.at for pole in poles]) - 1
    joined[np.clip(pole_cells, 0, len(joined) - 1)] = False
    doubtful = np.setdiff1d(doubtful, pole_cells)
    outer = _bracket(x, y, row, doubtful)
    found = close_in(outer, row, screen, probe, max(0, (probe.remaining - 4 * len(doubtful))))
    joined[doubtful] = found.joined
    breaks = name_breaks(found, outer, row, screen, probe)
    x, y, joined = _add_ends(x, y, joined, doubtful, found, row, screen, probe)
    return x, y, joined, tuple(sorted(breaks + poles, key=lambda one: one.at))


def _first_opinion(
    y: Floats, row: int, verdicts, screen: Screen
) -> tuple[Flags, np.typing.NDArray[np.int64]]:  # type: ignore[no-untyped-def]
    """Cells that are joined without further ado, and the indices of those to be looked at more closely."""
    with np.errstate(all="ignore"):
        _, steep = screen.up(y[row], y[row + 1])
        reach = np.nan_to_num(np.abs(steep), nan=0.0, posinf=0.0)
        swing = np.maximum(reach[:-1], reach[1:]) * verdicts.width
        size = np.abs(verdicts.rise)
        small = size <= 0.5
        wavy = swing >= 0.5 * size
        both = np.isfinite(verdicts.rise)
        joined = both & (verdicts.certified | small | wavy) & ~verdicts.suspect
    doubtful = np.flatnonzero((both & ~joined) | verdicts.mixed)
    return joined, doubtful


def _bracket(x: Floats, y: Floats, row: int, cells) -> Bracket:  # type: ignore[no-untyped-def]
    f, d = y[row], y[row + 1]
    return Bracket(x[cells], f[cells], d[cells], x[cells + 1], f[cells + 1], d[cells + 1])


def _add_ends(  # type: ignore[no-untyped-def]
    x: Floats, y: Floats, joined: Flags, cells, found: Found, row: int, screen: Screen, probe: Probe
) -> tuple[Floats, Floats, Flags]:
    """Let each branch run on to its break: to the very point where f is defined there, off the screen at a pole."""
    broken = np.flatnonzero(~found.joined)
    if not len(broken) or 3 * len(broken) > probe.remaining:
        return x, y, joined
    ends = np.concatenate([found.inner.a[broken], found.at[broken], found.inner.b[broken]])
    inside = np.concatenate(
        [
            np.repeat(True, 0),
            (ends >= np.tile(x[cells[broken]], 3)) & (ends <= np.tile(x[cells[broken] + 1], 3)),
        ]
    )
    fresh = np.setdiff1d(ends[inside], x)
    if not len(fresh):
        return x, y, joined
    rows = probe(fresh)
    fresh, rows = fresh[np.isfinite(rows[row])], rows[:, np.isfinite(rows[row])]
    places = np.searchsorted(x, fresh)
    owner = places - 1
    new_x = np.insert(x, places, fresh)
    new_y = np.insert(y, places, rows, axis=1)
    # every part of a broken cell starts unjoined, and is joined where its ends are close in height or run off the screen
    new_joined = joined[np.clip(np.searchsorted(x, new_x[:-1], side="right") - 1, 0, len(joined) - 1)]
    parts = np.isin(np.searchsorted(x, new_x[:-1], side="right") - 1, owner)
    up, _ = screen.up(new_y[row], new_y[row + 1])
    with np.errstate(all="ignore"):
        level = np.abs(np.diff(up)) <= 1.0
        value = new_y[row]
        growing = (np.sign(value[:-1]) == np.sign(value[1:])) & ~screen.shows(up[1:]) | (
            (np.sign(value[:-1]) == np.sign(value[1:])) & ~screen.shows(up[:-1])
        )
        sound = np.isfinite(value[:-1]) & np.isfinite(value[1:])
    at = np.unique(found.at[broken])
    holds = np.searchsorted(at, new_x[1:], side="right") > np.searchsorted(at, new_x[:-1], side="left")
    spanning = np.searchsorted(at, new_x[1:], side="left") > np.searchsorted(at, new_x[:-1], side="right")
    new_joined = np.where(parts, sound & (level | growing) & ~spanning & (~holds | level), new_joined)
    return new_x, new_y, new_joined.astype(bool)


def _segments(x: Floats, y: Floats, joined: Flags, row: int) -> tuple[Segment, ...]:
    """The unbroken stretches; points that stand alone are not drawn (a break tells of them)."""
    cuts = np.flatnonzero(~joined) + 1
    starts = np.concatenate([[0], cuts])
    stops = np.concatenate([cuts, [len(x)]])
    return tuple(Segment(x[i:j], y[:, i:j]) for i, j in zip(starts, stops, strict=True) if j - i > 1)
