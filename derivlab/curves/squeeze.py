"""The squeeze theorem: what is bounded, times what goes to 0, goes to 0, however wildly it swings on the way.

sin(x)/ln(x) comes down too slowly for numbers to tell where it goes; its form tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from derivlab.curves.one_sided import Limit
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, rational, variables_of

LimitOf: TypeAlias = Callable[[Node], Limit | None]
"""The limit of a formula, None where it cannot be told."""

_BOUNDED = frozenset(
    [
        *(
            "sin",
            "cos",
            "atan",
            "acot",
            "asin",
            "acos",
            "asec",
            "acsc",
            "tanh",
            "sech",
            "erf",
            "erfc",
            "sinc",
        ),
        *("sign", "frac", "heaviside", "hardtanh", "sigmoid", "softsign", "atan2"),
    ]
)
"""Operations whose values are bounded, whatever they are applied to."""
_KEEPING = frozenset(
    [
        "add",
        "subtract",
        "multiply",
        "negate",
        "abs",
        "max",
        "min",
        "exp",
        "sqrt",
        "cbrt",
        "floor",
        "ceil",
        "round",
    ]
)
"""Operations that are bounded where their arguments are."""
_ONE = Number(Fraction(1))
_ZERO = Number(Fraction(0))


def squeezed(tree: Node, name: str, limit_of: LimitOf) -> Node | None:
    """The formula without the terms of its sum that go to 0 by the squeeze theorem; None where there are none."""
    kept: Node | None = None
    is_shorter = False
    for term, is_negative in _terms(tree):
        if _vanishes(term, name, limit_of):
            is_shorter = True
        elif kept is None:
            kept = Apply("negate", (term,)) if is_negative else term
        else:
            kept = Apply("subtract" if is_negative else "add", (kept, term))
    return (kept or _ZERO) if is_shorter else None


def _terms(tree: Node) -> Iterator[tuple[Node, bool]]:
    """The terms of a sum, also of one that is divided, each with whether it is subtracted."""
    pending: list[tuple[Node, bool]] = [(tree, False)]
    while pending:
        node, is_negative = pending.pop()
        match node:
            case Apply("add", (one, other)):
                pending += [(other, is_negative), (one, is_negative)]
            case Apply("subtract", (one, other)):
                pending += [(other, not is_negative), (one, is_negative)]
            case Apply("negate", (inner,)):
                pending.append((inner, not is_negative))
            case Apply("divide", (Apply("add" | "subtract" as operation, (one, other)), below)):
                far = not is_negative if operation == "subtract" else is_negative
                pending += [
                    (Apply("divide", (other, below)), far),
                    (Apply("divide", (one, below)), is_negative),
                ]
            case _:
                yield node, is_negative


def _vanishes(term: Node, name: str, limit_of: LimitOf) -> bool:
    """Whether a term is a product of a bounded factor that varies and of one that goes to 0."""
    above, below = _factors(term)
    swinging = [factor for factor in above if name in variables_of(factor) and is_bounded(factor, name)]
    rest: Node = _ONE
    for factor in above:
        if factor not in swinging:
            rest = Apply("multiply", (rest, factor))
    for factor in below:
        rest = Apply("divide", (rest, factor))
    if not swinging or name not in variables_of(rest):
        return False
    limit = limit_of(rest)
    return limit is not None and limit.outcome == "finite" and limit.value == 0.0


def _factors(term: Node) -> tuple[list[Node], list[Node]]:
    """The factors of a product above and below its line."""
    sides: tuple[list[Node], list[Node]] = ([], [])
    pending = [(term, 0)]
    while pending:
        node, side = pending.pop()
        match node:
            case Apply("multiply", (one, other)):
                pending += [(one, side), (other, side)]
            case Apply("divide", (one, other)):
                pending += [(one, side), (other, 1 - side)]
            case Apply("negate", (inner,)):
                pending.append((inner, side))
            case _:
                sides[side].append(node)
    return sides


def is_bounded(tree: Node, name: str) -> bool:
    """Whether the form of the tree proves that its values stay bounded, wherever it has any."""

    def bounded(node: Node, parts: tuple[bool, ...]) -> bool:
        if isinstance(node, Number) or (isinstance(node, Variable) and node.name != name):
            return True
        if not isinstance(node, Apply) or node.operation in _BOUNDED:
            return isinstance(node, Apply)
        if node.operation == "power":
            exponent = rational(node.arguments[1])
            return parts[0] and exponent is not None and exponent >= 0
        if node.operation == "mod":
            return parts[1]
        if node.operation == "where":
            return parts[1] and parts[2]
        return all(parts) and (node.operation in _KEEPING or name not in variables_of(node))

    return fold(tree, bounded)
