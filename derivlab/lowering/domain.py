"""Where a formula has a value: the domains of its operations as one condition on its variables, itself a tree.

The table of operations has the condition of each operation; a case distinction needs only the branch that is taken.
What always holds (``x^2 + 1 != 0``) is left out. Floating point hides such places: ``exp(-1/x^2)`` computes to 0 at 0,
and ``1/x`` to an infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.parse import parse_rule
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, postorder, rational, substitute
from derivlab.lowering.intervals import REALS, Range, difference, negated
from derivlab.lowering.program import is_real_root
from derivlab.lowering.ranges import range_of
from derivlab.memory import remembered, weight_of

ZERO = Number(Fraction(0))
NEVER = Apply("less", (Number(Fraction(1)), ZERO))
"""A condition that never holds."""

_SAME_ZEROS = frozenset(
    ("negate", "abs", "sqrt", "cbrt", "sinh", "tanh", "asinh", "atan", "asin", "erf", "expm1", "log1p")
)
"""Operations that are zero exactly where their argument is."""


_OPPOSITE = {
    "less": "greater_equal",
    "less_equal": "greater",
    "greater": "less_equal",
    "greater_equal": "less",
    "equal": "not_equal",
    "not_equal": "equal",
}

_NAN_OUTSIDE = frozenset(("sqrt", "asin", "acos", "acosh", "mod"))
"""Operations that floating point answers with NaN wherever they are undefined."""

_SWALLOW_NAN = frozenset(("where", "sign", "heaviside", "hypot"))
"""Operations that can make a number of NaN; so can a power (NaN to the 0 is 1)."""


Needs: TypeAlias = Callable[[Apply, Mapping[Node, Range]], Node | None]
"""What an operation asks of its arguments, whose ranges are known; None for nothing."""


def domain_of(tree: Node) -> Node | None:
    """The condition under which the tree has a value; None where it always has one."""
    return condition_of(tree, value_needs)


def condition_of(tree: Node, needs: Needs) -> Node | None:
    """The condition that all operations have what they need, of a case distinction those that are computed."""
    ranges: dict[Node, Range] = {}

    def combine(node: Node, inner: tuple[Node | None, ...]) -> Node | None:
        below = node.arguments if isinstance(node, Apply) else ()
        ranges[node] = range_of(node, [ranges[argument] for argument in below])
        if not isinstance(node, Apply):
            return None
        condition = needs(node, ranges)
        if node.operation == "where":
            inner = (inner[0], _of_cases(node.arguments[0], inner[1], inner[2]))
        for part in reversed(inner):
            condition = both(part, condition)
        return condition

    return fold(tree, combine)


def both(first: Node | None, second: Node | None) -> Node | None:
    """The condition that both hold; None always holds."""
    if first is None or second in (first, NEVER):
        return second
    return first if second is None or first == NEVER else Apply("and", (first, second))


def either(first: Node | None, second: Node | None) -> Node | None:
    """The condition that one of them holds; None always holds."""
    if first is None or second is None:
        return None
    if first in (NEVER, second):
        return second
    return first if second == NEVER else Apply("or", (first, second))


def _of_cases(test: Node, chosen: Node | None, other: Node | None) -> Node | None:
    if chosen is None:
        return either(test, other)
    opposite = Apply("not", (test,))
    if other is None:
        return either(opposite, chosen)
    return either(both(test, chosen), both(opposite, other))


def value_needs(node: Apply, ranges: Mapping[Node, Range]) -> Node | None:
    """What an operation asks of its arguments to have a value."""
    if node.operation == "undefined":
        return NEVER
    needed = _power_domain(node) if node.operation == "power" else table_domain(node.operation)
    return None if needed is None else applied(needed, node, ranges)


def applied(needed: Node, node: Apply, ranges: Mapping[Node, Range]) -> Node | None:
    """A condition in ``u``, ``v``, ``w`` on the arguments of an operation, as far as it can fail."""
    bound = {name: ranges[argument] for name, argument in zip(ARGUMENTS, node.arguments, strict=False)}
    left = _what_may_fail(needed, bound)
    if left is None:
        return None
    return _factored(substitute(left, dict(zip(ARGUMENTS, node.arguments, strict=False))), ranges)


def _power_domain(node: Apply) -> Node | None:
    literal = rational(node.arguments[1])
    if literal is None:
        return parse_rule("u > 0 or u == 0 and v >= 0 or u < 0 and v == floor(v)")
    if literal.denominator == 1 or is_real_root(literal):
        return None if literal >= 0 else parse_rule("u != 0")
    return parse_rule("u >= 0" if literal > 0 else "u > 0")


@lru_cache(maxsize=256)
def table_domain(operation: str) -> Node | None:
    """The condition in the table's row, in ``u``, ``v``, ``w``; None for all real numbers."""
    text = OPERATIONS[operation].domain
    return whole_numbers(parse_rule(text)) if text else None


def whole_numbers(condition: Node) -> Node:
    """The condition with ``sin(pi*u) != 0`` written as ``u != floor(u)``, which floating point can tell; cos likewise."""

    def combine(node: Node, arguments: tuple[Node, ...]) -> Node:
        match node:
            case Apply("not_equal", (Apply("sin", (Apply("multiply", (Apply("pi"), inner)),)), Number())):
                return Apply("not_equal", (inner, Apply("floor", (inner,))))
            case Apply("not_equal", (Apply("cos", (Apply("multiply", (Apply("pi"), inner)),)), Number())):
                half = Apply("add", (inner, Apply("divide", (Number(Fraction(1)), Number(Fraction(2))))))
                return Apply("not_equal", (half, Apply("floor", (half,))))
            case Apply(
                "not_equal",
                (Apply("sin", (Apply("divide", (Apply("multiply", (Apply("pi"), u)), v)),)), Number()),
            ):
                return Apply(
                    "not_equal", (Apply("divide", (u, v)), Apply("floor", (Apply("divide", (u, v)),)))
                )
        return Apply(node.operation, arguments) if isinstance(node, Apply) else node

    return fold(condition, combine)


def _what_may_fail(condition: Node, bound: dict[str, Range]) -> Node | None:
    """The condition without what holds in any case, given the ranges of its variables."""
    ranges: dict[Node, Range] = {}

    def combine(node: Node, inner: tuple[Node | None, ...]) -> Node | None:
        below = node.arguments if isinstance(node, Apply) else ()
        ranges[node] = range_of(node, [ranges[argument] for argument in below], bound)
        if not isinstance(node, Apply) or not OPERATIONS[node.operation].is_condition:
            return node
        if node.operation == "and":
            return both(*inner)
        if node.operation == "or":
            return either(*inner)
        left, right = (ranges[argument] for argument in node.arguments)
        gap = difference(left, right)
        if _always(node.operation, gap):
            return None
        return NEVER if _always(_OPPOSITE[node.operation], gap) else node

    return fold(condition, combine)


def _always(comparison: str, gap: Range) -> bool:
    """Whether a comparison of two numbers holds for every difference ``gap`` of them."""
    match comparison:
        case "greater":
            return gap.is_positive
        case "greater_equal":
            return gap.is_not_negative
        case "less":
            return negated(gap).is_positive
        case "less_equal":
            return negated(gap).is_not_negative
        case "not_equal":
            return gap.avoids_zero
        case "equal":
            return gap.is_zero
    return False


def _factored(condition: Node, ranges: Mapping[Node, Range]) -> Node | None:
    """A condition ``u != 0`` as one on each factor of u: ``x^2*y != 0`` is ``x != 0 and y != 0``."""
    match condition:
        case Apply("not_equal", (product, zero)) if zero == ZERO:
            result: Node | None = None
            for factor in _factors(product):
                known = _known_range(factor, ranges)
                if known.is_zero:
                    return NEVER
                if not known.avoids_zero:
                    result = both(result, Apply("not_equal", (factor, ZERO)))
            return result
    return condition


def _known_range(tree: Node, ranges: Mapping[Node, Range]) -> Range:
    """The range of a tree that is in the formula, or an operation of the table's on such trees."""
    if tree in ranges:
        return ranges[tree]
    below = tree.arguments if isinstance(tree, Apply) else ()
    return (
        range_of(tree, [ranges[each] for each in below]) if all(each in ranges for each in below) else REALS
    )


def _factors(tree: Node) -> list[Node]:
    """Trees one of which is zero exactly where the tree is."""
    found: dict[Node, None] = {}
    pending = [tree]
    while pending:
        node = pending.pop()
        match node:
            case Apply("multiply", (left, right)):
                pending.extend((right, left))
            case Apply("divide", (top, _)):
                pending.append(top)
            case Apply("power", (base, exponent)) if (
                literal := rational(exponent)
            ) is not None and literal > 0:
                pending.append(base)
            case Apply(operation, (inner,)) if operation in _SAME_ZEROS:
                pending.append(inner)
            case _:
                found[node] = None
    return list(found)


def clauses_of(condition: Node | None) -> list[Node]:
    """The conditions that must all hold, each once, in the order of the formula."""
    found: dict[Node, None] = {}
    pending = [] if condition is None else [condition]
    while pending:
        node = pending.pop()
        if isinstance(node, Apply) and node.operation == "and":
            pending.extend(reversed(node.arguments))
        else:
            found[node] = None
    return list(found)


@remembered(lambda condition, tree: weight_of(tree) if condition is None else weight_of(tree, condition))
def float_domain(tree: Node) -> Node | None:
    """What floating point does not show by NaN, each clause once: no float has a cosine of 0, sqrt(-1) is NaN."""
    granted = frozenset() if any(map(_can_swallow_nan, postorder(tree))) else _NAN_OUTSIDE
    condition: Node | None = None

    def needs(node: Apply, ranges: Mapping[Node, Range]) -> Node | None:
        return None if node.operation in granted else value_needs(node, ranges)

    for clause in clauses_of(condition_of(tree, needs)):
        match clause:
            case Apply("not_equal", (Apply("cos", (Variable(),)), zero)) if zero == ZERO:
                continue
        condition = both(condition, clause)
    return condition


def _can_swallow_nan(node: Node) -> bool:
    if not isinstance(node, Apply):
        return False
    if node.operation == "power":
        return not rational(node.arguments[1])
    return node.operation in _SWALLOW_NAN or OPERATIONS[node.operation].is_condition
