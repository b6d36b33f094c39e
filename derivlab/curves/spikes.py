"""Where a formula may rise to a spike too narrow for a start grid to hit, such as 1/(1 + 10⁶(x - 0.3)²) at 0.3.

A spike is where a denominator comes close to zero, an exponent has a maximum, or the base of a high power is greatest: at a
turning point of that part, which is found from the part itself and costs no evaluation of the formula.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Floats
from derivlab.expression.function import Function
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, rational, substitute, variables_of
from derivlab.lowering.program import definition_of
from derivlab.memory import remembered, weight_of

HIGH = 6
"""From this power on, a top of the base is much narrower in the power."""
MOST_PARTS = 16
MOST = 48
"""More spikes than this in a window are left to the sampling alone."""
WIDE = 1 / 100
"""Share of the window: what is wider than this, the start grid sees."""
STEPS = 40
"""Halvings of a bracket of 1/240 of the window, which is far less than a pixel."""


@remembered(lambda found, tree, _: weight_of(tree, *(part for part, _ in found)))
def peaked_parts(tree: Node, name: str) -> tuple[tuple[Node, float], ...]:
    """The parts whose turning points may be spikes, each with the power that it is raised to (infinite for e^part)."""
    found: dict[Node, float] = {}
    pending, seen = [tree], set[Node]()
    while pending:
        node = pending.pop()
        if node in seen or not isinstance(node, Apply):
            continue
        seen.add(node)
        pending.extend(node.arguments)
        row = OPERATIONS.get(node.operation)
        match node.operation, node.arguments:
            case "exp", (inner,):
                found.setdefault(inner, np.inf)
            case "divide", (_, inner):
                found.setdefault(inner, -1.0)
            case "power", (Apply("e"), inner):
                found.setdefault(inner, np.inf)
            case "power", (base, exponent) if (literal := rational(exponent)) is not None:
                if literal < 0 or literal >= HIGH:
                    found.setdefault(base, float(literal))
            case _ if row is not None and row.definition and not (row.domain or row.kinks):
                bound = dict(zip(ARGUMENTS, node.arguments, strict=False))
                pending.append(substitute(definition_of(node.operation), bound))
    bent = [(part, power) for part, power in found.items() if not isinstance(part, (Variable, Number))]
    return tuple((part, power) for part, power in bent if name in variables_of(part))[:MOST_PARTS]


def spikes_in(
    f: Function, low: float, high: float, wrt: str | None = None, at: Mapping[str, float] | None = None
) -> Floats:
    """The places (k,), ascending, of narrow spikes on [low, high]. `wrt` and `at` as for `suspects_in`."""
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    found: list[Floats] = [np.empty(0)]
    for part, power in peaked_parts(f.tree, name):
        places = _narrow_tops(part, power, name, at, low, high)
        if len(places) <= MOST:
            found.append(places)
    return np.unique(np.concatenate(found))


def _narrow_tops(
    part: Node, power: float, name: str, at: Mapping[str, float] | None, low: float, high: float
) -> Floats:
    """Where part^power (or e^part) has a top that is narrower than the start grid's cells."""
    names = tuple(sorted(variables_of(part)))
    fixed = {key: at[key] for key in names if at and key in at and key != name}
    evaluate = evaluator(Function("part", names, part), name, 2, fixed)
    # uneven, so that no part is looked at in step with itself
    share = np.linspace(0.0, 1.0, 241)
    x = low + (high - low) * (share + 0.001 * np.sin(37.0 * share) * share * (1 - share))
    with np.errstate(all="ignore"):
        slope = evaluate(x)[1]
        turns = np.flatnonzero(slope[:-1] * slope[1:] < 0)
        exact = x[slope == 0]
        if len(turns) + len(exact) > MOST:
            return np.empty(0)
        a, b, rising = x[turns], x[turns + 1], slope[turns] > 0
        for _ in range(STEPS):
            middle = 0.5 * (a + b)
            left = (evaluate(middle)[1] > 0) == rising
            a, b = np.where(left, middle, a), np.where(left, b, middle)
        places = np.concatenate([0.5 * (a + b), exact])
        value, _, bend = evaluate(places)
        # e^u falls as e^(u″·d²/2), u^n as (1 + u″/u·d²/2)^n
        curvature = bend if np.isinf(power) else power * bend / value
        narrow = (curvature < 0) & (curvature * (WIDE * (high - low)) ** 2 < -1)
    return np.sort(places[narrow])
