"""The record of one step of a derivative that is worked out by the rules of the textbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from derivlab.expression.function import Function
from derivlab.expression.tree import Node
from derivlab.symbolic.arrange import ZERO

Rule = Literal[
    "constant",
    "identity",
    "sum",
    "constant multiple",
    "product",
    "quotient",
    "reciprocal",
    "rewriting",
    "power",
    "exponential",
    "function",
    "chain",
    "power of functions",
    "several arguments",
    "piecewise",
]


@dataclass(frozen=True, slots=True)
class Steps:
    """One step: the rule that was used, what it was used on, what came of it, and the steps inside.

    ``after`` is the derivative of ``before`` by ``wrt``. ``applied`` is the rule's right side before the steps inside are
    taken: the derivatives of ``children`` stand in it as the variables named in ``places``. ``outer`` is the outer
    function of the chain rule, differentiated by a variable of its own; None for other rules.
    """

    rule: Rule
    before: Function
    after: Function
    wrt: str
    children: tuple[Steps, ...] = ()
    applied: Node = ZERO
    places: tuple[str, ...] = ()
    outer: Steps | None = None

    def walk(self) -> Iterator[Steps]:
        """This step and all inside it, the outer functions of chain rules left out: a rule before what it needs."""
        pending = [self]
        while pending:
            step = pending.pop()
            yield step
            pending += reversed(step.children)
