"""Limits, slopes and asymptotes by SymPy, within its budget, beside those that were found by numbers.

Two ways that know nothing of each other: where they agree, the exact value is certain; where they do not, what can be
checked counts, and that is the formula itself, close by.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from derivlab.autodiff.derivative import value
from derivlab.curves.asymptotes import Asymptote
from derivlab.curves.differentiability import PointReport, inspect_point
from derivlab.curves.places import at_numbers, place_of
from derivlab.errors import Busy, DerivlabError
from derivlab.expression.function import Function
from derivlab.expression.tree import Apply, Flat, Node, Number, Variable, flatten, unflatten
from derivlab.symbolic.worker import BUDGET, ask

SAME = 1e-8
"""Relative difference up to which a number and an exact value are one."""
AROUND = 1e-6
"""Where the exact form of a point is looked for, relative to its size."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number of ours (±inf possible, None: there is none) and what SymPy says of it.

    `exact` is SymPy's finite value as a tree; `agrees` is None where SymPy gave no answer in time.
    """

    number: float | None
    exact: Node | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The limits and slopes of a `PointReport`, each with SymPy's verdict; `at` is the point exactly, where it is known."""

    at: Node
    left: Verdict
    right: Verdict
    slope_left: Verdict
    slope_right: Verdict

    @property
    def is_contradicted(self) -> bool:
        """Whether SymPy says otherwise anywhere."""
        return any(one.agrees is False for one in (self.left, self.right, self.slope_left, self.slope_right))


def confirm_point(
    f: Function,
    x: float,
    *,
    wrt: str | None = None,
    at: Mapping[str, float] | None = None,
    report: PointReport | None = None,
    budget: float = BUDGET,
) -> Confirmation:
    """SymPy's one-sided limits of f and of its difference quotients at x, beside those of `inspect_point`.

    `report` is the point's report, if it is there already; `budget` is in seconds, for all four together. Raises InputError
    as `inspect_point` does, and Busy where too many formulas are being worked out.
    """
    report = report or inspect_point(f, x, wrt=wrt, at=at)
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    tree = at_numbers(f.tree, at or {}, name)
    clock = _Clock(budget)
    place = _place(tree, name, report.at, clock)
    sides: list[tuple[Verdict, Verdict]] = []
    for sign, number, steep in (
        ("-", report.left, report.slope_left),
        ("+", report.right, report.slope_right),
    ):
        limit = _verdict(tree, name, flatten(place), sign, number, clock)
        slope = Verdict(steep)
        if limit.agrees and limit.exact is not None:
            rise = Apply("subtract", (tree, limit.exact))
            quotient = Apply("divide", (rise, Apply("subtract", (Variable(name), place))))
            slope = _verdict(quotient, name, flatten(place), sign, steep, clock)
        sides.append((limit, slope))
    (left, slope_left), (right, slope_right) = sides
    return Confirmation(place, left, right, slope_left, slope_right)


def confirm_line(
    f: Function, line: Asymptote, *, wrt: str | None = None, budget: float = BUDGET
) -> tuple[Verdict, Verdict]:
    """SymPy's slope and intercept of an asymptote that is not vertical: the limits of f/x and of f - m·x.

    f has one variable. Raises Busy where too many formulas are being worked out.
    """
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    clock = _Clock(budget)
    end = "-oo" if line.side == "left" else "oo"
    if line.slope == 0:
        return Verdict(0.0, Number(Fraction(0)), True), _verdict(
            f.tree, name, end, "+-", line.intercept, clock
        )
    slope = _verdict(Apply("divide", (f.tree, Variable(name))), name, end, "+-", line.slope, clock)
    if not slope.agrees or slope.exact is None:
        return slope, Verdict(line.intercept)
    rest = Apply("subtract", (f.tree, Apply("multiply", (slope.exact, Variable(name)))))
    return slope, _verdict(rest, name, end, "+-", line.intercept, clock)


class _Clock:
    """The seconds that are left of a budget."""

    def __init__(self, budget: float) -> None:
        self._end = time.monotonic() + budget

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.0)


def _verdict(
    tree: Node, name: str, at: str | Flat, side: str, number: float | None, clock: _Clock
) -> Verdict:
    if clock.left <= 0:
        return Verdict(number)
    try:
        found = ask("limit", flatten(tree), name, at, side, budget=clock.left)
    except Busy:
        raise
    except DerivlabError:
        return Verdict(number)
    if isinstance(found, str):
        theirs = {"oo": math.inf, "-oo": -math.inf}.get(found)
        return Verdict(number, None, number == theirs)
    exact = unflatten(found)
    theirs = _number(exact)
    if not math.isfinite(theirs):
        return Verdict(number)
    is_same = number is not None and abs(theirs - number) <= SAME * max(1.0, abs(theirs))
    return Verdict(number, exact, is_same)


def _number(tree: Node) -> float:
    try:
        return float(value(Function("c", (), tree), {}))
    except DerivlabError:
        return math.nan


def _place(tree: Node, name: str, x: float, clock: _Clock) -> Node:
    """The point exactly: the zero of the formula's part there, if SymPy names it, else the decimal that was written."""
    place = place_of(tree, name, x)
    if place.zero is not None and clock.left > 0:
        room = AROUND * max(1.0, abs(x))
        try:
            found = ask("roots", flatten(place.zero), name, x - room, x + room, budget=clock.left / 3)
        except Busy:
            raise
        except DerivlabError:
            found = []
        for rows in found:
            root = unflatten(rows)
            if abs(_number(root) - x) <= 1e-12 * max(1.0, abs(x)):
                return root
    written = Number(Fraction(repr(abs(x))))
    return Apply("negate", (written,)) if x < 0 else written
