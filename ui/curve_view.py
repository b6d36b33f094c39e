"""What the Curve page shows: asks the core, remembers the answers, and puts them into one scene."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Curve, Evaluate
from derivlab.curves.opening import opening_window
from derivlab.curves.sample import sample_curve
from derivlab.figures.curve import Drawn, Line, Scene
from derivlab.figures.palette import Palette, derivative_name
from ui.curve_controls import Wanted
from ui.overlay import Handle, Reading

PIXELS = (900, 480)
Others = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The function on the page as a function of one variable: the others have values."""

    f: dl.Function
    variable: str
    others: Others = ()

    @property
    def name(self) -> str:
        """The function's name as text."""
        return self.f.name

    def point(self, x: float) -> dict[str, float]:
        """The values of all variables where the main one is ``x``."""
        return {**dict(self.others), self.variable: x}

    def evaluate(self, order: int) -> Evaluate:
        """All derivatives up to ``order`` at an array of points."""
        return _evaluate(self, order)


@lru_cache(maxsize=512)
def _evaluate(subject: Subject, order: int) -> Evaluate:
    return evaluator(subject.f, subject.variable, order=order, at=dict(subject.others))


@lru_cache(maxsize=512)
def sampled(subject: Subject, row: int, x: tuple[float, float], y: tuple[float, float] | None) -> Curve:
    """The curve of the derivative of order ``row`` on the window, to the pixel."""
    return sample_curve(subject.evaluate(row + 1), *x, y=y, pixels=PIXELS, row=row)


@lru_cache(maxsize=512)
def opening(subject: Subject, point: float | None) -> tuple[float, float]:
    """The window of x that the page opens with."""
    return opening_window(subject.evaluate(2), point)


def common_height(curves: Sequence[Curve], values: Sequence[float] = ()) -> tuple[float, float]:
    """A window of y for all the curves, with ``values`` in it.

    It is the first curve's, opened towards the others' as far as the first one stays readable.
    """
    lo, hi = curves[0].y
    room = 1.5 * (hi - lo)
    lo, hi = (
        max(min(curve.y[0] for curve in curves), lo - room),
        min(max(curve.y[1] for curve in curves), hi + room),
    )
    for value in values:
        if math.isfinite(value) and abs(value) < 1e12 and not lo <= value <= hi:
            lo, hi = min(lo, value - 0.08 * (hi - value)), max(hi, value + 0.08 * (value - lo))
    return lo, hi


def taylor_polynomial(
    subject: Subject, x: float, degree: int, window: tuple[float, float]
) -> tuple[list[float], list[float]] | None:
    """The Taylor polynomial about ``x`` at points of the window; None where a derivative is missing."""
    derivatives = np.asarray(subject.evaluate(degree)(np.array([x])))[:, 0]
    if not np.isfinite(derivatives).all():
        return None
    coefficients = [value / math.factorial(k) for k, value in enumerate(derivatives)]
    lo, hi = window
    points = np.unique(np.append(np.linspace(lo, hi, 201), x))
    with np.errstate(all="ignore"):
        values = np.polynomial.polynomial.polyval(points - x, coefficients)
    return points.tolist(), np.clip(values, -1e290, 1e290).tolist()


@dataclass(frozen=True, slots=True)
class Here:
    """What is known at the point: f and its derivatives there (NaN where undefined), by order."""

    x: float
    values: tuple[float, ...]
    smooth: bool

    @property
    def y(self) -> float:
        """f at the point."""
        return self.values[0]


def pictured(subject: Subject, wanted: Wanted, here: Here, colors: Palette) -> Scene:
    """The scene: all the curves on one window, the point on the first."""
    x = wanted.x or opening(subject, here.x)
    if wanted.x_log and x[0] <= 0:
        x = (x[1] / 1000, x[1]) if x[1] > 0 else (0.001, 10.0)
    orders = wanted.orders or (0,)
    others = [Subject(g, subject.variable) for g in wanted.others]
    rows = [(subject, k) for k in orders] + [(g, 0) for g in others]
    y = wanted.y
    if y is None:
        inside = [here.values[k] for k in orders if x[0] <= here.x <= x[1] and k < len(here.values)]
        y = common_height([sampled(s, k, x, None) for s, k in rows], inside)
    curves = []
    for position, (shown, k) in enumerate(rows):
        is_main = position < len(orders)
        style = colors.order(k) if is_main else colors.companions[position - len(orders)]
        label = derivative_name(shown.name, k)
        curves.append(Drawn(sampled(shown, k, x, y), k, label, style, 3.0 if k == 0 and is_main else 2.25))
    slope = here.values[1]
    straight = (
        wanted.tangent and here.smooth and math.isfinite(slope) and not wanted.x_log and not wanted.y_log
    )
    taylor = None
    if wanted.taylor is not None and here.smooth:
        drawn = taylor_polynomial(subject, here.x, wanted.taylor, x)
        taylor = drawn and (f"Taylor, degree {wanted.taylor}", *drawn)
    on_f = 0 in orders and math.isfinite(here.y)
    x_scale, y_scale = wanted.scales
    return Scene(
        curves=tuple(curves),
        x=x,
        y=y,
        variable=subject.variable,
        name=subject.name,
        point=(here.x, here.y) if on_f else None,
        slopes=tuple(
            (colors.order(k), here.values[k])
            for k in orders
            if k and k < len(here.values) and math.isfinite(here.values[k])
        ),
        tangent=Line(slope, here.y - slope * here.x) if straight and on_f else None,
        taylor=taylor or None,
        x_scale=x_scale,
        y_scale=y_scale,
        equal=wanted.equal,
    )


def handle_for(scene: Scene, here: Here, chart: str, special: Sequence[float] = ()) -> Handle:
    """What the overlay needs to read the scene and to move its point."""
    main = next((drawn for drawn in scene.curves if drawn.row == 0), scene.curves[0])
    return Handle(
        chart=chart,
        main=uid_of(main),
        name=f"{main.label}({scene.variable})",
        variable=scene.variable,
        label=f"The point on {main.label}",
        x=here.x,
        y=_finite(here.values[main.row]) if main.row < len(here.values) else None,
        slope=_finite(here.values[1]) if here.smooth and main.row == 0 else None,
        curves=tuple(Reading(uid_of(d), d.row, d.label, d.style.color) for d in scene.curves),
        slopes={uid_of(d): _slopes(d) for d in scene.curves},
        special=tuple(special),
    )


def uid_of(drawn: Drawn) -> str:
    """The id of a curve's trace in the figure."""
    return f"order{drawn.row}-{drawn.label}"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _slopes(drawn: Drawn) -> list[float | None]:
    """The slopes at the samples in the order of the trace, with its gaps."""
    found: list[float | None] = []
    for segment in drawn.curve.segments:
        if found:
            found.append(None)
        found.extend(_finite(value) for value in segment.y[drawn.row + 1].tolist())
    return found or [None]
