"""Where a formula can be broken or bent: the zeros of its denominators, of the arguments of ln, of what is inside |…|.

No sampling finds a hole between two of its points. The formula's tree says where to look: the operations table has for
each operation the condition of its domain and its kinks, and a case distinction has its conditions. Their zeros in the
window are found numerically, from the parts themselves, so a formula without such parts costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from derivlab.autodiff.taylor import evaluator
from derivlab.curves.crossings import NOTHING
from derivlab.curves.curve import Evaluate, Floats
from derivlab.expression.function import Function
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.parse import parse_rule
from derivlab.expression.tree import Apply, Node, Variable, rational, substitute, variables_of
from derivlab.lowering.program import definition_of

GRID = 241
"""Points at which each part is looked at."""
MOST = 48
"""A part with more zeros in the window than this is left to the sampling alone."""
MOST_PARTS = 32
"""So many parts of a formula are looked at."""

ROUNDING = 128.0
"""Closer than so many floats to a place without a value, a formula's values are rounding noise."""
LONE = 2.0**-5
"""So much closer than at first it is looked again whether a value is alone."""

_COMPARISONS = frozenset(["less", "less_equal", "greater", "greater_equal", "equal", "not_equal"])
_STRICT = frozenset(["less", "greater", "not_equal"])
_NEVER_ZERO = frozenset(["exp", "cosh", "sec", "csc", "sech", "csch"])


def _nowhere() -> Floats:
    return np.empty(0)


@dataclass(frozen=True, slots=True)
class Suspects:
    """Places x (k,), ascending, at which f may be broken or bent, and those among them where it has no value.

    `is_complete` is False where a part has too many zeros to list. Closer than `reach` to a place without a value
    nothing is believed.
    """

    places: Floats = field(default_factory=_nowhere)
    undefined: Floats = field(default_factory=_nowhere)
    is_complete: bool = True
    reach: float = 0.0

    def __len__(self) -> int:
        return len(self.places)

    def hide(self, evaluate: Evaluate) -> Evaluate:
        """The same callable, but NaN where f has no value, which rounding can hide: (x²-2)/(x-√2) at the float √2."""
        known = self.undefined
        if not len(known):
            return evaluate
        room = np.fmax(self.reach, ROUNDING * np.spacing(np.abs(known)))

        def masked(x: Floats) -> Floats:
            rows = np.asarray(evaluate(x), dtype=np.float64)
            after = np.minimum(np.searchsorted(known, x), len(known) - 1)
            before = np.maximum(after - 1, 0)
            none = np.abs(x - known[after]) <= room[after]
            none |= np.abs(x - known[before]) <= room[before]
            if none.any():
                rows = rows.copy()
                rows[:, none] = np.nan
            return rows

        return masked

    def without(self, lone: Floats, reach: float) -> Suspects:
        """The same, with these places taken as undefined too."""
        return Suspects(self.places, np.union1d(self.undefined, lone), self.is_complete, reach)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula whose zeros matter; `is_forbidden`: the formula has no value there."""

    tree: Node
    is_forbidden: bool


def suspects_in(
    f: Function, low: float, high: float, wrt: str | None = None, at: Mapping[str, float] | None = None
) -> Suspects:
    """The places on [low, high] at which the formula's own operations may break or bend the curve.

    `wrt` is the variable on the x axis (by default the only one), `at` has numbers for the others. Raises InputError for
    variables that do not fit.
    """
    name = wrt if wrt is not None else next(iter(f.variables), "x")
    parts = parts_of(f.tree, name)
    if not parts:
        return Suspects()
    # uneven, so that no part is looked at in step with itself
    share = np.linspace(0.0, 1.0, GRID)
    x = low + (high - low) * (share + 0.3 / GRID * np.sin(37.0 * share) * share * (1 - share))
    places: list[Floats] = [np.empty(0)]
    undefined: list[Floats] = [np.empty(0)]
    is_complete = len(parts) < MOST_PARTS
    for part in parts:
        zeros = _zeros(part.tree, name, at, x)
        if zeros is None:
            is_complete = False
            continue
        places.append(zeros)
        if part.is_forbidden:
            undefined.append(zeros)
    return Suspects(_distinct(places, low, high), _distinct(undefined, low, high), is_complete)


def lone_values(suspects: Suspects, evaluate: Evaluate, row: int, distance: float) -> tuple[Floats, Floats]:
    """The places at which f has a value of its own, unlike its values beside it on both sides, and those values.

    `where(x = 0.3, 5, x)` has one; it is a point of the graph, and no line runs to it.
    """
    places = np.setdiff1d(suspects.places, suspects.undefined)
    if not len(places):
        return places, places
    here = evaluate(places)[row]
    farther = np.zeros(len(places))
    for closer in (distance, LONE * distance):
        beside = evaluate(np.concatenate([places - closer, places + closer]))
        (before, after), (falls, rises) = (beside[k].reshape(2, -1) for k in (row, row + 1))
        with np.errstate(all="ignore"):
            gap = np.minimum(np.abs(here - before), np.abs(here - after))
            reach = closer * np.fmax(np.abs(falls), np.abs(rises))
            lone = (gap > 16 * reach) & (gap > 4 * np.abs(after - before)) & (gap > 1e-9 * np.abs(here))
            lone &= gap >= 0.98 * farther
        places, here, farther = places[lone], here[lone], gap[lone]
        if not len(places):
            break
    return places, here


def _zeros(tree: Node, name: str, at: Mapping[str, float] | None, x: Floats) -> Floats | None:
    """The zeros of a part among and between the points x (m,), ascending; None where there are too many."""
    if isinstance(tree, Variable):
        return np.zeros(1) if x[0] <= 0 <= x[-1] else np.empty(0)
    names = tuple(sorted(variables_of(tree)))
    evaluate = evaluator(
        Function("part", names, tree), name, 2, {key: at[key] for key in names if at and key in at}
    )
    with np.errstate(all="ignore"):
        rows = evaluate(x)
        sign = np.sign(rows[0])
        exact = x[sign == 0]
        crossed = np.flatnonzero(sign[:-1] * sign[1:] < 0)
        # it comes towards zero and goes away again: does it get there, or beyond?
        height, slope = np.abs(rows[0]), rows[1] * sign
        facing = (sign[:-1] * sign[1:] > 0) & (slope[:-1] < 0) & (slope[1:] > 0)
        facing &= np.minimum(height[:-1] / -slope[:-1], height[1:] / slope[1:]) <= np.diff(x)
        turned = np.flatnonzero(facing)
        if len(exact) + len(crossed) + len(turned) > MOST:
            return None
        left, right = x[crossed], x[crossed + 1]
        touches = np.empty(0)
        if len(turned):
            bottom = _newton(evaluate, 1, x[turned], x[turned + 1])
            there = evaluate(bottom)[0]
            none = np.abs(there) <= NOTHING * np.maximum(height[turned], height[turned + 1])
            beyond = ~none & (there * sign[turned] < 0)
            touches = bottom[none]
            left = np.concatenate([left, x[turned][beyond], bottom[beyond]])
            right = np.concatenate([right, bottom[beyond], x[turned + 1][beyond]])
        zeros = np.concatenate([_newton(evaluate, 0, left, right), touches])
        if len(zeros):
            zeros = _as_written(evaluate, zeros)
    return np.sort(np.concatenate([zeros, exact])) + 0.0


def _newton(evaluate: Evaluate, row: int, left: Floats, right: Floats) -> Floats:
    """The zero of a row in each bracket (k,) by Newton's steps, halving where they would leave the bracket."""
    if not len(left):
        return left
    a, b = left.copy(), right.copy()
    rising = evaluate(b)[row] > 0
    x = a + 0.5 * (b - a)
    for _ in range(60):
        rows = evaluate(x)
        after = (rows[row] > 0) == rising
        b, a = np.where(after, x, b), np.where(after, a, x)
        step = rows[row] / rows[row + 1]
        better = x - step
        inside = (better > a) & (better < b)
        done = (
            (rows[row] == 0)
            | (np.abs(step) <= 2 * np.spacing(np.abs(x)))
            | (b - a <= 2 * np.spacing(np.abs(x)))
        )
        x = np.where(rows[row] == 0, x, np.where(inside, better, np.where(done, x, a + 0.5 * (b - a))))
        if done.all():
            break
    return x


def _as_written(evaluate: Evaluate, x: Floats) -> Floats:
    """Each zero as the number that a person would write, where the part is no farther from zero there."""
    choices = np.stack(
        [np.round(x, digits) for digits in range(7)] + [x, np.nextafter(x, -9e99), np.nextafter(x, 9e99)]
    )
    value = np.abs(evaluate(choices.ravel())[0]).reshape(choices.shape)
    near = np.abs(choices - x)
    fits = (near <= 1e-9 * np.maximum(1.0, np.abs(x))) & (value <= value[7])
    fits |= near <= 4 * np.spacing(np.abs(x))
    fits[:4] |= ((near <= 1e-5) & (value == 0))[:4]
    first = np.argmax(fits[:8], axis=0)
    written: Floats = np.take_along_axis(choices, first[None, :], axis=0)[0]
    lowest = np.take_along_axis(choices, np.argmin(value, axis=0)[None, :], axis=0)[0]
    return np.where(
        first == 7, np.where(np.abs(lowest - x) <= 4 * np.spacing(np.abs(x)), lowest, written), written
    )


def _distinct(places: list[Floats], low: float, high: float) -> Floats:
    """Places inside the window; of those that only rounding tells apart, the one with the fewest digits."""
    x = np.unique(np.concatenate(places))
    x = x[(x > low) & (x < high)]
    if len(x) < 2:
        return x
    group = np.cumsum(np.append(True, np.diff(x) > 8 * np.spacing(np.abs(x[1:]))))
    kept: list[float] = [
        min(x[group == one].tolist(), key=lambda v: len(repr(v))) for one in np.unique(group)
    ]
    return np.array(kept)


@lru_cache(maxsize=512)
def parts_of(tree: Node, name: str) -> tuple[Part, ...]:
    """The parts of a tree whose zeros matter, as far as they depend on the variable."""
    found: dict[Node, bool] = {}
    seen: set[tuple[Node, bool]] = set()
    # is_sure: the node is computed wherever the formula is, not only in one branch of a case distinction
    pending: list[tuple[Node, bool]] = [(tree, True)]
    while pending:
        node, is_sure = pending.pop()
        if (node, is_sure) in seen or not isinstance(node, Apply):
            continue
        seen.add((node, is_sure))
        pending.extend((argument, is_sure and node.operation != "where") for argument in node.arguments)
        row = OPERATIONS.get(node.operation)
        if row is not None and row.definition and not (row.domain or row.kinks):
            bound = dict(zip(ARGUMENTS, node.arguments, strict=False))
            pending.append((substitute(definition_of(node.operation), bound), is_sure))
        for zero, is_forbidden in _conditions(node):
            for factor in _factors(zero):
                if name in variables_of(factor):
                    found[factor] = found.get(factor, False) or (is_forbidden and is_sure)
    return tuple(Part(zero, is_forbidden) for zero, is_forbidden in list(found.items())[:MOST_PARTS])


def _conditions(node: Apply) -> list[tuple[Node, bool]]:
    """What is zero where this operation ends, breaks or bends, and whether it has no value there."""
    if node.operation in _COMPARISONS:
        return [(Apply("subtract", node.arguments), False)]
    if node.operation == "power":
        exponent = rational(node.arguments[1])
        if exponent is not None and exponent >= 0 and exponent.denominator == 1:
            return []
        return [(node.arguments[0], exponent is not None and exponent < 0)]
    row = OPERATIONS.get(node.operation)
    if row is None or not (row.domain or row.kinks):
        return []
    given = list(node.arguments)
    if node.operation in {"max", "min"}:
        pairs = [(given[i], given[j]) for i in range(len(given)) for j in range(i)]
        return [(Apply("subtract", pair), False) for pair in pairs[:MOST_PARTS]]
    bound = dict(zip(ARGUMENTS, given, strict=False))
    return [(substitute(zero, bound), none) for zero, none in _of_the_table(node.operation)]


@lru_cache(maxsize=256)
def _of_the_table(operation: str) -> tuple[tuple[Node, bool], ...]:
    """The same for a row of the table, in the variables ``u``, ``v``, ``w``."""
    row = OPERATIONS[operation]
    found: list[tuple[Node, bool]] = [(parse_rule(kink.at), False) for kink in row.kinks]
    pending: list[tuple[Node, bool]] = [(parse_rule(row.domain), True)] if row.domain else []
    while pending:
        node, is_needed = pending.pop()
        if not isinstance(node, Apply):
            continue
        if node.operation in _COMPARISONS:
            found.append((Apply("subtract", node.arguments), is_needed and node.operation in _STRICT))
        elif node.operation in {"and", "or"}:
            pending.extend((argument, is_needed and node.operation == "and") for argument in node.arguments)
    return tuple(found)


def _factors(tree: Node) -> list[Node]:
    """Simpler parts that together have the same zeros: those of a product, a power, |u|, √u, of u - 0."""
    factors: list[Node] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if not isinstance(node, Apply):
            factors.append(node)
            continue
        match node.operation, node.arguments:
            case "multiply", both:
                pending.extend(both)
            case "divide", (top, _):
                pending.append(top)
            case (("negate" | "abs" | "sqrt" | "cbrt" | "sinh" | "tanh" | "asinh" | "atan"), (inner,)):
                pending.append(inner)
            case "power", (base, exponent) if (literal := rational(exponent)) is not None:
                if literal > 0:
                    pending.append(base)
            case "subtract", (inner, other) if rational(other) == 0:
                pending.append(inner)
            case "power", (Apply("e"), _):
                pass
            case operation, _ if operation in _NEVER_ZERO:
                pass
            case _:
                factors.append(node)
    return factors
