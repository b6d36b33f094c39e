"""A tree as its terms or its factors, and a quotient as a power."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from derivlab.expression.tree import Apply, Node, rational
from derivlab.symbolic.arrange import ONE, negative, power, product, quotient


def terms_of(node: Node) -> list[tuple[Node, int]]:
    """The terms of a sum with their signs, from left to right."""
    terms: list[tuple[Node, int]] = []
    pending = [(node, 1)]
    while pending:
        term, sign = pending.pop()
        if isinstance(term, Apply) and term.operation in ("add", "subtract"):
            left, right = term.arguments
            pending += [(right, sign if term.operation == "add" else -sign), (left, sign)]
        elif isinstance(term, Apply) and term.operation == "negate" and rational(term) is None:
            pending.append((term.arguments[0], -sign))
        else:
            terms.append((term, sign))
    return terms


def factors_of(node: Node) -> list[Node]:
    """The factors of a product from left to right, a minus sign as the factor -1."""
    factors: list[Node] = []
    pending = [node]
    while pending:
        factor = pending.pop()
        if isinstance(factor, Apply) and factor.operation == "multiply":
            pending += reversed(factor.arguments)
        elif isinstance(factor, Apply) and factor.operation == "negate" and rational(factor) is None:
            pending += [factor.arguments[0], negative(ONE)]
        else:
            factors.append(factor)
    return factors


def multiplied(factors: Sequence[Node]) -> Node:
    """The product of the factors, as they are."""
    return reduce(lambda left, right: Apply("multiply", (left, right)), factors)


def as_power(top: Node, bottom: Node) -> Node | None:
    """c/u^n as c u^(-n), where that is what one differentiates; None for other denominators."""
    base: Node = bottom
    exponent: Node = ONE
    if isinstance(bottom, Apply):
        if bottom.operation != "power":
            return None
        base, exponent = bottom.arguments
    value = rational(exponent)
    if value is None or value <= 0:
        return None
    raised = Apply("power", (base, negative(exponent)))
    return raised if top == ONE else Apply("multiply", (top, raised))


def as_quotient(node: Node) -> Node:
    """The node with the factors whose exponents are negative written below the line."""
    return product([_below_the_line(factor) for factor in factors_of(node)])


def _below_the_line(factor: Node) -> Node:
    if isinstance(factor, Apply) and factor.operation == "power":
        base, exponent = factor.arguments
        value = rational(exponent)
        if value is not None and value < 0:
            return quotient(ONE, power(base, negative(exponent)))
    return factor
