"""Sums, products, quotients and powers as a person writes them down: no 0 +, no 1 ·, numbers multiplied out.

Nothing is cancelled or factored, so a formula arranged here is defined where its parts are; what needs algebra is
left to ``tidy``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from derivlab.expression.show import decimal
from derivlab.expression.tree import Apply, Node, Number, Variable, rational

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))


def literal(value: Fraction, is_decimal: bool = False) -> Node:
    """An exact number as a tree, such as -2/3; as a decimal where it has one and that is asked for."""
    if value < 0:
        return Apply("negate", (literal(-value, is_decimal),))
    if value.denominator == 1 or (is_decimal and decimal(value) is not None):
        return Number(value)
    return Apply("divide", (Number(Fraction(value.numerator)), Number(Fraction(value.denominator))))


def negative(node: Node) -> Node:
    """-node."""
    return product([Apply("negate", (ONE,)), node])


def total(terms: Iterable[Node]) -> Node:
    """The sum of the terms, in their order; numbers among them are added up where the first of them stands."""
    kept: list[Node] = []
    number = Fraction(0)
    is_decimal = False
    place: int | None = None
    for term in terms:
        value = rational(term)
        if value is None:
            kept.append(term)
            continue
        is_decimal = is_decimal or _is_decimal(term)
        place = len(kept) if place is None else place
        number += value
    if number and place is not None:
        kept.insert(place, literal(number, is_decimal))
    if not kept:
        return ZERO
    whole = kept[0]
    for term in kept[1:]:
        opposite = _opposite(term)
        whole = Apply("add", (whole, term)) if opposite is None else Apply("subtract", (whole, opposite))
    return whole


def product(factors: Sequence[Node]) -> Node:
    """The product of the factors, the numbers multiplied out in front, fractions made one fraction."""
    above, below = _Side(), _Side()
    pending = [(factor, above, below) for factor in reversed(factors)]
    while pending:
        node, up, down = pending.pop()
        value = rational(node)
        if value is not None and (value or up is above):
            up.take(value, _is_decimal(node))
        elif isinstance(node, Apply) and node.operation == "negate":
            up.take(Fraction(-1))
            pending.append((node.arguments[0], up, down))
        elif isinstance(node, Apply) and node.operation == "multiply":
            pending += [(node.arguments[1], up, down), (node.arguments[0], up, down)]
        elif isinstance(node, Apply) and node.operation == "divide":
            pending += [(node.arguments[1], down, up), (node.arguments[0], up, down)]
        else:
            up.factors.append(node)
    number = above.number / below.number
    is_decimal = above.is_decimal or below.is_decimal
    if not number:
        return ZERO
    size = abs(number)
    if is_decimal and decimal(size) is not None:
        whole = _quotient(_joined(above.factors, size, True), _joined(below.factors, Fraction(1), False))
    else:
        top = _joined(above.factors, Fraction(size.numerator), False)
        whole = _quotient(top, _joined(below.factors, Fraction(size.denominator), False))
    return Apply("negate", (whole,)) if number < 0 else whole


def quotient(top: Node, bottom: Node) -> Node:
    """top/bottom."""
    return product([top, Apply("divide", (ONE, bottom))])


def power(base: Node, exponent: Node) -> Node:
    """base^exponent; the exponents 0 and 1 are not written."""
    if exponent == ONE:
        return base
    return ONE if exponent == ZERO else Apply("power", (base, exponent))


class _Side:
    """What stands above or below the line of a fraction: a number and other factors."""

    def __init__(self) -> None:
        self.number = Fraction(1)
        self.is_decimal = False
        self.factors: list[Node] = []

    def take(self, value: Fraction, is_decimal: bool = False) -> None:
        """One more number."""
        self.number *= value
        self.is_decimal = self.is_decimal or is_decimal


def _joined(factors: Sequence[Node], number: Fraction, is_decimal: bool) -> Node:
    """number · factors: first the powers of a variable, then the rest, each in its order; x · x is x^2."""
    exponents: dict[Node, Fraction] = {}
    for factor in factors:
        base, exponent = _base_and_exponent(factor)
        exponents[base] = exponents.get(base, Fraction(0)) + exponent
    parts = [power(base, Number(exponent)) for base, exponent in exponents.items()]
    parts.sort(key=lambda part: not isinstance(_base_and_exponent(part)[0], Variable))
    if number != 1 or not parts:
        parts.insert(0, literal(number, is_decimal))
    whole = parts[0]
    for part in parts[1:]:
        whole = Apply("multiply", (whole, part))
    return whole


def _base_and_exponent(factor: Node) -> tuple[Node, Fraction]:
    """A factor as a power whose exponent is a positive whole number, so that equal bases may be joined anywhere."""
    if isinstance(factor, Apply) and factor.operation == "power":
        base, exponent = factor.arguments
        if isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value > 0:
            return base, exponent.value
    return factor, Fraction(1)


def _quotient(top: Node, bottom: Node) -> Node:
    return top if bottom == ONE else Apply("divide", (top, bottom))


def _opposite(term: Node) -> Node | None:
    """What is subtracted where a term with a minus sign in front is added."""
    if isinstance(term, Apply) and term.operation == "negate":
        return term.arguments[0]
    return None


def _is_decimal(node: Node) -> bool:
    """Whether a literal was typed with decimals."""
    while isinstance(node, Apply) and node.operation == "negate":
        node = node.arguments[0]
    return isinstance(node, Number) and node.value.denominator != 1
