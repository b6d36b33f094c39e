"""Poles without end: they crowd towards a point, as those of 1/sin(1/x) do, or go on far out, as those of tan."""

from __future__ import annotations

import numpy as np

from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Floats
from derivlab.curves.parts import parts_of
from derivlab.expression.function import Function
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, postorder

WALLS = 3
"""A denominator that changes its sign so often, and in the last half of the points too, does so for ever."""
WHOLE = "sin(pi*"
"""In the domain of an operation that has a pole at every whole number on the left."""
DEEP = -1e6
"""An argument of such an operation so far to the left has left all poles but these behind."""


def has_walls(tree: Node, name: str, x: Floats) -> bool:
    """Whether a part of the formula that must not be zero changes its sign again and again along x (m,).

    The last points of x are those closest to the end of the way, a point or infinity.
    """

    def along(part: Node) -> Floats:
        with np.errstate(all="ignore"):
            value: Floats = evaluator(Function("part", (name,), part), name, 0)(x)[0]
        return value

    for part in parts_of(tree, name):
        if part.is_forbidden and isinstance(part.tree, Apply):
            sign = np.sign(along(part.tree))
            changes = np.flatnonzero(sign[1:] * sign[:-1] < 0)
            if len(changes) >= WALLS and np.count_nonzero(changes >= len(x) // 2) >= WALLS:
                return True
    for node in postorder(tree):
        if isinstance(node, Apply) and WHOLE in OPERATIONS[node.operation].domain:
            values = along(node.arguments[-1])
            if np.isfinite(values[-1]) and values[-1] < DEEP:
                return True
    return False
