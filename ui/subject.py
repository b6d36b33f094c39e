"""The function on a page as a function of one variable: the others have values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeAlias

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Evaluate
from derivlab.expression.show_latex import name_to_latex
from derivlab.expression.tree import Apply, Node, Number, substitute
from derivlab.figures import numbers
from derivlab.figures.notation import (
    derivative_latex,
    derivative_name,
    partial_derivative_latex,
    partial_derivative_name,
)

Ends: TypeAlias = tuple[float, float]
"""The lower and the upper end of a window."""

HEIGHTS = ("y", "z", "w", "t", "s", "r", "q", "p")
"""Letters for the height over the axis: the first that is no variable of the function."""


@dataclass(frozen=True)
class Subject:
    """The function on the page as a function of one variable: the others have values."""

    f: dl.Function
    variable: str
    others: tuple[tuple[str, float], ...] = ()

    @property
    def name(self) -> str:
        """The function's name as text."""
        return self.f.name

    @cached_property
    def alone(self) -> dl.Function:
        """The function of the one variable that it is once the others have their values."""
        values = {name: _literal(value) for name, value in self.others}
        return dl.Function(self.f.name, (self.variable,), substitute(self.f.tree, values))

    @property
    def is_partial(self) -> bool:
        """Whether its derivatives are partial ones: it has more variables than the one on the axis."""
        return bool(self.others)

    @cached_property
    def height(self) -> str:
        """The letter for the height: y, or another where y is a variable."""
        taken = {self.variable, *dict(self.others), self.name}
        return next((letter for letter in HEIGHTS if letter not in taken), "y_0")

    @property
    def spoken(self) -> str:
        """What sentences call it: ``f``, or ``f along u`` where the other variables are held."""
        return f"{self.name} along {self.variable}" if self.is_partial else self.name

    @property
    def argument(self) -> str:
        """What stands in the brackets behind the name, as text: ``x``, or ``u, v`` in the function's order."""
        return ", ".join(self.f.variables if self.is_partial else (self.variable,))

    def label(self, order: int) -> str:
        """The derivative's name as text: ``f′``, or ``∂f/∂u`` where it is a partial one."""
        if self.is_partial:
            return partial_derivative_name(self.name, self.variable, order)
        return derivative_name(self.name, order)

    def label_latex(self, order: int) -> str:
        """The same as LaTeX."""
        name, variable = name_to_latex(self.name), name_to_latex(self.variable)
        if self.is_partial:
            return partial_derivative_latex(name, variable, order)
        return derivative_latex(name, order)

    def place_latex(self, x: float) -> str:
        """The point as LaTeX, in the order of the function's variables: ``(3)``, ``(3, 4)``."""
        shown = [numbers.latex(value) for value in self._values(x)]
        return "(" + r",\ ".join(shown) + ")"

    def place(self, x: float, digits: int = numbers.DIGITS) -> str:
        """The same as text."""
        return f"({', '.join(numbers.text(value, digits=digits) for value in self._values(x))})"

    def _values(self, x: float) -> list[float]:
        if not self.is_partial:
            return [x]
        values = self.point(x)
        return [values[name] for name in self.f.variables]

    def point(self, x: float) -> dict[str, float]:
        """The values of all variables where the main one is ``x``."""
        return {**dict(self.others), self.variable: x}

    def evaluate(self, order: int) -> Evaluate:
        """All derivatives up to ``order`` at an array of points."""
        return _evaluate(self, order)


def _literal(value: float) -> Node:
    size = Number(Fraction(abs(value)))
    return Apply("negate", (size,)) if value < 0 else size


@lru_cache(maxsize=512)
def _evaluate(subject: Subject, order: int) -> Evaluate:
    return evaluator(subject.alone, subject.variable, order=order)
