"""The function on a page as a function of one variable: the others have values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeAlias

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Evaluate
from derivlab.expression.tree import Apply, Node, Number, substitute

Ends: TypeAlias = tuple[float, float]
"""The lower and the upper end of a window."""


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
