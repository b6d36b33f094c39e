"""Points of interest: roots, turning points, inflections, breaks, corners, asymptotes, and the tables of signs.

Bracketed on the points of two adaptive samples (of f and of f′) and an even grid, then polished to the last digits. What is
counted: roots also at the window's ends and at edges of the domain; maxima and minima where f rises on one side and falls
on the other (so not at ends of the window or edges of the domain, and at corners and cusps too); inflections where the
bend changes sign and the curve has a tangent, a vertical one included. Stretches on which f, f′ or f″ is zero throughout
hold none of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from derivlab.autodiff.taylor import evaluator
from derivlab.curves.asymptotes import Asymptote, Asymptotes, asymptotes_of
from derivlab.curves.crossings import steady, with_points, zeros_of
from derivlab.curves.curve import Curve, Evaluate, Flags, Floats
from derivlab.curves.differentiability import inspect_callable, inspector
from derivlab.curves.far import FarLook, far_look
from derivlab.curves.inflections import with_tangent
from derivlab.curves.rejudge import amid, rejudged, without_plateaus
from derivlab.curves.roots import is_flat_beside, resting_on_zero, without_noise
from derivlab.curves.sample import sample_curve
from derivlab.curves.sharp import KINDS, Inspect, at_corners, away_from, confirmed, sharp_points
from derivlab.curves.suspects import Suspects, suspects_in
from derivlab.curves.symmetry import Symmetry, symmetry_of
from derivlab.curves.variation import Stretch, variation
from derivlab.errors import InputError
from derivlab.expression.function import Function

__all__ = ["Asymptote", "Asymptotes", "Features", "features", "features_of"]

WIDER = 1e-7
"""How much wider on each side than the window f is looked at, as a share of it."""
BULK = 3
"""Derivatives that the search needs."""
GRID = 601
"""Points of the even grid that backs up the samples."""
MOST = 2000
"""Of each kind no more than this are listed."""
FEW = 400
"""The same where the curve is too wild to be drawn."""
TOO_MANY = "too many points of interest to list all of them here: zoom in"


@dataclass(frozen=True, slots=True)
class Features:
    """What is of interest about f on a window; places are ascending tuples of x."""

    window: tuple[float, float]
    roots: tuple[float, ...]
    maxima: tuple[float, ...]
    minima: tuple[float, ...]
    inflections: tuple[float, ...]
    poles: tuple[float, ...]
    jumps: tuple[float, ...]
    holes: tuple[float, ...]
    edges: tuple[float, ...]
    oscillations: tuple[float, ...]
    corners: tuple[float, ...]
    cusps: tuple[float, ...]
    vertical_tangents: tuple[float, ...]
    asymptotes: Asymptotes
    intercept: float | None
    signs: tuple[Stretch, ...]
    monotonicity: tuple[Stretch, ...]
    convexity: tuple[Stretch, ...]
    symmetry: Symmetry = field(default_factory=Symmetry)
    left_out: str | None = None

    @property
    def zero_stretches(self) -> tuple[tuple[float, float], ...]:
        """Whole intervals (low, high) on which f is zero, such as the left half of max(x, 0); none of it is in `roots`."""
        return tuple((one.lo, one.hi) for one in self.signs if one.sign == 0)


def features(
    f: Function, low: float, high: float, *, wrt: str | None = None, at: Mapping[str, float] | None = None
) -> Features:
    """All points of interest of f on [low, high].

    `wrt` is the variable on the x axis (by default the only one), `at` has numbers for the others. Raises InputError
    for a window that is empty or infinite, and for variables that do not fit.
    """
    try:
        low, high = float(low), float(high)
    except (TypeError, ValueError, OverflowError):
        low, high = math.nan, math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high and math.isfinite(high - low)):
        message = "The window needs two finite ends, the lower one first."
        raise InputError(message, hint="For example from -10 to 10.")
    evaluate = evaluator(f, wrt, BULK, at)
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    span = high - low
    suspects = suspects_in(f, low - WIDER * span, high + WIDER * span, wrt, at)
    return features_of(
        evaluate,
        low,
        high,
        symmetry=symmetry_of(f.tree, name),
        suspects=suspects,
        inspect=inspector(f, name, at or {}, suspects),
        far=far_look(f, name, at or {}),
    )


def features_of(
    evaluate: Evaluate,
    low: float,
    high: float,
    *,
    symmetry: Symmetry | None = None,
    suspects: Suspects | None = None,
    inspect: Inspect | None = None,
    far: FarLook | None = None,
    seed: int = 0,
) -> Features:
    """Points of interest of any callable that gives derivatives (order + 1, m), order ≥ `BULK`, at x (m,).

    `suspects` are places to look at in any case, of a window a little wider. `inspect` looks at a
    single point, `far` at the formula far out.
    """
    suspects, symmetry = suspects or Suspects(), symmetry or Symmetry()
    evaluate = suspects.hide(evaluate)

    quietly = _quiet(evaluate)
    inspect = inspect or partial(inspect_callable, quietly)

    # a little wider, so that a root at an end of the window has two sides
    span = high - low
    ends = low - WIDER * span, high + WIDER * span
    curve = sample_curve(lambda x: quietly(x)[:2], *ends, seed=seed, suspects=suspects)
    slope = sample_curve(lambda x: quietly(x)[1:3], *ends, seed=seed + 1, suspects=suspects)
    curve, sharp = confirmed(
        inspect, without_plateaus(quietly, rejudged(quietly, curve)), amid(quietly, suspects, span)
    )
    x, y, walls = _points(quietly, curve, slope)
    usable = [_matters(y, row, span) for row in range(3)]
    broken = np.array([one.at for one in curve.breaks])
    most = MOST if curve.left_out is None else FEW
    roots, maxima, minima, bends = _zeros(quietly, x, y, walls, usable, broken, most)
    roots = without_noise(quietly, roots, curve)
    is_short = max(map(len, (roots, maxima, minima, bends))) >= most
    left_out = TOO_MANY if is_short and curve.left_out is None else curve.left_out
    values = [b.at for b in curve.breaks if b.value == 0.0 and not is_flat_beside(quietly, b.at, span)]
    roots = np.concatenate([roots, values])
    corners, cusps, verticals = sharp_points(inspect, curve, slope, np.concatenate([maxima, minima]), sharp)
    roots = np.concatenate(
        [roots, resting_on_zero(quietly, np.concatenate([maxima, minima, corners]), span, 1e-11)]
    )
    roots = np.concatenate([roots, resting_on_zero(quietly, np.array(cusps), span, 1e-6)])
    bent = np.array([*corners, *cusps])
    maxima, minima = (at_corners(turns, bent, span) for turns in (maxima, minima))
    bends = at_corners(away_from(bends, bent, span), np.array(verticals), span)
    inflections = with_tangent(quietly, inspect, bends, span)
    kinds = {kind: [b.at for b in curve.breaks if b.kind == kind] for kind in KINDS}
    everything = [
        *roots,
        *maxima,
        *minima,
        *inflections,
        *(b.at for b in curve.breaks),
        *corners,
        *cusps,
        *verticals,
    ]
    cuts = sorted({at for at in everything if low < at < high})[:MOST]

    def inside(places: Floats | list[float]) -> tuple[float, ...]:
        return _inside(np.asarray(places, dtype=np.float64), low, high)

    torn = {b.at for b in curve.breaks if b.kind != "hole"}
    tables = [
        (Stretch(low, high, None),)
        if left_out is not None
        else variation(quietly, order, (low, high), cuts, torn).stretches
        for order in range(3)
    ]
    height = float(quietly(np.zeros(1))[0, 0]) if low <= 0 <= high else math.nan
    return Features(
        window=(low, high),
        roots=inside(roots),
        maxima=inside(maxima),
        minima=inside(minima),
        inflections=inside(inflections),
        poles=inside(kinds["pole"]),
        jumps=inside(kinds["jump"]),
        holes=inside(kinds["hole"]),
        edges=inside(kinds["edge"]),
        oscillations=inside(kinds["oscillation"]),
        corners=inside(corners),
        cusps=inside(cusps),
        vertical_tangents=inside(verticals),
        asymptotes=asymptotes_of(
            quietly,
            tuple(b for b in curve.breaks if low <= b.at <= high),
            far,
            repeats=symmetry.period is not None,
        ),
        intercept=height if math.isfinite(height) else None,
        signs=tables[0],
        monotonicity=tables[1],
        convexity=tables[2],
        symmetry=symmetry,
        left_out=left_out,
    )


def _quiet(evaluate: Evaluate) -> Evaluate:
    def quietly(x: Floats) -> Floats:
        with np.errstate(all="ignore"):
            return np.asarray(evaluate(x), dtype=np.float64)

    return quietly


def _points(evaluate: Evaluate, curve: Curve, slope: Curve) -> tuple[Floats, Floats, Flags]:
    """All points, their rows, and the cells between them in which f is broken."""
    low, high = curve.x
    parts = [part.x for sampled in (curve, slope) for part in sampled.segments]
    jitter = np.random.default_rng(7)
    grid = np.linspace(low, high, GRID)
    grid[1:-1] += (high - low) / GRID * 0.4 * (jitter.random(GRID - 2) - 0.5)
    x = np.unique(np.concatenate([*parts, grid, np.array([low, high])]))
    x = x[np.append(True, np.diff(x) > 4 * np.spacing(np.abs(x[1:])))]
    y = evaluate(x)
    at = np.array([one.at for one in curve.breaks])
    walls = ~(np.isfinite(y[0, :-1]) & np.isfinite(y[0, 1:]))
    room = 1e-12 * (high - low)
    walls |= np.searchsorted(at, x[1:] + room, side="right") > np.searchsorted(at, x[:-1] - room, side="left")
    return x, y, walls


def _matters(y: Floats, row: int, span: float) -> bool:
    """Whether a row is more than rounding noise about zero, beside the row of f itself."""
    with np.errstate(all="ignore"):
        size = np.abs(y[row][np.isfinite(y[row])])
        base = np.abs(y[0][np.isfinite(y[0])])
    if not len(size) or not len(base):
        return False
    return row == 0 or float(size.max()) > 1e-12 * float(np.median(base)) * (30 / span) ** row


def _zeros(
    evaluate: Evaluate, x: Floats, y: Floats, walls: Flags, usable: list[bool], broken: Floats, most: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Roots, maxima, minima and places where the bend changes sign."""
    none = np.empty(0)
    roots = maxima = minima = bends = turns = none
    if usable[2]:
        bends = zeros_of(evaluate, 2, x, y, walls, continuous=False, most=most).crossings
        bends = bends[steady(evaluate, 2, bends, x[0], x[-1], broken)]
    # between two turns of a row there is one zero at the most: none is hidden in a cell
    if usable[1]:
        x, y, walls = with_points(evaluate, x, y, walls, bends)
        found = zeros_of(evaluate, 1, x, y, walls, continuous=False, most=most)
        turns = found.crossings
        height = evaluate(turns)[0] if len(turns) else none
        sound = np.isfinite(height) & steady(evaluate, 1, turns, x[0], x[-1], broken)
        maxima, minima = turns[sound & ~found.rising], turns[sound & found.rising]
    if usable[0]:
        x, y, walls = with_points(evaluate, x, y, walls, np.concatenate([maxima, minima]))
        found = zeros_of(evaluate, 0, x, y, walls, continuous=True, most=most)
        roots = np.concatenate([found.crossings, found.touches])
    return roots, maxima, minima, bends


def _inside(places: Floats, low: float, high: float) -> tuple[float, ...]:
    """Places in the window, ends included, sorted, each once."""
    room = 1e-12 * max(abs(low), abs(high), high - low)
    places = places[np.isfinite(places) & (places >= low - room) & (places <= high + room)]
    places = np.sort(np.clip(places, low, high)) + 0.0
    if len(places):
        same = np.append(False, np.diff(places) <= 1e-9 * (high - low))
        places = places[~same]
    return tuple(places[:MOST].tolist())
