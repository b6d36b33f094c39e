"""What the Curve page shows: asks the core, remembers the answers, and puts them into one scene."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

import derivlab as dl
from derivlab.curves.curve import Curve
from derivlab.curves.opening import opening_window
from derivlab.curves.values import derivatives_at
from derivlab.figures.palette import Palette
from derivlab.figures.polyline import polyline
from derivlab.figures.scene import Drawn, Line, Scene, role_of
from ui.curve_controls import Wanted, steady
from ui.curve_features import (
    MOST_MARKS,
    asymptotes_of,
    bands_of,
    drawable,
    featured,
    lacking,
    marks_of,
    places_of,
    rough_of,
)
from ui.overlay import Handle, Reading
from ui.point_words import agrees
from ui.subject import Ends, Subject

if TYPE_CHECKING:
    from derivlab.curves.differentiability import PointReport

PIXELS = (900, 480)
HEIGHT = 490
LOWER = 430
"""Of the chart in pixels; it is lower where there is a row for further variables above it."""
BY_AUTOGRAD = 3
"""Up to this order the value is autograd's; beyond it, that of Taylor propagation, which agrees."""


@lru_cache(maxsize=512)
def sampled(subject: Subject, row: int, x: Ends, y: Ends | None) -> Curve:
    """The curve of the derivative of order ``row`` on the window, to the pixel."""
    return dl.sample(subject.alone, *x, order=row + 1, y=y, pixels=PIXELS, wrt=subject.variable, row=row)


@lru_cache(maxsize=512)
def opening(subject: Subject, point: float | None) -> Ends:
    """The window of x that the page opens with."""
    return opening_window(subject.evaluate(2), point)


@lru_cache(maxsize=512)
def inspected(subject: Subject, x: float) -> PointReport:
    """What kind of point this is."""
    return dl.inspect_point(subject.alone, x)


@dataclass(frozen=True, slots=True)
class Here:
    """What is known at the point: f and its derivatives there by order (NaN where undefined)."""

    x: float
    values: tuple[float, ...]
    smooth: bool

    @property
    def y(self) -> float:
        """f at the point."""
        return self.values[0]


@lru_cache(maxsize=512)
def here_at(subject: Subject, x: float, orders: tuple[int, ...], report: PointReport) -> Here:
    """The values at the point, f′ and f″ always among them: by PyTorch's autograd up to the third order.

    Where autograd's first derivative is not the derivative, the report's stands.
    """
    highest = max((2, *orders))
    found = list(derivatives_at(subject.evaluate(highest + 2), x, highest + 1))
    if report.kind != "smooth":
        return Here(x, (found[0], *[math.nan] * (highest + 1)), False)
    for k in range(BY_AUTOGRAD + 1):
        if k < len(found) and math.isfinite(found[k]):
            by_autograd = float(dl.derivative(subject.f, subject.point(x), wrt=subject.variable, order=k))
            found[k] = by_autograd if math.isfinite(by_autograd) else found[k]
    if report.derivative is not None and not agrees(report):
        found[1] = report.derivative
    return Here(x, tuple(found), math.isfinite(found[1]))


def _roomy(curve: Curve, row: int) -> Ends:
    """The curve's own window of y, opened so that most of the curve is in it, up to three times as high."""
    lo, hi = curve.y
    heights = [part.y[row] for part in curve.segments]
    if not heights:
        return lo, hi
    edges = np.concatenate([part.x for part in curve.segments])
    places = np.linspace(*curve.x, 41)
    drawn = np.interp(places, edges, np.concatenate(heights))
    low, high = (float(end) for end in np.quantile(drawn, [0.15, 0.85]))
    return max(min(lo, low), lo - 2 * (hi - lo)), min(max(hi, high), hi + 2 * (hi - lo))


def common_height(curves: Sequence[Curve], row: int = 0, values: Sequence[float] = ()) -> Ends:
    """A window of y for all the curves, with the first of ``values`` in it and the others if they are near.

    ``row`` is the first curve's order. The window is the first curve's, opened
    towards the others' as far as the first one stays readable.
    """
    lo, hi = _roomy(curves[0], row)
    room = 1.5 * (hi - lo)
    lo, hi = (
        max(min(curve.y[0] for curve in curves), lo - room),
        min(max(curve.y[1] for curve in curves), hi + room),
    )
    for position, value in enumerate(values):
        reach = 1e12 if position == 0 else 2 * (hi - lo)
        if math.isfinite(value) and lo - reach < value < hi + reach and not lo <= value <= hi:
            lo, hi = min(lo, value - 0.08 * (hi - value)), max(hi, value + 0.08 * (value - lo))
    return lo, hi


def equal_scales(x: Ends, y: Ends, point: float) -> tuple[Ends, Ends]:
    """Windows near these with the same scale on both axes, with the height ``point`` in them."""
    ratio = PIXELS[0] / PIXELS[1]
    width, height = x[1] - x[0], y[1] - y[0]
    wider = min(max(width, ratio * height), 3 * width)
    middle, high = 0.5 * (x[0] + x[1]), wider / ratio
    low = y[0] if height > high else 0.5 * (y[0] + y[1] - high)
    if math.isfinite(point) and not low < point < low + high:
        low = point - 0.8 * high if point > low else point - 0.2 * high
    return (middle - wider / 2, middle + wider / 2), (low, low + high)


def taylor_polynomial(
    subject: Subject, x: float, degree: int, window: Ends
) -> tuple[list[float], list[float]] | None:
    """The Taylor polynomial about ``x`` at points of the window; None where a derivative is missing."""
    derivatives = derivatives_at(subject.evaluate(degree + 1), x, degree)
    if not all(math.isfinite(value) for value in derivatives):
        return None
    coefficients = [value / math.factorial(k) for k, value in enumerate(derivatives)]
    lo, hi = window
    points = np.unique(np.append(np.linspace(lo, hi, 201), x))
    with np.errstate(all="ignore"):
        values = np.polynomial.polynomial.polyval(points - x, coefficients)
    return points.tolist(), np.clip(values, -1e290, 1e290).tolist()


def window_of(subject: Subject, wanted: Wanted, here: Here) -> Ends:
    """The window of x: the one asked for, or the one that shows what matters."""
    lo, hi = wanted.x or steady(subject, here.x, opening(subject, here.x))
    if wanted.x_log and lo <= 0:
        return (hi / 1000, hi) if hi > 0 else (0.001, 10.0)
    return lo, hi


def tangent_at(here: Here, report: PointReport) -> Line | None:
    """The tangent, which may be vertical; None where there is none."""
    if report.kind == "vertical tangent":
        return Line(at=here.x)
    slope = here.values[1]
    return Line(slope, here.y - slope * here.x) if here.smooth else None


def pictured(
    subject: Subject, wanted: Wanted, here: Here, report: PointReport, colors: Palette, chart: str
) -> tuple[Scene, Handle]:
    """The scene: all the curves on one window, the point on the first; and what the overlay needs."""
    x = window_of(subject, wanted, here)
    orders = wanted.orders or (0,)
    rows = [(subject, k) for k in orders] + [(Subject(g, subject.variable), 0) for g in wanted.others]
    inside = [here.values[k] for k in orders if x[0] <= here.x <= x[1]]
    y = wanted.y or common_height([sampled(s, k, x, None) for s, k in rows], orders[0], inside)
    if wanted.equal and not (wanted.x_log or wanted.y_log):
        x, y = equal_scales(x, y, inside[0] if inside else math.nan)
    curves = []
    for position, (shown, k) in enumerate(rows):
        is_main = position < len(orders)
        style = colors.order(k) if is_main else colors.companions[position - len(orders)]
        width = 3.0 if is_main and k == 0 else 2.25
        curves.append(Drawn(sampled(shown, k, x, y), k, shown.label(k), style, width))
    found = featured(subject, x)
    straight = not (wanted.x_log or wanted.y_log)
    on_f = 0 in orders and math.isfinite(here.y)
    taylor = taylor_polynomial(subject, here.x, wanted.taylor, x) if wanted.taylor is not None else None
    x_scale, y_scale = wanted.scales
    scene = Scene(
        curves=tuple(curves),
        x=x,
        y=y,
        variable=subject.variable,
        name=subject.name,
        point=(here.x, here.y) if on_f else None,
        slopes=tuple(
            (colors.order(k), here.values[k]) for k in orders if k and math.isfinite(here.values[k])
        ),
        tangent=tangent_at(here, report) if wanted.tangent and straight and on_f else None,
        taylor=(f"Taylor, degree {wanted.taylor}", *taylor) if taylor else None,
        asymptotes=asymptotes_of(subject, found) if straight else (),
        marks=drawable(marks_of(subject, found)) if wanted.marks and 0 in orders else (),
        bands=bands_of(found) if wanted.shading else (),
        rough=rough_of(subject, found) if 0 in orders else (),
        undefined=tuple(
            (s.lo, s.hi) for s in found.signs[:MOST_MARKS] if s.sign is None and lacking(subject, s)
        ),
        x_scale=x_scale,
        y_scale=y_scale,
        equal=wanted.equal,
        height=LOWER if subject.is_partial else HEIGHT,
    )
    return scene, handle_for(subject, scene, here, report, chart, places_of(found))


def handle_for(
    subject: Subject,
    scene: Scene,
    here: Here,
    report: PointReport,
    chart: str,
    special: Sequence[float] = (),
) -> Handle:
    """What the overlay needs to read the scene and to move its point."""
    main = next((drawn for drawn in scene.curves if drawn.row == 0), scene.curves[0])
    return Handle(
        chart=chart,
        main=role_of(main),
        name=main.label,
        slope_name=subject.label(main.row + 1),
        variable=scene.variable,
        label=f"The point on {main.label}",
        x=here.x,
        y=_finite(here.values[main.row]),
        rest=report.left if report.kind == "hole" and main.row == 0 else None,
        slope=_finite(here.values[main.row + 1]) if here.smooth else None,
        curves=tuple(Reading(role_of(d), d.row, d.label, d.style.color) for d in scene.curves),
        slopes={role_of(d): polyline(d.curve, d.row).slope for d in scene.curves},
        special=tuple(special),
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
