"""Straight lines that a curve runs to: vertical at poles and infinite edges, horizontal and oblique far out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from derivlab.curves.curve import Break, Evaluate, Floats
from derivlab.curves.far import FarLook
from derivlab.curves.one_sided import WILD, Limit, checked, distances, limit_from_side
from derivlab.lowering.to_mpmath import TooHard

FAR = 45
"""Halvings of 1/x on the way out."""
REACHED = 1e-5
"""Limits far out that are less certain than this, relative to their size, are not claimed."""

EXACT = 4e6
"""Up to this size of m·x the difference f - m·x has nine digits after the point."""


@dataclass(frozen=True, slots=True)
class Asymptote:
    """A line y = `slope`·x + `intercept`, approached on the `side` 'left' (x → -∞), 'right' or 'both'; or x = `at`."""

    kind: Literal["vertical", "horizontal", "oblique"]
    side: Literal["left", "right", "both"]
    at: float | None = None
    slope: float = 0.0
    intercept: float = 0.0


class Asymptotes(tuple[Asymptote, ...]):
    """All asymptotes, and the same by kind."""

    __slots__ = ()

    @property
    def vertical(self) -> tuple[float, ...]:
        """The x of the vertical ones, ascending."""
        return tuple(sorted({one.at for one in self if one.at is not None}))

    @property
    def horizontal(self) -> tuple[float, ...]:
        """The y of the horizontal ones, ascending."""
        return tuple(sorted({one.intercept for one in self if one.kind == "horizontal"}))

    @property
    def oblique(self) -> tuple[tuple[float, float], ...]:
        """(slope, intercept) of the oblique ones, ascending."""
        return tuple(sorted({(one.slope, one.intercept) for one in self if one.kind == "oblique"}))


def asymptotes_of(
    evaluate: Evaluate, breaks: tuple[Break, ...], far: FarLook | None = None, *, repeats: bool = False
) -> Asymptotes:
    """The vertical asymptotes at the given breaks, and the others wherever they are. `evaluate` gives f, f′, f″.

    `far` looks at the formula itself; `repeats`: f has a period, and so no other asymptote.
    """
    found: list[Asymptote] = []
    for one in breaks:
        left, right = (side is not None and math.isinf(side) for side in (one.left, one.right))
        if one.kind in {"pole", "edge"} and (left or right):
            found.append(
                Asymptote("vertical", "both" if left and right else "left" if left else "right", one.at)
            )
    with np.errstate(all="ignore"):
        ends = [None if repeats else _line_far_out(evaluate, far, side) for side in (-1.0, 1.0)]
    lines: list[Asymptote] = []
    for side, line in zip(("left", "right"), ends, strict=True):
        if line is None:
            continue
        slope, intercept = line
        kind: Literal["horizontal", "oblique"] = "horizontal" if slope == 0 else "oblique"
        lines.append(Asymptote(kind, side, None, slope, intercept))  # type: ignore[arg-type]
    if len(lines) == 2 and (lines[0].slope, lines[0].intercept) == (lines[1].slope, lines[1].intercept):
        lines = [Asymptote(lines[0].kind, "both", None, lines[0].slope, lines[0].intercept)]
    return Asymptotes((*found, *lines))


def _line_far_out(evaluate: Evaluate, far: FarLook | None, side: float) -> tuple[float, float] | None:
    """Slope and intercept of the line to which f runs as x → ±∞, by the formula where that can tell."""
    if far is not None:
        try:
            return far.line(side)
        except TooHard:
            pass
    return _line_to(evaluate, side)


def _line_to(evaluate: Evaluate, side: float) -> tuple[float, float] | None:
    """Slope and intercept of the line to which f runs as x → ±∞."""
    t = distances(0.0)[:FAR]
    x = side / t
    rows = evaluate(x)
    between = t[checked(len(t))]
    between = between * np.linspace(0.53, 0.97, len(between))
    beside = evaluate(side / between)
    if np.isnan(rows[0][-8:]).any():
        return None
    level = _limit(t, rows, beside)
    if level.outcome == "finite":
        return (0.0, _tidy(level)) if _is_sure(level) else None
    if (
        level.outcome == "wild"
        and np.isfinite(rows[0]).all()
        and np.abs(rows[0]).max() < 1e-3 * np.abs(x).max() ** 0.5
    ):
        return None
    slope = _limit(t, rows[1:], beside[1:])
    if slope.outcome != "finite" or not _is_sure(slope):
        return None
    m = _tidy(slope)
    if m == 0:
        return None
    rest = np.stack([rows[0] - m * x, rows[1] - m, rows[2]])
    rest_beside = np.stack([beside[0] - m * side / between, beside[1] - m, beside[2]])
    # beyond this, rounding of f leaves too little of the difference
    exact = np.abs(m * x) <= EXACT
    count = int(np.count_nonzero(exact))
    if count < 12:
        return None
    seen = len(t[checked(count)])
    intercept = _limit(t[:count], rest[:, :count], rest_beside[:, :seen])
    if intercept.outcome != "finite" or not _is_sure(intercept):
        return None
    return m, _tidy(intercept)


def _limit(t: Floats, rows: Floats, beside: Floats) -> Limit:
    """The limit of a quantity of x = ±1/t as t → 0+, from its derivatives by x."""
    x = 1.0 / t
    by_t = [rows[0]]
    if len(rows) >= 3:
        # x = ±1/t: dx/dt = -x·|x|; the sign of the side is in the derivative by x already
        sign = 1.0
        by_t += [-sign * x * x * rows[1], x**4 * rows[2] + 2 * x**3 * rows[1]]
    if len(rows) < 2 or not all(np.isfinite(row[-4:]).all() for row in by_t):
        by_t = by_t[:1]
    limit = limit_from_side(t, np.stack(by_t), beside[0], 1.0)
    return limit if limit.outcome != "undefined" else WILD


def _is_sure(limit: Limit) -> bool:
    return limit.error <= REACHED * max(1.0, abs(limit.value))


def _tidy(limit: Limit) -> float:
    """The limit as a round number where the error allows, else as it is."""
    room = max(4 * limit.error, 1e-11 * max(1.0, abs(limit.value)))
    for digits in range(7):
        short = round(limit.value, digits)
        if abs(short - limit.value) <= min(room, 1e-8 * max(1.0, abs(limit.value))):
            return short + 0.0
    return limit.value
