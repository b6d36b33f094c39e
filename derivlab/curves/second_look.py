"""Limits and slopes beside a point with as many digits as they take, from the formula itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from derivlab.curves.closer import SETTLED, STARTS, WILD, limit_closer
from derivlab.curves.one_sided import Limit
from derivlab.curves.places import Place, at_numbers, place_of
from derivlab.curves.purse import Purse
from derivlab.curves.squeeze import squeezed
from derivlab.curves.walls import has_walls
from derivlab.errors import DerivlabError
from derivlab.expression.function import Function
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, postorder, size_of
from derivlab.lowering.program import program_of
from derivlab.lowering.to_mpmath import Precise, TooHard, digits, precise_number, precise_value
from derivlab.symbolic.differentiate import differentiate

LARGEST = 600
"""Nodes of a formula: a larger one is left to float64."""
KNOWN_TO = 2**5
"""The power of a first distance at which a limit is taken as known for its difference quotients."""
VALUE_DIGITS = 240
"""Digits for the value at the point itself: its cube root is 0 to a third of them."""
BESIDE = 10.0 ** -np.linspace(1.5, 6.5, 401)
"""Distances at which poles would show that crowd towards the point."""
FAR_DIGITS = 480
"""Digits with which that limit is worked out."""
QUOTIENTS = 5
"""Levels at which difference quotients are looked at, short of the distance `KNOWN_TO`."""


@dataclass(frozen=True)
class SecondLook:
    """A formula of one variable beside the point that a float stands for; `purse` is what all its limits may cost."""

    tree: Node
    name: str
    x: float
    purse: Purse | None = None

    @cached_property
    def place(self) -> Place:
        """The point."""
        return place_of(self.tree, self.name, self.x)

    @cached_property
    def _derivative(self) -> Node | None:
        try:
            return differentiate(self.tree, self.name)
        except DerivlabError:
            return None

    def value(self) -> float | None:
        """f at the point; None where it is undefined or cannot be had."""
        try:
            with digits(VALUE_DIGITS):
                value = precise_value(self.tree, {self.name: self.place.at(VALUE_DIGITS)})
                return None if value is None or abs(value) == math.inf else float(value)
        except TooHard:
            return None

    def limit(self, side: float) -> Limit | None:
        """The limit of f on a side (-1 or 1); None where it cannot be told."""
        if has_walls(self.tree, self.name, self.x + side * BESIDE):
            return WILD
        found = self._limit_of(self.tree, side)
        if found is None or found.outcome == "wild":
            calm = squeezed(self.tree, self.name, lambda tree: self._limit_of(tree, side))
            return found if calm is None else self._limit_of(calm, side)
        return found

    def slope(self, side: float, limit: Limit) -> Limit | None:
        """The one-sided slope of f, completed by its finite limit; None where it cannot be told."""
        slope = self._limit_of(self._derivative, side) if self._derivative is not None else None
        if slope is not None and slope.outcome in {"finite", "infinite"} and not self._has_steps:
            return slope
        # where f′ has no limit, the curve may still have a direction: x²·sin(1/x); and where f has
        # steps, its direction is not that of f′: x²·floor(1/x)
        quotient = self._quotient(side, limit)
        return slope if quotient is None else quotient

    @cached_property
    def _has_steps(self) -> bool:
        """Whether an operation of the formula jumps."""
        names = {node.operation for node in postorder(self.tree) if isinstance(node, Apply)}
        return (
            any(kink.kind == "jump" for name in names for kink in OPERATIONS[name].kinks) or "where" in names
        )

    def _limit_of(self, tree: Node, side: float) -> Limit | None:
        def quantity(h: Any, precision: int) -> Precise:
            return precise_value(tree, {self.name: self.place.at(precision) + int(side) * h})

        return limit_closer(quantity, Purse(_price(tree), whole=self.purse), is_free=self.place.is_origin)

    def _quotient(self, side: float, limit: Limit) -> Limit | None:
        if limit.outcome != "finite" or limit.error > SETTLED * max(1.0, abs(limit.value)):
            return None
        sign, name = int(side), self.name
        known: Any = 0
        if limit.value:
            try:
                with digits(FAR_DIGITS):
                    far = precise_number(STARTS[0]) ** KNOWN_TO
                    known = precise_value(self.tree, {name: self.place.at(FAR_DIGITS) + sign * far})
            except TooHard:
                return None
        if known is None:
            return None

        def quantity(h: Any, precision: int) -> Precise:
            value = precise_value(self.tree, {name: self.place.at(precision) + sign * h})
            return None if value is None else (value - known) / (sign * h)

        return limit_closer(
            quantity, Purse(_price(self.tree), whole=self.purse), is_free=False, levels=QUOTIENTS
        )


def second_look(
    f: Function, x: float, name: str, values: Mapping[str, float], purse: Purse | None = None
) -> SecondLook | None:
    """The formula beside x on the axis `name`, `values` for the others; None where it is too large."""
    if size_of(f.tree) > LARGEST:
        return None
    return SecondLook(at_numbers(f.tree, values, name), name, float(x), purse)


def _price(tree: Node) -> int:
    return len(program_of(tree, share=True, guard=False).instructions)
