"""What a function is like at a point: ten kinds, with the limits and the one-sided slopes that show it.

The limits are numerical (`one_sided`), so that any function that can be evaluated can be inspected; where a formula divides by
zero on its way to a number (exp(-1/x²) at 0), the formula itself says that the point is not in the domain (`domain`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from derivlab.autodiff.derivative import autograd_slope
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Evaluate
from derivlab.curves.domain import is_defined
from derivlab.curves.one_sided import UNDEFINED, WILD, Limit, checked, distances, limit_from_side
from derivlab.curves.purse import Purse
from derivlab.curves.second_look import SecondLook, second_look
from derivlab.curves.suspects import Suspects, suspects_in
from derivlab.errors import DerivlabError, InputError
from derivlab.expression.function import Function
from derivlab.expression.tree import size_of

PointKind = Literal[
    "smooth", "corner", "cusp", "vertical tangent", "jump", "pole", "hole", "oscillation", "edge", "outside"
]
ORDER = 6
"""Derivatives used to run to the limit."""
SAME = 1e-6
"""Relative difference below which two one-sided limits are taken to be equal."""
CLOSELY = 24
"""Of very many points so many are inspected by the formula itself, if it is small."""
SMALL = 100
"""Nodes of a small formula."""
SURE = 4e-15
"""The same where both are sure: float64 rounds them."""
TINY = 1e-25
"""So little do the digits leave open with which the point itself is known, where it is no fraction."""


@dataclass(frozen=True, slots=True)
class Beside:
    """f and f′ as computed at the point itself, as far as they are finite."""

    value: float | None
    slope: float | None


@dataclass(frozen=True, slots=True)
class PointReport:
    """A function at a point.

    `value` is f there; `left`, `right` are the one-sided limits of f, `slope_left`, `slope_right` the one-sided slopes (of f
    completed by its limit); all may be ±inf, and are None where there is none. `derivative` is the derivative in the
    mathematical sense (at a hole: of the completed function). `autograd` is what torch's autograd answers.
    """

    at: float
    kind: PointKind
    value: float | None
    left: float | None
    right: float | None
    slope_left: float | None
    slope_right: float | None
    derivative: float | None
    autograd: float | None

    @property
    def has_tangent(self) -> bool:
        """Whether a tangent line may be drawn (a vertical one at a vertical tangent)."""
        return self.kind in {"smooth", "vertical tangent"}


def inspect_point(
    f: Function, x: float, *, wrt: str | None = None, at: Mapping[str, float] | None = None
) -> PointReport:
    """Say of which kind f is at x: 'smooth', 'corner', 'cusp', 'vertical tangent', 'jump', 'pole', 'hole',
    'oscillation', 'edge' (of the domain) or 'outside' it.

    `wrt` is the variable that x stands for, by default the only one; `at` has numbers for the others. Raises
    InputError for a point that is not a finite number, and for variables that do not fit.
    """
    try:
        x = float(x)
    except (TypeError, ValueError, OverflowError):
        x = math.nan
    if not math.isfinite(x):
        raise InputError("The point must be a finite number.")
    evaluate = evaluator(f, wrt, ORDER, at)
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    point = {**(at or {}), name: x}
    room = 1e-9 * max(1.0, abs(x))
    suspects = suspects_in(f, x - room, x + room, wrt, at)
    rows = suspects.hide(evaluate)(np.array([x]))[:, 0]
    defined = math.isfinite(float(rows[0])) and is_defined(f, point)
    answer = _autograd(f, point, name)
    apart = np.abs(suspects.places - x).min(initial=math.inf) > 16 * float(np.spacing(abs(x)))
    closer = second_look(f, x, name, at or {})
    calm = suspects.is_complete and apart and not (closer is not None and closer.place.is_special)
    if defined and calm and np.isfinite(rows[:2]).all():
        # every operation of the formula is smooth here, whatever there may be very close by
        here, steep = (float(row) for row in rows[:2])
        return PointReport(x, "smooth", here, here, here, steep, steep, steep, answer)
    return inspect_callable(evaluate, x, defined=defined, autograd=answer, closer=closer)


def _autograd(f: Function, point: Mapping[str, float], name: str) -> float | None:
    """What torch answers at the point; None where it refuses."""
    if name not in f.variables:
        return 0.0
    try:
        return autograd_slope(f, point, name)
    except DerivlabError:
        return None


def inspect_callable(
    evaluate: Evaluate,
    x: float,
    *,
    defined: bool = True,
    autograd: float | None = None,
    closer: SecondLook | None = None,
) -> PointReport:
    """Inspect any callable that gives derivatives (order + 1, m) at x (m,); `defined` says whether x is in its domain.

    `closer` looks at the formula itself with as many digits as it takes; where it can tell, its word counts.
    """
    with np.errstate(all="ignore"):
        here, steep = (float(row) for row in evaluate(np.array([x]))[:2, 0])
        value = here if defined and math.isfinite(here) else None
        known = Beside(value, steep if math.isfinite(steep) else None)
        (left, slope_left), (right, slope_right) = (
            _look(evaluate, x, side, known, closer) for side in (-1.0, 1.0)
        )
    there = None if value is None else _value_of(value, right, evaluate, x, closer)
    kind = _kind(there, left, right, slope_left, slope_right)
    slopes = [_shown(limit) for limit in (slope_left, slope_right)]
    same = kind == "smooth" or (kind == "hole" and _equal(slope_left, slope_right))
    between = None
    if same and slopes[0] is not None and slopes[1] is not None:
        better = slope_left if slope_left.error <= slope_right.error else slope_right
        between = better.value
    return PointReport(x, kind, value, _shown(left), _shown(right), slopes[0], slopes[1], between, autograd)


def inspector(
    f: Function, name: str, at: Mapping[str, float], suspects: Suspects
) -> Callable[[float], PointReport]:
    """A way to inspect many points of f along the axis `name`: the first few by the formula, the others by numbers alone."""
    evaluate = suspects.hide(evaluator(f, name, ORDER, at))
    left = CLOSELY if size_of(f.tree) <= SMALL else 0
    purse = Purse(operations=1)

    def inspect(x: float) -> PointReport:
        nonlocal left
        left -= 1
        is_bearable = left >= 0 and purse.left > 0
        return inspect_callable(
            evaluate, x, closer=second_look(f, x, name, at, purse) if is_bearable else None
        )

    return inspect


def _value_of(value: float, limit: Limit, evaluate: Evaluate, x: float, closer: SecondLook | None) -> Limit:
    """f at the point, to be held against its limits: to the last digit where the float is just its rounding."""
    precise = closer.value() if closer is not None else None
    with np.errstate(all="ignore"):
        step = 4 * float(np.spacing(abs(x)))
        beside = evaluate(np.array([x - step, x + step]))[0]
        if precise is None:
            # the float may be off the point by as much as the floats next to it
            is_near = abs(value - limit.value) <= np.abs(beside - limit.value).min()
            return limit if limit.outcome == "finite" and is_near else Limit("finite", value)
        spread = np.abs(beside - value)
    rounding = 2 * float(np.max(spread, initial=0.0, where=np.isfinite(spread)))
    if abs(precise - value) <= SAME * max(1.0, abs(value)) + rounding:
        return Limit("finite", precise, is_sure=True)
    return Limit("finite", value)


def _look(
    evaluate: Evaluate, x: float, side: float, known: Beside, closer: SecondLook | None
) -> tuple[Limit, Limit]:
    """The limit of f and its slope on one side, by the formula itself where it can tell, else by numbers."""
    limit = closer.limit(side) if closer is not None else None
    slope: Limit | None = None
    if limit is not None and closer is not None:
        if limit.outcome != "finite":
            return limit, UNDEFINED if limit.outcome == "undefined" else WILD
        slope = closer.slope(side, limit)
    if limit is None or slope is None:
        by_numbers = _look_with_floats(evaluate, x, side, known)
        limit, slope = limit or by_numbers[0], slope or by_numbers[1]
    return _tidied(limit, known.value), _tidied(slope, known.slope)


def _look_with_floats(evaluate: Evaluate, x: float, side: float, known: Beside) -> tuple[Limit, Limit]:
    """The limit of f and its slope on one side, as far as float64 shows them."""
    h = distances(x)
    h = np.abs((x + side * h) - x)
    rows = evaluate(x + side * h)
    between = h[checked(len(h))]
    between = between * np.linspace(0.53, 0.97, len(between))
    checks = evaluate(x + side * between)
    limit = limit_from_side(h, rows[:-1], checks[0], side)
    if limit.outcome != "finite":
        return limit, UNDEFINED if limit.outcome == "undefined" else WILD
    limit = _tidied(limit, known.value)
    sound = np.isfinite(rows[0])
    if sound[0] and not sound[-1]:  # rounding made f infinite or undefined close by
        h, rows = h[: int(np.argmin(sound))], rows[:, : int(np.argmin(sound))]
    slope = limit_from_side(h, rows[1:], checks[1], side)
    if slope.outcome in {"wild", "undefined"}:
        # the slope has no limit, but the curve may still have a direction: x²·sin(1/x)
        quotient = (rows[0] - limit.value) / (side * h)
        far = h >= 1e-9 * max(1.0, abs(x))
        check = (checks[0] - limit.value) / (side * between)
        slope = limit_from_side(h[far], quotient[far][None, :], check, side)
    return limit, slope


def _tidied(limit: Limit, value: float | None) -> Limit:
    """The limit, as the number next to it that a person would write, if the error allows."""
    if limit.outcome != "finite":
        return limit
    rough = 4 * SURE * abs(limit.value) if limit.is_sure else 4e-12 * max(abs(limit.value), 1e-3)
    room = max(4 * limit.error, rough)
    if value is not None and abs(limit.value - value) <= room:
        return replace(limit, value=value)
    for digits in range(9):
        short = round(limit.value, digits)
        if abs(short - limit.value) <= min(room, 1e-6):
            return replace(limit, value=short + 0.0)
    return limit


def _shown(limit: Limit) -> float | None:
    return limit.value if limit.outcome in {"finite", "infinite"} else None


def _equal(one: Limit, other: Limit) -> bool:
    """Whether two limits are one number, within their errors."""
    if one.outcome != other.outcome:
        return False
    if one.outcome == "infinite" or one.value == other.value:  # e^(e^10) is too large on both sides
        return one.value == other.value
    size = max(abs(one.value), abs(other.value))
    if one.is_sure and other.is_sure:
        return abs(one.value - other.value) <= max(SURE * size, TINY, 8 * (one.error + other.error))
    return abs(one.value - other.value) <= max(SAME * size, SAME * 1e-3, 8 * (one.error + other.error))


def _kind(value: Limit | None, left: Limit, right: Limit, slope_left: Limit, slope_right: Limit) -> PointKind:
    undefined = [side.outcome == "undefined" for side in (left, right)]
    if all(undefined):
        return "outside"
    if any(undefined):
        return "edge"
    if "wild" in (left.outcome, right.outcome):
        return "oscillation"
    if "infinite" in (left.outcome, right.outcome):
        return "pole"
    if not _equal(left, right):
        return "jump"
    if np.isinf(right.value):  # no pole, only too large for floating point on both sides
        return "smooth"
    if value is None or not _equal(value, right):
        return "hole"
    if "wild" in (slope_left.outcome, slope_right.outcome) or "undefined" in (
        slope_left.outcome,
        slope_right.outcome,
    ):
        return "oscillation"
    if slope_left.outcome == slope_right.outcome == "infinite":
        return "vertical tangent" if slope_left.value == slope_right.value else "cusp"
    if "infinite" in (slope_left.outcome, slope_right.outcome) or not _equal(slope_left, slope_right):
        return "corner"
    return "smooth"
