"""The straight line to which a formula runs far out, with as many digits as that takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from derivlab.curves.closer import STARTS, Quantity, limit_closer
from derivlab.curves.one_sided import Limit
from derivlab.curves.places import at_numbers
from derivlab.curves.purse import Purse
from derivlab.curves.squeeze import squeezed
from derivlab.curves.walls import has_walls
from derivlab.expression.function import Function
from derivlab.expression.tree import Node, size_of, variables_of
from derivlab.lowering.program import program_of
from derivlab.lowering.to_mpmath import Precise, TooHard, digits, precise_number, precise_value

LARGEST = 400
"""Nodes of a formula: a larger one is left to float64."""
SURE = 1e-9
"""A limit less certain than this, relative to its size, is not claimed."""
OUTER = 2**6
"""The power of a first distance at which f(x)/x is taken for the slope of the line."""
OUTER_DIGITS = 1_000
LEVELS = 5
"""So many levels of f - m·x are looked at where the slope m is known to those digits only."""
LARGEST_DENOMINATOR = 1_000
"""A slope that is a fraction with no larger a denominator is taken to be exactly that."""
FAR_OUT = np.concatenate(
    [1e3 * 10 ** np.linspace(0.0, 5.0, 89), 1e3 + 60 * np.linspace(0.0, 1.0, 311), [1e8]]
)
"""Where poles would show that go on for ever."""


@dataclass(frozen=True)
class FarLook:
    """A formula of one variable, seen far out."""

    tree: Node
    name: str

    def line(self, side: float) -> tuple[float, float] | None:
        """Slope and intercept of the line to which f runs as x → ±∞; None where there is none.

        Raises TooHard where that cannot be told.
        """
        if self.name in variables_of(self.tree) and has_walls(self.tree, self.name, side * FAR_OUT):
            return None
        try:
            found, fault = self._line(side), None
        except TooHard as hard:
            found, fault = None, hard
        if found is None and self.name in variables_of(self.tree):
            calm = squeezed(self.tree, self.name, lambda tree: FarLook(tree, self.name)._level(side))
            if calm is not None:
                return FarLook(calm, self.name).line(side)
        if fault is not None:
            raise fault
        return found

    def _level(self, side: float) -> Limit | None:
        """The limit of f itself; None where it cannot be told."""
        return self._limit(lambda x, value: value, side)

    def _line(self, side: float) -> tuple[float, float] | None:
        if self.name not in variables_of(self.tree):
            with digits(40):
                value = precise_value(self.tree, {})
            return None if value is None else (0.0, float(value))
        level = self._level(side)
        if level is not None and level.outcome in {"finite", "undefined"}:
            return (0.0, level.value) if level.outcome == "finite" else None
        ratio = self._limit(lambda x, value: value / x, side)
        if ratio is None or (level is None and ratio.outcome == "finite" and ratio.value == 0.0):
            raise TooHard
        if ratio.outcome != "finite" or ratio.value == 0.0:
            return None
        slope, is_exact = self._slope(side)
        rest = self._limit(
            lambda x, value: value - slope * x, side, levels=None if is_exact else LEVELS, is_free=is_exact
        )
        if rest is None:
            raise TooHard
        return (float(slope), rest.value) if rest.outcome == "finite" else None

    def _limit(
        self, seen: Any, side: float, *, levels: int | None = None, is_free: bool = True
    ) -> Limit | None:
        """The limit of something seen of x and f(x); None where it cannot be told."""
        sign = int(side)

        def quantity(h: Any, precision: int) -> Precise:
            x = sign / h
            value = precise_value(self.tree, {self.name: x})
            return None if value is None else seen(x, value)

        limit = _told(quantity, len(program_of(self.tree).instructions), levels, is_free)
        if (
            limit is not None
            and limit.outcome == "finite"
            and limit.error > SURE * max(1.0, abs(limit.value))
        ):
            return None
        return limit

    def _slope(self, side: float) -> tuple[Precise, bool]:
        """f(x)/x very far out, or the fraction that it must be; and whether it is one."""
        with digits(OUTER_DIGITS):
            x = int(side) / precise_number(STARTS[0]) ** OUTER
            value = precise_value(self.tree, {self.name: x})
            if value is None:
                raise TooHard
            slope = value / x
            near = Fraction(float(slope)).limit_denominator(LARGEST_DENOMINATOR)
            is_near = abs(slope - precise_number(near)) <= precise_number(Fraction(1, 10**60))
        return (_Exactly(near), True) if is_near else (slope, False)


class _Exactly:
    """A fraction that becomes a number of as many digits as are worked with."""

    def __init__(self, value: Fraction) -> None:
        self.value = value

    def __mul__(self, x: Any) -> Any:
        return x * self.value.numerator / self.value.denominator

    def __float__(self) -> float:
        return float(self.value)


def far_look(f: Function, name: str, values: Mapping[str, float]) -> FarLook | None:
    """The formula far out on the axis `name`, `values` for the others; None where it is too large."""
    return None if size_of(f.tree) > LARGEST else FarLook(at_numbers(f.tree, values, name), name)


def _told(quantity: Quantity, operations: int, levels: int | None, is_free: bool) -> Limit | None:
    return limit_closer(quantity, Purse(operations), is_free=is_free, levels=levels)
