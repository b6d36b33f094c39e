"""The point that a float stands for: 0.3 for 3/10, 1.5707963267948966 for π/2 where the formula turns there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from derivlab.curves.parts import parts_of
from derivlab.errors import DerivlabError
from derivlab.expression.tree import Apply, Node, Number, substitute
from derivlab.lowering.to_mpmath import TooHard, digits, precise_number, precise_value
from derivlab.symbolic.differentiate import differentiate

CHECKED = 60
"""Digits with which a zero is looked for."""
NOTHING = 10.0 ** (8 - CHECKED)
"""A part this small at so many digits is zero."""
NEAR = 4
"""A zero so many floats away is what the float stands for."""
SMALL = 1e-3
"""A smaller point is exact; 3 - π, as a difference of larger numbers, is known no better than those."""
MOST_PARTS = 12
"""So many parts of the formula are asked for their zeros."""


@dataclass
class Place:
    """A point of the axis `name`: the fraction that was written, or the zero right beside it of a part of the formula.

    `is_special`: a part of the formula is zero there, so that the curve may be broken or bent.
    """

    x: float
    name: str
    is_special: bool = False
    zero: Node | None = None
    slope: Node | None = None
    known: dict[int, Any] = field(default_factory=dict)

    @property
    def is_origin(self) -> bool:
        """Whether it is 0 exactly, where distances cost no digits."""
        return self.zero is None and self.x == 0.0

    def at(self, precision: int) -> Any:
        """The point as a number of mpmath's, within `digits(precision)`."""
        if self.zero is None or self.slope is None:
            return precise_number(Fraction(repr(self.x)))
        if precision not in self.known:
            start = self.known[max(self.known)]
            found = _newton(self.zero, self.slope, self.name, start, precision)
            if found is None:
                raise TooHard
            self.known[precision] = found
        return self.known[precision]


def at_numbers(tree: Node, values: Mapping[str, float], name: str) -> Node:
    """The tree as one of the variable `name` alone: the others replaced by their numbers, as they are written."""
    others = {key: _literal(float(value)) for key, value in values.items() if key != name}
    return substitute(tree, others) if others else tree


def place_of(tree: Node, name: str, x: float) -> Place:
    """The point that x stands for in a formula of the variable `name` alone."""
    written = Place(x, name)
    room = NEAR * float(np.spacing(max(abs(x), 1.0) if abs(x) > SMALL else abs(x)))
    with digits(CHECKED):
        parts = [part.tree for part in parts_of(tree, name)[:MOST_PARTS]]
        if any(_is_zero(part, name, written.at(CHECKED)) for part in parts):
            return Place(x, name, True)
        for part in parts:
            for zero in _simple_zeros(part, name):
                slope = differentiate(zero, name)
                found = _newton(zero, slope, name, precise_number(Fraction(x)), CHECKED)
                if found is None or abs(found - x) > room:
                    continue
                if zero is part or _is_zero(part, name, found):
                    return Place(x, name, True, zero, slope, {CHECKED: found})
    return written


def _literal(value: float) -> Node:
    size = Number(Fraction(repr(abs(value))))
    return Apply("negate", (size,)) if value < 0 else size


def _simple_zeros(part: Node, name: str) -> list[Node]:
    """The part and its derivative: one of them crosses zero where the part only touches it."""
    try:
        return [part, differentiate(part, name)]
    except DerivlabError:
        return []


def _is_zero(part: Node, name: str, at: Any) -> bool:
    try:
        value = precise_value(part, {name: at})
    except TooHard:
        return False
    return value is not None and not isinstance(value, bool) and abs(value) < NOTHING


def _newton(zero: Node, slope: Node, name: str, start: Any, precision: int) -> Any:
    """The zero right beside `start` to `precision` digits; None where Newton's steps do not shrink fast."""
    x = start
    for _ in range(5 + precision.bit_length()):
        try:
            height, steep = (precise_value(tree, {name: x}) for tree in (zero, slope))
        except TooHard:
            return None
        if height is None or not steep:
            return None
        step = height / steep
        x = x - step
        if abs(step) <= abs(x) * precise_number(Fraction(1, 10 ** (precision - 4))):
            return x
        if abs(step) > abs(start) * 1e-6:
            return None
    return None
