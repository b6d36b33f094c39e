"""Conditions on one variable, solved where they are linear or quadratic in it, or made of such by and, or, not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt

from derivlab.expression.tree import Apply, Node, Number, Variable, fold, rational
from derivlab.lowering.domain import whole_numbers
from derivlab.symbolic.line_sets import End, LineSet, without_idle_ends

MOST_ENDS = 12
"""A set with more ends is not one that anybody reads."""
_LONGEST = 60
"""Bits of a coefficient."""

Polynomial = tuple[Fraction, Fraction, Fraction]
"""c + b·x + a·x², as (c, b, a)."""

_HOLDS: dict[str, Callable[[int], bool]] = {
    "less": lambda sign: sign < 0,
    "less_equal": lambda sign: sign <= 0,
    "greater": lambda sign: sign > 0,
    "greater_equal": lambda sign: sign >= 0,
    "equal": lambda sign: sign == 0,
    "not_equal": lambda sign: sign != 0,
}
"""Whether a comparison holds, by the sign of left − right."""

_GROWING = {"ln": Fraction(1), "log2": Fraction(1), "log10": Fraction(1), "acosh": Fraction(1), "exp": None}
"""Operations that grow wherever they are defined, and the argument at which they are 0."""


def solve(condition: Node, name: str) -> LineSet | None:
    """The numbers for which a condition on one variable holds, None where that is not so simple."""

    def combine(node: Node, parts: tuple[LineSet | None, ...]) -> LineSet | None:
        if not isinstance(node, Apply):
            return None
        if node.operation in _HOLDS:
            return _solved(node, name)
        if None in parts:
            return None
        known = [part for part in parts if part is not None]
        match node.operation:
            case "not":
                return ~known[0]
            case "and":
                found = known[0] & known[1]
            case "or":
                found = known[0] | known[1]
            case _:
                return None
        return found if len(found.ends) <= MOST_ENDS else None

    return fold(whole_numbers(condition), combine)


def _solved(comparison: Apply, name: str) -> LineSet | None:
    left, right = comparison.arguments
    match left, right:
        case Apply("abs", (inner,)), bound if (size := rational(bound)) is not None and size >= 0:
            left, right = Apply("multiply", (inner, inner)), Number(size * size)
        case Apply(operation, (inner,)), zero if operation in _GROWING and rational(zero) == 0:
            at = _GROWING[operation]
            return None if at is None else _solved(Apply(comparison.operation, (inner, Number(at))), name)
    found = polynomial(Apply("subtract", (left, right)), name)
    if found is None:
        return None
    ends = _roots(found)
    if len(ends) == 2 and ends[0].value >= ends[1].value:
        return None
    holds = _HOLDS[comparison.operation]
    return without_idle_ends(ends, [holds(sign) for sign in _signs(found, len(ends))])


def _signs(found: Polynomial, roots: int) -> list[int]:
    """The signs of a polynomial on the stretches between its roots, and at them."""
    constant, slope, square = found
    leading = next((each for each in (square, slope, constant) if each), Fraction(0))
    sign = (leading > 0) - (leading < 0)
    if roots == 0:
        return [sign]
    if roots == 1:
        return [sign if square else -sign, 0, sign]
    return [sign, 0, -sign, 0, sign]


def _roots(found: Polynomial) -> list[End]:
    constant, slope, square = found
    if not square:
        return [End(-constant / slope)] if slope else []
    middle = -slope / (2 * square)
    under = middle * middle - constant / square
    if under < 0:
        return []
    exact = Fraction(isqrt(under.numerator), isqrt(under.denominator))
    if exact * exact == under:
        return [End(middle)] if not under else [End(middle - exact), End(middle + exact)]
    return [End(middle, under, -1), End(middle, under, 1)]


def polynomial(tree: Node, name: str) -> Polynomial | None:
    """The coefficients of a tree that is a polynomial in ``name`` of degree 2 at most with fractions, else None."""

    def combine(node: Node, parts: tuple[Polynomial | None, ...]) -> Polynomial | None:
        match node:
            case Number(value):
                return _short((value, Fraction(0), Fraction(0)))
            case Variable(variable):
                return (Fraction(0), Fraction(1), Fraction(0)) if variable == name else None
        if None in parts:
            return None
        known = [part for part in parts if part is not None]
        match node.operation, known:
            case "negate", [u]:
                return (-u[0], -u[1], -u[2])
            case (("add" | "subtract"), [u, v]):
                sign = 1 if node.operation == "add" else -1
                return _short((u[0] + sign * v[0], u[1] + sign * v[1], u[2] + sign * v[2]))
            case "multiply", [u, v]:
                return _product(u, v)
            case "divide", [u, v] if v[0] and not v[1] and not v[2]:
                return _short((u[0] / v[0], u[1] / v[0], u[2] / v[0]))
            case "power", [u, (exponent, 0, 0)] if exponent == 2:
                return _product(u, u)
            case "power", [u, (exponent, 0, 0)] if exponent == 1:
                return u
        return None

    return fold(tree, combine)


def _product(u: Polynomial, v: Polynomial) -> Polynomial | None:
    if (u[2] and (v[1] or v[2])) or (u[1] and v[2]):
        return None
    return _short((u[0] * v[0], u[0] * v[1] + u[1] * v[0], u[0] * v[2] + u[1] * v[1] + u[2] * v[0]))


def _short(found: Polynomial) -> Polynomial | None:
    bits = max(max(c.numerator.bit_length(), c.denominator.bit_length()) for c in found)
    return found if bits <= _LONGEST else None
