"""Sampling a curve for a window, truthfully: what is joined is one branch, what is broken is broken.

f and f′ come together, a batch of points at a time. A jittered start grid, breadth-first refinement by Hermite
prediction (`refine`), a search for breaks (`breaks`, `tops`), a y window if none is given (`window`), and the
pieces put together (`assemble`). The result is plain data.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from derivlab.autodiff.taylor import evaluator
from derivlab.curves.assemble import Settled, settle, to_segments
from derivlab.curves.breaks import CLOSE, nearest_of
from derivlab.curves.cells import FINEST
from derivlab.curves.curve import Break, Curve, Evaluate, Floats, Segment
from derivlab.curves.probe import Probe
from derivlab.curves.refine import merge, refine
from derivlab.curves.screen import Screen
from derivlab.curves.suspects import Suspects, lone_values, suspects_in, torn_below
from derivlab.curves.swings import reach_tops
from derivlab.curves.window import choose_window
from derivlab.errors import InputError
from derivlab.expression.function import Function

START = 64
"""Cells of the start grid."""
CAP = 20_000
"""No curve asks for more points than this."""
FOR_REFINING = 14_000
NARROWEST = 1e-300
"""Units: narrower than this, floating point has hardly any numbers."""
SNAP = 1e-5
"""Pixels: a break this close to a zero of the formula's parts is at that zero."""
CLOSE_TOGETHER = 4.0
"""Pixels: between two zeros of the formula's parts that are closer than this, it is looked in any case."""
HIDDEN = 0.9 * CLOSE
"""Pixels: how far the value of a point alone may spread by rounding, as at the tops of floor(3·sin x)."""
BEYOND = 16
"""So many floats beyond the window's ends the formula's parts are looked at."""
TOO_WILD = "too many oscillations or jumps to draw all of them here: zoom in"


def sample(
    f: Function,
    low: float,
    high: float,
    order: int = 1,
    y: tuple[float, float] | None = None,
    pixels: tuple[int, int] = (1000, 600),
    seed: int = 0,
    *,
    wrt: str | None = None,
    at: Mapping[str, float] | None = None,
    row: int = 0,
) -> Curve:
    """Sample y = f(x) (row 0), or its derivative of order `row`, for a window of so many pixels.

    Segments hold f, f′ … up to `order` at each x. `y` is the window's (low, high), chosen if None. `wrt` is the
    variable on the x axis (by default the only one), `at` has numbers for the others. Raises InputError for a window
    that is empty or infinite, and for variables that do not fit.
    """
    try:
        low, high = float(low), float(high)
        y = None if y is None else (float(y[0]), float(y[1]))
        width, height = (int(size) for size in pixels)
        order, row = operator.index(order), operator.index(row)
    except (TypeError, ValueError, IndexError, OverflowError):
        message = "The window needs numbers: a lowest and a highest x, and the same for y."
        raise InputError(message, hint="For example from -10 to 10.") from None
    if not (row >= 0 and order >= 0) or min(width, height) < 8:
        message = "The order must not be negative, and the picture must be at least 8 pixels wide and high."
        raise InputError(message)
    evaluate = evaluator(f, wrt, max(order, row + 1), at)
    try:
        room = BEYOND * float(np.spacing(max(abs(low), abs(high))))  # a pole at an end: tan at the float π/2
        suspects = suspects_in(f, low - room, high + room, wrt, at)
        curve = sample_curve(
            evaluate, low, high, y=y, pixels=(width, height), seed=seed, row=row, suspects=suspects
        )
    except ValueError as reason:
        raise InputError(str(reason), hint="For example from -10 to 10.") from None
    kept = max(order, row) + 1
    segments = tuple(Segment(part.x, part.y[:kept]) for part in curve.segments)
    return replace(curve, segments=segments)


def sample_curve(
    evaluate: Evaluate,
    low: float,
    high: float,
    *,
    y: tuple[float, float] | None = None,
    pixels: tuple[int, int] = (1000, 600),
    seed: int = 0,
    row: int = 0,
    suspects: Suspects | None = None,
) -> Curve:
    """Sample the curve of one row of `evaluate` (which must give at least one row more: its slope) on [low, high].

    All rows at the sampled points are returned. `suspects` are places to look at in any case.
    Raises ValueError for an empty or infinite window.
    """
    _check_window(low, high, "The window")
    if y is not None:
        _check_window(*y, "The y window")
    suspects = Suspects() if suspects is None else suspects
    probe = Probe(suspects.hide(evaluate), CAP)
    pixel = (high - low) / pixels[0]
    torn = torn_below(suspects, probe, row, FINEST * pixel)
    if len(torn):
        suspects = suspects.without(torn)
        probe = Probe(suspects.hide(evaluate), CAP, probe.evaluations)
    lone, values = lone_values(suspects, probe, row, FINEST * pixel)
    if len(lone):
        suspects = suspects.without(lone, HIDDEN * pixel)
        probe = Probe(suspects.hide(evaluate), CAP, probe.evaluations)
    jitter = np.random.default_rng(seed)
    x = np.union1d(start_grid(low, high, jitter), suspects.spikes)
    x = _with_suspects(x[(x >= low) & (x <= high)], suspects.places, pixel)
    rows = probe(x)
    if y is None:
        near, near_rows = _look_beside_lone_points(x, rows, row, FINEST * pixel, probe)
        tame = _tame(near_rows[row], rows[row])  # beside a pole the values would drown all others
        y, x, rows = choose_window(near[tame], near_rows[:, tame], row, pixels[0], probe, suspects.undefined)
        x, rows = _together(x, rows, near[~tame], near_rows[:, ~tame])
    undefined_ends = x[[0, -1]][~np.isfinite(rows[row][[0, -1]])]
    places = np.concatenate([suspects.places, undefined_ends])
    x, rows = merge(x, rows, _beside(places, low, high, FINEST * pixel), probe)
    x, rows = _look_beside_lone_points(x, rows, row, FINEST * pixel, probe)
    screen = Screen(low, high, y[0], y[1], *pixels)
    refined = refine(x, rows, row, screen, probe, FOR_REFINING, jitter)
    if refined.cut_short:
        refined = reach_tops(refined, row, screen, probe)
    settled = settle(refined, row, screen, probe, jitter, suspects.places)
    around = _around_oscillations(settled, row, screen)
    if 0 < len(around) <= probe.remaining // 4:
        x, rows = merge(refined.x, refined.y, around, probe)
        refined = refine(x, rows, row, screen, probe, min(FOR_REFINING, probe.remaining // 2), jitter)
        settled = settle(refined, row, screen, probe, jitter, suspects.places)
    segments = to_segments(settled.x, settled.y, settled.joined)
    left_out = TOO_WILD if refined.cut_short else None
    breaks = _in_place(
        settled.breaks, suspects, dict(zip(lone.tolist(), values.tolist(), strict=True)), screen
    )
    return Curve(segments, breaks, probe.evaluations, (low, high), y, pixels, left_out)


def _check_window(low: float, high: float, name: str) -> None:
    """Raises ValueError for ends that are no window, or one too wide or too narrow for floating point."""
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"{name} needs two finite ends, the lower one first.")
    if not math.isfinite(high - low) or high - low < NARROWEST:
        raise ValueError(f"{name} is too wide or too narrow for the numbers of a computer.")


def start_grid(low: float, high: float, jitter: np.random.Generator) -> Floats:
    """Both ends, a point at random in the middle half of each cell between, and round numbers where they fall.

    Round numbers are where people's functions have their corners, holes and domain edges.
    """
    step = (high - low) / START
    x = low + step * (np.arange(1, START) + 0.5 * (jitter.random(START - 1) - 0.5))
    rough = (high - low) / 24
    power = 10.0 ** math.floor(math.log10(rough))
    tick = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    ticks = np.arange(math.ceil(low / tick), math.floor(high / tick) + 1) * tick
    if power < 1:
        ticks = np.round(ticks / power) / round(1 / power)
    ticks = ticks[(ticks > low + 0.5 * step) & (ticks < high - 0.5 * step)]
    nearest = np.clip(np.round((ticks - low) / step).astype(np.int64) - 1, 0, START - 2)
    x[nearest] = ticks
    return np.unique(np.concatenate([[low], x, [high]]))


def _tame(values: Floats, usual: Floats) -> NDArray[np.bool_]:
    """Which values lie within three times the range of the usual ones; those that are undefined stay."""
    finite = usual[np.isfinite(usual)]
    if not len(finite):
        return np.ones(len(values), dtype=bool)
    low, high = float(finite.min()), float(finite.max())
    room = high - low
    return ~((values < low - room) | (values > high + room))


def _together(x: Floats, rows: Floats, others: Floats, other_rows: Floats) -> tuple[Floats, Floats]:
    """Two sets of points and their rows as one, in order; no point is in both."""
    places = np.searchsorted(x, others)
    return np.insert(x, places, others), np.insert(rows, places, other_rows, axis=1)


def _with_suspects(x: Floats, places: Floats, pixel: float) -> Floats:
    """The start grid with the suspects in it, each in place of an inner point that is almost the same."""
    places = places[(places > x[0]) & (places < x[-1])]
    if not len(places):
        return x
    apart = np.abs(nearest_of(places, x) - x)
    apart[[0, -1]] = np.inf
    # between two that are close together the curve may be undefined without any other point to tell
    close = np.diff(places) < CLOSE_TOGETHER * pixel
    between = 0.5 * (places[:-1] + places[1:])[close]
    return np.unique(np.concatenate([x[apart > 0.25 * pixel], places, between]))


def _beside(places: Floats, low: float, high: float, distance: float) -> Floats:
    """Points right beside these places on both sides, as far as they are in the window."""
    beside = np.concatenate([places - distance, places + distance])
    return beside[(beside > low) & (beside < high)]


def _in_place(
    breaks: tuple[Break, ...], suspects: Suspects, values: dict[float, float], screen: Screen
) -> tuple[Break, ...]:
    """The breaks, each moved to the suspect that is all but there, with the value that f has at that point alone."""
    if not len(suspects) or not breaks:
        return breaks
    at = np.array([one.at for one in breaks])
    nearest = nearest_of(suspects.places, at)
    there = (np.abs(nearest - at) <= SNAP * screen.pixel).tolist()
    moved: list[Break] = []
    for one, place, is_there in zip(breaks, nearest.tolist(), there, strict=True):
        if not is_there:
            moved.append(one)
        elif not (moved and moved[-1].at == place):
            moved.append(
                one
                if one.at == place and place not in values
                else replace(one, at=place, value=values.get(place, one.value))
            )
    return tuple(moved)


def _around_oscillations(settled: Settled, row: int, screen: Screen) -> Floats:
    """Points for a closer look around places of endless jumping: level pieces beside one may hide an even number."""
    with np.errstate(all="ignore"):
        level = settled.joined & (np.diff(settled.y[row]) == 0)
    places: list[Floats] = []
    steps = np.geomspace(0.05, 64.0, 96) * screen.pixel
    for one in settled.breaks:
        if one.kind == "oscillation" and not (places and abs(one.at - places[-1][0]) < 70 * screen.pixel):
            close = np.abs(0.5 * (settled.x[:-1] + settled.x[1:]) - one.at) < 64 * screen.pixel
            if np.any(level & close):
                places += [one.at - steps, one.at + steps]
    if not places or len(places) > 8:
        return np.empty(0)
    x = np.unique(np.concatenate(places))
    return x[(x > screen.low) & (x < screen.high)]


def _look_beside_lone_points(
    x: Floats, y: Floats, row: int, distance: float, probe: Probe
) -> tuple[Floats, Floats]:
    """Look right beside points that alone are defined, or undefined, among their neighbours.

    A point defined alone (x^x at -2) is not a piece of the curve: it is treated as undefined. Beside a point that
    is undefined alone (sin(x)/x at 0), the curve is defined right up to it.
    """
    fine = np.isfinite(y[row])
    before, after = np.append(False, fine[:-1]), np.append(fine[1:], False)
    lone = np.flatnonzero(fine & ~before & ~after)
    holes = np.flatnonzero(~fine & before & after)
    places = np.concatenate([x[lone], x[holes]])
    if not len(places):
        return x, y
    beside = np.concatenate([places - distance, places + distance])
    beside = np.unique(beside[(beside > x[0]) & (beside < x[-1])])
    lone_x = x[lone]
    x, y = merge(x, y, beside, probe)
    fine = np.isfinite(y[row])
    still = np.searchsorted(x, lone_x)
    alone = ~np.append(False, fine[:-1])[still] & ~np.append(fine[1:], False)[still]
    y[:, still[alone]] = np.nan
    return x, y
