"""Points of interest as the Curve page draws and lists them: marks, bands, asymptotes, the lower edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

import derivlab as dl
from derivlab.figures.numbers import text
from derivlab.figures.scene import Band, Line, Mark
from derivlab.figures.signs import Table
from ui.subject import Ends, Subject

if TYPE_CHECKING:
    from derivlab.curves.features import Features
    from derivlab.curves.variation import Stretch

Floats: TypeAlias = NDArray[np.float64]

KINDS = (
    ("root", "roots"),
    ("maximum", "maxima"),
    ("minimum", "minima"),
    ("inflection", "inflections"),
    ("corner", "corners"),
    ("cusp", "cusps"),
    ("vertical tangent", "vertical_tangents"),
    ("pole", "poles"),
    ("jump", "jumps"),
    ("hole", "holes"),
    ("edge of the domain", "edges"),
    ("oscillation", "oscillations"),
)
"""A point of interest in a word, and the field of the features that lists it."""
PIECES = {"corners", "jumps", "holes", "edges"}
"""The fields of the places where one piece of a formula may end."""
MOST_MARKS = 200


def places_of(found: Features) -> tuple[float, ...]:
    """Every x of interest, in order: the handle snaps to them."""
    return tuple(sorted({float(x) for _, field in KINDS for x in getattr(found, field)}))


def marks_of(subject: Subject, found: Features) -> tuple[Mark, ...]:
    """The points of interest from left to right; y is NaN where f has no value."""
    rows = [(float(x), kind) for kind, field in KINDS for x in getattr(found, field)]
    if found.intercept is not None:
        rows.append((0.0, f"{subject.height} intercept"))
    if not rows:
        return ()
    heights = np.asarray(subject.evaluate(1)(np.array([x for x, _ in rows])))[0].tolist()
    marks = (
        Mark(x, 0.0 if x in found.roots else y, kind, f"{kind}: {subject.name}{subject.place(x)} = {text(y)}")
        for (x, kind), y in zip(rows, heights, strict=True)
    )
    return tuple(sorted(marks, key=lambda mark: mark.x))


def bands_of(found: Features) -> tuple[Band, ...]:
    """Where f rises and falls."""
    return tuple(Band(s.lo, s.hi, s.sign) for s in found.monotonicity[:MOST_MARKS] if s.sign)


def asymptotes_of(subject: Subject, found: Features) -> tuple[Line, ...]:
    """The asymptotes as lines to draw, without those that the curve itself runs along."""
    lines = []
    for one in found.asymptotes:
        line = Line(one.slope, one.intercept, one.at)
        if one.at is not None or not _runs_along(subject, line, _stretch(found, one.side)):
            lines.append(line)
    return tuple(lines)


def _stretch(found: Features, side: str) -> Floats:
    """Places towards one end of the window, or over all of it, where one piece of the formula holds."""
    lo, hi = found.window
    breaks = [x for _, field in KINDS if field in PIECES for x in getattr(found, field) if lo < x < hi]
    if side == "right":
        return np.linspace(max(0.5 * (lo + hi), *breaks, lo), hi, 9)[1:]
    if side == "left":
        return np.linspace(lo, min(0.5 * (lo + hi), *breaks, hi), 9)[:-1]
    return np.linspace(lo, hi, 9)


def _runs_along(subject: Subject, line: Line, x: Floats) -> bool:
    """Whether the curve is the line itself on all of these places."""
    straight = line.slope * x + line.intercept
    apart = np.abs(np.asarray(subject.evaluate(1)(x))[0] - straight)
    return bool(np.nanmax(apart, initial=0.0) <= 1e-9 * (1.0 + np.abs(straight).max()))


@lru_cache(maxsize=256)
def featured(subject: Subject, window: Ends) -> Features:
    """The points of interest on the window."""
    return dl.features(subject.alone, *window)


def drawable(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks that lie on the curve and are not yet drawn by a circle; none where they would cover it."""
    told = ("jump", "hole", "edge of the domain", "intercept", "oscillation")
    shown = tuple(mark for mark in marks if not mark.kind.endswith(told) and math.isfinite(mark.y))
    return shown if len(shown) <= MOST_MARKS else ()


ROUGH = {"corner", "cusp", "vertical tangent", "pole", "jump", "hole", "edge of the domain", "oscillation"}


def rough_of(subject: Subject, found: Features) -> tuple[Mark, ...]:
    """The points without a derivative."""
    marks = tuple(
        Mark(mark.x, 0.0, mark.kind, f"{mark.kind}: no derivative at {text(mark.x, digits=7)}")
        for mark in marks_of(subject, found)
        if mark.kind in ROUGH
    )
    return marks if len(marks) <= MOST_MARKS else ()


def sign_table(subject: Subject, found: Features, order: int) -> Table:
    """The table of signs of one order: no value of f where it has none, none of f′ where f is broken or bent."""
    stretches = (found.signs, found.monotonicity, found.convexity)[order]
    ends = np.array([stretches[0].lo, *(stretch.hi for stretch in stretches)])
    heights, derivative = np.asarray(subject.evaluate(max(order, 1))(ends))[[0, order]]
    broken = {*found.poles, *found.jumps, *found.holes, *found.edges, *found.oscillations}
    bent = {*broken, *found.corners, *found.cusps, *found.vertical_tangents}
    for position, x in enumerate(ends.tolist()):
        if x in broken:
            value = None if x in found.poles else dl.inspect_point(subject.alone, x).value
            heights[position] = math.nan if value is None else value
        if x in bent:
            derivative[position] = math.nan if order else heights[position]
    return Table(order, stretches, tuple(derivative.tolist()), tuple(heights.tolist()))


def lacking(subject: Subject, stretch: Stretch) -> bool:
    """Whether f has no value on the stretch, rather than no settled sign."""
    x = np.linspace(stretch.lo, stretch.hi, 9)[1:-1]
    return not np.isfinite(np.asarray(subject.evaluate(1)(x))[0]).any()
